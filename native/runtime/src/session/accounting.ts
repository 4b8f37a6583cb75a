/** Produced, delivered and lost: three independent counts, compared at the end. */

import type { CounterSpec, Manifest } from "@probewright/compiler";
import type { LoaderChannel } from "../loader/channel.ts";
import { linkMisses, programStats, readMap, type RawMap } from "../loader/requests.ts";
import { paddedSize } from "../values/decode.ts";
import type { RunSummary, SessionEvent, SiteLoss } from "./events.ts";
import type { Repeats } from "./repeats.ts";
import { spokenProbe } from "./spoken-probe.ts";

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

/** The books of one run. */
export interface Accounts {
  /** Reads the counters and tells what was lost since the last time, and which errors came again. */
  readonly report: () => Promise<void>;
  /** Which program each link runs: the kernel counts some misses by link, and forgets them with it. */
  readonly noteMisses: (programOfLink: ReadonlyMap<number, string>) => Promise<void>;
  readonly close: (delivered: readonly number[]) => Promise<RunSummary>;
}

export interface AccountsOptions {
  readonly channel: Pick<LoaderChannel, "request">;
  readonly manifest: Manifest;
  readonly emit: (event: SessionEvent) => void;
  readonly repeats: Pick<Repeats, "report">;
  /** An `exit()` whose event was lost has this code. */
  readonly onLostExit: (code: number) => void;
}

export function openAccounts({ channel, manifest, emit, repeats, onLostExit }: AccountsOptions): Accounts {
  const { counters, sites } = manifest;
  let counts: readonly SiteCount[] = [];
  const missedByLink = new Map<string, bigint>();
  const reportLosses = async (): Promise<void> => {
    const raw = await readMap(channel, counters.object);
    if (!raw.ok) return;
    const before = counts;
    counts = readCounters(counters, raw.value);
    const losses = newLosses(counters, counts, before);
    if (losses.length > 0) emit({ kind: "loss", losses });
    const exitLost = sites.some(
      ({ action, index }) => action.kind === "exit" && (counts[index]?.lost ?? 0n) > 0n,
    );
    const code = exitLost ? await exitCode(channel, manifest) : undefined;
    if (code !== undefined) onLostExit(code);
  };
  return {
    report: async () => {
      await reportLosses();
      repeats.report();
    },
    noteMisses: async (programOfLink) => {
      const misses = await linkMisses(channel);
      for (const { link, missed } of misses.ok ? misses.value : []) {
        const program = programOfLink.get(link) ?? "";
        missedByLink.set(program, (missedByLink.get(program) ?? 0n) + missed);
      }
    },
    close: async (delivered) => {
      const stats = await programStats(channel);
      const missedRuns = (stats.ok ? stats.value : []).flatMap(({ name, recursionMisses }) => {
        const count = recursionMisses + (missedByLink.get(name) ?? 0n);
        const program = manifest.programs.find((each) => each.function === name);
        return count === 0n ? [] : [{ probe: spokenProbe(program) ?? name, count }];
      });
      return summarise(counters, counts, delivered, missedRuns);
    },
  };
}

/** What `exit()` left in its word. Source: `EXIT_ASKED` of the compiler. */
async function exitCode(
  channel: Pick<LoaderChannel, "request">,
  { exitWord }: Manifest,
): Promise<number | undefined> {
  if (exitWord === undefined) return undefined;
  const raw = await readMap(channel, exitWord);
  const word = raw.ok ? raw.value.entries[0]?.value.readBigUInt64LE(0) : undefined;
  return word === undefined || word === 0n ? undefined : Number(word & 0xffn);
}
