/** Integer and string literals, positional parameters: from source text to value. Whatever the text, there is a value. */

import { span } from "../base/span.ts";
import { toUtf8 } from "../base/utf8.ts";
import type { SyntaxProblem } from "./node.ts";
import { MAX_INT64, type NumberFault, readScriptNumber } from "./numbers.ts";
import { problem } from "./problems.ts";

/** A value and what is wrong with its text; problem spans count from the literal's start. */
export interface Reading<Value> {
  readonly value: Value;
  readonly problems: readonly SyntaxProblem[];
}

const NO_PROBLEMS: readonly SyntaxProblem[] = [];

/** Reads an integer literal: `10`, `0x1f`, `010`, `1_000`, `1e6`, `5ms`. The value of a wrong one is 0. */
export function readInteger(text: string): Reading<bigint> {
  const read = readScriptNumber(text);
  if (read.ok) return { value: read.value, problems: NO_PROBLEMS };
  return { value: 0n, problems: [numberProblem(text, read.error)] };
}

function numberProblem(text: string, fault: NumberFault): SyntaxProblem {
  switch (fault.kind) {
    case "no-digits":
      return problem(
        "malformed-integer",
        { text, reason: "there are no digits behind its prefix" },
        fault.span,
      );
    case "octal-digit":
      return problem(
        "malformed-integer",
        { text, reason: "a number that starts with 0 is octal and has no digit 8 or 9" },
        fault.span,
      );
    case "exponent":
      return problem(
        "malformed-integer",
        { text, reason: "with an exponent it is one digit 1–9, `e`, and an exponent that starts with 1–9" },
        fault.span,
      );
    case "trailing-underscore":
      return problem("trailing-underscore", { text }, fault.span);
    case "suffix": {
      const lower = fault.suffix.toLowerCase();
      const facts = {
        suffix: fault.suffix,
        lower: fault.hexadecimal || lower === fault.suffix || !readScriptNumber(`1${lower}`).ok ? "" : lower,
        hexadecimal: fault.hexadecimal ? "yes" : "",
      };
      return problem("invalid-integer-suffix", facts, fault.span);
    }
    case "overflow":
      return problem("integer-too-large", { text, maximum: fault.maximum.toString() }, fault.span);
  }
}

/** Reads `$1`; the index of one out of range is 1. */
export function readPositionalParameter(text: string): Reading<number> {
  const digits = text.slice(1).replace(/^0+/, "");
  const valid = digits !== "" && digits.length <= 19 && BigInt(digits) <= MAX_INT64;
  if (valid) return { value: Number(digits), problems: NO_PROBLEMS };
  return { value: 1, problems: [problem("parameter-out-of-range", { text }, span(0, text.length))] };
}

const SIMPLE_ESCAPES: ReadonlyMap<string, string> = new Map([
  ["n", "\n"],
  ["t", "\t"],
  ["r", "\r"],
  ["\\", "\\"],
  ['"', '"'],
]);

/**
 * Reads a string literal from its opening quote on, to its closing quote, the end of its line, or the end of `text`.
 * @returns the bytes of the string, one character (0–255) each; a wrong escape stands for itself
 */
export function readString(text: string): Reading<string> {
  const plain = /^"([^"\\\n]*)"$/.exec(text)?.[1];
  if (plain !== undefined) return { value: toUtf8(plain), problems: NO_PROBLEMS };
  const problems: SyntaxProblem[] = [];
  let value = "";
  let at = 1;
  for (;;) {
    const run = /[^"\\\n]*/y;
    run.lastIndex = at;
    const literal = run.exec(text)?.[0] ?? "";
    value += toUtf8(literal);
    at += literal.length;
    const next = text[at];
    if (next === '"') break;
    if (next === "\\" && at + 1 < text.length && text[at + 1] !== "\n") {
      const escape = readEscape(text, at);
      value += escape.value;
      problems.push(...escape.problems);
      at += escape.length;
      continue;
    }
    problems.push(problem("unterminated-string", {}, span(0, next === "\\" ? at + 1 : at)));
    break;
  }
  return { value, problems };
}

interface Escape extends Reading<string> {
  readonly length: number;
}

function readEscape(text: string, at: number): Escape {
  const letter = text[at + 1] ?? "";
  const simple = SIMPLE_ESCAPES.get(letter);
  if (simple !== undefined) return { value: simple, problems: NO_PROBLEMS, length: 2 };
  const octal = /^[0-7]{1,3}/.exec(text.slice(at + 1, at + 4))?.[0];
  if (octal !== undefined) return readOctalEscape(octal, at);
  if (letter === "x" || letter === "X") return readHexEscape(text, at);
  const character = String.fromCodePoint(text.codePointAt(at + 1) ?? 0);
  const length = 1 + character.length;
  const escape = text.slice(at, at + length);
  return {
    value: toUtf8(character),
    problems: [problem("invalid-escape", { escape }, span(at, at + length))],
    length,
  };
}

function readOctalEscape(digits: string, at: number): Escape {
  const code = Number.parseInt(digits, 8);
  const length = 1 + digits.length;
  if (code <= 0xff) return { value: String.fromCharCode(code), problems: NO_PROBLEMS, length };
  const found = problem("octal-escape-too-large", { escape: `\\${digits}` }, span(at, at + length));
  return { value: "", problems: [found], length };
}

function readHexEscape(text: string, at: number): Escape {
  const digits = /^[0-9a-fA-F]{1,2}/.exec(text.slice(at + 2, at + 4))?.[0];
  if (digits !== undefined) {
    return {
      value: String.fromCharCode(Number.parseInt(digits, 16)),
      problems: NO_PROBLEMS,
      length: 2 + digits.length,
    };
  }
  const found = problem("empty-hex-escape", { escape: text.slice(at, at + 2) }, span(at, at + 2));
  return { value: "", problems: [found], length: 2 };
}
