/** Probes on the kernel's own functions and events. */

import {
  addressNeedsUnsafe,
  patternNotAllowed,
  returnProbeWithOffset,
} from "../../diagnostics/catalog/probes.ts";
import { readNumber } from "../../syntax/numbers.ts";
import { isPattern, type TracingSide } from "../attach-spec.ts";
import type { Capability } from "../capability.ts";
import type { Part, ProbeType, ReadOptions, ReadResult } from "../probe-type.ts";
import { accept, badNumber, colonTexts, missingPart, readOffset, refuse, wrongParts } from "./reading.ts";

function readKprobe(name: string, side: TracingSide): ProbeType["read"] {
  const forms =
    side === "entry"
      ? [`${name}:FUNCTION`, `${name}:FUNCTION+OFFSET`, `${name}:MODULE:FUNCTION`]
      : [`${name}:FUNCTION`, `${name}:MODULE:FUNCTION`];
  return (parts, options) => {
    const texts = colonTexts(parts);
    if (texts === undefined || texts.length === 0 || texts.length > 2) return wrongParts(name, forms);
    const module = texts.length === 2 ? texts[0] : undefined;
    const last = texts.at(-1) ?? "";
    if (last === "" || module === "") return missingPart(name, "a function", forms[0] ?? name);
    const target = readOffset(last);
    if (target === undefined) return badNumber(last, "function and offset");
    if (target.offset !== 0n && side === "return")
      return refuse((place) => returnProbeWithOffset(place, { probeType: name }));
    const address = readNumber(target.name);
    if (address !== undefined && !options.unsafe)
      return refuse((place) => addressNeedsUnsafe(place, { probeType: name }));
    return accept({ kind: "kprobe", side, module, function: target.name, offset: target.offset, address });
  };
}

function readTracepoint(parts: readonly Part[], options: ReadOptions): ReadResult {
  const form = "tracepoint:CATEGORY:EVENT";
  const texts = colonTexts(parts);
  const [first = "", event] = texts ?? [];
  if (texts?.length === 1 && isPattern(first))
    return accept({ kind: "tracepoint", category: "*", event: first });
  if (texts?.length !== 2) return wrongParts("tracepoint", [form], eventMeant(texts, options));
  if (first === "") return missingPart("tracepoint", "a category", form);
  if (event === undefined || event === "") return missingPart("tracepoint", "an event", form);
  return accept({ kind: "tracepoint", category: first, event });
}

/** `CATEGORY/EVENT`, or the event without its category. */
function eventMeant(texts: readonly string[] | undefined, { named }: ReadOptions): string | undefined {
  const [text = "", ...more] = texts ?? [];
  if (more.length > 0) return undefined;
  if (/^\w+\/\w+$/.test(text)) return `tracepoint:${text.replace("/", ":")}`;
  const meant = named?.(text);
  return meant?.startsWith("tracepoint:") === true ? meant : undefined;
}

function readRawTracepoint(parts: readonly Part[]): ReadResult {
  const forms = ["rawtracepoint:EVENT", "rawtracepoint:MODULE:EVENT"];
  const texts = colonTexts(parts);
  if (texts === undefined || texts.length === 0 || texts.length > 2)
    return wrongParts("rawtracepoint", forms);
  const event = texts.at(-1) ?? "";
  if (event === "" || texts[0] === "") return missingPart("rawtracepoint", "an event", forms[0] ?? "");
  return accept({ kind: "rawtracepoint", module: texts.length === 2 ? texts[0] : undefined, event });
}

function readFentry(name: string, side: TracingSide): ProbeType["read"] {
  const forms = [`${name}:FUNCTION`, `${name}:MODULE:FUNCTION`, `${name}:bpf:PROGRAM_ID:FUNCTION`];
  return (parts) => {
    const texts = colonTexts(parts);
    if (texts === undefined || texts.length === 0 || texts.length > 3) return wrongParts(name, forms);
    if (texts[0] === "bpf" && texts.length > 1) return readFentryBpf(name, side, texts.slice(1), forms);
    if (texts.length === 3) return wrongParts(name, forms);
    const target = texts.at(-1) ?? "";
    if (target === "" || texts[0] === "" || texts[0] === "bpf")
      return missingPart(name, "a function", forms[0] ?? name);
    return accept({
      kind: "fentry",
      side,
      module: texts.length === 2 ? texts[0] : undefined,
      function: target,
    });
  };
}

function readFentryBpf(
  name: string,
  side: TracingSide,
  rest: readonly string[],
  forms: readonly string[],
): ReadResult {
  const target = rest.at(-1) ?? "";
  if (target === "") return missingPart(name, "a BPF program", forms[2] ?? name);
  const id = rest.length === 2 ? (rest[0] ?? "") : "*";
  const program = readNumber(id);
  if (id !== "*" && program === undefined) return badNumber(id, "program id");
  return accept({
    kind: "fentry-bpf",
    side,
    program: program === undefined ? undefined : Number(program),
    function: target,
  });
}

function readIter(parts: readonly Part[]): ReadResult {
  const forms = ["iter:ITERATOR", "iter:ITERATOR:PIN"];
  const texts = colonTexts(parts);
  if (texts === undefined || texts.length === 0 || texts.length > 2) return wrongParts("iter", forms);
  const [iterator = "", pin] = texts;
  if (iterator === "") return missingPart("iter", "an iterator", forms[0] ?? "iter");
  if (isPattern(iterator))
    return refuse((place) => patternNotAllowed(place, { probeType: "iter", what: "the iterator" }));
  if (pin !== undefined && isPattern(pin))
    return refuse((place) => patternNotAllowed(place, { probeType: "iter", what: "the pin" }));
  return accept({ kind: "iter", iterator, pin });
}

const kprobeCapabilities: readonly Capability[] = [
  "context",
  "function-name",
  "registers",
  "stacks",
  "signal",
];

const kprobeCommon = {
  space: "kernel",
  pidFilter: "injected",
  defaultReturn: 0n,
  requires: ["kprobe"],
  sinceKernel: "4.1",
} as const;

const tracingCommon = {
  space: "kernel",
  pidFilter: "injected",
  defaultReturn: 0n,
  requires: ["btf", "fentry"],
  sinceKernel: "5.5",
} as const;

const tracingCapabilities: readonly Capability[] = [
  "typed-arguments",
  "function-name",
  "stacks",
  "path-helper",
  "tracing",
  "signal",
];

export const kernelRows: readonly ProbeType[] = [
  {
    ...kprobeCommon,
    name: "kprobe",
    aliases: ["k"],
    internalName: "kprobe",
    summary: "Fires when a kernel function is called.",
    docs: "Works on almost every kernel function that was not inlined. Arguments are raw registers (`arg0`…`arg5`); prefer `fentry`, which knows their types. A wildcard without a module uses one program for all matches where the kernel can (5.18).",
    forms: ["kprobe:FUNCTION", "kprobe:FUNCTION+OFFSET", "kprobe:MODULE:FUNCTION"],
    capabilities: new Set([...kprobeCapabilities, "argument-registers", "override"]),
    listing: "kernel",
    attachOrder: "reverse",
    examples: ["kprobe:vfs_read { @[comm] = count(); }"],
    read: readKprobe("kprobe", "entry"),
  },
  {
    ...kprobeCommon,
    name: "kretprobe",
    aliases: ["kr"],
    internalName: "kretprobe",
    summary: "Fires when a kernel function returns.",
    docs: "`retval` is the return register. Under heavy load the kernel may miss returns; misses are counted and reported.",
    forms: ["kretprobe:FUNCTION", "kretprobe:MODULE:FUNCTION"],
    capabilities: new Set([...kprobeCapabilities, "return-value"]),
    listing: "none",
    attachOrder: "forward",
    examples: ["kretprobe:vfs_read { @bytes = hist(retval); }"],
    read: readKprobe("kretprobe", "return"),
  },
  {
    name: "tracepoint",
    aliases: ["t"],
    internalName: "tracepoint",
    summary: "Fires at a static tracepoint of the kernel.",
    docs: "Tracepoints are the kernel's own, mostly stable, events. Their fields are `args.NAME`; `probewright list -v 'tracepoint:…'` shows them.",
    forms: ["tracepoint:CATEGORY:EVENT"],
    capabilities: new Set<Capability>(["typed-arguments", "stacks", "signal"]),
    space: "kernel",
    listing: "kernel",
    pidFilter: "injected",
    attachOrder: "forward",
    // A perf buffer behind the tracepoint still gets the record.
    defaultReturn: 1n,
    requires: [],
    sinceKernel: "4.7",
    examples: ["tracepoint:sched:sched_switch { @[args.prev_comm] = count(); }"],
    read: readTracepoint,
  },
  {
    name: "rawtracepoint",
    aliases: ["rt"],
    internalName: "rawtracepoint",
    summary: "Fires at a kernel tracepoint, with the arguments of the C call.",
    docs: "Cheaper than `tracepoint`, and its arguments are the kernel structures themselves rather than a record made from them.",
    forms: ["rawtracepoint:EVENT", "rawtracepoint:MODULE:EVENT"],
    capabilities: new Set<Capability>([
      "typed-arguments",
      "argument-registers",
      "stacks",
      "tracing",
      "signal",
    ]),
    space: "kernel",
    listing: "kernel",
    pidFilter: "injected",
    attachOrder: "forward",
    defaultReturn: 0n,
    requires: ["btf"],
    sinceKernel: "5.5",
    examples: ["rawtracepoint:sched_switch { @[args.next.comm] = count(); }"],
    read: readRawTracepoint,
  },
  {
    ...tracingCommon,
    name: "fentry",
    aliases: ["f", "kfunc"],
    internalName: "fentry",
    summary: "Fires when a kernel function is called, with typed arguments.",
    docs: "The cheapest way to trace a kernel function; `args.NAME` has the type the kernel declares. `fentry:bpf:…` traces a loaded BPF program.",
    forms: ["fentry:FUNCTION", "fentry:MODULE:FUNCTION", "fentry:bpf:PROGRAM_ID:FUNCTION"],
    capabilities: new Set(tracingCapabilities),
    listing: "kernel",
    attachOrder: "reverse",
    examples: ["fentry:vfs_read { @[args.file.f_path.dentry.d_name.name] = count(); }"],
    read: readFentry("fentry", "entry"),
  },
  {
    ...tracingCommon,
    name: "fexit",
    aliases: ["fr", "kretfunc"],
    internalName: "fexit",
    summary: "Fires when a kernel function returns, with typed arguments and return value.",
    docs: "Has both the arguments and `retval`, so no map is needed to carry arguments from entry to return.",
    forms: ["fexit:FUNCTION", "fexit:MODULE:FUNCTION", "fexit:bpf:PROGRAM_ID:FUNCTION"],
    capabilities: new Set<Capability>([...tracingCapabilities, "return-value"]),
    listing: "none",
    attachOrder: "reverse",
    examples: ["fexit:vfs_read { @[comm] = sum(retval); }"],
    read: readFentry("fexit", "return"),
  },
  {
    name: "iter",
    aliases: ["it"],
    internalName: "iter",
    summary: "Runs once for each object of a kernel list, such as every task.",
    docs: "Walks a kernel list after attaching and ends when it is through. `ctx` is the iterator's own context, e.g. `ctx.task`.",
    forms: ["iter:ITERATOR", "iter:ITERATOR:PIN"],
    capabilities: new Set<Capability>(["context", "stacks", "path-helper", "tracing"]),
    space: "kernel",
    listing: "kernel",
    pidFilter: "attach",
    attachOrder: "reverse",
    defaultReturn: 0n,
    requires: ["btf", "iter"],
    sinceKernel: "5.8",
    examples: ['iter:task { printf("%d %s\\n", ctx.task.pid, ctx.task.comm); }'],
    read: readIter,
  },
];
