/** Listings of the kernel's probe types. */

import type { FunctionPrototype, KernelFacts } from "../../kernel/facts.ts";
import { matcher } from "../attach-spec.ts";
import { fitting } from "../fitting.ts";
import { perfEvents } from "../perf-events.ts";
import { entry, type ListEntry } from "./entry.ts";

/** Parts of a pattern after the probe type; `*` where the pattern has none. */
export type Parts = readonly string[];

function typedParameters(prototype: FunctionPrototype | undefined): readonly string[] {
  return (prototype?.parameters ?? []).map(({ cType, name }) => `${cType} ${name}`);
}

function numberedParameters(prototype: FunctionPrototype | undefined): readonly string[] {
  return (prototype?.parameters ?? []).map(({ cType }, index) => `${cType} arg${index.toString()}`);
}

/** kprobe, kretprobe, fentry and fexit: one line a function, with the module where the pattern or the type has one. */
export function listFunctions(facts: KernelFacts, probeType: string, parts: Parts): readonly ListEntry[] {
  const typed = probeType === "fentry" || probeType === "fexit";
  const matchesModule = matcher(parts.length > 1 ? (parts[0] ?? "*") : "*");
  const functions = facts.traceableFunctions();
  if (functions === undefined) return [];
  const withModule = typed || parts.length > 1;
  const exact = facts.traceableFunctionsExact();
  // A list guessed from BTF holds only functions that have a prototype there.
  const isUntyped = (name: string, module: string): boolean =>
    typed && exact && facts.findFunctions(name, module).length === 0;
  const isFirst = firstOfEach(withModule);
  const entries: ListEntry[] = [];
  for (const index of fitting(functions, parts.at(-1) ?? "*")) {
    const [name, module] = [functions.nameAt(index), functions.moduleAt(index)];
    if (!matchesModule(module)) continue;
    if (isUntyped(name, module) || !isFirst(name, module)) continue;
    const text = withModule ? `${probeType}:${module}:${name}` : `${probeType}:${name}`;
    entries.push(
      entry(probeType, text, () => functionDetails(probeType, facts.findFunctions(name, module)[0])),
    );
  }
  return entries;
}

/** Whether a function has not been asked for before. Those of one name are asked for together. */
function firstOfEach(withModule: boolean): (name: string, module: string) => boolean {
  let last = "";
  let modules: string[] = [];
  return (name, module) => {
    if (name !== last) modules = [];
    else if (!withModule || modules.includes(module)) return false;
    last = name;
    modules.push(module);
    return true;
  };
}

function functionDetails(probeType: string, prototype: FunctionPrototype | undefined): readonly string[] {
  if (prototype === undefined) return [];
  const returned = `${prototype.returnsCType} retval`;
  switch (probeType) {
    case "kprobe":
      return numberedParameters(prototype);
    case "kretprobe":
      return [returned];
    case "fexit":
      return [...typedParameters(prototype), returned];
    default:
      return typedParameters(prototype);
  }
}

export function listTracepoints(facts: KernelFacts, parts: Parts): readonly ListEntry[] {
  const matchesCategory = matcher(parts.length > 1 ? (parts[0] ?? "*") : "*");
  const matchesEvent = matcher(parts.at(-1) ?? "*");
  return facts
    .tracepointCategories()
    .filter(matchesCategory)
    .flatMap((category) =>
      facts
        .tracepointEvents(category)
        .filter(matchesEvent)
        .map((event) =>
          entry("tracepoint", `tracepoint:${category}:${event}`, () =>
            tracepointDetails(facts, category, event),
          ),
        ),
    );
}

/** Arrays stand behind the name, as C has it. */
function tracepointDetails(facts: KernelFacts, category: string, event: string): readonly string[] {
  const format = facts.tracepointFormat(category, event);
  if (format === undefined || format === "missing") return [];
  return format.fields.map(({ cType, name }) => {
    const array = /^(?!__data_loc)(.*?)((?:\[\w*\])+)$/.exec(cType);
    return array === null ? `${cType} ${name}` : `${(array[1] ?? "").trim()} ${name}${array[2] ?? ""}`;
  });
}

export function listRawTracepoints(facts: KernelFacts, parts: Parts): readonly ListEntry[] {
  const matchesModule = matcher(parts.length > 1 ? (parts[0] ?? "*") : "*");
  const matchesEvent = matcher(parts.at(-1) ?? "*");
  return facts
    .rawTracepoints()
    .filter(({ name, module }) => matchesEvent(name) && matchesModule(module))
    .map(({ name, module }) =>
      entry("rawtracepoint", `rawtracepoint:${module}:${name}`, () =>
        typedParameters(facts.findRawTracepoint(name, module)),
      ),
    );
}

export function listIterators(facts: KernelFacts, parts: Parts): readonly ListEntry[] {
  return facts
    .iterators()
    .filter(matcher(parts[0] ?? "*"))
    .map((name) => entry("iter", `iter:${name}`, () => iteratorDetails(facts, name)));
}

function iteratorDetails(facts: KernelFacts, name: string): readonly string[] {
  const definition = facts.findStruct(`struct bpf_iter__${name}`);
  if (definition === undefined || definition === "missing") return [];
  return definition.fields
    .filter((field) => field.name !== "meta")
    .map((field) => `${field.cType ?? ""} ${field.name}`.trim());
}

export function listPerfEvents(kind: "software" | "hardware", parts: Parts): readonly ListEntry[] {
  const matches = matcher(parts[0] ?? "*");
  return perfEvents(kind)
    .flatMap(({ name, alias }) => (alias === undefined ? [name] : [name, alias]))
    .filter(matches)
    .map((name) => entry(kind, `${kind}:${name}:`));
}

export function listPeriods(kind: "profile" | "interval", parts: Parts): readonly ListEntry[] {
  const matches = matcher(parts[0] ?? "*");
  return ["hz", "ms", "s", "us"].filter(matches).map((unit) => entry(kind, `${kind}:${unit}:`));
}
