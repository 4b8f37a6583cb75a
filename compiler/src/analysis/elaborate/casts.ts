/** Explicit casts. Source of the rules: the language reference, types §13. */

import { findBuiltin } from "../../builtins/catalog.ts";
import type { CoreExpression } from "../../core/core.ts";
import {
  castSize,
  invalidCast,
  notAnEnumMember,
  stringDoesNotFit,
  unnecessaryCast,
} from "../../diagnostics/catalog/types.ts";
import type { Place } from "../../diagnostics/diagnostic.ts";
import type { Cast } from "../../syntax/ast.ts";
import { sizeOf } from "../../types/layout.ts";
import { sameType, settle } from "../../types/relations.ts";
import { describe, show } from "../../types/show.ts";
import {
  boolean,
  type AddressSpace,
  type ArrayType,
  type IntegerType,
  type StringType,
  type Type,
} from "../../types/type.ts";
import { elaborate } from "./parts.ts";
import {
  booleanConstant,
  cast,
  constantOf,
  isAggregationRead,
  isLiteral,
  isTruthy,
  isUnknown,
  typedInteger,
  typeInScript,
  unknown,
} from "./nodes.ts";
import { placeOf, report, type Scope } from "../state/scope.ts";
import { resolveType } from "./type-syntax.ts";

export function elaborateCast(node: Cast, scope: Scope): CoreExpression {
  const place = placeOf(scope, node);
  const target = resolveType(node.type, scope);
  const operand = elaborate(node.operand, scope);
  if (target.kind === "none" || isUnknown(operand)) return unknown(place, target);
  const typed = target.kind === "pointer" ? { ...target, space: spaceOf(operand, scope) } : target;
  return buildCast(operand, typed, place, scope);
}

/** A cast says nothing about whose memory it is; the operand may, and otherwise the probe does. */
function spaceOf(operand: CoreExpression, scope: Scope): AddressSpace {
  if (operand.type.kind === "pointer") return operand.type.space;
  if (operand.kind === "cast") return spaceOf(operand.operand, scope);
  const told = operand.kind === "call" ? findBuiltin(operand.name)?.space : undefined;
  return told ?? scope.routine.context.space;
}

export function buildCast(operand: CoreExpression, target: Type, place: Place, scope: Scope): CoreExpression {
  const from = operand.type;
  if (target.kind === "struct") return refuse(operand, target, place, scope);
  if (isUnnecessary(operand, target)) {
    reportUnnecessary(operand, target, place, scope);
    // A literal takes any type that holds it; the cast is what keeps it to this one.
    if (!isLiteral(operand)) return { ...operand, place };
  }
  switch (target.kind) {
    case "integer":
      return toInteger(operand, target, place, scope);
    case "boolean":
      return toBoolean(operand, place, scope);
    case "pointer":
      if (from.kind === "integer" || from.kind === "pointer" || from.kind === "boolean") break;
      if (from.kind === "string") break;
      return refuse(operand, target, place, scope);
    case "array":
      return toArray(operand, target, place, scope);
    case "string":
      return toString(operand, target, place, scope);
    case "username":
      if (from.kind === "integer" && !isAggregationRead(operand)) break;
      return refuse(operand, target, place, scope);
    default:
      return refuse(operand, target, place, scope);
  }
  return { kind: "cast", type: target, place, operand, implicit: false };
}

function isUnnecessary(operand: CoreExpression, target: Type): boolean {
  const { type } = operand;
  const isFolded = constantOf(operand)?.kind === "boolean";
  return type.kind !== "pointer" && !isFolded && sameType(settle(type), target);
}

function reportUnnecessary(operand: CoreExpression, target: Type, place: Place, scope: Scope): void {
  const prefix = { ...place, span: { start: place.span.start, end: operand.place.span.start } };
  const fix = { title: "Remove the cast", edits: [{ place: prefix, text: "" }], automatic: true };
  const isRemovable = !isLiteral(operand) && place.expandedFrom === undefined && isDirect(place, operand);
  report(scope, unnecessaryCast(place, { type: show(target) }, { fixes: isRemovable ? [fix] : [] }));
}

/** The operand stands right behind the cast, without parentheses of its own that would be left open. */
function isDirect(place: Place, operand: CoreExpression): boolean {
  const { start } = operand.place.span;
  return operand.place.item === place.item && /\)\s*$/.test(place.item.text.slice(place.span.start, start));
}

function refuse(operand: CoreExpression, target: Type, place: Place, scope: Scope): CoreExpression {
  report(scope, invalidCast(place, { from: describe(settle(typeInScript(operand))), to: show(target) }));
  return unknown(place, target);
}

function toInteger(operand: CoreExpression, target: IntegerType, place: Place, scope: Scope): CoreExpression {
  const from = operand.type;
  const constant = constantOf(operand);
  if (constant?.kind === "integer") {
    if (target.enumName !== undefined && !isMember(constant.value, target.enumName, scope)) {
      report(scope, notAnEnumMember(place, { value: constant.value.toString(), type: target.enumName }));
    }
    return typedInteger(constant.value, target, place);
  }
  switch (from.kind) {
    case "boolean":
      if (target.enumName !== undefined) return refuse(operand, target, place, scope);
      if (constant !== undefined) return typedInteger(isTruthy(constant) ? 1n : 0n, target, place);
      break;
    case "integer":
    case "pointer":
      break;
    case "array":
      if (!isNumeric(from.element)) return refuse(operand, target, place, scope);
      if (!sameSize(operand, target, place, scope)) return unknown(place, target);
      break;
    default:
      return refuse(operand, target, place, scope);
  }
  return { kind: "cast", type: target, place, operand, implicit: false };
}

function isMember(value: bigint, name: string, scope: Scope): boolean {
  const definition = scope.walk.program.structs.findEnum(name);
  return definition?.members.some((member) => member.value === value) ?? true;
}

function isNumeric({ kind }: Type): boolean {
  return kind === "integer" || kind === "boolean";
}

function sameSize(operand: CoreExpression, target: Type, place: Place, scope: Scope): boolean {
  const { structs } = scope.walk.program;
  const [fromSize, toSize] = [sizeOf(operand.type, structs), sizeOf(target, structs)];
  if (fromSize === toSize) return true;
  report(scope, castSize(place, { from: show(settle(operand.type)), to: show(target), fromSize, toSize }));
  return false;
}

function toBoolean(operand: CoreExpression, place: Place, scope: Scope): CoreExpression {
  const constant = constantOf(operand);
  if (constant !== undefined) return booleanConstant(isTruthy(constant), place);
  const { kind } = operand.type;
  const allowed = kind === "integer" || kind === "pointer" || kind === "string" || kind === "boolean";
  if (!allowed) return refuse(operand, boolean, place, scope);
  return { kind: "cast", type: boolean, place, operand, implicit: false };
}

/** Integers and strings become arrays byte by byte; `T[]` takes its count from them. */
/** What an array can be made of. */
function hasBytes(operand: CoreExpression): boolean {
  const { type } = operand;
  if (type.kind === "integer") return !isAggregationRead(operand);
  return type.kind === "string" || type.kind === "boolean" || isNumericArray(type);
}

function toArray(operand: CoreExpression, target: ArrayType, place: Place, scope: Scope): CoreExpression {
  const { structs } = scope.walk.program;
  const from = operand.type;
  if (!hasBytes(operand) || !isNumeric(target.element)) return refuse(operand, target, place, scope);
  const element = sizeOf(target.element, structs);
  // A literal has no size of its own: it is as long as the largest integer.
  const size = isLiteral(operand) ? 8 : sizeOf(from, structs);
  if (target.count === 0) {
    if (size % element !== 0) {
      sameSize(operand, { ...target, count: Math.ceil(size / element) }, place, scope);
      return unknown(place, target);
    }
    const exact: ArrayType = { ...target, count: size / element };
    return { kind: "cast", type: exact, place, operand, implicit: false };
  }
  const wanted = target.count * element;
  const padded = from.kind === "integer" && wanted <= 8 && wanted >= sizeOf(from, structs);
  if (wanted !== size && !padded) {
    report(
      scope,
      castSize(place, { from: show(settle(from)), to: show(target), fromSize: size, toSize: wanted }),
    );
    return unknown(place, target);
  }
  return { kind: "cast", type: target, place, operand, implicit: false };
}

function isNumericArray(type: Type): boolean {
  return type.kind === "array" && isNumeric(type.element);
}

function toString(operand: CoreExpression, target: StringType, place: Place, scope: Scope): CoreExpression {
  const from = operand.type;
  if (from.kind !== "string" || target.size === 0) return refuse(operand, target, place, scope);
  if (from.size > target.size) {
    report(scope, stringDoesNotFit(place, { expected: show(target), got: show(from) }));
    return unknown(place, target);
  }
  if (from.size === target.size) report(scope, unnecessaryCast(place, { type: show(target) }));
  if (operand.kind === "constant") return { ...operand, place, type: target };
  return cast(operand, target, false);
}
