/** Advice beyond the rules of the language. Codes PW8xxx. */

import { diagnosticRow } from "../row.ts";

export const signedDivisionDiffers = diagnosticRow<{ readonly operator: string }>({
  code: "PW8001",
  name: "signed-division-differs",
  severity: "hint",
  message: ({ operator }) =>
    `stock bpftrace computes this '${operator}' unsigned: a negative value gives a huge result there`,
  explain:
    "Here division and modulo of signed values truncate toward zero, as for constants. Cast both sides to uint64 for a result that is the same everywhere.",
  example: "begin { $a = -8; $b = $a; print($a / $b); }\n                                ^^^^^^^",
});

export const signedShiftDiffers = diagnosticRow<Readonly<Record<string, never>>>({
  code: "PW8002",
  name: "signed-shift-differs",
  severity: "hint",
  message: () => "stock bpftrace shifts this as unsigned: a negative value becomes huge there",
  explain:
    "Here `>>` of a signed value keeps its sign, as for constants. Cast to uint64 for a result that is the same everywhere.",
  example: "begin { $a = -8; print($a >> 1); }\n                       ^^^^^^^",
});

export const comparisonAlways = diagnosticRow<{ readonly always: boolean; readonly reason: string }>({
  code: "PW8003",
  name: "comparison-always",
  severity: "hint",
  message: ({ always, reason }) => `this comparison is always ${always ? "true" : "false"}: ${reason}`,
  explain:
    "The type of one side cannot hold the value of the other, or cannot go beyond it. Cast to a signed type if negative values are meant, to a wider one if larger values are.",
  example: "begin { if (nsecs < 0) { print(1); } }\n            ^^^^^^^^^",
});

export const mapNeverWritten = diagnosticRow<{ readonly name: string }>({
  code: "PW8004",
  name: "map-never-written",
  severity: "warning",
  message: ({ name }) => `nothing is ever stored in '@${name}', so this is always 0`,
  explain: "Reading a map that has no such element gives zero. A misspelt name is the usual reason.",
  example: "begin { if (@mis == 1) { print(1); } }\n            ^^^^",
});

export const mapNeverRead = diagnosticRow<{ readonly name: string }>({
  code: "PW8005",
  name: "map-never-read",
  severity: "hint",
  message: ({ name }) => `'@${name}' is written but never read, and print_maps_on_exit is off`,
  explain:
    "Maps are printed when the script ends, unless the config block switches that off. This one is then kept for nothing.",
  example:
    "config = { print_maps_on_exit = false } begin { @x = 1; }\n                                                ^^",
});

export const predicateNeverHolds = diagnosticRow<Readonly<Record<string, never>>>({
  code: "PW8006",
  name: "predicate-never-holds",
  severity: "hint",
  message: () => "this predicate never holds, so the probe does nothing",
  explain: "The condition is a constant that is zero or false.",
  example: "begin /0/ { print(1); }\n       ^",
});

export const stringTruncated = diagnosticRow<{ readonly length: number; readonly size: number }>({
  code: "PW8007",
  name: "string-truncated",
  severity: "hint",
  message: ({ length, size }) => `a string of ${size} bytes never equals a literal of ${length}`,
  explain:
    "The value read is cut off before it could be as long as the literal, so only the part that fits is compared.",
  example:
    'kprobe:f { if (str(arg0, 4) == "longer") { print(1); } }\n               ^^^^^^^^^^^^^^^^^^^^^^^^',
});

export const unusedVariable = diagnosticRow<{ readonly name: string }>({
  code: "PW8008",
  name: "unused-variable",
  severity: "hint",
  message: ({ name }) => `'$${name}' is assigned but never used`,
  explain: "Remove it, or assign to `_` to evaluate something for its effect.",
  example: "begin { $x = pid; }\n        ^^",
  tags: ["unnecessary"],
});

export const strncmpDiscouraged = diagnosticRow<Readonly<Record<string, never>>>({
  code: "PW8009",
  name: "strncmp-discouraged",
  severity: "hint",
  message: () => "'strncmp' with the whole length is the same as '=='",
  explain: "Strings can be compared with `==` and `!=`.",
  example: 'begin { if (strncmp(comm, "bash", 16) == 0) { print(1); } }\n            ^^^^^^^',
  tags: ["deprecated"],
});

export const deprecatedDelete = diagnosticRow<Readonly<Record<string, never>>>({
  code: "PW8010",
  name: "deprecated-delete",
  severity: "hint",
  message: () => "'delete(@m[key])' is the old spelling of 'delete(@m, key)'",
  explain: "Both do the same.",
  example: "begin { @m[1] = 1; _ = delete(@m[1]); }\n                       ^^^^^^",
  tags: ["deprecated"],
});

export const unusedDefinition = diagnosticRow<{ readonly what: string; readonly name: string }>({
  code: "PW8011",
  name: "unused-definition",
  severity: "hint",
  message: ({ what, name }) => `${what} '${name}' is never used`,
  explain: "Remove it if no other script imports it.",
  example: "macro m() { 1 } begin { print(1); }\n      ^",
  tags: ["unnecessary"],
});

export const stringLogicDiffers = diagnosticRow<{ readonly operator: string }>({
  code: "PW8013",
  name: "string-logic-differs",
  severity: "hint",
  message: ({ operator }) => `stock bpftrace takes the right side of '${operator}' as true when it is empty`,
  explain:
    "Two constant strings in a condition are each true when they are not empty. Stock bpftrace has the right one the wrong way round.",
  example: 'begin { if ("a" && "b") { print(1); } }\n            ^^^^^^^^^^',
});

export const childPresenceDiffers = diagnosticRow<Readonly<Record<string, never>>>({
  code: "PW8014",
  name: "has-cpid-differs",
  severity: "hint",
  message: () => "stock bpftrace answers 'has_cpid' the other way round",
  explain: "Here it is true when there is a child, as documented. `cpid != 0` means the same everywhere.",
  example: "begin { if (has_cpid) { print(1); } }\n            ^^^^^^^^",
});

export const hotFunction = diagnosticRow<{ readonly name: string }>({
  code: "PW8012",
  name: "hot-function",
  severity: "hint",
  message: ({ name }) => `'${name}' runs so often that tracing it slows the whole machine`,
  explain: "The kernel calls it millions of times a second. Filter early, or trace something further up.",
  example: "kprobe:_raw_spin_lock { @ = count(); }\n^^^^^^^^^^^^^^^^^^^^^",
});

export const indexCheckDiffers = diagnosticRow<{ readonly count: number }>({
  code: "PW8015",
  name: "index-check-differs",
  severity: "hint",
  message: ({ count }) => `stock bpftrace reads past the end when this index is ${count} or more`,
  explain:
    "Here such a read does not happen: it counts as an error of the run and gives zero. Stock bpftrace says that the index is out of bounds and reads whatever is there.",
  example:
    "kprobe:f { $a = (uint8[4])(uint32)arg0; $i = (uint64)pid; print($a[$i]); }\n                                                                   ^^",
});

export const narrowSignDiffers = diagnosticRow<{ readonly operator: string; readonly bits: number }>({
  code: "PW8016",
  name: "narrow-sign-differs",
  severity: "hint",
  message: ({ operator, bits }) => `stock bpftrace computes only ${bits} bits of this '${operator}'`,
  explain:
    "`-` and `~` of a number give 64 bits, and here all of them are computed. Stock bpftrace computes the narrow number only and takes it for unsigned: `-$i` of an int8 that is 1 is 255 there. Cast the result, as in `(uint32)~$flags` or `(int8)-$i`, for a value that is the same everywhere.",
  example: "begin { $flags = (uint32)pid; print(~$flags); }\n                                    ^^^^^^^",
});

export const noCommand = diagnosticRow<Readonly<Record<string, never>>>({
  code: "PW8017",
  name: "no-command",
  severity: "warning",
  message: () => "no command is started with -c: 'cpid' is 0",
  explain:
    "`cpid` is the process id of the command that `run -c COMMAND` starts and traces. Without one it is 0.",
  example: "begin { print(cpid); }\n              ^^^^",
});

export const aggregationSignDiffers = diagnosticRow<{ readonly bits: number }>({
  code: "PW8018",
  name: "aggregation-sign-differs",
  severity: "hint",
  message: ({ bits }) => `stock bpftrace takes these ${bits} bits for a signed number`,
  explain:
    "Other numbers that this map gathers are signed. Here each keeps its value; stock bpftrace reads a uint8 that is 250 as -6 then. Cast it, as in `sum((int64)$n)`, for a value that is the same everywhere.",
  example: "begin { $n = (uint8)pid; @ = sum($n); @ = sum(-1); }\n                                 ^^",
});

export const rangeNeverRuns = diagnosticRow<{ readonly start: bigint; readonly end: bigint }>({
  code: "PW8020",
  name: "range-never-runs",
  severity: "hint",
  message: ({ start, end }) =>
    start === end
      ? `this range has no round: its end, ${end.toString()}, does not belong to it`
      : `this range has no round: it counts upwards, and ${end.toString()} is not above ${start.toString()}`,
  explain:
    "`for ($i : a..b)` counts from `a` to `b - 1`. To count downwards compute with the variable: `for ($i : 0..10) { $down = 9 - $i; … }`.",
  example: "begin { for ($i : 10..0) { print($i); } }\n                  ^^^^^",
});

export const zeroPaddingDiffers = diagnosticRow<{ readonly conversion: string }>({
  code: "PW8019",
  name: "zero-padding-differs",
  severity: "hint",
  message: ({ conversion }) =>
    `stock bpftrace may put zeros before the sign of '${conversion}', or behind the number`,
  explain:
    "Here zeros stand between the sign or `0x` and the digits, and never on the right, as in C: `%08d` of -5 is `-0000005`. Stock bpftrace prints `000000-5`, and `50000000` for `%-08d` of 5. Leave out the zero for text that is the same everywhere.",
  example:
    'begin { $d = (int64)pid - 5; printf("%08d", $d); }\n                                            ^^',
});
