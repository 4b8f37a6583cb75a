/** Findings about maps: keys, values, aggregations, declarations. Codes PW4xxx. */

import { diagnosticRow } from "../row.ts";

export const mapValueMismatch = diagnosticRow<{
  readonly name: string;
  readonly expected: string;
  readonly got: string;
}>({
  code: "PW4001",
  name: "map-value-mismatch",
  severity: "error",
  message: ({ name, expected, got }) => `'@${name}' holds ${expected} and cannot take ${got}`,
  explain: "All values of a map are of one kind, in all probes. Use a second map.",
  example: 'begin { @x = 1; @x = "a"; }\n                     ^^^',
});

export const mapKeyMismatch = diagnosticRow<{
  readonly name: string;
  readonly expected: string;
  readonly got: string;
}>({
  code: "PW4002",
  name: "map-key-mismatch",
  severity: "error",
  message: ({ name, expected, got }) => `the keys of '@${name}' are ${expected}, not ${got}`,
  explain: "All keys of a map are of one kind, with the same number of parts, in all probes.",
  example: 'begin { @x[1] = 1; @x["a"] = 1; }\n                      ^^^',
});

export const scalarAndKeyed = diagnosticRow<{ readonly name: string; readonly keyed: boolean }>({
  code: "PW4003",
  name: "scalar-and-keyed",
  severity: "error",
  message: ({ name, keyed }) =>
    keyed
      ? `'@${name}' is used without a key elsewhere, so it cannot have one here`
      : `'@${name}' has keys elsewhere, so it needs one here`,
  explain: "A map either has keys or is one value. Both under one name would be two maps.",
  example: "begin { @x = 1; @x[1] = 1; }\n                ^^^^^",
});

export const aggregationVersusValue = diagnosticRow<{
  readonly name: string;
  readonly expected: string;
  readonly got: string;
}>({
  code: "PW4004",
  name: "aggregation-versus-value",
  severity: "error",
  message: ({ name, expected, got }) => `'@${name}' holds ${expected} and cannot take ${got}`,
  explain:
    "A map that counts or sums up on each CPU cannot also be assigned plain values, and the other way round.",
  example: "begin { @x = count(); @x = 5; }\n                           ^",
});

export const aggregationNotAssigned = diagnosticRow<{ readonly name: string }>({
  code: "PW4005",
  name: "aggregation-not-assigned",
  severity: "error",
  message: ({ name }) => `'${name}()' must be assigned directly to a map: @m = ${name}(…)`,
  explain: "An aggregation is an update of a map's value, not a value of its own.",
  example: "begin { print(count()); }\n              ^^^^^^^",
});

export const aggregationCopied = diagnosticRow<{
  readonly from: string;
  readonly type: string;
  readonly castable: boolean;
}>({
  code: "PW4006",
  name: "aggregation-copied",
  severity: "error",
  message: ({ from, type, castable }) =>
    `'@${from}' is an aggregation (${type}) and cannot be copied to another map${castable ? "; cast it to an integer to copy its value" : ""}`,
  explain: "The value of an aggregation is spread over the CPUs. `(int64)@a` adds it up into one number.",
  example: "begin { @a = count(); @b = @a; }\n                           ^^",
});

export const differentAggregations = diagnosticRow<{
  readonly name: string;
  readonly first: string;
  readonly second: string;
}>({
  code: "PW4007",
  name: "different-aggregations",
  severity: "error",
  message: ({ name, first, second }) => `'@${name}' is filled by ${first} elsewhere and by ${second} here`,
  explain: "One map has one aggregation with one set of parameters.",
  example: "begin { @x = hist(1); @x = hist(1, 3); }\n                           ^^^^^^^^^^",
});

export const unknownMapKind = diagnosticRow<{ readonly kind: string; readonly nearest: string | undefined }>({
  code: "PW4008",
  name: "unknown-map-kind",
  severity: "error",
  message: ({ kind, nearest }) =>
    `unknown kind of map '${kind}'${nearest === undefined ? "" : `; did you mean '${nearest}'?`} (hash, lruhash, percpuhash, percpulruhash)`,
  explain:
    "`hash` and `lruhash` hold plain values, `percpuhash` and `percpulruhash` aggregations; the lru kinds drop old elements when full.",
  example: "let @a = potato(2); begin { @a[1] = 1; }\n         ^^^^^^",
});

export const mapKindMismatch = diagnosticRow<{
  readonly name: string;
  readonly kind: string;
  readonly type: string;
}>({
  code: "PW4009",
  name: "map-kind-mismatch",
  severity: "error",
  message: ({ name, kind, type }) => `'@${name}' is declared as ${kind}, which cannot hold ${type}`,
  explain:
    "Aggregations need one value for each CPU (`percpuhash`, `percpulruhash`); plain values need one for all (`hash`, `lruhash`).",
  example: "let @a = hash(2); begin { @a = count(); }\n                          ^^",
});

export const keyNotAllowed = diagnosticRow<{ readonly type: string }>({
  code: "PW4010",
  name: "key-not-allowed",
  severity: "error",
  message: ({ type }) => `${type} cannot be a map key`,
  explain: "A key is compared byte by byte by the kernel, so it must be a plain value.",
  example: "begin { @y[print(1)] = 1; }\n           ^^^^^^^^",
});

export const aggregationNotReadable = diagnosticRow<{ readonly type: string }>({
  code: "PW4011",
  name: "aggregation-not-readable",
  severity: "error",
  message: ({ type }) => `the value of ${type} cannot be used in an expression; print() shows it`,
  explain:
    "Counts, sums, minima, maxima and averages can be read as one number. Statistics and histograms are put together by user space.",
  example: "begin { @h = stats(1); if (@h > 0) { print(1); } }\n                           ^^",
});

export const readingNeedsHelper = diagnosticRow<{ readonly name: string; readonly kernel: string }>({
  code: "PW4012",
  name: "reading-needs-helper",
  severity: "error",
  message: ({ name, kernel }) =>
    `reading '@${name}' needs the kernel helper bpf_map_lookup_percpu_elem (Linux 5.19), which ${kernel} lacks`,
  explain:
    "To use an aggregation in a program, the values of all CPUs must be read. Printing the map needs no helper.",
  example: "begin { @a = count(); print((1, @a)); }\n                                ^^",
});

export const assignedWithoutRunning = diagnosticRow<{ readonly name: string }>({
  code: "PW4013",
  name: "assigned-without-running",
  severity: "error",
  message: ({ name }) => `'@${name}' is assigned inside code that only its type is asked for`,
  explain: "`sizeof`, `typeof`, `offsetof` and `typeinfo` look at an expression without running it.",
  example: "begin { print(sizeof({ @a = 1; 1 })); }\n                       ^^",
});

export const notIterable = diagnosticRow<{ readonly name: string; readonly reason: string }>({
  code: "PW4014",
  name: "not-iterable",
  severity: "error",
  message: ({ name, reason }) => `'for' cannot go through '@${name}': ${reason}`,
  explain:
    "A loop over a map gives each key with its value, so there must be keys and values that a program can read.",
  example:
    "begin { @m[0] = hist(10); for ($kv : @m) { print($kv); } }\n                                     ^^",
});

export const wholeMapExpected = diagnosticRow<{ readonly function: string }>({
  code: "PW4015",
  name: "whole-map-expected",
  severity: "error",
  message: ({ function: name }) => `'${name}' takes a map as a whole, without a key`,
  explain: "Write only the name of the map. To remove one element use `delete(@m, key)`.",
  example: "begin { @x[1] = count(); clear(@x[1]); }\n                               ^^^^^",
});

export const mapShapeForCall = diagnosticRow<{
  readonly function: string;
  readonly name: string;
  readonly keyed: boolean;
}>({
  code: "PW4016",
  name: "map-shape-for-call",
  severity: "error",
  message: ({ function: call, name, keyed }) =>
    keyed
      ? `'${call}' needs a key: '@${name}' has keys`
      : `'${call}' needs a map with keys, and '@${name}' has none`,
  explain:
    "`delete(@m)` resets a map without keys; `delete(@m, key)`, `has_key` and `find` look for an element.",
  example: "begin { @y[1] = 2; _ = delete(@y); }\n                              ^^",
});

export const mapSizeImpossible = diagnosticRow<{ readonly size: string; readonly most: string }>({
  code: "PW4017",
  name: "map-size-impossible",
  severity: "error",
  message: ({ size, most }) => `a map has room for 1 to ${most} elements, not ${size}`,
  explain: "The number in a map's declaration is how many elements there may be at most.",
  example: "let @m = hash(0); begin { @m[1] = 2; }\n              ^",
});

export const mapDeclaredTwice = diagnosticRow<{ readonly name: string }>({
  code: "PW4018",
  name: "map-declared-twice",
  severity: "warning",
  message: ({ name }) => `'@${name}' is declared twice: this declaration counts, the one before does not`,
  explain:
    "Of several declarations of a map the last one decides its kind and how many elements it may have, here as in bpftrace.",
  example: "let @m = hash(5); let @m = hash(9); begin { @m[1] = 2; }\n                      ^^",
});
