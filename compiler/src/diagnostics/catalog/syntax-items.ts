/** Mistakes of form at the top level: attach points, declarations, configuration, C, and their order. Codes PW1060–PW1089. */

import { foundInstead, quote, syntaxRow } from "./syntax-row.ts";

export const itemRows = {
  "missing-attach-point": syntaxRow("missing-attach-point", {
    code: "PW1060",
    message: () => "expected an attach point, such as 'begin' or 'tracepoint:sched:sched_switch'",
    explain: "A probe starts with what it attaches to; several attach points have commas between them.",
    example: "{ print(1); }\n^",
  }),
  "not-a-map-declaration": syntaxRow("not-a-map-declaration", {
    code: "PW1061",
    message: ({ found }) =>
      found === "$"
        ? "variables belong to one probe and are declared in it; what probes share is a map, such as '@a'"
        : `only maps are declared here: expected '@' where ${foundInstead(found)}`,
    explain:
      "At the top level `let` declares a map with its type and size: `let @m = hash(100);`. Variables live inside probes.",
    example: "let $a = 1;\n^^^\nbegin { }",
  }),
  "map-size-expected": syntaxRow("map-size-expected", {
    code: "PW1062",
    message: ({ found }) => `expected the number of entries where ${foundInstead(found)}`,
    explain: "A declared map has a literal size: `let @m = lruhash(1000);`.",
    example: "let @a = hash(x);\n              ^\nbegin { @a[1] = 1; }",
  }),
  "builtin-as-parameter": syntaxRow("builtin-as-parameter", {
    code: "PW1063",
    message: ({ name }) => `the builtin '${name}' cannot be a parameter`,
    explain:
      "Names that always mean a builtin, such as `pid`, `args` or `arg0`, are not free for macro parameters.",
    example: "macro m(pid) { 1 }\n        ^^^\nbegin { }",
  }),
  "invalid-config-value": syntaxRow("invalid-config-value", {
    code: "PW1064",
    message: ({ text }) =>
      text === ""
        ? "expected a value"
        : `expected a string, a number, a word or true or false where ${foundInstead(text)}`,
    explain: "A setting is a name, `=` and a literal. Numbers have no sign, words need no quotes.",
    example: "config = { max_map_keys = -1 }\n                          ^\nbegin { }",
  }),
  "c-code-not-first": syntaxRow("c-code-not-first", {
    code: "PW1065",
    message: ({ what }) => `${what} must stand before everything else`,
    explain:
      "A script starts with its C: `#include`, `#define`, structures. Then come `config` and imports, then probes, macros, functions and map declarations.",
    example: "begin { }\n#include <linux/sched.h>\n^^^^^^^^^^^^^^^^^^^^^^^^",
  }),
  "config-not-first": syntaxRow("config-not-first", {
    code: "PW1066",
    message: () => "'config' must stand before probes, macros, functions and map declarations",
    explain: "Settings hold for the whole script and stand at its start, behind C definitions.",
    example: "begin { }\nconfig = { max_map_keys = 10 }\n^^^^^^",
  }),
  "duplicate-config": syntaxRow("duplicate-config", {
    code: "PW1067",
    message: () => "a script has one 'config' block",
    explain: "Put all settings into one block.",
    example: "config = { max_map_keys = 10 }\nconfig = { max_strlen = 100 }\n^^^^^^\nbegin { }",
  }),
  "import-not-first": syntaxRow("import-not-first", {
    code: "PW1068",
    message: () => "'import' must stand before probes, macros, functions and map declarations",
    explain: "Imports stand at the start of a script, together with `config`.",
    example: 'begin { }\nimport "lib.bt";\n^^^^^^',
  }),
  "malformed-attribute": syntaxRow("malformed-attribute", {
    code: "PW1069",
    message: () => "'__attribute__' is followed by two pairs of parentheses: '__attribute__((packed))'",
    explain: "Attributes of C definitions are written as compilers want them, with doubled parentheses.",
    example: "struct s { int x; } __attribute__(packed)\n                                  ^^^^^^\nbegin { }",
  }),
  "unreadable-c": syntaxRow("unreadable-c", {
    code: "PW1070",
    message: ({ text }) =>
      text === "" ? "this C is cut short" : `cannot read this C from ${quote(text)} on`,
    explain:
      "Structures, unions, enumerations and typedefs are read with what kernel headers use: pointers, arrays, bit-fields, function pointers, attributes. Functions and variables are not part of a script; put what is more than that into a header and `#include` it.",
    example: "struct s { int x y; }\n                 ^\nbegin { }",
  }),
  "incomplete-directive": syntaxRow("incomplete-directive", {
    code: "PW1071",
    message: ({ directive }) =>
      directive === "include"
        ? "'#include' takes a header between '<' and '>' or in quotes: '#include <linux/sched.h>'"
        : "'#define' takes a name: '#define LIMIT 10'",
    explain:
      "Headers are named as in C: between `<` and `>` those of the system, in double quotes those beside the script. A macro of the preprocessor cannot stand for one.",
    example: "#include linux/sched.h\n         ^^^^^^^^^^^^^\nbegin { }",
  }),
} as const;
