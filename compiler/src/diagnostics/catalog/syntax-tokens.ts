/** Mistakes of form in statements and expressions: what is missing, and what stands where it cannot. Codes PW1001–PW1039. */

import { foundInstead, insertion, quote, removal, replacement, syntaxRow } from "./syntax-row.ts";

/** Tokens that are put in without asking what was meant. */
const PLAIN_TOKENS: ReadonlySet<string> = new Set([";", ")", "]", "/", ":", ": void"]);

export const tokenRows = {
  "missing-token": syntaxRow("missing-token", {
    code: "PW1001",
    message: ({ expected, after }) =>
      `expected ${/^\w+ /.test(expected) ? expected : quote(expected)}${after === "" ? "" : ` after ${quote(after)}`}`,
    explain:
      "Something the grammar needs is not there. The place is that of the text that stands there instead, or the end of the line before it.",
    example: "begin { print(1) print(2); }\n                 ^^^^^",
    fixes: (item, { facts, span }) =>
      PLAIN_TOKENS.has(facts.expected) ? [insertion(facts.expected, item, span.start)] : [],
  }),
  "expected-expression": syntaxRow("expected-expression", {
    code: "PW1002",
    message: ({ found }) => `expected an expression where ${foundInstead(found)}`,
    explain:
      "An operator, an argument or an assignment lacks its value. There are no character literals (`'a'`), no floats and no unary plus.",
    example: "begin { $x = ; }\n             ^",
  }),
  "expected-name": syntaxRow("expected-name", {
    code: "PW1003",
    message: ({ what, found }) => `expected ${what} where ${foundInstead(found)}`,
    explain: "A name must stand here. Names are letters, digits and `_`, and do not start with a digit.",
    example: "kprobe:f { $x = args.; }\n                     ^",
  }),
  "expected-type": syntaxRow("expected-type", {
    code: "PW1004",
    message: ({ found }) => `expected a type where ${foundInstead(found)}`,
    explain:
      "After the `:` of a `let`, a parameter or a function stands a type: `int64`, `string[16]`, `struct task_struct *`, `typeof(...)`.",
    example: "begin { let $x : = 1; }\n                 ^",
  }),
  "unexpected-text": syntaxRow("unexpected-text", {
    code: "PW1005",
    message: ({ found }) => `unexpected ${quote(found)}`,
    explain: "This text belongs to nothing: often a bracket too many, or the rest of something half deleted.",
    example: "begin { } }\n          ^",
    fixes: (item, problem) => [removal(item, problem)],
  }),
  "unclosed-delimiter": syntaxRow("unclosed-delimiter", {
    code: "PW1006",
    message: ({ open, close }) => `this ${quote(open)} has no ${quote(close)}`,
    explain:
      "A block is never closed. Where a later closing brace is indented less than the line of an opening one, that opening one is taken to be at fault.",
    example: "begin {\n  if (pid) {\n           ^\n    print(1);\n}\n\nend { }",
  }),
  "stray-semicolon": syntaxRow("stray-semicolon", {
    code: "PW1007",
    message: () => "this ';' ends nothing",
    explain:
      "There is no empty statement: a `;` may follow neither another one, nor the body of a loop, nor a probe, macro or function.",
    example: "begin { print(1);; }\n                 ^",
    fixes: (item, problem) => [removal(item, problem)],
  }),
  "trailing-comma": syntaxRow("trailing-comma", {
    code: "PW1008",
    message: ({ where }) => `no comma may end ${where}`,
    explain:
      "A comma at the end is allowed in tuples, `(1, 2,)`, and behind the last attach point, nowhere else.",
    example: "begin { print(1,); }\n               ^",
    fixes: (item, problem) => [removal(item, problem)],
  }),
  "nesting-too-deep": syntaxRow("nesting-too-deep", {
    code: "PW1009",
    message: ({ limit }) => `nested more than ${limit} deep`,
    explain: "Expressions and blocks inside each other, and operators in a row, are limited to 500 levels.",
    example: "",
  }),
  "assignment-in-expression": syntaxRow("assignment-in-expression", {
    code: "PW1010",
    message: () => "an assignment is a statement and has no value; '==' compares",
    explain: "`=` cannot stand inside an expression. In parentheses `(a = 1)` is a record with a field `a`.",
    example: "begin { if (pid = 1) { print(1); } }\n                ^",
    fixes: (item, { span }) => [replacement("Compare with '=='", item, span, "==")],
  }),
  "malformed-for": syntaxRow("malformed-for", {
    code: "PW1011",
    message: ({ found }) =>
      `a loop is 'for ($i : 0..10)' or 'for ($kv : @map)': expected ':' where ${foundInstead(found)}`,
    explain:
      "`for` goes over a range, `for ($i : 0..10)`, whose end is not part of it, or over a map, `for ($kv : @map)`. The loop with three parts known from C does not exist.",
    example: "begin { for ($i = 0; $i < 5; $i++) { } }\n                ^",
  }),
  "expected-map-or-range": syntaxRow("expected-map-or-range", {
    code: "PW1012",
    message: ({ found }) => `expected a map or a range, found ${quote(found)}`,
    explain: "`for` goes over a whole map, `@name`, or over a range, `0..10`.",
    example: "begin { for ($i : $j) { } }\n                  ^^",
  }),
  "expected-loop-variable": syntaxRow("expected-loop-variable", {
    code: "PW1013",
    message: ({ found }) => `expected a variable such as '$i' where ${foundInstead(found)}`,
    explain: "The variable of a `for` loop starts with `$`.",
    example: "begin { for (i : @m) { } }\n             ^",
    fixes: (item, { facts, span }) =>
      /^\w+$/.test(facts.found) ? [replacement("Make it a variable", item, span, `$${facts.found}`)] : [],
  }),
  "range-bound-not-primary": syntaxRow("range-bound-not-primary", {
    code: "PW1014",
    message: ({ text }) => `the bound ${quote(text)} of a range needs parentheses`,
    explain:
      "The bounds of a range are literals, variables, map elements, calls, or anything in parentheses: `0..($n + 1)`.",
    example: "begin { $n = 5; for ($i : 0..$n + 1) { } }\n                             ^^^^^^",
    fixes: (item, { facts, span }) => [
      replacement("Put parentheses around it", item, span, `(${facts.text})`),
    ],
  }),
  "condition-not-unary": syntaxRow("condition-not-unary", {
    code: "PW1015",
    message: ({ statement }) =>
      `the condition of '${statement}' needs one pair of parentheses around all of it`,
    explain:
      "Without parentheses a condition or a count has no binary operator: `if $x {`, `if !$x {`. With them, nothing may follow behind: `if ($a) == 1 {` is an error, `if (($a) == 1) {` is not.",
    example: "begin { if pid == 1 { print(1); } }\n           ^^^^^^^^",
    fixes: (item, { span }) => [
      replacement("Put parentheses around it", item, span, `(${item.text.slice(span.start, span.end)})`),
    ],
  }),
  "condition-missing": syntaxRow("condition-missing", {
    code: "PW1029",
    message: ({ statement }) =>
      statement === "unroll"
        ? "'unroll' needs a count: 'unroll (4) { … }'"
        : `'${statement}' needs a condition: '${statement} ($n > 0) { … }'`,
    explain: "The condition stands between the word and the block. `while (1)` goes on until a `break`.",
    example: "begin { if { print(1); } }\n           ^",
  }),
  "else-without-block": syntaxRow("else-without-block", {
    code: "PW1016",
    message: ({ found }) => `expected a block or 'if' after 'else' where ${foundInstead(found)}`,
    explain: "Braces are needed also around a single statement.",
    example: "begin { if (pid) { } else print(1); }\n                          ^^^^^",
  }),
  "glued-to-block": syntaxRow("glued-to-block", {
    code: "PW1017",
    message: ({ operator }) => `'${operator}' continues the 'if' or block before it; end that with ';'`,
    explain:
      "An `if` and a block are expressions, so an operator behind the closing brace takes them as its operand, on the next line too. A `;` behind the brace keeps them apart.",
    example: "begin { if (pid) { } ++@n; }\n                     ^^",
    fixes: (item, { span }) => [insertion(";", item, span.start)],
  }),
  "immutable-target": syntaxRow("immutable-target", {
    code: "PW1018",
    message: ({ what }) => `${what} cannot be assigned to`,
    explain:
      "Tuples and records do not change once made: make a new one and assign that. Memory of structures cannot be written.",
    example: "begin { $t = (1, 2); $t.0 = 3; }\n                     ^^^^^^",
  }),
  "invalid-target": syntaxRow("invalid-target", {
    code: "PW1019",
    message: ({ text }) => `${quote(text)} cannot be assigned to; variables ('$x') and maps ('@x') can`,
    explain: "An assignment changes a variable, a map, or an element of a map.",
    example: "begin { x = 1; }\n        ^^^",
    fixes: (item, { facts, span }) => variableFix(item, span.start, facts.text),
  }),
  "invalid-increment": syntaxRow("invalid-increment", {
    code: "PW1020",
    message: ({ operator, text }) => `'${operator}' changes a variable or a map, not ${quote(text)}`,
    explain: "`++` and `--` stand before or behind a variable, a map, or an element of a map.",
    example: "begin { 1++; }\n        ^^^",
  }),
  "invalid-address-of": syntaxRow("invalid-address-of", {
    code: "PW1021",
    message: ({ text }) => `'&' takes the address of a variable or a whole map, not of ${quote(text)}`,
    explain: "Only `&$variable` and `&@map` have addresses, without parentheses and without keys.",
    example: "begin { $x = 1; print(&1); }\n                       ^",
  }),
  "repeated-field": syntaxRow("repeated-field", {
    code: "PW1022",
    message: ({ name }) => `the record has two fields '${name}'`,
    explain: "The names of a record's fields differ from each other.",
    example: "begin { $r = (a=1, a=2); }\n                   ^",
  }),
  "name-after-sigil": syntaxRow("name-after-sigil", {
    code: "PW1023",
    message: ({ sigil }) => `expected a name right behind '${sigil}'`,
    explain:
      "A variable is `$` and a name without a space between them; `$1` is a parameter of the command line, `$#` their number.",
    example: "begin { $ x = 1; }\n        ^",
  }),
} as const;

function variableFix(item: Parameters<typeof replacement>[1], start: number, text: string) {
  if (!/^\w+$/.test(text)) return [];
  const fix = replacement("Make it a variable", item, { start, end: start + text.length }, `$${text}`);
  return [{ ...fix, automatic: false }];
}
