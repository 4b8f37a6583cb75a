/** Losses and the accounts of a run as JSON lines. */

import type { RunSummary, SiteLoss } from "../session/events.ts";
import { isUrgent } from "./loss-text.ts";

/** bpftrace's line, with what it lacks: the sites. Losses other than of events have a line of their own. */
export function lossLines(losses: readonly SiteLoss[], quote: (text: string) => string): readonly string[] {
  const events = losses.filter(({ lossKind }) => lossKind === "event");
  const others = losses.filter((loss) => loss.lossKind !== "event" && isUrgent(loss));
  const lost = events.reduce((sum, loss) => sum + loss.lost, 0n).toString();
  const sites = (of: readonly SiteLoss[]): string =>
    of.map((loss) => siteObject(loss, loss.lost, quote)).join(", ");
  return [
    ...(events.length === 0
      ? []
      : [
          `{"type": "lost_events", "count": ${lost}, "data": {"events": ${lost}}, "sites": [${sites(events)}]}`,
        ]),
    ...(others.length === 0 ? [] : [`{"type": "losses", "data": [${sites(others)}]}`]),
  ];
}

/** The last line of a run that lost something, or of any with -v. */
export function summaryLine(summary: RunSummary, quote: (text: string) => string): string {
  const { produced, delivered, lost, losses, missedRuns } = summary;
  const missed = missedRuns.map(
    ({ probe, count }) => `{"probe": ${quote(probe)}, "count": ${count.toString()}}`,
  );
  const counts = `"produced": ${produced.toString()}, "delivered": ${delivered.toString()}, "lost": ${lost.toString()}`;
  const sites = losses.map((loss) => siteObject(loss, loss.lostTotal, quote)).join(", ");
  return `{"type": "summary", "data": {${counts}, "missed_runs": [${missed.join(", ")}], "losses": [${sites}]}}`;
}

export function isClean({ lost, losses, missedRuns, produced, delivered }: RunSummary): boolean {
  return lost === 0n && losses.length === 0 && missedRuns.length === 0 && produced === delivered;
}

function siteObject(
  { site, lossKind, position }: SiteLoss,
  count: bigint,
  quote: (text: string) => string,
): string {
  const { file, startLine, startColumn } = position;
  const place = `"filename": ${quote(file)}, "line": ${(startLine + 1).toString()}, "col": ${(startColumn + 1).toString()}`;
  return `{"site": ${quote(site)}, "kind": ${quote(lossKind)}, "lost": ${count.toString()}, ${place}}`;
}
