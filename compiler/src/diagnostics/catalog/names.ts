/** Findings about names: variables, maps, identifiers and functions. Codes PW2xxx. */

import { diagnosticRow } from "../row.ts";

const didYouMean = (nearest: string | undefined): string =>
  nearest === undefined ? "" : `; did you mean '${nearest}'?`;

export const undefinedVariable = diagnosticRow<{
  readonly name: string;
  readonly nearest: string | undefined;
}>({
  code: "PW2001",
  name: "undefined-variable",
  severity: "error",
  message: ({ name, nearest }) => `undefined variable '$${name}'${didYouMean(nearest)}`,
  explain:
    "A variable exists from its first assignment or `let` to the end of the block that holds it, in one probe only. To carry a value from one probe to another use a map.",
  example: "begin { print($nope); }\n              ^^^^^",
});

export const variableRedeclared = diagnosticRow<{ readonly name: string }>({
  code: "PW2002",
  name: "variable-redeclared",
  severity: "error",
  message: ({ name }) => `'$${name}' is already declared in this scope or one around it`,
  explain:
    "A variable may not hide another of the same name. Leave out `let` to assign to the outer one, or choose another name.",
  example: "begin { $q = 1; if (pid) { let $q = 2; } print($q); }\n                               ^^",
});

export const loopVariableShadows = diagnosticRow<{ readonly name: string }>({
  code: "PW2003",
  name: "loop-variable-shadows",
  severity: "error",
  message: ({ name }) => `loop variable '$${name}' hides a variable of the same name`,
  explain:
    "The variable of a `for` loop is new and read-only; it may not share its name with one around the loop.",
  example: "begin { $k = 0; for ($k : 0..3) { print($k); } }\n                     ^^",
});

export const usedBeforeAssigned = diagnosticRow<{ readonly name: string }>({
  code: "PW2004",
  name: "used-before-assigned",
  severity: "warning",
  message: ({ name }) => `'$${name}' is used before anything is assigned to it, so it is zero here`,
  explain:
    "A variable declared with `let` starts as zero or empty. Give it a value where it is declared if that is meant.",
  example: "begin { let $a; print($a); $a = 1; }\n                      ^^",
});

export const neverAssigned = diagnosticRow<{ readonly name: string }>({
  code: "PW2005",
  name: "never-assigned",
  severity: "warning",
  message: ({ name }) => `'$${name}' is declared but never assigned`,
  explain:
    "Nothing ever gives the variable a value. Remove the declaration or the mistake that keeps it unused.",
  example: "begin { let $a; }\n            ^^",
  tags: ["unnecessary"],
});

export const unresolvedVariableType = diagnosticRow<{ readonly name: string }>({
  code: "PW2006",
  name: "unresolved-variable-type",
  severity: "error",
  message: ({ name }) => `nothing says of what type '$${name}' is`,
  explain:
    "The type of a variable follows from what is assigned to it. Assign something, or declare the type: `let $a : uint64;`.",
  example: "begin { let $a; $b = sizeof($a); print($b); }\n                            ^^",
});

export const variableTypeNotAllowed = diagnosticRow<{ readonly type: string }>({
  code: "PW2007",
  name: "variable-type-not-allowed",
  severity: "error",
  message: ({ type }) => `a variable cannot be of type ${type}`,
  explain:
    "Aggregations live in maps only, because they have one value for each CPU. Keep the map, and read it into a variable where its value is needed.",
  example: "begin { let $a : sum_t; }\n                 ^^^^^",
});

export const undefinedMap = diagnosticRow<{ readonly name: string; readonly nearest: string | undefined }>({
  code: "PW2008",
  name: "undefined-map",
  severity: "error",
  message: ({ name, nearest }) => `map '@${name}' is never written${didYouMean(nearest)}`,
  explain:
    "A map comes into being with the first assignment to it, anywhere in the script. This one has none.",
  example: "begin { print(@never); }\n              ^^^^^^",
});

export const unusedMapDeclaration = diagnosticRow<{ readonly name: string }>({
  code: "PW2009",
  name: "unused-map-declaration",
  severity: "warning",
  message: ({ name }) => `map '@${name}' is declared but never used`,
  explain: "The declaration reserves kernel memory for nothing. Remove it.",
  example: "let @m = hash(5); begin { print(1); }\n    ^^",
  tags: ["unnecessary"],
});

export const outsideProbe = diagnosticRow<{ readonly name: string }>({
  code: "PW2010",
  name: "outside-probe",
  severity: "error",
  message: ({ name }) => `'${name}' means something only inside a probe`,
  explain:
    "A `fn` may be called from any probe, so it has no probe of its own. Pass the value as an argument, or use a macro, which becomes part of the probe.",
  example: "fn f() : void { print(probe); }\n                      ^^^^^",
});

export const unknownIdentifier = diagnosticRow<{
  readonly name: string;
  readonly nearest: string | undefined;
}>({
  code: "PW2011",
  name: "unknown-identifier",
  severity: "error",
  message: ({ name, nearest }) => `unknown name '${name}'${didYouMean(nearest)}`,
  explain:
    "A bare name is a builtin, a macro without parameters, a C `#define`, or an enum constant. Variables start with `$`, maps with `@`.",
  example: "begin { print(piid); }\n              ^^^^",
});

export const unknownFunction = diagnosticRow<{
  readonly name: string;
  readonly nearest: string | undefined;
}>({
  code: "PW2012",
  name: "unknown-function",
  severity: "error",
  message: ({ name, nearest }) => `unknown function '${name}'${didYouMean(nearest)}`,
  explain:
    "What can be called is a builtin function, a macro, a `fn` of the script, or a function from an imported C file.",
  example: 'begin { prinf("hi"); }\n        ^^^^^',
});

export const removedName = diagnosticRow<{ readonly name: string; readonly instead: string }>({
  code: "PW2013",
  name: "removed-name",
  severity: "error",
  message: ({ name, instead }) => `'${name}' was removed from the language; ${instead}`,
  explain:
    'Stack arguments are read through the stack pointer now: `*(uint64*)(reg("sp") + 8)` is what `sarg0` was in most functions.',
  example: "kprobe:f { print(sarg0); }\n                 ^^^^^",
  tags: ["deprecated"],
});

export const duplicateDefinition = diagnosticRow<{ readonly what: string; readonly name: string }>({
  code: "PW2014",
  name: "duplicate-definition",
  severity: "error",
  message: ({ what, name }) => `${what} '${name}' is defined twice`,
  explain: "Each name can be defined once in a script and its imports.",
  example: "fn f() : void { } fn f() : void { } begin { f(); }\n                     ^",
});

export const missingPositionalParameter = diagnosticRow<{ readonly index: number; readonly count: number }>({
  code: "PW2015",
  name: "missing-positional-parameter",
  severity: "warning",
  message: ({ index, count }) =>
    `there is no parameter ${index} (${count === 0 ? "none was" : `${count} ${count === 1 ? "was" : "were"}`} given), so $${index} is 0`,
  explain:
    "Positional parameters are the words after the script on the command line. One that was not given is 0, or an empty string in `str($1)`.",
  example: "begin { print($3); }\n              ^^",
});
