/** `list PATTERN`: which probes there are. */

import type { KernelFacts } from "../../kernel/facts.ts";
import { matcher } from "../attach-spec.ts";
import { findProbeType, probeTypes } from "../catalog.ts";
import { entry, type ListEntry } from "./entry.ts";
import {
  listFunctions,
  listIterators,
  listPerfEvents,
  listPeriods,
  listRawTracepoints,
  listTracepoints,
  type Parts,
} from "./kernel.ts";
import { binariesOf, listUprobes, listUsdt } from "./user.ts";

export interface ListOptions {
  readonly pid: number | undefined;
  /** Whether a path names an existing file: such patterns list user probes too. */
  readonly isFile: (path: string) => boolean;
}

/**
 * @param pattern `TYPE:…` with wildcards anywhere; without a colon it is looked for in all types; empty lists everything
 * @returns sorted by type, then by text
 */
export function listProbes(pattern: string, facts: KernelFacts, options: ListOptions): readonly ListEntry[] {
  const [type = "*", ...parts] = splitPattern(pattern);
  const named = findProbeType(type)?.name;
  const matchesType = matcher(type.toLowerCase());
  const user = options.pid !== undefined || options.isFile(parts[0] ?? "");
  const names = probeTypes
    .filter((row) => {
      if (named !== undefined) return row.name === named;
      const listed = row.listing === "kernel" || (row.listing === "user" && user);
      return type.includes("*") && listed && matchesType(row.name);
    })
    .map((row) => row.name)
    .sort();
  return names.flatMap((name) => [...listOne(name, parts, facts, options)].sort(byText));
}

function byText(left: ListEntry, right: ListEntry): number {
  return left.text < right.text ? -1 : left.text > right.text ? 1 : 0;
}

/** Cuts at colons outside quotes; a pattern without a colon means any type. */
function splitPattern(pattern: string): readonly string[] {
  if (pattern === "") return ["*"];
  const parts = (pattern.match(/(?:"(?:\\.|[^"])*"|[^:"])+|(?<=:)(?=:|$)/g) ?? []).map((part) =>
    part.replaceAll('"', ""),
  );
  return pattern.includes(":") ? parts : ["*", pattern];
}

function listOne(name: string, parts: Parts, facts: KernelFacts, options: ListOptions): readonly ListEntry[] {
  switch (name) {
    case "kprobe":
    case "kretprobe":
    case "fentry":
    case "fexit":
      return listFunctions(facts, name, parts);
    case "tracepoint":
      return listTracepoints(facts, parts);
    case "rawtracepoint":
      return listRawTracepoints(facts, parts);
    case "iter":
      return listIterators(facts, parts);
    case "software":
    case "hardware":
      return listPerfEvents(name, parts);
    case "profile":
    case "interval":
      return listPeriods(name, parts);
    case "uprobe":
    case "uretprobe":
      return listUprobes(name, binariesOf(facts, parts[0], options.pid), parts);
    case "usdt":
      return listUsdt(binariesOf(facts, parts[0], options.pid), parts);
    case "self":
      return matcher(parts.join(":"))("signal:SIGUSR1") || parts.join("") === ""
        ? [entry("self", "self:signal:SIGUSR1")]
        : [];
    default:
      return [];
  }
}

/** `struct NAME*`, `union …`, `enum …`: kernel types instead of probes; undefined when the pattern is none of these. */
export function listTypes(pattern: string, facts: KernelFacts): readonly ListEntry[] | undefined {
  if (!/^(?:struct|union|enum) /.test(pattern)) return undefined;
  return facts
    .typeNames()
    .filter(matcher(pattern))
    .map((name) =>
      entry("type", name, () => {
        const spelt = facts.spellType(name);
        return spelt === undefined ? [] : [`${spelt.module}: ${spelt.text}`];
      }),
    );
}
