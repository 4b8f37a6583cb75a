/** Integer constant expressions of C: array sizes, enum values, `#if`. */

import type { CToken } from "./tokens.ts";

/** What names in an expression stand for; undefined makes the expression unknown. */
export interface ConstantNames {
  readonly value: (name: string) => bigint | undefined;
  /** Reads `sizeof`'s operand when it is a type, from the token after the parenthesis. */
  readonly sizeOf: (tokens: readonly CToken[]) => bigint | undefined;
}

const precedences: Readonly<Record<string, number>> = {
  "||": 1,
  "&&": 2,
  "|": 3,
  "^": 4,
  "&": 5,
  "==": 6,
  "!=": 6,
  "<": 7,
  ">": 7,
  "<=": 7,
  ">=": 7,
  "<<": 8,
  ">>": 8,
  "+": 9,
  "-": 9,
  "*": 10,
  "/": 10,
  "%": 10,
};
/** Parentheses and operators within each other; deeper is no constant anybody wrote. */
const MAX_DEPTH = 100;

interface Cursor {
  readonly tokens: readonly CToken[];
  readonly names: ConstantNames;
  at: number;
  depth: number;
}

/** Computed in 64 bits. @returns undefined when it is no constant or uses an unknown name */
export function evaluate(tokens: readonly CToken[], names: ConstantNames): bigint | undefined {
  const cursor: Cursor = { tokens, names, at: 0, depth: 0 };
  const value = conditional(cursor);
  const next = tokens[cursor.at];
  return next === undefined || next.kind === "end" ? value : undefined;
}

function peek(cursor: Cursor): string {
  return cursor.tokens[cursor.at]?.text ?? "";
}

function accept(cursor: Cursor, text: string): boolean {
  if (peek(cursor) !== text) return false;
  cursor.at += 1;
  return true;
}

function conditional(cursor: Cursor): bigint | undefined {
  const condition = binary(cursor, 0);
  if (!accept(cursor, "?")) return condition;
  const then = conditional(cursor);
  if (!accept(cursor, ":")) return undefined;
  const otherwise = conditional(cursor);
  if (condition === undefined) return undefined;
  return condition === 0n ? otherwise : then;
}

function binary(cursor: Cursor, minimum: number): bigint | undefined {
  let left = unary(cursor);
  for (;;) {
    const operator = peek(cursor);
    const precedence = precedences[operator];
    if (precedence === undefined || precedence <= minimum) return left;
    cursor.at += 1;
    const right = binary(cursor, precedence);
    left = left === undefined || right === undefined ? undefined : apply(operator, left, right);
  }
}

function apply(operator: string, left: bigint, right: bigint): bigint | undefined {
  const truth = (value: boolean): bigint => (value ? 1n : 0n);
  const operations: Readonly<Record<string, () => bigint | undefined>> = {
    "||": () => truth(left !== 0n || right !== 0n),
    "&&": () => truth(left !== 0n && right !== 0n),
    "|": () => left | right,
    "^": () => left ^ right,
    "&": () => left & right,
    "==": () => truth(left === right),
    "!=": () => truth(left !== right),
    "<": () => truth(left < right),
    ">": () => truth(left > right),
    "<=": () => truth(left <= right),
    ">=": () => truth(left >= right),
    "<<": () => left << BigInt.asUintN(6, right),
    ">>": () => left >> BigInt.asUintN(6, right),
    "+": () => left + right,
    "-": () => left - right,
    "*": () => left * right,
    "/": () => (right === 0n ? undefined : left / right),
    "%": () => (right === 0n ? undefined : left % right),
  };
  const value = operations[operator]?.();
  return value === undefined || fits(value) ? value : BigInt.asIntN(64, value);
}

/** Values of `long` and of `unsigned long` both stand as they are. */
function fits(value: bigint): boolean {
  return value >= -(1n << 63n) && value < 1n << 64n;
}

function unary(cursor: Cursor): bigint | undefined {
  cursor.depth += 1;
  try {
    return cursor.depth > MAX_DEPTH ? undefined : unaryInDepth(cursor);
  } finally {
    cursor.depth -= 1;
  }
}

function unaryInDepth(cursor: Cursor): bigint | undefined {
  const token = cursor.tokens[cursor.at];
  if (token === undefined) return undefined;
  cursor.at += 1;
  switch (token.kind) {
    case "number":
      return parseInteger(token.text);
    case "character":
      return parseCharacter(token.text);
    case "name":
      return token.text === "sizeof" ? sizeOf(cursor) : cursor.names.value(token.text);
    default:
      return prefixed(cursor, token.text);
  }
}

function prefixed(cursor: Cursor, operator: string): bigint | undefined {
  if (operator === "(") return parenthesised(cursor);
  if (!["-", "+", "~", "!"].includes(operator)) return undefined;
  const operand = unary(cursor);
  if (operand === undefined) return undefined;
  if (operator === "-") return BigInt.asIntN(64, -operand);
  if (operator === "~") return BigInt.asIntN(64, ~operand);
  return operator === "!" ? (operand === 0n ? 1n : 0n) : operand;
}

/** A parenthesised expression, or a cast, whose type is passed over: constants are computed in 64 bits anyway. */
function parenthesised(cursor: Cursor): bigint | undefined {
  const start = cursor.at;
  const value = conditional(cursor);
  if (accept(cursor, ")") && value !== undefined) return value;
  const end = closing(cursor.tokens, start);
  if (end === undefined || cursor.names.sizeOf(cursor.tokens.slice(start, end)) === undefined)
    return undefined;
  cursor.at = end + 1;
  return unary(cursor);
}

function sizeOf(cursor: Cursor): bigint | undefined {
  if (!accept(cursor, "(")) return undefined;
  const end = closing(cursor.tokens, cursor.at);
  if (end === undefined) return undefined;
  const operand = cursor.tokens.slice(cursor.at, end);
  cursor.at = end + 1;
  return cursor.names.sizeOf(operand);
}

/** Index of the parenthesis that closes one opened before `start`. */
function closing(tokens: readonly CToken[], start: number): number | undefined {
  let depth = 0;
  for (let at = start; at < tokens.length; at += 1) {
    const text = tokens[at]?.text;
    if (text === "(") depth += 1;
    if (text === ")") {
      if (depth === 0) return at;
      depth -= 1;
    }
  }
  return undefined;
}

/** Decimal, hexadecimal, octal and binary, with any suffix; undefined for floating point. */
export function parseInteger(text: string): bigint | undefined {
  const match = /^(0[xX][\da-fA-F]+|0[bB][01]+|\d+)[uUlLzZ]*$/.exec(text);
  const digits = match?.[1];
  if (digits === undefined) return undefined;
  if (/^0\d+$/.test(digits)) return /[89]/.test(digits) ? undefined : BigInt(`0o${digits.slice(1)}`);
  return BigInt(digits);
}

const escapes: Readonly<Record<string, number>> = {
  n: 10,
  t: 9,
  r: 13,
  a: 7,
  b: 8,
  f: 12,
  v: 11,
  e: 27,
};

function parseCharacter(text: string): bigint | undefined {
  const body = /'([^]*)'$/.exec(text)?.[1];
  if (body === undefined || body === "") return undefined;
  if (!body.startsWith("\\")) return BigInt(body.charCodeAt(0));
  const code = body.slice(1);
  if (/^x[\da-fA-F]+$/.test(code)) return BigInt.asIntN(8, BigInt(`0${code}`));
  if (/^[0-7]{1,3}$/.test(code)) return BigInt.asIntN(8, BigInt(`0o${code}`));
  return BigInt(escapes[code] ?? code.charCodeAt(0));
}
