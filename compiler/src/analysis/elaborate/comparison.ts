/** Comparison operators: bringing both sides to one type, or saying why that cannot be. */

import type { CoreExpression } from "../../core/core.ts";
import { comparisonAlways, stringTruncated } from "../../diagnostics/catalog/lints.ts";
import {
  addressSpacesMixed,
  differentKindsCompared,
  differentPointersCompared,
} from "../../diagnostics/catalog/types.ts";
import type { Place } from "../../diagnostics/diagnostic.ts";
import type { BinaryOperator, ComparisonOperator } from "../../syntax/ast.ts";
import { promote, promoteIntegers, sameType, settle } from "../../types/relations.ts";
import { describe, show } from "../../types/show.ts";
import { boolean, uint64, type IntegerType, type PointerType, type Type } from "../../types/type.ts";
import { alwaysOf } from "./always.ts";
import { reportUndefinedOperator } from "./undefined-operator.ts";
import { coerce, coerceOperand } from "./convert.ts";
import { foldBinary } from "./fold.ts";
import {
  booleanConstant,
  cast,
  constantOf,
  integerValue,
  isAggregationRead,
  isConstantTree,
  isLiteralTree,
  isUnknown,
  unknown,
} from "./nodes.ts";
import { report, type Scope } from "../state/scope.ts";

export function isComparison(operator: BinaryOperator): operator is ComparisonOperator {
  return ["==", "!=", "<", "<=", ">", ">="].includes(operator);
}

export function buildComparison(
  operator: ComparisonOperator,
  left: CoreExpression,
  right: CoreExpression,
  place: Place,
  scope: Scope,
): CoreExpression {
  if (isUnknown(left) || isUnknown(right)) return unknown(place, boolean);
  const folded = foldTrees(operator, left, right, place);
  if (folded !== undefined) return folded;
  const sides = commonSides(operator, left, right, place, scope);
  if (sides === undefined) return unknown(place, boolean);
  const [a, b] = sides;
  const [x, y] = [constantOf(a), constantOf(b)];
  if (x !== undefined && y !== undefined && x.kind !== "string") {
    const value = foldBinary(operator, x, y);
    if (value.kind === "value" && value.value.kind === "boolean")
      return booleanConstant(value.value.value, place);
  }
  const signed = a.type.kind === "integer" && a.type.signed;
  return { kind: "comparison", type: boolean, place, operator, left: a, right: b, signed };
}

/** Tuples and records of constants compare part by part; integers never equal booleans in them. */
function foldTrees(
  operator: ComparisonOperator,
  left: CoreExpression,
  right: CoreExpression,
  place: Place,
): CoreExpression | undefined {
  if (operator !== "==" && operator !== "!=") return undefined;
  if (left.kind !== right.kind || (left.kind !== "tuple" && left.kind !== "record")) return undefined;
  if (!isConstantTree(left) || !isConstantTree(right)) return undefined;
  // Only what is written as literals may be of any type.
  const literal = isLiteralTree(left) && isLiteralTree(right);
  if (!literal && promote(left.type, right.type) === undefined) return undefined;
  return booleanConstant(equalTrees(left, right) === (operator === "=="), place);
}

function equalTrees(left: CoreExpression, right: CoreExpression): boolean {
  if (left.kind === "tuple" && right.kind === "tuple") {
    if (left.elements.length !== right.elements.length) return false;
    return left.elements.every((element, i) => {
      const other = right.elements[i];
      return other !== undefined && equalTrees(element, other);
    });
  }
  if (left.kind === "record" && right.kind === "record") {
    if (left.type.kind !== "record" || right.type.kind !== "record") return false;
    const names = right.type.fields.map((field) => field.name);
    const { fields } = left.type;
    if (fields.length !== names.length) return false;
    return left.values.every(({ index, value }) => {
      const at = names.indexOf(fields[index]?.name ?? "");
      const other = right.values.find((candidate) => candidate.index === at);
      return other !== undefined && equalTrees(value, other.value);
    });
  }
  const [a, b] = [constantOf(left), constantOf(right)];
  return a !== undefined && a.kind === b?.kind && a.value === b.value;
}

type Sides = readonly [CoreExpression, CoreExpression];

function commonSides(
  operator: ComparisonOperator,
  left: CoreExpression,
  right: CoreExpression,
  place: Place,
  scope: Scope,
): Sides | undefined {
  const kinds = [left.type.kind, right.type.kind];
  const both = (kind: Type["kind"]): boolean => kinds[0] === kind && kinds[1] === kind;
  const plain = kinds.every((kind) => kind === "integer" || kind === "pointer" || kind === "boolean");
  if (both("boolean")) return [left, right];
  if (both("integer")) return integerSides(operator, left, right, place, scope);
  if (both("pointer")) return pointerSides(left, right, place, scope);
  if (plain && !isPointerToAggregation(left, right)) return numberSides(left, right, scope);
  const equality = operator === "==" || operator === "!=";
  const comparable = equality && kinds[0] === kinds[1];
  if (comparable) return equalitySides(left, right, place, scope);
  if (kinds[0] === kinds[1] || plain) reportUndefinedOperator(operator, [left, right], place, scope);
  else reportDifferent(left, right, place, scope);
  return undefined;
}

function isPointerToAggregation(left: CoreExpression, right: CoreExpression): boolean {
  return [left, right].some(isAggregationRead) && [left, right].some(({ type }) => type.kind === "pointer");
}

function reportDifferent(left: CoreExpression, right: CoreExpression, place: Place, scope: Scope): void {
  const related = [
    { place: left.place, message: show(settle(left.type)) },
    { place: right.place, message: show(settle(right.type)) },
  ];
  const facts = { left: describe(left.type), right: describe(right.type) };
  const kinds = [left, right].map(({ type }) => type.kind);
  const isText = kinds.includes("string") && kinds.includes("pointer");
  const hints = isText
    ? ["str() reads the string that a pointer points to: 'str(args.filename) == \"a\"'"]
    : [];
  report(scope, differentKindsCompared(place, facts, { related, hints }));
}

function integerSides(
  operator: ComparisonOperator,
  left: CoreExpression,
  right: CoreExpression,
  place: Place,
  scope: Scope,
): Sides {
  const type = promoteIntegers(left.type as IntegerType, right.type as IntegerType); // both are integers
  const always = alwaysOf(operator, left, right, type);
  if (always !== undefined) report(scope, comparisonAlways(place, always));
  return [coerceOperand(left, type, scope), coerceOperand(right, type, scope)];
}

function pointerSides(left: CoreExpression, right: CoreExpression, place: Place, scope: Scope): Sides {
  const [a, b] = [left.type as PointerType, right.type as PointerType]; // both are pointers
  if (!sameType(a.to, b.to)) {
    const related = [
      { place: left.place, message: show(a) },
      { place: right.place, message: show(b) },
    ];
    report(scope, differentPointersCompared(place, { left: show(a), right: show(b) }, { related }));
  }
  if (a.space !== b.space && a.space !== "none" && b.space !== "none")
    report(scope, addressSpacesMixed(place, {}));
  return [left, sameType(a, b) ? right : cast(right, a, true)];
}

/** Integers, pointers and booleans among each other compare as unsigned numbers. */
function numberSides(left: CoreExpression, right: CoreExpression, scope: Scope): Sides {
  const [a, b] = [left.type, right.type];
  if (a.kind === "pointer" || b.kind === "pointer") return [toNumber(left, uint64), toNumber(right, uint64)];
  const type = settle(a.kind === "integer" ? a : b) as IntegerType; // one is an integer, the other a boolean
  const pass = (): void => undefined;
  const convert = (side: CoreExpression): CoreExpression =>
    side.type.kind === "boolean" ? cast(side, type, true) : coerce(side, type, scope, pass);
  return [convert(left), convert(right)];
}

function toNumber(side: CoreExpression, type: IntegerType): CoreExpression {
  const value = integerValue(side);
  if (value !== undefined && value >= 0n) {
    return { kind: "constant", type, place: side.place, value: { kind: "integer", value } };
  }
  return cast(side, type, true);
}

function equalitySides(
  left: CoreExpression,
  right: CoreExpression,
  place: Place,
  scope: Scope,
): Sides | undefined {
  if (left.type.kind === "string") {
    lintTruncation(left, right, place, scope);
    return [left, right];
  }
  if (left.type.kind === "struct") {
    reportUndefinedOperator("==", [left, right], place, scope);
    return undefined;
  }
  const type = promote(left.type, right.type);
  if (type === undefined) {
    reportDifferent(left, right, place, scope);
    return undefined;
  }
  if (type.kind === "buffer") return [left, right];
  const pass = (): void => undefined;
  return [coerce(left, type, scope, pass), coerce(right, type, scope, pass)];
}

/** A literal that is longer than what the other side can ever hold. */
function lintTruncation(left: CoreExpression, right: CoreExpression, place: Place, scope: Scope): void {
  const [literal, other] = left.kind === "constant" ? [left, right] : [right, left];
  const constant = constantOf(literal);
  if (constant?.kind !== "string" || other.kind === "constant" || other.type.kind !== "string") return;
  const { size } = other.type;
  if (constant.value.length > size) {
    report(scope, stringTruncated(place, { length: constant.value.length, size }));
  }
}
