/** Findings about printing. Codes PW5xxx. */

import { diagnosticRow } from "../row.ts";

export const formatArgumentCount = diagnosticRow<{ readonly wanted: number; readonly got: number }>({
  code: "PW5008",
  name: "format-argument-count",
  severity: "error",
  message: ({ wanted, got }) =>
    `the format has ${wanted} conversion${wanted === 1 ? "" : "s"}, but ${got} value${got === 1 ? " is" : "s are"} given`,
  explain: "Each `%` conversion takes one value; `%%` is a percent sign.",
  example: 'begin { printf("%d"); }\n               ^^^^',
});

export const unknownConversion = diagnosticRow<{ readonly conversion: string; readonly hint: string }>({
  code: "PW5009",
  name: "unknown-conversion",
  severity: "error",
  message: ({ conversion, hint }) => `'${conversion}' is not supported${hint}`,
  explain: "There are no floating-point numbers. Conversions are d i u o x X c p s, and r rx rh for buffers.",
  example: 'begin { printf("%f", 1); }\n               ^^^^',
});

export const conversionType = diagnosticRow<{
  readonly conversion: string;
  readonly expected: string;
  readonly got: string;
}>({
  code: "PW5010",
  name: "conversion-type",
  severity: "error",
  message: ({ conversion, expected, got }) => `'${conversion}' prints ${expected}, not ${got}`,
  explain: "`%s` prints anything as `print` does; numbers have `%d`, `%u`, `%x`; buffers `%r`, `%rx`, `%rh`.",
  example: 'begin { printf("%d", comm); }\n                     ^^^^',
});

export const notPrintable = diagnosticRow<{ readonly type: string }>({
  code: "PW5011",
  name: "not-printable",
  severity: "error",
  message: ({ type }) => `${type} cannot be printed`,
  explain: "Histograms and time series are printed as a whole map: `print(@m)`.",
  example: "begin { print(clear(@x)); @x = 1; }\n              ^^^^^^^^^",
});

export const printExtraArguments = diagnosticRow<Readonly<Record<string, never>>>({
  code: "PW5012",
  name: "print-extra-arguments",
  severity: "error",
  message: () =>
    "print() shows one value: several are a tuple, 'print((a, b))', or the arguments of 'printf'; only a whole map takes a number of entries and a divisor",
  explain: "`print(@m, 5)` prints the five last entries; a single value has none.",
  example: "begin { print(3, 5); }\n                 ^",
});

export const printMapInLoop = diagnosticRow<Readonly<Record<string, never>>>({
  code: "PW5013",
  name: "print-map-in-loop",
  severity: "warning",
  message: () => "maps are printed by user space later, so every round of this loop may show the same state",
  explain:
    "`print(@m)` only asks for the map to be printed. Print the elements themselves in the loop: `print($kv)`.",
  example: "begin { @m[1] = 1; for ($kv : @m) { print(@m); } }\n                                    ^^^^^",
});

export const printArgumentsIgnored = diagnosticRow<{ readonly type: string }>({
  code: "PW5014",
  name: "print-arguments-ignored",
  severity: "warning",
  message: ({ type }) => `the number of entries and the divisor mean nothing for ${type}`,
  explain: "Statistics are printed in full.",
  example: "begin { @x = stats(10); print(@x, 2); }\n                                  ^",
});

export const debugfUsed = diagnosticRow<Readonly<Record<string, never>>>({
  code: "PW5022",
  name: "debugf-used",
  severity: "warning",
  message: () =>
    "debugf writes to the kernel's trace pipe, for the whole system; do not leave it in a script",
  explain: "It is slow and takes a lock. Use `printf`.",
  example: 'begin { debugf("hi"); }\n        ^^^^^^',
});
