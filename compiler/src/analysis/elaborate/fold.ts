/** Computing with constants. Integers are exact: what does not fit in 64 bits is a mistake, not a wrap-around. */

import type { Constant } from "../../core/core.ts";
import { INT64_MAX, INT64_MIN, UINT64_MAX } from "../../types/relations.ts";
import type { BinaryOperator } from "../../syntax/ast.ts";
import { isTruthy } from "./nodes.ts";

export type Folded =
  | { readonly kind: "value"; readonly value: Constant }
  | { readonly kind: "overflow" | "division-by-zero" | "undefined" }
  | { readonly kind: "shift"; readonly count: bigint }
  /** A string and an index behind its end: the value is empty. */
  | { readonly kind: "past-end"; readonly value: Constant; readonly index: bigint; readonly length: number };

const truth = (value: boolean): Folded => ({ kind: "value", value: { kind: "boolean", value } });
const integer = (value: bigint): Folded => ({ kind: "value", value: { kind: "integer", value } });
const text = (value: string): Folded => ({ kind: "value", value: { kind: "string", value } });

export function foldBinary(operator: BinaryOperator, left: Constant, right: Constant): Folded {
  if (operator === "&&") return truth(isTruthy(left) && isTruthy(right));
  if (operator === "||") return truth(isTruthy(left) || isTruthy(right));
  if (left.kind === "string" || right.kind === "string") return foldStrings(operator, left, right);
  if (left.kind === "boolean" && right.kind === "boolean") {
    return foldBooleans(operator, left.value, right.value);
  }
  return foldIntegers(operator, asInteger(left), asInteger(right));
}

function asInteger(constant: Constant): bigint {
  if (constant.kind === "integer") return constant.value;
  return constant.kind === "boolean" && constant.value ? 1n : 0n;
}

function foldStrings(operator: BinaryOperator, left: Constant, right: Constant): Folded {
  if (left.kind === "string" && right.kind === "string") {
    if (operator === "+") return text(left.value + right.value);
    const order = compare(left.value, right.value);
    return foldOrder(operator, order) ?? { kind: "undefined" };
  }
  if (operator !== "+") return { kind: "undefined" };
  const [subject, index] = left.kind === "string" ? [left, right] : [right, left];
  if (subject.kind !== "string" || index.kind !== "integer") return { kind: "undefined" };
  if (index.value < 0n) return { kind: "undefined" };
  const length = subject.value.length;
  if (index.value >= BigInt(length)) {
    return { kind: "past-end", value: { kind: "string", value: "" }, index: index.value, length };
  }
  return text(subject.value.slice(Number(index.value)));
}

function compare<T extends string | bigint>(left: T, right: T): -1 | 0 | 1 {
  return left < right ? -1 : left > right ? 1 : 0;
}

function foldOrder(operator: BinaryOperator, order: number): Folded | undefined {
  switch (operator) {
    case "==":
      return truth(order === 0);
    case "!=":
      return truth(order !== 0);
    case "<":
      return truth(order < 0);
    case "<=":
      return truth(order <= 0);
    case ">":
      return truth(order > 0);
    case ">=":
      return truth(order >= 0);
    default:
      return undefined;
  }
}

/** Every operator on two booleans gives a boolean; shifts compare, as the language has it. */
function foldBooleans(operator: BinaryOperator, left: boolean, right: boolean): Folded {
  switch (operator) {
    case "+":
    case "|":
      return truth(left || right);
    case "-":
    case "^":
      return truth(left !== right);
    case "*":
    case "&":
      return truth(left && right);
    case "/":
      return right ? truth(left) : { kind: "division-by-zero" };
    case "%":
      return right ? truth(false) : { kind: "division-by-zero" };
    case "<<":
      return truth(!left && right);
    case ">>":
      return truth(left && !right);
    default:
      return foldOrder(operator, Number(left) - Number(right)) ?? { kind: "undefined" };
  }
}

function foldIntegers(operator: BinaryOperator, left: bigint, right: bigint): Folded {
  const ordered = foldOrder(operator, compare(left, right));
  if (ordered !== undefined) return ordered;
  const signed = left < 0n || right < 0n;
  // Beside a negative number everything is signed, and what needs the 64th bit has no place.
  if (signed && (left > INT64_MAX || right > INT64_MAX)) return { kind: "overflow" };
  switch (operator) {
    case "/":
      return right === 0n ? { kind: "division-by-zero" } : ranged(left / right, signed);
    case "%":
      return right === 0n ? { kind: "division-by-zero" } : ranged(left % right, signed);
    case "<<":
    case ">>":
      return foldShift(operator, left, right);
    default:
      return ranged(arithmetic(operator, left, right), signed);
  }
}

function arithmetic(operator: BinaryOperator, left: bigint, right: bigint): bigint {
  switch (operator) {
    case "+":
      return left + right;
    case "-":
      return left - right;
    case "*":
      return left * right;
    case "&":
      return left & right;
    case "|":
      return left | right;
    default:
      return left ^ right;
  }
}

function foldShift(operator: "<<" | ">>", left: bigint, right: bigint): Folded {
  if (right < 0n || right > 63n) return { kind: "shift", count: right };
  if (operator === ">>") return integer(left >> right);
  const shifted = left << right;
  return integer(left < 0n ? BigInt.asIntN(64, shifted) : BigInt.asUintN(64, shifted));
}

function ranged(value: bigint, signed: boolean): Folded {
  const most = signed ? INT64_MAX : UINT64_MAX;
  return value < INT64_MIN || value > most ? { kind: "overflow" } : integer(value);
}

export function foldNegation(value: bigint): Folded {
  return -value < INT64_MIN || -value > UINT64_MAX ? { kind: "overflow" } : integer(-value);
}

export function foldComplement(value: bigint): Folded {
  return integer(BigInt.asUintN(64, ~value));
}
