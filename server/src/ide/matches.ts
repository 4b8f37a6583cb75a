/** How many places attach points take, where that can be another number than one. */

import { findProbeType, type AttachPoint, type Item } from "@probewright/compiler";
import type { Snapshot } from "./snapshot.ts";

/** Each of their attach points is one place, however it is written. */
const single: ReadonlySet<string> = new Set(
  "begin end self test bench interval profile software hardware watchpoint".split(" "),
);

/** @returns undefined when nothing is looked up for it, or nobody knows */
export function matchesOf(snapshot: Snapshot, probe: Item): number | undefined {
  const points = probe.kind === "probe" ? probe.attachPoints : [];
  const counts = points.flatMap((point) => matchesOfPoint(snapshot, probe, point) ?? []);
  return counts.length === 0 ? undefined : counts.reduce((sum, count) => sum + count, 0);
}

export function matchesOfPoint(
  { analysis }: Snapshot,
  probe: Item,
  { provider, span }: AttachPoint,
): number | undefined {
  const name = findProbeType(provider.text)?.name;
  if (name !== undefined && single.has(name)) return undefined;
  const found = analysis().matches.filter(
    ({ place }) => place.item === probe && place.span.start === span.start,
  );
  return found.length === 0 ? undefined : found.reduce((sum, { count }) => sum + count, 0);
}
