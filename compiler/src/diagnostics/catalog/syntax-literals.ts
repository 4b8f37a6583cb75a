/** Mistakes in literals. Codes PW1040–PW1059. */

import { integerSuffixes } from "../../syntax/numbers.ts";
import { quote, removal, replacement, syntaxRow } from "./syntax-row.ts";

export const literalRows = {
  "unterminated-string": syntaxRow("unterminated-string", {
    code: "PW1040",
    message: () => "this string has no closing quote on its line",
    explain:
      'A string ends on the line it starts on; `\\n` stands for a new line and `\\"` for a quote in it.',
    example: 'begin { print("abc); }\n              ^^^^^^^^',
  }),
  "invalid-escape": syntaxRow("invalid-escape", {
    code: "PW1041",
    message: ({ escape }) => `there is no escape '${escape}'`,
    explain:
      'The escapes are `\\n`, `\\t`, `\\r`, `\\\\`, `\\"`, `\\ooo` with one to three octal digits, and `\\xhh` with one or two hexadecimal digits.',
    example: 'begin { print("a\\qb"); }\n                ^^',
    fixes: (item, { facts, span }) => [
      replacement("Write a backslash", item, span, `\\\\${facts.escape.slice(1)}`),
    ],
  }),
  "empty-hex-escape": syntaxRow("empty-hex-escape", {
    code: "PW1042",
    message: ({ escape }) => `'${escape}' needs one or two hexadecimal digits`,
    explain: "`\\x` is followed by the value of a byte in one or two hexadecimal digits: `\\x7f`.",
    example: 'begin { print("\\xg"); }\n               ^^',
  }),
  "octal-escape-too-large": syntaxRow("octal-escape-too-large", {
    code: "PW1043",
    message: ({ escape }) => `'${escape}' does not fit a byte; '\\377' is the largest`,
    explain: "An escape in octal digits stands for one byte, so its value is at most 255.",
    example: 'begin { print("\\400"); }\n               ^^^^',
  }),
  "invalid-integer-suffix": syntaxRow("invalid-integer-suffix", {
    code: "PW1044",
    message: ({ suffix, hexadecimal }) =>
      hexadecimal === ""
        ? `${quote(suffix)} is no suffix of integers`
        : `a hexadecimal number ends before ${quote(suffix)}`,
    explain: `Decimal integers may end in ${integerSuffixes.map((suffix) => `\`${suffix}\``).join(", ")}, in lower case; the last seven are durations and give nanoseconds. Hexadecimal ones take none: \`0x1d\` is 29, not a day. Binary literals (\`0b101\`) exist in parameters and attach points only.`,
    example: "begin { $x = 5kb; print($x); }\n              ^^",
    fixes: (item, { facts, span }) =>
      facts.lower === "" ? [] : [replacement(`Write '${facts.lower}'`, item, span, facts.lower)],
  }),
  "trailing-underscore": syntaxRow("trailing-underscore", {
    code: "PW1045",
    message: ({ text }) => `a digit must follow the '_' in ${quote(text)}`,
    explain: "Underscores separate digits, as in `1_000_000`; the last character of the digits is none.",
    example: "begin { $x = 5_; print($x); }\n              ^",
    fixes: (item, problem) => [removal(item, problem)],
  }),
  "integer-too-large": syntaxRow("integer-too-large", {
    code: "PW1046",
    message: ({ text, maximum }) => `${quote(text)} is too large: the largest value here is ${maximum}`,
    explain:
      "Integers have 64 bits; with the suffix `u` 32 bits, with `l` and `ll` 63 bits and a sign. Durations count after they became nanoseconds.",
    example: "begin { $x = 4294967296u; print($x); }\n             ^^^^^^^^^^^",
  }),
  "malformed-integer": syntaxRow("malformed-integer", {
    code: "PW1047",
    message: ({ text, reason }) => `${quote(text)} is no integer: ${reason}`,
    explain:
      "`010` is octal and equals 8, so `08` does not exist. With an exponent one digit from 1 to 9 is allowed before the `e`, and the exponent starts with such a digit: `1e6`, not `10e5`.",
    example: "begin { $x = 10e3; print($x); }\n             ^^^^",
  }),
  "parameter-out-of-range": syntaxRow("parameter-out-of-range", {
    code: "PW1048",
    message: ({ text }) => `${quote(text)} is no parameter: they count from $1`,
    explain: "Parameters of the command line are `$1`, `$2` and so on; their number is `$#`.",
    example: "begin { print($0); }\n              ^^",
  }),
} as const;
