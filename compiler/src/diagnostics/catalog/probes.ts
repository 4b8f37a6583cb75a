/** Findings about attach points: their form, their targets, and what a probe type cannot do. Codes PW9xxx. */

import { diagnosticRow } from "../row.ts";

const didYouMean = (nearest: string | undefined): string =>
  nearest === undefined ? "" : `; did you mean '${nearest}'?`;

export const unknownProbeType = diagnosticRow<{
  readonly name: string;
  readonly nearest: string | undefined;
}>({
  code: "PW9001",
  name: "unknown-probe-type",
  severity: "error",
  message: ({ name, nearest }) => `unknown probe type '${name}'${didYouMean(nearest)}`,
  explain:
    "An attach point starts with a probe type. Full names may be written in any case, short aliases (`k`, `t`, `u`, …) only in lower case, except `U` for usdt.",
  example: "trace:sched:sched_switch { }\n^^^^^^^^^^^^^^^^^^^^^^^^",
});

export const wrongAttachPointParts = diagnosticRow<{
  readonly probeType: string;
  readonly forms: readonly string[];
  readonly meant: string | undefined;
}>({
  code: "PW9002",
  name: "wrong-attach-point-parts",
  severity: "error",
  message: ({ probeType, forms, meant }) =>
    `${probeType} takes ${forms.map((form) => `'${form}'`).join(" or ")}${didYouMean(meant)}`,
  explain:
    "The parts of an attach point are separated by colons. Quote a part that contains a colon, a comma or a blank itself.",
  example: "tracepoint:sched { }\n^^^^^^^^^^^^^^^^",
});

export const missingAttachPointPart = diagnosticRow<{
  readonly probeType: string;
  readonly part: string;
  readonly form: string;
}>({
  code: "PW9003",
  name: "missing-attach-point-part",
  severity: "error",
  message: ({ probeType, part, form }) => `${probeType} needs ${part}: '${form}'`,
  explain:
    "A part between two colons, or at the end, is empty although this probe type cannot do without it.",
  example: "kprobe: { }\n^^^^^^^",
});

export const invalidAttachPointNumber = diagnosticRow<{ readonly text: string; readonly part: string }>({
  code: "PW9004",
  name: "invalid-attach-point-number",
  severity: "error",
  message: ({ text, part }) => `'${text}' is not a valid ${part}`,
  explain:
    "Numbers may be decimal, hexadecimal (`0x`), octal, binary (`0b`), use `_` and carry a suffix such as `5ms`; counts are positive.",
  example: "interval:s:x { }\n^^^^^^^^^^^^",
});

export const unknownUnit = diagnosticRow<{ readonly unit: string; readonly meant: string | undefined }>({
  code: "PW9005",
  name: "unknown-unit",
  severity: "error",
  message: ({ unit, meant }) => `unknown unit '${unit}': use s, ms, us or hz${didYouMean(meant)}`,
  explain:
    "`profile` and `interval` take a unit and a count (`interval:s:1`) or one duration (`interval:1s`).",
  example: "interval:min:1 { }\n^^^^^^^^^^^^^^",
});

export const periodTooShort = diagnosticRow<{ readonly text: string; readonly meant: string }>({
  code: "PW9006",
  name: "period-too-short",
  severity: "error",
  message: ({ text, meant }) =>
    `a bare '${text}' is nanoseconds, and shorter than one microsecond; did you mean '${meant}'?`,
  explain:
    "A bare count is in nanoseconds, and the shortest period is 1000 of them. Write the unit: `interval:100ms`.",
  example: "interval:500 { }\n^^^^^^^^^^^^",
});

export const returnProbeWithOffset = diagnosticRow<{ readonly probeType: string }>({
  code: "PW9007",
  name: "return-probe-with-offset",
  severity: "error",
  message: ({ probeType }) => `${probeType} cannot take an offset: a function returns as a whole`,
  explain:
    "An offset names an instruction inside a function. A return probe fires when the function returns, wherever that is.",
  example: "kretprobe:vfs_read+4 { }\n^^^^^^^^^^^^^^^^^^^^",
});

export const addressNeedsUnsafe = diagnosticRow<{ readonly probeType: string }>({
  code: "PW9008",
  name: "address-needs-unsafe",
  severity: "error",
  message: ({ probeType }) => `${probeType} by address needs --unsafe`,
  explain:
    "The address is handed to the kernel unchecked; one in the middle of an instruction can crash the traced code.",
  example: "kprobe:0xffffffff81000000 { }\n^^^^^^^^^^^^^^^^^^^^^^^^^",
});

export const unknownPerfEvent = diagnosticRow<{
  readonly probeType: string;
  readonly event: string;
  readonly nearest: string | undefined;
}>({
  code: "PW9009",
  name: "unknown-perf-event",
  severity: "error",
  message: ({ probeType, event, nearest }) => `unknown ${probeType} event '${event}'${didYouMean(nearest)}`,
  explain:
    "Software and hardware events are a fixed list of the kernel's perf interface; wildcards are not allowed here.",
  example: "software:fault:100 { }\n^^^^^^^^^^^^^^^^^^",
});

export const invalidWatchpoint = diagnosticRow<{ readonly problem: string; readonly allowed: string }>({
  code: "PW9010",
  name: "invalid-watchpoint",
  severity: "error",
  message: ({ problem, allowed }) => `${problem}: use ${allowed}`,
  explain:
    "The CPU's debug registers watch 1, 2, 4 or 8 bytes; which of reading, writing and executing can be watched depends on the architecture.",
  example: "watchpoint:0x10000000:3:w { }\n^^^^^^^^^^^^^^^^^^^^^^^^^",
});

export const unsupportedSignal = diagnosticRow<{ readonly text: string }>({
  code: "PW9011",
  name: "unsupported-self-trigger",
  severity: "error",
  message: ({ text }) => `unsupported trigger '${text}': only self:signal:SIGUSR1 exists`,
  explain: "A `self` probe runs when the tool itself receives SIGUSR1, for example to print maps on demand.",
  example: "self:signal:SIGINT { }\n^^^^^^^^^^^^^^^^^^",
});

export const duplicateTestName = diagnosticRow<{ readonly probeType: string; readonly name: string }>({
  code: "PW9012",
  name: "duplicate-test-name",
  severity: "error",
  message: ({ probeType, name }) => `there is another ${probeType} named '${name}'`,
  explain: "Results of tests and benchmarks are reported by name, so each name may be used once.",
  example: "test:a { }\ntest:a { }\n^^^^^^",
});

export const unsupportedLanguage = diagnosticRow<{ readonly language: string }>({
  code: "PW9013",
  name: "unsupported-symbol-language",
  severity: "error",
  message: ({ language }) => `unsupported symbol language '${language}': only cpp is known`,
  explain: "With `cpp` the function is matched against demangled C++ names. Quote names that contain `::`.",
  example: "uprobe:/bin/sh:rust:main { }\n^^^^^^^^^^^^^^^^^^^^^^^^",
});

export const patternNotAllowed = diagnosticRow<{ readonly probeType: string; readonly what: string }>({
  code: "PW9014",
  name: "pattern-not-allowed",
  severity: "error",
  message: ({ probeType, what }) => `${probeType} takes no wildcard in ${what}`,
  explain: "A wildcard stands for many names; here exactly one must be meant.",
  example: "iter:task* { }\n^^^^^^^^^^",
});

export const singleAttachPointOnly = diagnosticRow<{ readonly probeType: string }>({
  code: "PW9015",
  name: "single-attach-point-only",
  severity: "error",
  message: ({ probeType }) => `a probe with ${probeType} takes only this one attach point`,
  explain: "An iterator is a program of its own kind, with its own context; write one probe for each.",
  example: "iter:task, iter:task_file { }\n^^^^^^^^^",
});

export const unknownTarget = diagnosticRow<{
  readonly what: string;
  readonly name: string;
  readonly where: string;
  readonly nearest: string | undefined;
}>({
  code: "PW9016",
  name: "unknown-target",
  severity: "error",
  message: ({ what, name, where, nearest }) => `no ${what} '${name}' in ${where}${didYouMean(nearest)}`,
  explain:
    "The attach point names something that this kernel or binary does not have. A kernel function may be missing because it was inlined or must not be traced. " +
    'Set `missing_probes = "warn"` in the config block to skip what is missing.',
  example: "tracepoint:sched:sched_swich { }\n^^^^^^^^^^^^^^^^^^^^^^^^^^^^",
});

export const hiddenTracepoints = diagnosticRow<{ readonly where: string; readonly reason: string }>({
  code: "PW9040",
  name: "hidden-tracepoints",
  severity: "error",
  message: ({ where, reason }) => `no tracepoint can be seen in ${where}: ${reason}`,
  explain:
    "Tracepoints are found in tracefs, which is usually mounted at /sys/kernel/tracing. A kernel that is locked down for confidentiality hides it, and a container may lack it. `probewright doctor` tells which.",
  example: "",
});

export const unknownModule = diagnosticRow<{ readonly module: string; readonly nearest: string | undefined }>(
  {
    code: "PW9017",
    name: "unknown-module",
    severity: "error",
    message: ({ module, nearest }) => `kernel module '${module}' is not loaded${didYouMean(nearest)}`,
    explain:
      "The functions of a module can be traced only while it is loaded. `vmlinux` stands for the kernel itself.",
    example: "kprobe:no_such_module:open { }\n^^^^^^^^^^^^^^^^^^^^^^^^^^",
  },
);

export const ambiguousFunction = diagnosticRow<{
  readonly name: string;
  readonly modules: readonly string[];
}>({
  code: "PW9018",
  name: "ambiguous-function",
  severity: "error",
  message: ({ name, modules }) => `'${name}' is in ${modules.join(" and in ")}: name the module`,
  explain: "Typed probes need the one function they mean: `fentry:MODULE:FUNCTION`.",
  example: "fentry:mod_func_1 { }\n^^^^^^^^^^^^^^^^^",
});

export const missingBinary = diagnosticRow<{ readonly path: string }>({
  code: "PW9019",
  name: "missing-binary",
  severity: "error",
  message: ({ path }) => `no such file '${path}'`,
  explain:
    "A bare name is looked up in PATH, a library name (`libc`) in the dynamic linker's cache. The file must exist when the script is checked.",
  example: "uprobe:/no/such/file:main { }\n^^^^^^^^^^^^^^^^^^^^^^^^^",
});

export const unreadableBinary = diagnosticRow<{ readonly path: string; readonly reason: string }>({
  code: "PW9020",
  name: "unreadable-binary",
  severity: "error",
  message: ({ path, reason }) => `cannot use '${path}': ${reason}`,
  explain:
    "User probes are placed by symbol and offset in an ELF file, so it must be readable and well-formed.",
  example: "uprobe:/etc/passwd:main { }\n^^^^^^^^^^^^^^^^^^^^^^^",
});

export const noDebugInfo = diagnosticRow<{ readonly path: string; readonly what: string }>({
  code: "PW9021",
  name: "no-debug-info",
  severity: "error",
  message: ({ path, what }) => `'${path}' has no debug information, so ${what}`,
  explain:
    "Source lines and typed arguments of user programs come from DWARF. Build with `-g` or install the debug symbols.",
  example: "uprobe:/bin/sh@main.c:1 { }\n^^^^^^^^^^^^^^^^^^^^^^^",
});

export const tooManyPrograms = diagnosticRow<{ readonly count: number; readonly limit: number }>({
  code: "PW9022",
  name: "too-many-programs",
  severity: "error",
  message: ({ count, limit }) =>
    `these attach points need ${count.toString()} programs, more than max_bpf_progs = ${limit.toString()}`,
  explain:
    "Each match becomes a program of its own. Narrow the pattern, or raise `max_bpf_progs` if you really mean all of them.",
  example: "tracepoint:*:* { print(probe); }\n^^^^^^^^^^^^^^",
});

export const tooManyProbes = diagnosticRow<{ readonly count: number; readonly limit: number }>({
  code: "PW9023",
  name: "too-many-probes",
  severity: "error",
  message: ({ count, limit }) =>
    `this script attaches to ${count.toString()} places, more than max_probes = ${limit.toString()}`,
  explain:
    "Attaching to very many places takes long and slows the machine. Narrow the pattern, or raise `max_probes` if you really mean it.",
  example: "kprobe:* { }\n^^^^^^^^",
});

export const noAttachPointLeft = diagnosticRow<{ readonly text: string }>({
  code: "PW9024",
  name: "no-attach-point-left",
  severity: "error",
  message: ({ text }) => `nothing matches '${text}', so this probe would never run`,
  explain:
    'Every attach point of this probe was dropped. Set `missing_probes = "warn"` to run the rest of the script without it.',
  example: "tracepoint:nosuch*:* { }\n^^^^^^^^^^^^^^^^^^^^",
});

export const positionalInAttachPoint = diagnosticRow<{ readonly text: string }>({
  code: "PW9025",
  name: "invalid-positional-in-attach-point",
  severity: "error",
  message: ({ text }) =>
    `'${text}' is no positional parameter: quote the part if the dollar sign is meant literally`,
  explain: "In an attach point `$1` stands for the first parameter of the command line.",
  example: "kprobe:$x { }\n^^^^^^^^^",
});

export const noProbes = diagnosticRow<{ readonly reason: string }>({
  code: "PW9026",
  name: "no-probes",
  severity: "error",
  message: ({ reason }) => reason,
  explain: "A script needs at least one probe that can be attached.",
  example: "config = { max_strlen = 64 }\n^^^^^^^^^^^^^^^^^^^^^^^^^^^^",
});

export const featureMissing = diagnosticRow<{
  readonly what: string;
  readonly kernel: string;
  readonly since: string;
  /** The kernel's types are not there, on which these probes stand. */
  readonly untyped: boolean;
}>({
  code: "PW9027",
  name: "kernel-feature-missing",
  severity: "error",
  message: ({ what, kernel, since, untyped }) =>
    isOlder(kernel, since)
      ? `${what} need Linux ${since}; this is ${kernel}`
      : untyped
        ? `${what} need the types of the kernel (BTF), which ${kernel} does not show`
        : `${kernel} was built without support for ${what}`,
  explain:
    "The probe type depends on something the target kernel was built without or is too old for, or that is hidden: in a container `/sys/kernel/btf/vmlinux` may be. kprobes need `CONFIG_KPROBES`, uprobes `CONFIG_UPROBES`, fentry and fexit `CONFIG_FUNCTION_TRACER` with `CONFIG_DEBUG_INFO_BTF`. Tracepoints are there on nearly every kernel.",
  example: "fentry:vfs_read { }\n^^^^^^^^^^^^^^^",
});

export const symbolOffset = diagnosticRow<{
  readonly symbol: string;
  readonly offset: string;
  readonly size: number;
}>({
  code: "PW9028",
  name: "offset-outside-symbol",
  severity: "error",
  message: ({ symbol, offset, size }) =>
    `offset ${offset} is outside '${symbol}', which is ${size.toString()} bytes long`,
  explain: "The offset counts bytes from the start of the function and must fall on one of its instructions.",
  example: "uprobe:/bin/sh:main+99999999 { }\n^^^^^^^^^^^^^^^^^^^^^^^^^^^^",
});

export const insideInstruction = diagnosticRow<{ readonly symbol: string; readonly offset: string }>({
  code: "PW9038",
  name: "inside-instruction",
  severity: "error",
  message: ({ symbol, offset }) =>
    `byte ${offset} of '${symbol}' is in the middle of an instruction; a probe there would break the program`,
  explain:
    "A user probe replaces the first byte of an instruction. `objdump -d` shows where instructions start. With --unsafe it is a warning.",
  example: "",
});

export const unknownBoundary = diagnosticRow<{ readonly symbol: string }>({
  code: "PW9039",
  name: "unknown-boundary",
  severity: "error",
  message: ({ symbol }) =>
    `the symbol '${symbol}' has no size, so nothing tells that it is code; --unsafe attaches there nevertheless`,
  explain:
    "A user probe replaces the first byte of an instruction, and one in other bytes breaks the program. Symbols without a size may be anything: parts of the start-up code, marks, data. Probe a function whose size is known. With --unsafe it is a warning.",
  example: "",
});

export const severalBinaries = diagnosticRow<{ readonly name: string; readonly first: string }>({
  code: "PW9029",
  name: "several-binaries",
  severity: "warning",
  message: ({ name, first }) => `'${name}' is found several times; '${first}' is used`,
  explain: "A bare name is looked up along PATH and the first hit wins. Write the path to be sure.",
  example: "uprobe:sh:main { }\n^^^^^^^^^^^^^^",
});

/** Whether a kernel's name tells a release before `since`. */
function isOlder(kernel: string, since: string): boolean {
  const numbers = (text: string): readonly number[] =>
    (/\d+\.\d+/.exec(text)?.[0] ?? "0.0").split(".").map(Number);
  const [major = 0, minor = 0] = numbers(kernel);
  const [wantedMajor = 0, wantedMinor = 0] = numbers(since);
  return major < wantedMajor || (major === wantedMajor && minor < wantedMinor);
}
