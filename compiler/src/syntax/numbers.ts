/**
 * Numbers as the language writes them, in scripts, positional parameters, environment variables and attach points.
 * Source of the rules: the language's literals, and its converter where it is laxer than scripts (`0b101`).
 */

import { err, ok, type Result } from "../base/result.ts";
import { type Span, span } from "../base/span.ts";

export const MAX_UINT32 = 0xffff_ffffn;
export const MAX_INT64 = 0x7fff_ffff_ffff_ffffn;
export const MAX_UINT64 = 0xffff_ffff_ffff_ffffn;

/** Why a text is no number; `span` counts from the text's start. */
export type NumberFault =
  /** `0x` without digits, or a text that does not start with a digit. */
  | { readonly kind: "no-digits"; readonly span: Span }
  | { readonly kind: "trailing-underscore"; readonly span: Span }
  /** An 8 or 9 in a number that starts with 0. */
  | { readonly kind: "octal-digit"; readonly span: Span }
  /** Not one digit 1–9, `e`, and an exponent that starts with 1–9. */
  | { readonly kind: "exponent"; readonly span: Span }
  | { readonly kind: "suffix"; readonly suffix: string; readonly hexadecimal: boolean; readonly span: Span }
  | { readonly kind: "overflow"; readonly maximum: bigint; readonly span: Span };

interface Suffix {
  readonly maximum: bigint;
  readonly factor: bigint;
}

/** Nanoseconds per unit of a duration suffix. */
export const durations: ReadonlyMap<string, bigint> = new Map([
  ["ns", 1n],
  ["us", 1_000n],
  ["ms", 1_000_000n],
  ["s", 1_000_000_000n],
  ["m", 60_000_000_000n],
  ["h", 3_600_000_000_000n],
  ["d", 86_400_000_000_000n],
]);

const SUFFIXES: ReadonlyMap<string, Suffix> = new Map([
  ["", { maximum: MAX_UINT64, factor: 1n }],
  ["u", { maximum: MAX_UINT32, factor: 1n }],
  ["ul", { maximum: MAX_UINT64, factor: 1n }],
  ["ull", { maximum: MAX_UINT64, factor: 1n }],
  ["l", { maximum: MAX_INT64, factor: 1n }],
  ["ll", { maximum: MAX_INT64, factor: 1n }],
  ...[...durations].map(([unit, factor]) => [unit, { maximum: MAX_UINT64, factor }] as const),
]);

/** The words that may follow a decimal number. */
export const integerSuffixes: readonly string[] = [...SUFFIXES.keys()].filter((suffix) => suffix !== "");

const HEXADECIMAL = /^0[xX]([0-9a-fA-F_]*)(.*)$/s;
const BINARY = /^0[bB]([01_]*)(.*)$/s;
const DECIMAL = /^([0-9][0-9_]*)(?:[eE]([0-9_]*))?(.*)$/s;

/** More digits than any 64-bit number has, in any base; cuts off before the slow conversion of absurd ones. */
const MANY_DIGITS = 70;

/** A number as scripts write it: unsigned, decimal, octal (`010`), hexadecimal, `1e6`, `1_000`, `5ms`. */
export function readScriptNumber(text: string): Result<bigint, NumberFault> {
  return HEXADECIMAL.test(text) ? readInBase(text, HEXADECIMAL, "0x") : readDecimal(text);
}

/**
 * A number from outside the script (positional parameters, environment variables) or in an attach point: as in scripts,
 * and also `0b101` and a sign. Negative ones must fit 64 bits too.
 * @returns undefined when the text is no number or does not fit
 */
export function readNumber(text: string): bigint | undefined {
  const read = readPlainNumber(text.replace(/^[+-]/, ""));
  if (!read.ok) return undefined;
  if (!text.startsWith("-")) return read.value;
  return read.value > MAX_INT64 + 1n ? undefined : -read.value;
}

function readPlainNumber(text: string): Result<bigint, NumberFault> {
  return BINARY.test(text) ? readInBase(text, BINARY, "0b") : readScriptNumber(text);
}

function readInBase(text: string, form: RegExp, prefix: "0x" | "0b"): Result<bigint, NumberFault> {
  const [, digits = "", rest = ""] = form.exec(text) ?? [];
  const end = prefix.length + digits.length;
  if (digits.endsWith("_")) return err({ kind: "trailing-underscore", span: span(end - 1, end) });
  if (rest !== "") {
    return err({ kind: "suffix", suffix: rest, hexadecimal: prefix === "0x", span: span(end, text.length) });
  }
  if (digits === "") return err({ kind: "no-digits", span: span(0, text.length) });
  return toInteger(text, prefix, digits.replaceAll("_", ""), MAX_UINT64);
}

function readDecimal(text: string): Result<bigint, NumberFault> {
  const found = DECIMAL.exec(text);
  if (found === null) return err({ kind: "no-digits", span: span(0, text.length) });
  const [, written = "", exponent, rest = ""] = found;
  const restStart = text.length - rest.length;
  if (written.endsWith("_")) {
    return err({ kind: "trailing-underscore", span: span(written.length - 1, written.length) });
  }
  if (exponent?.endsWith("_") === true) {
    return err({ kind: "trailing-underscore", span: span(restStart - 1, restStart) });
  }
  const suffix = SUFFIXES.get(rest);
  if (suffix === undefined) {
    return err({ kind: "suffix", suffix: rest, hexadecimal: false, span: span(restStart, text.length) });
  }
  const digits = written.replaceAll("_", "");
  const value =
    exponent === undefined
      ? readDigits(text, digits, suffix.maximum)
      : readExponent(text, digits, exponent.replaceAll("_", ""));
  if (!value.ok) return value;
  const scaled = value.value * suffix.factor;
  return scaled > suffix.maximum ? overflow(text, suffix.maximum) : ok(scaled);
}

function readDigits(text: string, digits: string, maximum: bigint): Result<bigint, NumberFault> {
  if (!digits.startsWith("0") || digits === "0") return toInteger(text, "", digits, maximum);
  if (/[89]/.test(digits)) return err({ kind: "octal-digit", span: span(0, text.length) });
  return toInteger(text, "0o", digits.slice(1), maximum);
}

function readExponent(text: string, digits: string, exponent: string): Result<bigint, NumberFault> {
  if (!/^[1-9]$/.test(digits) || !/^[1-9][0-9]*$/.test(exponent)) {
    return err({ kind: "exponent", span: span(0, text.length) });
  }
  if (exponent.length > 2) return overflow(text, MAX_UINT64);
  const value = BigInt(digits) * 10n ** BigInt(exponent);
  return value > MAX_UINT64 ? overflow(text, MAX_UINT64) : ok(value);
}

function toInteger(
  text: string,
  prefix: string,
  digits: string,
  maximum: bigint,
): Result<bigint, NumberFault> {
  const significant = digits.replace(/^0+(?=.)/, "");
  if (significant.length > MANY_DIGITS) return overflow(text, maximum);
  const value = BigInt(prefix + significant);
  return value > maximum ? overflow(text, maximum) : ok(value);
}

function overflow(text: string, maximum: bigint): Result<bigint, NumberFault> {
  return err({ kind: "overflow", maximum, span: span(0, text.length) });
}
