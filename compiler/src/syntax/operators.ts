/** The operators of expressions: which texts they are, how tightly they bind. */

import type { ArithmeticOperator, BinaryOperator, UnaryOperator } from "./ast.ts";

/** How tightly a binary operator binds; a larger number binds tighter. All group from the left. */
const PRECEDENCE: Readonly<Record<BinaryOperator, number>> = {
  "||": 2,
  "&&": 3,
  "|": 4,
  "^": 5,
  "&": 6,
  "==": 7,
  "!=": 7,
  "<": 8,
  "<=": 8,
  ">": 8,
  ">=": 8,
  "<<": 9,
  ">>": 9,
  "+": 10,
  "-": 10,
  "*": 11,
  "/": 11,
  "%": 11,
};

const BINARY: ReadonlySet<string> = new Set(Object.keys(PRECEDENCE));
const ARITHMETIC: ReadonlySet<string> = new Set<ArithmeticOperator>([
  "+",
  "-",
  "*",
  "/",
  "%",
  "&",
  "|",
  "^",
  "<<",
  ">>",
]);
const UNARY: ReadonlySet<string> = new Set<UnaryOperator>(["-", "~", "!", "*", "&"]);

export function isBinaryOperator(text: string): text is BinaryOperator {
  return BINARY.has(text);
}

export function isUnaryOperator(text: string): text is UnaryOperator {
  return UNARY.has(text);
}

export function isArithmeticOperator(text: string): text is ArithmeticOperator {
  return ARITHMETIC.has(text);
}

/** Larger binds tighter; from 2 (`||`) to 11 (`*`). */
export function precedenceOf(operator: BinaryOperator): number {
  return PRECEDENCE[operator];
}

/** Binary operators, longest first, so that the first one that matches is the one that is meant. */
export const binaryOperators: readonly BinaryOperator[] = Object.keys(PRECEDENCE)
  .filter(isBinaryOperator)
  .toSorted((a, b) => b.length - a.length);
