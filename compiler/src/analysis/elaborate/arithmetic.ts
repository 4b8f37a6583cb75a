/** Arithmetic, bit operators and shifts on integers, booleans and pointers. */

import type { CoreExpression } from "../../core/core.ts";
import { constantDivisionByZero, constantShift, mixedSignDivision } from "../../diagnostics/catalog/types.ts";
import { signedDivisionDiffers, signedShiftDiffers } from "../../diagnostics/catalog/lints.ts";
import type { Place } from "../../diagnostics/diagnostic.ts";
import type { ArithmeticOperator } from "../../syntax/ast.ts";
import { sizeOf } from "../../types/layout.ts";
import { wrap } from "../../types/relations.ts";
import { show } from "../../types/show.ts";
import { boolean, int64, uint64, uint8, type IntegerType, type PointerType } from "../../types/type.ts";
import { reportUndefinedOperator } from "./undefined-operator.ts";
import { coerce, coerceOperand } from "./convert.ts";
import { cast, integerValue, isLiteral, typedInteger, unknown } from "./nodes.ts";
import { report, type Scope } from "../state/scope.ts";

export function buildArithmetic(
  operator: ArithmeticOperator,
  left: CoreExpression,
  right: CoreExpression,
  place: Place,
  scope: Scope,
): CoreExpression {
  const [a, b] = [left.type, right.type];
  if (a.kind === "pointer" || b.kind === "pointer") return movePointer(operator, left, right, place, scope);
  if (a.kind === "boolean" && b.kind === "boolean") return onBooleans(operator, left, right, place);
  const isNumber = (kind: string): boolean => kind === "integer" || kind === "boolean";
  if (!isNumber(a.kind) || !isNumber(b.kind)) {
    reportUndefinedOperator(operator, [left, right], place, scope);
    return unknown(place);
  }
  return onIntegers(operator, asInteger(left), asInteger(right), place, scope);
}

/** A boolean among integers counts as 0 or 1. */
function asInteger(value: CoreExpression): CoreExpression & { readonly type: IntegerType } {
  const { type } = value;
  if (type.kind === "integer") return { ...value, type };
  return { ...cast(value, uint8, true), type: uint8 };
}

/** The result of any operator on two booleans is a boolean again: computed as integers, true when not zero. */
function onBooleans(
  operator: ArithmeticOperator,
  left: CoreExpression,
  right: CoreExpression,
  place: Place,
): CoreExpression {
  const operands = { left: cast(left, uint64, true), right: cast(right, uint64, true) };
  const result: CoreExpression = {
    kind: "arithmetic",
    type: uint64,
    place,
    operator,
    ...operands,
    signed: false,
  };
  return { ...cast(result, boolean, true), place };
}

function onIntegers(
  operator: ArithmeticOperator,
  left: CoreExpression & { readonly type: IntegerType },
  right: CoreExpression & { readonly type: IntegerType },
  place: Place,
  scope: Scope,
): CoreExpression {
  const type = resultType(operator, left.type, right.type);
  warnConstantOperand(operator, right, place, scope);
  const divides = operator === "/" || operator === "%";
  if (divides && warnMixedSigns(operator, left, right, place, scope)) {
    const [a, b] = [cast(left, type, true), cast(right, type, true)];
    return { kind: "arithmetic", type, place, operator, left: a, right: b, signed: type.signed };
  }
  // The difference of two counters is what everybody writes; its sign is the point of it.
  const difference = operator === "-" && isCounter(left.type) && isCounter(right.type);
  const convert = (side: CoreExpression): CoreExpression =>
    difference ? cast(side, type, true) : coerceOperand(side, type, scope);
  const [a, b] = [convert(left), convert(right)];
  if (type.signed && divides) report(scope, signedDivisionDiffers(place, { operator }));
  if (type.signed && operator === ">>" && !isNeverNegative(left))
    report(scope, signedShiftDiffers(place, {}));
  const computed = foldTyped(operator, a, b, type);
  if (computed !== undefined) return typedInteger(computed, type, place);
  return { kind: "arithmetic", type, place, operator, left: a, right: b, signed: type.signed };
}

function isCounter({ signed, size }: IntegerType): boolean {
  return !signed && size === 8;
}

/** Source of the rule: the language reference, types §2.3. */
function resultType(operator: ArithmeticOperator, left: IntegerType, right: IntegerType): IntegerType {
  if (operator === "-") return int64;
  const leftSigned = left.flexible === true ? (right.flexible === true ? true : right.signed) : left.signed;
  const rightSigned = right.flexible === true ? leftSigned : right.signed;
  return leftSigned || rightSigned ? int64 : uint64;
}

/** Between constants these are errors; at run time a division by zero gives 1, and a shift what the machine makes of it. */
function warnConstantOperand(
  operator: ArithmeticOperator,
  right: CoreExpression,
  place: Place,
  scope: Scope,
): void {
  const value = integerValue(right);
  if (value === undefined) return;
  if ((operator === "/" || operator === "%") && value === 0n) {
    report(scope, constantDivisionByZero(place, { operator }, { severity: "warning" }));
  }
  if ((operator === "<<" || operator === ">>") && (value < 0n || value > 63n)) {
    report(scope, constantShift(place, { count: value.toString() }, { severity: "warning" }));
  }
}

/** Warned about as one thing, so that the conversion of the operands is not reported again. */
function warnMixedSigns(
  operator: "/" | "%",
  left: CoreExpression & { readonly type: IntegerType },
  right: CoreExpression & { readonly type: IntegerType },
  place: Place,
  scope: Scope,
): boolean {
  if (left.type.flexible === true || right.type.flexible === true) return false;
  const [signed, unsigned] = left.type.signed ? [left, right] : [right, left];
  if (signed.type.signed === unsigned.type.signed) return false;
  if (unsigned.type.size < 8) return false;
  report(scope, mixedSignDivision(place, { operator, left: show(left.type), right: show(right.type) }));
  return true;
}

function isNeverNegative(value: CoreExpression): boolean {
  const known = integerValue(value);
  if (known !== undefined) return known >= 0n;
  const from = value.kind === "cast" ? value.operand.type : value.type;
  return from.kind === "integer" && !from.signed;
}

/** Constants that have a type wrap around in it, as they would at run time. */
function foldTyped(
  operator: ArithmeticOperator,
  left: CoreExpression,
  right: CoreExpression,
  type: IntegerType,
): bigint | undefined {
  const [a, b] = [integerValue(left), integerValue(right)];
  if (a === undefined || b === undefined || isLiteral(left) || isLiteral(right)) return undefined;
  if ((operator === "/" || operator === "%") && b === 0n) return undefined;
  if ((operator === "<<" || operator === ">>") && (b < 0n || b > 63n)) return undefined;
  switch (operator) {
    case "+":
      return wrap(a + b, type);
    case "-":
      return wrap(a - b, type);
    case "*":
      return wrap(a * b, type);
    case "/":
      return wrap(a / b, type);
    case "%":
      return wrap(a % b, type);
    case "&":
      return wrap(a & b, type);
    case "|":
      return wrap(a | b, type);
    case "^":
      return wrap(a ^ b, type);
    case "<<":
      return wrap(a << b, type);
    case ">>":
      return wrap(a >> b, type);
  }
}

/** Integers always convert. */
function never(): void {
  return;
}

function movePointer(
  operator: ArithmeticOperator,
  left: CoreExpression,
  right: CoreExpression,
  place: Place,
  scope: Scope,
): CoreExpression {
  const [pointer, index] = left.type.kind === "pointer" ? [left, right] : [right, left];
  const allowed = operator === "+" || (operator === "-" && pointer === left);
  const counts = index.type.kind === "integer" || index.type.kind === "boolean";
  if (!allowed || !counts || pointer.type.kind !== "pointer") {
    reportUndefinedOperator(operator, [left, right], place, scope);
    return unknown(place);
  }
  return pointerPlus(operator, pointer, asInteger(index), place, scope);
}

/** pointer ± index elements. */
export function pointerPlus(
  operator: "+" | "-",
  pointer: CoreExpression,
  index: CoreExpression,
  place: Place,
  scope: Scope,
): CoreExpression {
  const type = pointer.type as PointerType; // callers have looked
  const wide = index.type.kind === "integer" && !index.type.signed ? uint64 : int64;
  const scale = type.to.kind === "void" ? 1 : sizeOf(type.to, scope.walk.program.structs);
  const distance = coerce(index, wide, scope, never);
  return { kind: "pointer-arithmetic", type, place, operator, pointer, index: distance, scale };
}
