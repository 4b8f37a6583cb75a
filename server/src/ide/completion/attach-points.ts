/** Suggestions in attach points: probe types, then what each of them can attach to. */

import {
  findProbeType,
  listProbes,
  matcher,
  perfEvents,
  probeTypes,
  startingWith,
  watchModes,
  type FunctionNames,
  type KernelFacts,
} from "@probewright/compiler";
import type { Cursor } from "../cursor.ts";
import { completeBinary } from "./binaries.ts";
import {
  complete,
  noCompletions,
  type Completion,
  type Completions,
  type CompletionSource,
} from "./completion.ts";
import { functionIndex, type FunctionIndex } from "./function-index.ts";
import { indexNames, search, type NameIndex } from "./fuzzy.ts";
import { probeSnippets } from "./snippets.ts";

/** Names shown at once of a list of many thousands. */
export const MOST_TARGETS = 100;

/** An attach point up to the cursor, cut at its colons. */
interface Written {
  /** As the script spells the probe type. */
  readonly provider: string;
  readonly parts: readonly string[];
  /** Where the last part starts. */
  readonly from: number;
}

export function completeAttachPoint(cursor: Cursor, facts: KernelFacts): Completions {
  const text = /(?:"[^"\n]*"?|[^\s,{}"])*$/.exec(cursor.before)?.[0] ?? "";
  // Behind an attach point, on its line, stands a comma or what the probe does.
  const earlier = cursor.before.slice(0, cursor.before.length - text.length);
  if (/[^\s,}][^\S\n]+$/.test(earlier.replace(/\/\*.*?\*\/\s*$/s, ""))) return noCompletions;
  const written = cut(text, cursor.offset);
  if (written === undefined)
    return complete(atStart(cursor.before.trim() === text, cursor.offset - text.length));
  const row = findProbeType(written.provider);
  if (row === undefined) return noCompletions;
  const last = written.parts.at(-1) ?? "";
  switch (row.name) {
    case "kprobe":
    case "kretprobe":
    case "fentry":
    case "fexit":
      return functions(written, last, row.name, facts);
    case "tracepoint":
      return written.parts.length === 1 ? categories(written, last, facts) : events(written, last, facts);
    case "rawtracepoint":
      return rawTracepoints(written, last, facts);
    case "uprobe":
    case "uretprobe":
    case "usdt":
      return completeBinary(row.name, written, facts);
    case "iter":
      return written.parts.length === 1 ? plain(written, facts.iterators(), "iterator") : noCompletions;
    case "software":
    case "hardware":
      return written.parts.length === 1
        ? plain(written, eventNames(row.name), `${row.name} event`)
        : plain(written, ["100", "1000", "1000000"], "occurrences between two calls");
    case "profile":
    case "interval":
      return written.parts.length === 1
        ? plain(written, ["hz", "s", "ms", "us"], "unit")
        : plain(written, written.parts[0] === "hz" ? ["49", "99", "199"] : ["1", "5", "10"], "period");
    case "watchpoint":
      return watchpoint(written, facts);
    case "self":
      return plain(written, written.parts.length === 1 ? ["signal"] : ["SIGUSR1"], "signal");
    default:
      return noCompletions;
  }
}

function cut(text: string, offset: number): Written | undefined {
  const pieces = text.match(/(?:"[^"\n]*"?|[^:"])+|(?<=:)(?=:|$)/g) ?? [];
  const [provider = "", ...parts] = pieces;
  if (!text.includes(":")) return undefined;
  return { provider, parts, from: offset - (parts.at(-1) ?? "").length };
}

/** Probe types; at the start of an item, whole probes and the words that start other items too. */
function atStart(alone: boolean, from: number): readonly Completion[] {
  const types = probeTypes.map((row): Completion => {
    const target = row.forms.some((form) => form.includes(":"));
    return {
      label: row.name,
      kind: "probe-type",
      signature: (row.forms[0] ?? row.name).slice(row.name.length),
      detail: row.aliases.join(", "),
      documentation: row.summary,
      source: { kind: "probe-type", name: row.name },
      from,
      insert: target ? `${row.name}:` : row.name,
      rank: 1,
    };
  });
  return alone ? [...types, ...probeSnippets(from)] : types;
}

function eventNames(kind: "software" | "hardware"): readonly string[] {
  return perfEvents(kind).flatMap(({ name, alias }) => (alias === undefined ? [name] : [name, alias]));
}

function plain({ from }: Written, names: readonly string[], detail: string): Completions {
  return complete(names.map((name, i) => ({ label: name, kind: "attach-point", detail, from, rank: i })));
}

/** An address can only be typed; what may stand behind it is known. */
function watchpoint(written: Written, facts: KernelFacts): Completions {
  switch (written.parts.length) {
    case 1:
      return plain(written, ["0x"], "address of the data");
    case 2:
      return plain(written, ["8", "4", "2", "1"], "bytes that are watched");
    case 3:
      return plain(written, watchModes[facts.architecture], "accesses that fire");
    default:
      return noCompletions;
  }
}

function functions(written: Written, query: string, probeType: string, facts: KernelFacts): Completions {
  const { parts, from } = written;
  if (parts.length > 2) return noCompletions;
  if (query.includes("*")) return byPattern(written, `${probeType}:${parts.join(":")}`, query, facts);
  const index = functionIndex(facts);
  const module = parts.length === 2 ? (parts[0] ?? "") : undefined;
  const { found, count } = search(index, query, module === undefined ? MOST_TARGETS : index.count);
  const typed = probeType === "fentry" || probeType === "fexit";
  const allowed = found.filter(({ index: i }) => canTrace(index, i, { module, typed, facts }));
  const items = allowed.slice(0, MOST_TARGETS).map(({ index: i }, rank): Completion => {
    const name = index.functions.nameAt(i);
    const of = index.functions.moduleAt(i);
    return { ...target(name, of, rank, from), ...signature(name, of, facts, rank) };
  });
  const modules = module === undefined ? moduleNames(query, from, facts) : [];
  return {
    items: [...items, ...modules, ...prefixPattern(index.functions, query, from)],
    incomplete: count > items.length || items.length > 0,
  };
}

interface Tracing {
  readonly module: string | undefined;
  /** With typed arguments: what has no prototype cannot be traced. */
  readonly typed: boolean;
  readonly facts: KernelFacts;
}

function canTrace({ functions }: FunctionIndex, i: number, { module, typed, facts }: Tracing): boolean {
  const of = functions.moduleAt(i);
  if (module !== undefined && !matcher(module)(of)) return false;
  return (
    !typed || !facts.traceableFunctionsExact() || facts.findFunctions(functions.nameAt(i), of).length > 0
  );
}

/** Signatures are shown for those in sight; for the others when they are rested on. */
const MOST_SIGNATURES = 20;

function signature(name: string, module: string, facts: KernelFacts, place: number): { signature?: string } {
  if (place >= MOST_SIGNATURES) return {};
  const prototype = facts.findFunctions(name, module)[0];
  if (prototype === undefined) return {};
  return { signature: `(${prototype.parameters.map((each) => `${each.cType} ${each.name}`).join(", ")})` };
}

function target(name: string, module: string, rank: number, from: number): Completion {
  return {
    label: name,
    kind: "attach-point",
    detail: module === "vmlinux" ? "kernel" : module,
    source: { kind: "function", name, module },
    from,
    rank,
  };
}

function moduleNames(query: string, from: number, facts: KernelFacts): readonly Completion[] {
  if (query === "") return [];
  return facts
    .modules()
    .filter((name) => name.startsWith(query))
    .slice(0, 20)
    .map((name) => ({
      label: name,
      kind: "category",
      detail: "module",
      from,
      insert: `${name}:`,
      rank: 500,
    }));
}

/** `vfs_*`, with how many it takes. */
function prefixPattern(functions: FunctionNames, query: string, from: number): readonly Completion[] {
  if (query.length < 3) return [];
  const { from: first, to } = startingWith(functions, query);
  const count = to - first;
  if (count < 2) return [];
  const label = `${query}*`;
  return [
    { label, kind: "attach-point", detail: `${count.toString()} functions`, from, filter: query, rank: 600 },
  ];
}

/** What a pattern takes; to see, and to choose one of. */
function byPattern({ from }: Written, pattern: string, query: string, facts: KernelFacts): Completions {
  const entries = listProbes(pattern, facts, { pid: undefined, isFile: () => false });
  const shown = entries.slice(0, MOST_TARGETS).map(({ text }, rank): Completion => {
    const name = text.slice(text.lastIndexOf(":") + 1);
    return { label: name, kind: "attach-point", detail: "", from, filter: query, rank: rank + 1 };
  });
  const whole: Completion = {
    label: query,
    kind: "attach-point",
    detail: `${entries.length.toString()} probes`,
    from,
    rank: 0,
  };
  return { items: [whole, ...shown], incomplete: entries.length > MOST_TARGETS };
}

function categories({ from }: Written, query: string, facts: KernelFacts): Completions {
  const names = facts.tracepointCategories();
  const found =
    query === ""
      ? names.map((_, index) => ({ index }))
      : search(indexNames(names), query, names.length).found;
  const items = found.map(({ index }, rank): Completion => {
    const name = names[index] ?? "";
    const count = facts.tracepointEvents(name).length;
    return {
      ...{
        label: name,
        kind: "category",
        detail: `${count.toString()} event${count === 1 ? "" : "s"}`,
        from,
        rank,
      },
      insert: `${name}:`,
    };
  });
  const more = eventsOfAll(query, from, facts);
  return { items: [...items, ...more], incomplete: query !== "" };
}

interface EventIndex extends NameIndex {
  readonly events: readonly { readonly category: string; readonly name: string }[];
}

const eventIndexes = new WeakMap<KernelFacts, EventIndex>();

function eventIndex(facts: KernelFacts): EventIndex {
  let index = eventIndexes.get(facts);
  if (index === undefined) {
    const all = facts
      .tracepointCategories()
      .flatMap((category) => facts.tracepointEvents(category).map((name) => ({ category, name })));
    index = Object.assign(indexNames(all.map(({ name }) => name)), { events: all });
    eventIndexes.set(facts, index);
  }
  return index;
}

/** Who knows the event need not know its category. */
function eventsOfAll(query: string, from: number, facts: KernelFacts): readonly Completion[] {
  if (query.length < 3) return [];
  const index = eventIndex(facts);
  return search(index, query, MOST_TARGETS).found.map(({ index: i }, rank): Completion => {
    const { category = "", name = "" } = index.events[i] ?? {};
    return {
      ...target(`${category}:${name}`, "tracepoint", 200 + rank, from),
      ...eventFields(category, name, facts, rank),
      source: { kind: "tracepoint", name: `${category}:${name}` },
      filter: name,
    };
  });
}

function events(written: Written, query: string, facts: KernelFacts): Completions {
  const { parts, from } = written;
  const [category = ""] = parts;
  if (parts.length > 2) return noCompletions;
  if (query.includes("*") || category.includes("*"))
    return byPattern(written, `tracepoint:${category}:${query}*`, query, facts);
  const names = facts.tracepointEvents(category);
  const { found, count } = search(indexNames(names), query, MOST_TARGETS);
  const items = found.map(({ index }, rank): Completion => {
    const name = names[index] ?? "";
    const source: CompletionSource = { kind: "tracepoint", name: `${category}:${name}` };
    return { ...target(name, "tracepoint", rank, from), ...eventFields(category, name, facts, rank), source };
  });
  return { items, incomplete: count > items.length };
}

function eventFields(
  category: string,
  event: string,
  facts: KernelFacts,
  place: number,
): { signature?: string } {
  if (place >= MOST_SIGNATURES) return {};
  const format = facts.tracepointFormat(category, event);
  if (format === undefined || format === "missing") return {};
  const own = format.fields.filter(({ common, name }) => !common && !name.startsWith("__"));
  return { signature: `(${own.map(({ name }) => name).join(", ")})` };
}

function rawTracepoints({ from, parts }: Written, query: string, facts: KernelFacts): Completions {
  const module = parts.length > 1 ? parts[0] : undefined;
  const all = facts.rawTracepoints().filter((each) => module === undefined || each.module === module);
  const { found, count } = search(indexNames(all.map(({ name }) => name)), query, MOST_TARGETS);
  const items = found.map(({ index }, rank): Completion => {
    const name = all[index]?.name ?? "";
    const prototype = rank < MOST_SIGNATURES ? facts.findRawTracepoint(name) : undefined;
    const parameters = prototype?.parameters.map((each) => `${each.cType} ${each.name}`).join(", ");
    return {
      ...target(name, all[index]?.module ?? "", rank, from),
      source: { kind: "raw-tracepoint", name },
      ...(parameters === undefined ? {} : { signature: `(${parameters})` }),
    };
  });
  return { items, incomplete: count > items.length };
}
