/** What is said of losses: where, how many, of what and why. */

import type { RunSummary, SiteLoss } from "../session/events.ts";

interface LossRow {
  /** Told while it happens; the others, which a script often lives with, only at the end. */
  readonly urgent: boolean;
  readonly text: (count: bigint, site: string) => string;
}

const plural = (count: bigint, noun: string): string =>
  `${count.toString()} ${noun}${count === 1n ? "" : "s"}`;
const was = (count: bigint): string => (count === 1n ? "was" : "were");

/** By kind of loss. */
const rows: Readonly<Record<SiteLoss["lossKind"], LossRow>> = {
  event: {
    urgent: true,
    text: (count, site) => `lost ${plural(count, "event")} of ${site}: the ring buffer was full`,
  },
  "map-update": {
    urgent: true,
    text: (count, site) =>
      `lost ${plural(count, "update")} of ${site}: the map is full or could not be changed`,
  },
  "scratch-exhausted": {
    urgent: true,
    text: (count, site) => `lost ${plural(count, "run")} of ${site}: probes were nested too deeply`,
  },
  "stack-failed": {
    urgent: true,
    text: (count, site) => `lost ${plural(count, "stack")}: ${site} could not be read`,
  },
  "stack-cut": {
    urgent: false,
    text: (count, site) =>
      `${plural(count, "stack")} of ${site} ${was(count)} cut short: no call frame information says who called the last function shown`,
  },
  "string-truncated": {
    urgent: false,
    text: (count) => `${plural(count, "string")} ${was(count)} cut off: max_strlen sets how long they may be`,
  },
  "probe-read-failed": {
    urgent: false,
    text: (count, site) =>
      `${plural(count, "read")} of memory failed (${site}): the values are zero or empty; -k tells each`,
  },
};

export function isUrgent({ lossKind }: SiteLoss): boolean {
  return rows[lossKind].urgent;
}

export function lossText(loss: SiteLoss, count: bigint): string {
  const { position } = loss;
  const line = (position.startLine + 1).toString();
  const column = (position.startColumn + 1).toString();
  return `${position.file}:${line}:${column}: ${lossWords(loss, count)}`;
}

/** Without its place. */
export function lossWords({ site, lossKind }: SiteLoss, count: bigint): string {
  return rows[lossKind].text(count, site);
}

/** The accounts at the end; nothing when there is nothing to complain of and nobody asked. */
export function summaryLines(summary: RunSummary, verbose: boolean): readonly string[] {
  const { produced, delivered, lost, losses, missedRuns } = summary;
  const late = losses.filter((loss) => !isUrgent(loss)).map((loss) => lossText(loss, loss.lostTotal));
  const missed = missedRuns.map(
    ({ probe, count }) => `${probe}: the kernel skipped ${plural(count, "run")} of its program`,
  );
  const unaccounted = produced - delivered - lost;
  const balance = `${plural(produced, "event")} produced = ${delivered.toString()} delivered + ${lost.toString()} lost`;
  const books =
    unaccounted === 0n
      ? balance
      : `${balance} + ${unaccounted.toString()} unaccounted for: this is a bug of probewright`;
  return [
    ...late.map((line) => `warning: ${line}`),
    ...missed.map((line) => `warning: ${line}`),
    ...(lost > 0n || unaccounted !== 0n ? [`warning: ${books}`] : verbose ? [books] : []),
  ];
}
