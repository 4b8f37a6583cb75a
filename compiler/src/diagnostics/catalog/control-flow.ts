/** Findings about jumps, loops, blocks and what is never reached. Codes PW6xxx. */

import { diagnosticRow } from "../row.ts";

export const jumpOutsideLoop = diagnosticRow<{ readonly jump: string }>({
  code: "PW6001",
  name: "jump-outside-loop",
  severity: "error",
  message: ({ jump }) => `'${jump}' outside of a loop`,
  explain:
    "`break` and `continue` belong inside `while` or `for`. An `unroll` is no loop: it writes its body several times, and a jump in it is one of the loop around. To leave the probe use `return`.",
  example: "begin { break; }\n        ^^^^^",
});

export const jumpInMacro = diagnosticRow<{ readonly jump: string }>({
  code: "PW6002",
  name: "jump-in-macro",
  severity: "error",
  message: ({ jump }) => `'${jump}' in a macro would jump in whatever code uses it`,
  explain:
    "A macro's body becomes part of its caller, so a jump outside the macro's own loops would be a surprise there. Use a `fn`.",
  example: "macro m() { return; } begin { m(); }\n            ^^^^^^",
});

export const mixedReturns = diagnosticRow<Readonly<Record<string, never>>>({
  code: "PW6003",
  name: "mixed-returns",
  severity: "error",
  message: () => "loops of one probe return both with and without a value",
  explain:
    "A `return` inside a loop first leaves the loop; the code after it must know whether there is a value to return.",
  example:
    "begin { for ($i : 0..2) { if (pid) { return; } return 1; } }\n                                               ^^^^^^",
});

export const exitInFor = diagnosticRow<Readonly<Record<string, never>>>({
  code: "PW6004",
  name: "exit-in-for",
  severity: "error",
  message: () => "'exit()' also returns from the probe, which the body of a 'for' cannot",
  explain:
    "The body of a `for` is a function that the kernel calls. Set a variable in the loop and call `exit()` after it.",
  example: "begin { for ($i : 0..2) { exit(); } }\n                          ^^^^^^",
});

export const unreachableCode = diagnosticRow<{ readonly after: string }>({
  code: "PW6005",
  name: "unreachable-code",
  severity: "warning",
  message: ({ after }) => `this is never reached: '${after}' comes before it`,
  explain: "Nothing after an unconditional jump in the same block runs.",
  example: "begin { return; print(1); }\n                ^^^^^^^^^",
  tags: ["unnecessary"],
});

export const unreachableValue = diagnosticRow<{ readonly after: string }>({
  code: "PW6006",
  name: "unreachable-value",
  severity: "warning",
  message: ({ after }) => `the value of this block is never reached: '${after}' comes before it`,
  explain: "A block's value is its last expression, and nothing after an unconditional jump runs.",
  example: "begin { $x = { return; 1 }; print($x); }\n                       ^",
  tags: ["unnecessary"],
});

export const missingReturn = diagnosticRow<{ readonly name: string; readonly type: string }>({
  code: "PW6007",
  name: "missing-return",
  severity: "error",
  message: ({ name, type }) => `'${name}' can end without returning the ${type} it promises`,
  explain: "Every way through a function that returns a value must end in `return`.",
  example: "fn f() : int64 { $x = 0; }\n   ^",
});

export const probeReturnType = diagnosticRow<{ readonly type: string }>({
  code: "PW6008",
  name: "probe-return-type",
  severity: "error",
  message: ({ type }) => `a probe returns an integer, not ${type}`,
  explain: "The kernel takes a number from the program; for most probes it has no meaning at all.",
  example: 'begin { return "a"; }\n               ^^^',
});

export const returnTypeMismatch = diagnosticRow<{ readonly expected: string; readonly got: string }>({
  code: "PW6009",
  name: "return-type-mismatch",
  severity: "error",
  message: ({ expected, got }) => `this function returns ${expected}, not ${got}`,
  explain:
    "The value of `return` must be of the type declared after the parameters, or an integer that can become it.",
  example: 'fn f() : uint8 { return "bob"; }\n                        ^^^^^',
});

export const whileDeprecated = diagnosticRow<Readonly<Record<string, never>>>({
  code: "PW6010",
  name: "while-deprecated",
  severity: "warning",
  message: () => "'while' is deprecated: the verifier must prove that it ends; use 'for ($i : 0..n)'",
  explain:
    "A range loop is bounded by construction and works for far more iterations. Leave it early with `break`.",
  example: "begin { $i = 0; while ($i < 3) { $i++; } }\n                ^^^^^",
  tags: ["deprecated"],
});

export const unrollCount = diagnosticRow<{ readonly got: string }>({
  code: "PW6011",
  name: "unroll-count",
  severity: "error",
  message: ({ got }) => `'unroll' needs a constant from 1 to 100, not ${got}`,
  explain:
    "The body is copied that many times while compiling. For a number known only at run time use `for ($i : 0..n)`.",
  example: "begin { unroll (101) { print(1); } }\n                ^^^",
});

export const unrolledTooOften = diagnosticRow<{ readonly copies: number; readonly most: number }>({
  code: "PW6017",
  name: "unrolled-too-often",
  severity: "error",
  message: ({ copies, most }) =>
    `with the 'unroll' around it this body is written ${copies.toString()} times; ${most.toString()} are the most`,
  explain:
    "`unroll` copies its body while compiling, and one within another copies the copies. A program has room for a million instructions; use `for ($i : 0..n)`, which is a loop.",
  example:
    "begin { unroll (100) { unroll (100) { unroll (2) { print(1); } } } }\n                                              ^",
});

export const rangeBound = diagnosticRow<{ readonly type: string }>({
  code: "PW6012",
  name: "range-bound",
  severity: "error",
  message: ({ type }) => `the bounds of a range are integers, not ${type}`,
  explain: "A range counts from its start up to, but not including, its end.",
  example: 'begin { for ($i : 0.."str") { print($i); } }\n                     ^^^^^',
});

export const conditionType = diagnosticRow<{ readonly type: string }>({
  code: "PW6013",
  name: "condition-type",
  severity: "error",
  message: ({ type }) => `a condition is an integer, pointer or boolean, not ${type}`,
  explain:
    "Numbers and pointers are true when they are not zero. Compare anything else with what it should be.",
  example: "begin { if (comm) { print(1); } }\n            ^^^^",
});

export const discardedValue = diagnosticRow<{ readonly type: string }>({
  code: "PW6014",
  name: "discarded-value",
  severity: "warning",
  message: ({ type }) => `nobody uses this value (${type}); write '_ = …' if that is meant`,
  explain: "An expression whose value goes nowhere is usually a forgotten assignment or a missing `print`.",
  example: "begin { pid; }\n        ^^^",
});

export const rangeNeedsLoopHelper = diagnosticRow<{ readonly kernel: string }>({
  code: "PW6015",
  name: "range-needs-loop-helper",
  severity: "error",
  message: ({ kernel }) => `range loops need the kernel helper bpf_loop (Linux 5.17), which ${kernel} lacks`,
  explain: "Use `unroll` for a small constant number of rounds, or `while`.",
  example: "begin { for ($i : 0..3) { print($i); } }\n        ^^^",
});

export const incompatibleBranches = diagnosticRow<{ readonly left: string; readonly right: string }>({
  code: "PW6016",
  name: "incompatible-branches",
  severity: "error",
  message: ({ left, right }) => `the branches give ${left} and ${right}, which have no common type`,
  explain:
    "Whichever branch is taken, its value goes to the same place, so both must be of one kind. Integers widen and strings grow; nothing else converts.",
  example: 'begin { @x = pid < 10000 ? 1 : "high"; }\n             ^^^^^^^^^^^^^^^^^^^^^^^^',
});
