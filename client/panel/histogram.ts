/** A histogram as a table of buckets with bars: what it shows, a screen reader reads. The previous run stands behind as outlines. */

import { charts, element, formatCount, shortNumber } from "./dom.ts";
import type { MapView } from "./map-table.ts";
import type { Bucket, MapEntry, MapState } from "./model.ts";

/** Histograms of one map that are drawn; the others are named. */
const MOST_CHARTS = 24;

export function histogramView(name: string): MapView {
  const root = charts(`Histograms of @${name}`);
  return {
    root,
    update: (map, previous) => {
      root.replaceChildren(
        ...map.entries
          .slice(-MOST_CHARTS)
          .reverse()
          .map((entry) => histogram(map, entry, entryOf(previous, entry.key))),
        ...(map.entries.length > MOST_CHARTS ? [leftOut(map.entries.length - MOST_CHARTS)] : []),
      );
    },
  };
}

function leftOut(count: number): HTMLElement {
  return element("p", { class: "quiet" }, `${formatCount(count)} more with smaller counts`);
}

function entryOf(map: MapState | undefined, key: string | undefined): MapEntry | undefined {
  return map?.entries.find((entry) => entry.key === key);
}

function histogram({ name }: MapState, entry: MapEntry, previous: MapEntry | undefined): HTMLElement {
  const buckets = bucketsOf(entry);
  const old = new Map(bucketsOf(previous).map((bucket) => [rangeText(bucket), bucket.count]));
  const greatest = Math.max(1, ...buckets.map(({ count }) => count), ...old.values());
  const total = buckets.reduce((sum, { count }) => sum + count, 0);
  const label = entry.key?.trim() ?? "";
  const caption = element(
    "caption",
    {},
    element("span", { class: "key" }, label),
    element("span", { class: "quiet" }, `${formatCount(total)} values`),
  );
  const rows = buckets.map((bucket) => bucketRow(bucket, old.get(rangeText(bucket)), greatest));
  const table = element("table", { class: "histogram" }, caption, element("tbody", {}, ...rows));
  table.setAttribute("aria-label", `Histogram @${name}${label === "" ? "" : `[${label}]`}`);
  return table;
}

function bucketsOf(entry: MapEntry | undefined): readonly Bucket[] {
  return entry?.value.kind === "histogram" ? entry.value.buckets : [];
}

function bucketRow(bucket: Bucket, before: number | undefined, greatest: number): HTMLElement {
  const width = (count: number): string => `width: ${((count / greatest) * 100).toFixed(2)}%`;
  const bars = element("div", { class: "bars", "aria-hidden": "true" });
  const bar = element("div", { class: "bar", hidden: bucket.count === 0 });
  bar.style.cssText = width(bucket.count);
  bars.append(bar);
  if (before !== undefined) {
    const ghost = element("div", { class: "ghost", title: `previous run: ${formatCount(before)}` });
    ghost.style.cssText = width(before);
    bars.append(ghost);
  }
  return element(
    "tr",
    {},
    element("th", { scope: "row" }, rangeText(bucket)),
    element("td", { class: "count" }, formatCount(bucket.count)),
    element("td", {}, bars),
  );
}

export function rangeText({ low, high }: Bucket): string {
  if (low === undefined) return `(…, ${high === undefined ? "…" : shortNumber(high)})`;
  if (high === undefined) return `[${shortNumber(low)}, …)`;
  return high - low === 1 ? `[${shortNumber(low)}]` : `[${shortNumber(low)}, ${shortNumber(high)})`;
}
