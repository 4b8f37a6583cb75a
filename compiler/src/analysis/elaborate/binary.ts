/** Binary operators: which rule applies to which pair of types. */

import type { CoreExpression } from "../../core/core.ts";
import { stringLogicDiffers } from "../../diagnostics/catalog/lints.ts";
import {
  constantDivisionByZero,
  constantOverflow,
  constantShift,
  stringSuffixPastEnd,
} from "../../diagnostics/catalog/types.ts";
import type { Place } from "../../diagnostics/diagnostic.ts";
import type { Binary, BinaryOperator } from "../../syntax/ast.ts";
import { isCondition } from "../../types/relations.ts";
import { boolean } from "../../types/type.ts";
import { buildArithmetic } from "./arithmetic.ts";
import { buildComparison, isComparison } from "./comparison.ts";
import { elaborate } from "./parts.ts";
import { foldBinary, type Folded } from "./fold.ts";
import {
  booleanConstant,
  constantOf,
  integerLiteral,
  isLiteral,
  isTruthy,
  isUnknown,
  stringConstant,
  unknown,
} from "./nodes.ts";
import { reportUndefinedOperator } from "./undefined-operator.ts";
import { placeOf, report, type Scope } from "../state/scope.ts";

export function elaborateBinary(binary: Binary, scope: Scope): CoreExpression {
  const left = elaborate(binary.left, scope);
  const right = elaborate(binary.right, scope);
  return buildBinary(binary.operator, left, right, placeOf(scope, binary), scope);
}

/** The operator on two elaborated operands. */
export function buildBinary(
  operator: BinaryOperator,
  left: CoreExpression,
  right: CoreExpression,
  place: Place,
  scope: Scope,
): CoreExpression {
  const folded = foldLiterals(operator, left, right, place, scope);
  if (folded !== undefined) return folded;
  if (operator === "&&" || operator === "||") return buildLogical(operator, left, right, place, scope);
  if (isComparison(operator)) return buildComparison(operator, left, right, place, scope);
  if (isUnknown(left) || isUnknown(right)) return unknown(place);
  return buildArithmetic(operator, left, right, place, scope);
}

/** Two literals, or what was folded from them, are computed exactly. */
function foldLiterals(
  operator: BinaryOperator,
  left: CoreExpression,
  right: CoreExpression,
  place: Place,
  scope: Scope,
): CoreExpression | undefined {
  const [a, b] = [constantOf(left), constantOf(right)];
  if (a === undefined || b === undefined) return undefined;
  const isLogical = operator === "&&" || operator === "||";
  const kinds = new Set([a.kind, b.kind]);
  // Not even constants of these two have an operator in common; a string and a boolean have.
  if (isLogical && kinds.has("string") && kinds.has("integer")) return undefined;
  if (isLogical && a.kind === "string" && b.kind === "string")
    report(scope, stringLogicDiffers(place, { operator }));
  const exact = (value: CoreExpression): boolean => value.type.kind !== "integer" || isLiteral(value);
  if (!isLogical && !(exact(left) && exact(right))) return undefined;
  return foldedNode(foldBinary(operator, a, b), operator, [left, right], place, scope);
}

/** A constant node for the result, or the finding that there is none. */
export function foldedNode(
  folded: Folded,
  operator: string,
  operands: readonly CoreExpression[],
  place: Place,
  scope: Scope,
): CoreExpression {
  switch (folded.kind) {
    case "value":
      return constantNode(folded.value, place);
    case "past-end":
      report(scope, stringSuffixPastEnd(place, { index: folded.index.toString(), length: folded.length }));
      return constantNode(folded.value, place);
    case "overflow":
      report(scope, constantOverflow(place, { text: `the result of '${operator}'` }));
      return unknown(place);
    case "division-by-zero":
      report(scope, constantDivisionByZero(place, { operator }));
      return unknown(place);
    case "shift":
      report(scope, constantShift(place, { count: folded.count.toString() }));
      return unknown(place);
    case "undefined":
      reportUndefinedOperator(operator, operands, place, scope);
      return unknown(place);
  }
}

function constantNode(value: NonNullable<ReturnType<typeof constantOf>>, place: Place): CoreExpression {
  switch (value.kind) {
    case "integer":
      return integerLiteral(value.value, place);
    case "boolean":
      return booleanConstant(value.value, place);
    case "string":
      return stringConstant(value.value, place);
  }
}

function buildLogical(
  operator: "&&" | "||",
  left: CoreExpression,
  right: CoreExpression,
  place: Place,
  scope: Scope,
): CoreExpression {
  if (isUnknown(left) || isUnknown(right)) return unknown(place, boolean);
  if (!isCondition(left.type) || !isCondition(right.type) || mixesPointer(left, right)) {
    reportUndefinedOperator(operator, [left, right], place, scope);
    return unknown(place, boolean);
  }
  const decided = constantOf(left);
  if (decided !== undefined && isTruthy(decided) === (operator === "||")) {
    return booleanConstant(operator === "||", place);
  }
  return { kind: "logical", type: boolean, place, operator, left, right };
}

/** Between a pointer and a number nothing says which of the two tests is meant; a constant is no test. */
function mixesPointer(left: CoreExpression, right: CoreExpression): boolean {
  const kinds = [left.type.kind, right.type.kind];
  if (constantOf(left) !== undefined || constantOf(right) !== undefined) return false;
  return kinds.includes("pointer") && kinds.includes("integer");
}
