/** Unary operators: sign, complement, negation, dereference, address. */

import type { CoreExpression } from "../../core/core.ts";
import { narrowSignDiffers } from "../../diagnostics/catalog/lints.ts";
import { unresolvedVariableType } from "../../diagnostics/catalog/names.ts";
import { constantOverflow } from "../../diagnostics/catalog/types.ts";
import { addressSpaceUnset, notDereferenceable, voidPointer } from "../../diagnostics/catalog/access.ts";
import type { Place } from "../../diagnostics/diagnostic.ts";
import type { Unary } from "../../syntax/ast.ts";
import { isCondition } from "../../types/relations.ts";
import { describe } from "../../types/show.ts";
import {
  boolean,
  int64,
  integer,
  pointer,
  uint64,
  type AddressSpace,
  type PointerType,
  type Type,
} from "../../types/type.ts";
import { foldedNode } from "./binary.ts";
import { reportUndefinedOperator } from "./undefined-operator.ts";
import { coerce } from "./convert.ts";
import { elaborate } from "./parts.ts";
import { foldComplement, foldNegation } from "./fold.ts";
import { checkDefined, coreMap, mapStateFor, noteMap } from "./map-access.ts";
import {
  booleanConstant,
  cast,
  constantOf,
  isAggregationRead,
  isTruthy,
  isUnknown,
  typeInScript,
  unknown,
} from "./nodes.ts";
import { findVariable, placeOf, report, type Scope } from "../state/scope.ts";
import { coreVariable, noteVariable, reportUndefined } from "./variables.ts";

export function elaborateUnary(unary: Unary, scope: Scope): CoreExpression {
  const place = placeOf(scope, unary);
  if (unary.operator === "&") return addressOf(unary, place, scope);
  const operand = elaborate(unary.operand, scope);
  if (isUnknown(operand)) return unknown(place, unary.operator === "!" ? boolean : undefined);
  switch (unary.operator) {
    case "-":
    case "~":
      return buildSign(unary.operator, operand, place, scope);
    case "!":
      return buildNot(operand, place, scope);
    case "*":
      return dereference(operand, place, scope);
  }
}

function buildSign(operator: "-" | "~", operand: CoreExpression, place: Place, scope: Scope): CoreExpression {
  const constant = constantOf(operand);
  if (constant?.kind === "integer" && "literal" in operand) {
    const folded = operator === "-" ? foldNegation(constant.value) : foldComplement(constant.value);
    if (folded.kind !== "overflow") return foldedNode(folded, operator, [operand], place, scope);
    report(scope, constantOverflow(place, { text: `-${constant.value.toString()}` }));
    return unknown(place);
  }
  const { type } = operand;
  if (type.kind !== "integer" || isAggregationRead(operand)) {
    reportUndefinedOperator(operator, [operand], place, scope);
    return unknown(place);
  }
  if (type.size < 8) report(scope, narrowSignDiffers(place, { operator, bits: 8 * type.size }));
  const result = type.signed ? int64 : uint64;
  const wide = coerce(operand, result, scope, () => undefined);
  return { kind: "negation", type: result, place, operator, operand: wide };
}

export function buildNot(operand: CoreExpression, place: Place, scope: Scope): CoreExpression {
  const constant = constantOf(operand);
  if (constant !== undefined && constant.kind !== "string")
    return booleanConstant(!isTruthy(constant), place);
  if (!isCondition(operand.type) || operand.type.kind === "pointer" || isAggregationRead(operand)) {
    reportUndefinedOperator("!", [operand], place, scope);
    return unknown(place, boolean);
  }
  return { kind: "negation", type: boolean, place, operator: "!", operand };
}

/** What a pointer points to; an integer is taken as the address of a number as wide as itself. */
export function dereference(operand: CoreExpression, place: Place, scope: Scope): CoreExpression {
  const { type } = operand;
  if (type.kind === "pointer") {
    if (type.to.kind === "void") {
      report(scope, voidPointer(place, { operation: "dereferenced" }));
      return unknown(place);
    }
    if (type.space === "none" && isRead(type.to) && !scope.unevaluated)
      report(scope, addressSpaceUnset(place, {}));
    return { kind: "dereference", type: inSpace(type.to, type.space), place, pointer: { ...operand, type } };
  }
  if (type.kind === "integer" && !isAggregationRead(operand)) {
    const to = integer(type.size, false);
    const address: PointerType = pointer(to, scope.routine.context.space);
    const value: CoreExpression = {
      kind: "dereference",
      type: to,
      place,
      pointer: { ...cast(operand, address, true), type: address },
    };
    return to.size === 8 ? value : { ...cast(value, uint64, true), place };
  }
  if (operand.kind === "call" && operand.name === "args") return operand;
  report(scope, notDereferenceable(operand.place, { type: describe(typeInScript(operand)) }));
  return unknown(place);
}

/** Read by a helper as a whole; a number is loaded as it is. */
function isRead({ kind }: Type): boolean {
  return kind === "struct" || kind === "array" || kind === "string";
}

/** A pointer found in some memory points into the same memory, unless its own type says otherwise. */
export function inSpace(type: Type, space: AddressSpace | undefined): Type {
  if (type.kind !== "pointer" || space === undefined || space === type.space) return type;
  if (type.space === "none" || (type.space === "kernel" && space === "user")) return { ...type, space };
  return type;
}

function addressOf({ operand }: Unary, place: Place, scope: Scope): CoreExpression {
  if (operand.kind === "variable") {
    const state = findVariable(scope, operand.name);
    if (state === undefined) {
      reportUndefined(operand, scope);
      return unknown(place);
    }
    noteVariable(operand, state, "read", scope);
    state.read = true;
    if (state.value.type.kind === "none") {
      report(scope, unresolvedVariableType(place, { name: state.name }));
      return unknown(place);
    }
    const variable = coreVariable(state, scope);
    return {
      kind: "address-of",
      type: pointer(variable.type, "kernel"),
      place,
      of: { kind: "variable", variable },
    };
  }
  if (operand.kind === "map") {
    const state = mapStateFor(operand.map, scope);
    if (state === undefined) return unknown(place);
    noteMap(operand.map, state, "read", scope);
    state.read = true;
    if (state.value.type.kind === "none") {
      checkDefined(state, placeOf(scope, operand.map), scope);
      return unknown(place);
    }
    const map = coreMap(state, scope);
    return { kind: "address-of", type: pointer(map.value, "kernel"), place, of: { kind: "map", map } };
  }
  elaborate(operand, scope);
  return unknown(place);
}
