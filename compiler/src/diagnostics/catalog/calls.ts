/** Findings about calls and builtins. Codes PW5xxx. */

import { diagnosticRow } from "../row.ts";

const didYouMean = (nearest: string | undefined): string =>
  nearest === undefined ? "" : `; did you mean '${nearest}'?`;

export const wrongArgumentCount = diagnosticRow<{
  readonly name: string;
  readonly expected: string;
  readonly got: number;
}>({
  code: "PW5001",
  name: "wrong-argument-count",
  severity: "error",
  message: ({ name, expected, got }) => `'${name}' takes ${expected}, not ${got}`,
  explain: "The signature in hover lists every way of calling it.",
  example: "begin { print(str()); }\n              ^^^^^",
});

export const wrongArgumentType = diagnosticRow<{
  readonly name: string;
  readonly parameter: string;
  readonly expected: string;
  readonly got: string;
}>({
  code: "PW5002",
  name: "wrong-argument-type",
  severity: "error",
  message: ({ name, parameter, expected, got }) => `'${name}': ${parameter} must be ${expected}, not ${got}`,
  explain:
    "Integers widen by themselves; nothing else converts without a cast. A positional parameter that may be text is read with `str($1)`.",
  example: 'begin { print(ksym("hello")); }\n                   ^^^^^^^',
});

export const argumentsInOtherOrder = diagnosticRow<{ readonly name: string; readonly signature: string }>({
  code: "PW5040",
  name: "arguments-in-other-order",
  severity: "error",
  message: ({ name, signature }) => `'${name}' takes its arguments in another order: ${signature}`,
  explain:
    "Each argument is of the kind that another parameter takes. The signature in hover tells the order.",
  example: 'begin { print(strftime(nsecs, "%H")); }\n                       ^^^^^',
});

export const literalRequired = diagnosticRow<{ readonly name: string; readonly parameter: string }>({
  code: "PW5003",
  name: "literal-required",
  severity: "error",
  message: ({ name, parameter }) => `'${name}': ${parameter} must be known while compiling`,
  explain:
    "The value becomes part of the program or of what user space does with its events, so it cannot come from a variable or a map.",
  example: 'begin { $x = "%H"; time($x); }\n                        ^^',
});

export const notInThisProbe = diagnosticRow<{
  readonly name: string;
  readonly probe: string;
  readonly needs: string;
}>({
  code: "PW5004",
  name: "not-in-this-probe",
  severity: "error",
  message: ({ name, probe, needs }) => `'${name}' needs ${needs}, which ${probe} probes do not have`,
  explain: "Each probe type gives its program something else to look at. The table of probe types says what.",
  example: 'begin { print(reg("ip")); }\n              ^^^',
});

export const unsafeFunction = diagnosticRow<{ readonly name: string }>({
  code: "PW5005",
  name: "unsafe-function",
  severity: "error",
  message: ({ name }) => `'${name}' can change the system and needs --unsafe`,
  explain:
    "Functions that run commands, send signals or write memory are refused unless the run asks for them.",
  example: 'begin { system("ls"); }\n        ^^^^^^',
});

export const stringLengthClamped = diagnosticRow<{ readonly length: string; readonly limit: number }>({
  code: "PW5006",
  name: "string-length-clamped",
  severity: "warning",
  message: ({ length, limit }) => `${length} is more than max_strlen allows; at most ${limit} bytes are read`,
  explain: "Raise `max_strlen` in the config block to read longer strings.",
  example: "kprobe:f { print(str(arg0, 5000)); }\n                           ^^^^",
});

export const negativeLength = diagnosticRow<{ readonly name: string; readonly length: string }>({
  code: "PW5007",
  name: "negative-length",
  severity: "error",
  message: ({ name, length }) => `'${name}' cannot take the length ${length}`,
  explain: "A length counts bytes and is at least 0.",
  example: "kprobe:f { print(str(arg0, -1)); }\n                           ^^",
});

export const stackLimit = diagnosticRow<{ readonly limit: string }>({
  code: "PW5015",
  name: "stack-limit",
  severity: "error",
  message: ({ limit }) => `a stack has 1 to 1024 frames, not ${limit}`,
  explain: "Each frame takes 8 bytes; the default is 127 frames.",
  example: "kprobe:f { @[kstack(2000)] = count(); }\n                    ^^^^",
});

export const kernelStackBuildId = diagnosticRow<Readonly<Record<string, never>>>({
  code: "PW5016",
  name: "kernel-stack-build-id",
  severity: "error",
  message: () => "build ids name user binaries; a kernel stack has none",
  explain: "Use `raw`, `perf` or `bpftrace` for kernel stacks.",
  example: "kprobe:f { @[kstack(build_id)] = count(); }\n                    ^^^^^^^^",
});

export const kernelStackFallsBack = diagnosticRow<Readonly<Record<string, never>>>({
  code: "PW5017",
  name: "kernel-stack-falls-back",
  severity: "warning",
  message: () => "stack_mode is build_id, which kernel stacks cannot have; this one is raw",
  explain: "Name the mode where the stack is taken: `kstack(perf)`.",
  example:
    "config = { stack_mode = build_id } kprobe:f { @[kstack] = count(); }\n                                                ^^^^^^",
});

export const aggregationParameter = diagnosticRow<{ readonly name: string; readonly rule: string }>({
  code: "PW5018",
  name: "aggregation-parameter",
  severity: "error",
  message: ({ name, rule }) => `'${name}': ${rule}`,
  explain:
    "`hist(n, bits)` takes 0 to 5 bits; `lhist(n, min, max, step)` at most 1000 buckets; `tseries(n, interval, count)` 1 to 1000000 intervals of at least 1 ns.",
  example: "begin { @ = hist(1, 10); }\n                    ^^",
});

export const symbolNotFound = diagnosticRow<{ readonly name: string; readonly where: string }>({
  code: "PW5019",
  name: "symbol-not-found",
  severity: "error",
  message: ({ name, where }) => `there is no '${name}' in ${where}`,
  explain: "The address is looked up while compiling. Names differ between kernel versions and builds.",
  example:
    'begin { print(percpu_kaddr("no_such_variable")); }\n                           ^^^^^^^^^^^^^^^^^^',
});

export const symbolAddressHidden = diagnosticRow<{ readonly name: string }>({
  code: "PW5039",
  name: "symbol-address-hidden",
  severity: "warning",
  message: ({ name }) => `the address of '${name}' is hidden from this user`,
  explain:
    "The kernel tells addresses to root only, and with `kernel.kptr_restrict=2` to nobody. The script can be checked, and to run it takes root, e.g. `sudo probewright run`.",
  example: "",
});

export const kernelLacks = diagnosticRow<{
  readonly name: string;
  readonly feature: string;
  readonly since: string;
  readonly kernel: string;
  readonly instead: string;
}>({
  code: "PW5020",
  name: "kernel-lacks",
  severity: "error",
  message: ({ name, feature, since, kernel, instead }) =>
    `'${name}' needs ${feature} (Linux ${since}), which ${kernel} lacks${instead}`,
  explain:
    "The kernel this script is checked against does not have the helper. Check against another kernel with `--kernel`.",
  example: "begin { print(nsecs(tai)); }\n              ^^^^^^^^^^",
});

export const unknownWord = diagnosticRow<{
  readonly name: string;
  readonly parameter: string;
  readonly word: string;
  readonly words: readonly string[];
  readonly nearest: string | undefined;
}>({
  code: "PW5021",
  name: "unknown-word",
  severity: "error",
  message: ({ name, parameter, word, words, nearest }) =>
    `'${name}': '${word}' is no ${parameter}${didYouMean(nearest)} (${words.join(", ")})`,
  explain: "These words mean something only in this argument.",
  example: "begin { print(nsecs(xxx)); }\n                    ^^^",
});

export const failReached = diagnosticRow<{ readonly text: string }>({
  code: "PW5023",
  name: "fail-reached",
  severity: "error",
  message: ({ text }) => text,
  explain:
    "The script itself asks for this error. Code in the dead branch of an `if comptime` does not count.",
  example: 'begin { fail("not on this kernel"); }\n        ^^^^',
});

export const contextInLoopBody = diagnosticRow<{ readonly name: string }>({
  code: "PW5024",
  name: "context-in-loop-body",
  severity: "error",
  message: ({ name }) => `'${name}' is not available in the body of a 'for'`,
  explain:
    "The body is a function of its own that the kernel calls without the probe's context. Read the value into a variable before the loop.",
  example: "kprobe:f { for ($i : 0..5) { print(arg0); } }\n                                   ^^^^",
});

export const invalidAddressText = diagnosticRow<{ readonly text: string }>({
  code: "PW5025",
  name: "invalid-address-text",
  severity: "error",
  message: ({ text }) => `'${text}' is neither an IPv4 nor an IPv6 address`,
  explain: "Four decimal numbers with dots, or hexadecimal groups with colons.",
  example: 'begin { print(pton("127.0.1")); }\n                   ^^^^^^^^^',
});

export const unknownRegister = diagnosticRow<{
  readonly name: string;
  readonly architecture: string;
  readonly nearest: string | undefined;
}>({
  code: "PW5026",
  name: "unknown-register",
  severity: "error",
  message: ({ name, architecture, nearest }) =>
    `'${name}' is no register of ${architecture}${didYouMean(nearest)}`,
  explain: "Registers are named as in the kernel's `struct pt_regs`, e.g. `ip`, `sp`, `di` on x86_64.",
  example: 'kprobe:f { print(reg("eax")); }\n                     ^^^^^',
});

export const noTypedArguments = diagnosticRow<{ readonly reason: string }>({
  code: "PW5027",
  name: "no-typed-arguments",
  severity: "error",
  message: ({ reason }) => `there is no 'args' here: ${reason}`,
  explain:
    "Typed arguments come from the kernel's type information, tracepoint formats, or debug information of a binary. `arg0`, `arg1` … work without in kprobes and uprobes.",
  example: "begin { print(args); }\n              ^^^^",
});

export const tracepointContext = diagnosticRow<Readonly<Record<string, never>>>({
  code: "PW5028",
  name: "tracepoint-context",
  severity: "error",
  message: () => "tracepoints have no 'ctx'; their fields are in 'args'",
  explain: "Write `args.field`. Hover over `args` to see the fields.",
  example: "tracepoint:sched:sched_switch { print(ctx); }\n                                      ^^^",
});

export const argumentNumber = diagnosticRow<{
  readonly name: string;
  readonly count: number;
  readonly probe: string;
}>({
  code: "PW5029",
  name: "argument-number",
  severity: "error",
  message: ({ name, count, probe }) => `'${name}': ${probe} has arg0 to arg${count - 1}`,
  explain: "Only arguments in registers can be read by number. Later ones are on the stack.",
  example: "kprobe:f { print(arg9); }\n                 ^^^^",
});

export const unreadableArgument = diagnosticRow<{ readonly name: string; readonly where: string }>({
  code: "PW5038",
  name: "unreadable-argument",
  severity: "error",
  message: ({ name, where }) => `'${name}' is at '${where}', which cannot be read from a probe`,
  explain:
    "The note of a static probe says where each argument is. A constant, a register or memory at a register can be read; a place relative to a symbol cannot. A uprobe at the function around it may give the same value.",
  example: "",
});

export const invalidSignal = diagnosticRow<{ readonly text: string }>({
  code: "PW5030",
  name: "invalid-signal",
  severity: "error",
  message: ({ text }) => `${text} is no signal: use 1 to 64 or a name such as "SIGKILL"`,
  explain: "Signals are given by number or by name, with or without `SIG`.",
  example: 'kprobe:f { signal("SIGABC"); }\n                  ^^^^^^^^',
});

export const invalidTimestamp = diagnosticRow<{ readonly reason: string }>({
  code: "PW5031",
  name: "invalid-timestamp",
  severity: "error",
  message: ({ reason }) => `'strftime': ${reason}`,
  explain:
    "The time is counted from boot (`nsecs`) or in TAI (`nsecs(tai)`); the monotonic clock stops while the machine sleeps.",
  example:
    'begin { print(strftime("%H", nsecs(monotonic))); }\n                             ^^^^^^^^^^^^^^^^',
});

export const namedParameterConflict = diagnosticRow<{ readonly name: string; readonly what: string }>({
  code: "PW5032",
  name: "named-parameter-conflict",
  severity: "error",
  message: ({ name, what }) => `parameter '${name}' has another ${what} elsewhere`,
  explain: "A named parameter may be asked for in several places, with the same default and description.",
  example:
    'begin { $a = getopt("n", 1); $b = getopt("n", 2); print(($a, $b)); }\n                                  ^^^^^^^^^^^^^^',
});

export const descriptionNotLiteral = diagnosticRow<Readonly<Record<string, never>>>({
  code: "PW5033",
  name: "description-not-literal",
  severity: "warning",
  message: () => "the description of a parameter must be a literal; this one is left out",
  explain: "It is shown by `--help`, before the program runs.",
  example:
    'begin { $d = "x"; $a = getopt("n", 1, $d); print($a); }\n                                      ^^',
});

export const functionArgumentMismatch = diagnosticRow<{
  readonly name: string;
  readonly parameter: string;
  readonly expected: string;
  readonly got: string;
}>({
  code: "PW5034",
  name: "function-argument-mismatch",
  severity: "error",
  message: ({ name, parameter, expected, got }) => `'${name}': ${parameter} is ${expected}, not ${got}`,
  explain: "Arguments of a function have the types it declares; integers convert.",
  example:
    'fn f($x : int64) : void { print($x); } begin { f("a"); }\n                                                 ^^^',
});

export const bufferLengthRequired = diagnosticRow<{ readonly got: string }>({
  code: "PW5035",
  name: "buffer-length-required",
  severity: "error",
  message: ({ got }) => `'buf' needs a length for ${got}`,
  explain: "Only an array knows how many bytes it has.",
  example: 'begin { print(buf("hello")); }\n                  ^^^^^^^',
});

export const notSupported = diagnosticRow<{ readonly name: string; readonly reason: string }>({
  code: "PW5036",
  name: "not-supported",
  severity: "error",
  message: ({ name, reason }) => `'${name}' is not supported: ${reason}`,
  explain: "Names that the language has but that nothing can be generated for.",
  example: "begin { unwatch(1); }\n        ^^^^^^^",
});

export const bufferTooLarge = diagnosticRow<{ readonly size: string; readonly limit: number }>({
  code: "PW5037",
  name: "buffer-too-large",
  severity: "error",
  message: ({ size, limit }) => `a buffer of ${size} bytes is more than the ${limit} allowed`,
  explain: "Buffers must fit in the scratch memory of a program.",
  example: "kprobe:f { print(buf(arg0, 100000)); }\n                           ^^^^^^",
});
