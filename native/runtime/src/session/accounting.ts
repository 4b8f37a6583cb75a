/** Produced, delivered and lost: three independent counts, compared at the end. */

import type { CounterSpec } from "@probewright/compiler";
import type { RawMap } from "../loader/requests.ts";
import { paddedSize } from "../values/decode.ts";
import type { RunSummary, SiteLoss } from "./events.ts";

/** The counters of one site summed over all CPUs. */
interface SiteCount {
  readonly produced: bigint;
  readonly lost: bigint;
}

const COUNTER_BYTES = 16;

export function readCounters(spec: CounterSpec, raw: RawMap): readonly SiteCount[] {
  const counts: SiteCount[] = Array.from({ length: spec.count }, () => ({ produced: 0n, lost: 0n }));
  const stride = paddedSize(COUNTER_BYTES);
  for (const { key, value } of raw.entries) {
    let produced = 0n;
    let lost = 0n;
    for (let at = 0; at + stride <= value.length; at += stride) {
      produced += value.readBigUInt64LE(at);
      lost += value.readBigUInt64LE(at + 8);
    }
    counts[key.readUInt32LE(0)] = { produced, lost };
  }
  return counts;
}

/** Losses that are new since `before`; sites without any are left out. */
export function newLosses(
  spec: CounterSpec,
  counts: readonly SiteCount[],
  before: readonly SiteCount[],
): readonly SiteLoss[] {
  return spec.sites.flatMap(({ kind, position, name }, index) => {
    const now = counts[index] ?? { produced: 0n, lost: 0n };
    const lost = now.lost - (before[index]?.lost ?? 0n);
    if (lost === 0n) return [];
    return [{ site: name, lossKind: kind, position, produced: now.produced, lost, lostTotal: now.lost }];
  });
}

/** @param delivered events handled by site, in the order of the manifest's sites */
export function summarise(
  spec: CounterSpec,
  counts: readonly SiteCount[],
  delivered: readonly number[],
  missedRuns: RunSummary["missedRuns"],
): RunSummary {
  const events = counts.filter((_, index) => spec.sites[index]?.kind === "event");
  return {
    produced: events.reduce((sum, { produced }) => sum + produced, 0n),
    delivered: BigInt(delivered.reduce((sum, count) => sum + count, 0)),
    lost: events.reduce((sum, { lost }) => sum + lost, 0n),
    missedRuns,
    losses: newLosses(spec, counts, []),
  };
}
