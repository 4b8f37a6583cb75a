/** Findings about macros and C macros. Codes PW70xx. */

import { diagnosticRow } from "../row.ts";

export const macroRedefined = diagnosticRow<{ readonly name: string }>({
  code: "PW7001",
  name: "macro-redefined",
  severity: "error",
  message: ({ name }) => `macro '${name}' is already defined with these parameters`,
  explain:
    "Macros of one name must differ in the number or kinds of their parameters. The first that fits a call is taken, so one for a variable (`$x`) or a map (`@x`) must stand before one for any expression (`x`).",
  example: "macro m($x) { $x } macro m($y) { 1 } begin { $a = 1; print(m($a)); }\n                         ^",
});

export const repeatedMacroParameter = diagnosticRow<{ readonly name: string }>({
  code: "PW7002",
  name: "repeated-macro-parameter",
  severity: "error",
  message: ({ name }) => `parameter '${name}' comes twice`,
  explain: "Each parameter of a macro needs its own name.",
  example: "macro m(x, x) { x } begin { print(m(1, 1)); }\n           ^",
});

export const macroArgumentCount = diagnosticRow<{
  readonly name: string;
  readonly expected: string;
  readonly got: number;
}>({
  code: "PW7003",
  name: "macro-argument-count",
  severity: "error",
  message: ({ name, expected, got }) => `macro '${name}' takes ${expected}, not ${got}`,
  explain: "A macro is called with as many arguments as it has parameters.",
  example: "macro m(x) { x } begin { print(m(1, 2)); }\n                               ^^^^^^^",
});

export const macroArgumentKind = diagnosticRow<{
  readonly name: string;
  readonly parameter: string;
  readonly expected: string;
}>({
  code: "PW7004",
  name: "macro-argument-kind",
  severity: "error",
  message: ({ name, parameter, expected }) =>
    `macro '${name}': '${parameter}' stands for ${expected}, and this is none`,
  explain:
    "`$x` as a parameter takes a variable, `@x` a map, so that the macro can change them; a bare name takes any expression.",
  example:
    "macro m($x) { $x += 1; $x } begin { @a = 1; print(m(@a)); }\n                                                    ^^",
});

export const macroRecursion = diagnosticRow<{ readonly chain: readonly string[] }>({
  code: "PW7005",
  name: "macro-recursion",
  severity: "error",
  message: ({ chain }) => `macros expand each other without end: ${chain.join(" → ")}`,
  explain: "A macro is replaced by its body while compiling, so it cannot use itself.",
  example:
    "macro a(x) { b(x) } macro b(x) { a(x) } begin { print(a(1)); }\n                                 ^^^^",
});

export const unhygienicMap = diagnosticRow<{ readonly name: string }>({
  code: "PW7006",
  name: "unhygienic-map",
  severity: "error",
  message: ({ name }) => `'@${name}' is no parameter of this macro`,
  explain: "A macro uses only the maps it is given, so that it can be used anywhere. Add a parameter `@m`.",
  example: "macro m() { @x[1] } begin { @x[1] = 0; print(m()); }\n            ^^",
});

export const parameterRedeclared = diagnosticRow<{ readonly name: string }>({
  code: "PW7007",
  name: "parameter-redeclared",
  severity: "error",
  message: ({ name }) => `'$${name}' is a parameter of this macro and cannot be declared again`,
  explain: "The parameter is the caller's variable. Assign to it without `let`, or choose another name.",
  example: "macro m($x) { let $x; $x } begin { $y = 1; print(m($y)); }\n                  ^^",
});

export const typeArgumentMisplaced = diagnosticRow<{ readonly where: string }>({
  code: "PW7008",
  name: "type-argument-misplaced",
  severity: "error",
  message: ({ where }) => `a type cannot be used ${where}`,
  explain: "`typeof(...)` as an argument is for macros that use the parameter as a type, e.g. in `sizeof`.",
  example: "macro m(x) { x + 1 } begin { print(m(typeof(uint64))); }\n             ^",
});

export const macroNeedsArguments = diagnosticRow<{ readonly name: string; readonly expected: string }>({
  code: "PW7009",
  name: "macro-needs-arguments",
  severity: "error",
  message: ({ name, expected }) => `macro '${name}' takes ${expected}`,
  explain: "Only a macro without parameters can be used by its name alone.",
  example: "macro m(x) { x } begin { print(m); }\n                               ^",
});

export const memberNameExpected = diagnosticRow<{ readonly name: string }>({
  code: "PW7010",
  name: "member-name-expected",
  severity: "error",
  message: ({ name }) => `'${name}' stands for something that is no field name`,
  explain: "A parameter used as a field in `offsetof` must be given a plain name.",
  example:
    "struct f { int b; }; macro off(t, m) { offsetof(t, m) } begin { print(off(typeof(struct f), 1)); }\n                                                   ^",
});

export const unreadableCMacro = diagnosticRow<{ readonly name: string; readonly text: string }>({
  code: "PW7012",
  name: "unreadable-c-macro",
  severity: "error",
  message: ({ name, text }) => `the C macro '${name}' is no expression of this language: ${text}`,
  explain:
    "A `#define` can be used when its text, after expansion, is an expression that a script could contain.",
  example: '#define M "a" "b"\nbegin { print(M); }\n              ^',
});

export const recursiveCMacro = diagnosticRow<{ readonly name: string }>({
  code: "PW7013",
  name: "recursive-c-macro",
  severity: "error",
  message: ({ name }) => `the C macro '${name}' expands to itself`,
  explain: "The text of a `#define` may use other macros, but not itself.",
  example: "#define M M+1\n        ^\nbegin { print(M); }",
});

export const functionLikeCMacro = diagnosticRow<{ readonly name: string }>({
  code: "PW7014",
  name: "function-like-c-macro",
  severity: "error",
  message: ({ name }) => `the C macro '${name}' takes arguments, which scripts cannot give it`,
  explain: "Only `#define` without parameters can be used in a script. Write a `macro` instead.",
  example: "#define M(x) x\nbegin { print(M); }\n              ^",
});

export const macroExpansionTooLarge = diagnosticRow<{ readonly name: string; readonly most: number }>({
  code: "PW7015",
  name: "macro-expansion-too-large",
  severity: "error",
  message: ({ name, most }) =>
    `more than ${most.toString()} macros and parameters of macros are expanded, '${name}' being the last`,
  explain:
    "A macro is replaced by its body wherever it is used, and its arguments wherever the body names them: one that uses another twice doubles the code at each level. Assign a value to a variable once and use that, or write a `fn`.",
  example: "",
});
