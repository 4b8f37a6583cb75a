/** The probes of a kernel as a tree to walk and to search: types, then groups, then attach points. */

import { listProbes, type KernelFacts, type ListEntry } from "@probewright/compiler";

export interface ProbeNode {
  readonly label: string;
  /** An attach point to insert; undefined for a group. */
  readonly probe?: string;
  /** How many attach points a group has. */
  readonly count?: number;
}

export interface ProbeNodes {
  readonly nodes: readonly ProbeNode[];
  /** Left out because nobody reads that many. */
  readonly omitted: number;
}

/** Nodes of one answer: more is for the search. */
const MOST_NODES = 1000;

const listed = new WeakMap<KernelFacts, readonly ListEntry[]>();

function allProbes(facts: KernelFacts): readonly ListEntry[] {
  const known = listed.get(facts) ?? listProbes("", facts, { pid: undefined, isFile: () => false });
  listed.set(facts, known);
  return known;
}

/** @param path labels from the root: a probe type, then a group */
export function probesUnder(path: readonly string[], facts: KernelFacts): ProbeNodes {
  const entries = allProbes(facts);
  const [type, group] = path;
  if (type === undefined) return bounded(groups(entries, ({ probeType }) => probeType));
  const ofType = entries.filter(({ probeType }) => probeType === type);
  const grouped = isGrouped(ofType);
  if (group === undefined && grouped) return bounded(groups(ofType, groupOf));
  const wanted = group === undefined ? ofType : ofType.filter((entry) => groupOf(entry) === group);
  const depth = group === undefined ? 1 : 2;
  return bounded(wanted.map(({ text }) => ({ label: text.split(":").slice(depth).join(":"), probe: text })));
}

/** Attach points in which all words stand, the shortest first. */
export function searchProbes(query: string, facts: KernelFacts): ProbeNodes {
  const words = query
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "");
  const found = allProbes(facts).filter(({ text }) => {
    const lower = text.toLowerCase();
    return words.every((word) => lower.includes(word));
  });
  const sorted = [...found].sort((left, right) => left.text.length - right.text.length);
  return bounded(sorted.map(({ text }) => ({ label: text, probe: text })));
}

/** What the probe hands to a script, a line each. */
export function probeDetails(probe: string, facts: KernelFacts): readonly string[] {
  return (
    allProbes(facts)
      .find(({ text }) => text === probe)
      ?.details() ?? []
  );
}

/** A group of one helps nobody. */
function isGrouped(entries: readonly ListEntry[]): boolean {
  return (
    entries.every(({ text }) => text.split(":").length > 2) &&
    new Set(entries.map(groupOf)).size * 2 <= entries.length
  );
}

function groupOf({ text }: ListEntry): string {
  return text.split(":")[1] ?? "";
}

function groups(entries: readonly ListEntry[], by: (entry: ListEntry) => string): readonly ProbeNode[] {
  const counts = new Map<string, number>();
  for (const entry of entries) counts.set(by(entry), (counts.get(by(entry)) ?? 0) + 1);
  return [...counts]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([label, count]) => ({ label, count }));
}

function bounded(nodes: readonly ProbeNode[]): ProbeNodes {
  return { nodes: nodes.slice(0, MOST_NODES), omitted: Math.max(0, nodes.length - MOST_NODES) };
}
