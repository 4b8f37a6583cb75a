/** Elaboration of expressions: syntax in, typed core nodes out, one function a construct. */

import type { CoreExpression } from "../../core/core.ts";
import type { Expression } from "../../syntax/ast.ts";
import { stringTooLong } from "../../diagnostics/catalog/types.ts";
import { elaborateField, elaborateIndex, elaborateTupleAccess } from "./access.ts";
import { elaborateBinary } from "./binary.ts";
import { elaborateBlockExpression, elaborateConditional, elaborateIf } from "./branches.ts";
import { elaborateCall } from "./calls.ts";
import { elaborateCast } from "./casts.ts";
import { elaborateComptime } from "./comptime.ts";
import { elaborateRecord, elaborateTuple } from "./composites.ts";
import { elaborateIdentifier } from "./identifiers.ts";
import { elaborateIncrement } from "./increment.ts";
import { elaborateOffsetOf, elaborateTypeQuery } from "./introspection.ts";
import { elaborateMapRead } from "./map-access.ts";
import { booleanConstant, constantOf, integerLiteral, stringConstant, unknown } from "./nodes.ts";
import { elaborateParameter } from "./positional.ts";
import { placeOf, report, type Scope, note } from "../state/scope.ts";
import { elaborateUnary } from "./unary.ts";
import { elaborateVariable } from "./variables.ts";

export function elaborateAnyExpression(expression: Expression, scope: Scope): CoreExpression {
  const result = dispatch(expression, scope);
  if (scope.walk.final) noteValue(expression, result, scope);
  return result;
}

function noteValue(expression: Expression, result: CoreExpression, scope: Scope): void {
  const constant = constantOf(result);
  note(scope, expression, constant === undefined ? { type: result.type } : { type: result.type, constant });
}

function dispatch(expression: Expression, scope: Scope): CoreExpression {
  switch (expression.kind) {
    case "integer":
    case "string":
    case "boolean":
    case "missing":
    case "positional-parameter":
    case "parameter-count":
      return elaborateLeaf(expression, scope);
    case "identifier":
      return elaborateIdentifier(expression, scope);
    case "variable":
      return elaborateVariable(expression, scope);
    case "map":
      return elaborateMapRead(expression, scope);
    case "call":
      return elaborateCall(expression, scope);
    case "unary":
      return elaborateUnary(expression, scope);
    case "increment":
      return elaborateIncrement(expression, scope);
    case "binary":
      return elaborateBinary(expression, scope);
    case "conditional":
      return elaborateConditional(expression, scope);
    case "if":
      return elaborateIf(expression, scope);
    case "block-expression":
      return elaborateBlockExpression(expression, scope);
    default:
      return dispatchRest(expression, scope);
  }
}

function dispatchRest(
  expression: Extract<
    Expression,
    {
      readonly kind:
        | "field-access"
        | "tuple-access"
        | "index"
        | "cast"
        | "tuple"
        | "record"
        | "type-query"
        | "offsetof"
        | "comptime";
    }
  >,
  scope: Scope,
): CoreExpression {
  switch (expression.kind) {
    case "field-access":
      return elaborateField(expression, scope);
    case "tuple-access":
      return elaborateTupleAccess(expression, scope);
    case "index":
      return elaborateIndex(expression, scope);
    case "cast":
      return elaborateCast(expression, scope);
    case "tuple":
      return elaborateTuple(expression, scope);
    case "record":
      return elaborateRecord(expression, scope);
    case "type-query":
      return elaborateTypeQuery(expression, scope);
    case "offsetof":
      return elaborateOffsetOf(expression, scope);
    case "comptime":
      return elaborateComptime(expression, scope);
  }
}

function elaborateLeaf(
  expression: Extract<
    Expression,
    {
      readonly kind:
        | "integer"
        | "string"
        | "boolean"
        | "missing"
        | "positional-parameter"
        | "parameter-count";
    }
  >,
  scope: Scope,
): CoreExpression {
  const place = placeOf(scope, expression);
  switch (expression.kind) {
    case "integer":
      return integerLiteral(expression.value, place);
    case "boolean":
      return booleanConstant(expression.value, place);
    case "string": {
      const { maxStringLength } = scope.walk.program.config;
      if (expression.value.length >= maxStringLength) {
        const facts = { length: expression.value.length, limit: maxStringLength - 1 };
        report(scope, stringTooLong(place, facts));
        return unknown(place, { kind: "string", size: maxStringLength });
      }
      return stringConstant(expression.value, place);
    }
    case "missing":
      return unknown(place);
    case "positional-parameter":
    case "parameter-count":
      return elaborateParameter(expression, scope);
  }
}
