/** Histograms as rows with bars, and time series as a plot. */

import type { HistogramBucket, Value } from "../values/value.ts";

const BAR_WIDTH = 52;
const suffixes = ["", "K", "M", "G", "T", "P", "E"];

/** Scales down by full powers of 1024: `1048576` becomes `1M`; a remainder keeps the number as it is. */
function withSuffix(value: bigint, maxPower: number): string {
  let rest = value;
  let power = 0;
  while (power < maxPower && rest !== 0n && rest % 1024n === 0n) {
    rest /= 1024n;
    power += 1;
  }
  return `${rest.toString()}${suffixes[power] ?? ""}`;
}

/** How bounds are spelt: `hist` uses all suffixes, `lhist` only K and M, and those only when its step is a multiple of 1024. */
export interface BoundStyle {
  readonly maxPower: number;
}

export function bucketLabel({ low, high }: HistogramBucket, { maxPower }: BoundStyle): string {
  const spell = (value: bigint): string => withSuffix(value, maxPower);
  if (low === undefined) return `(..., ${spell(high ?? 0n)})`;
  if (high === undefined) return `[${spell(low)}, ...)`;
  const plain = spell(low) === low.toString() && spell(high) === high.toString();
  if (plain && high - low === 1n) return `[${low.toString()}]`;
  return `[${spell(low)}, ${spell(high)})`;
}

export function histogramText(buckets: readonly HistogramBucket[], style: BoundStyle): string {
  const most = buckets.reduce((max, { count }) => (count > max ? count : max), 1n);
  return buckets
    .map((bucket) => {
      const length = Math.floor(Math.fround(Math.fround(Number(bucket.count) / Number(most)) * BAR_WIDTH));
      const label = bucketLabel(bucket, style).padEnd(16);
      return `${label}${bucket.count.toString().padStart(8)} |${"@".repeat(length).padEnd(BAR_WIDTH)}|\n`;
    })
    .join("");
}

const PLOT_WIDTH = 51;

/** @param localTime the time of day of a point, e.g. `12:34:56.789` */
export function timeSeriesText(
  series: Extract<Value, { kind: "time-series" }>,
  localTime: (startNs: bigint) => string,
): string {
  const values = series.points.flatMap(({ value }) => (value === undefined ? [] : [value]));
  if (values.length === 0) return "<no data>\n";
  let low = values.reduce((a, b) => (a < b ? a : b));
  let high = values.reduce((a, b) => (a > b ? a : b));
  const flat = low === high;
  if (flat) {
    low -= 1n;
    high += 1n;
  }
  const width = 8 + fractionDigits(series.intervalNs) + (fractionDigits(series.intervalNs) > 0 ? 1 : 0);
  const bounds = `${" ".repeat(width + 1)}${low.toString().padEnd(21)}${high.toString().padStart(32)}\n`;
  const rows = series.points.map(({ startNs, value }) => plotRow(localTime(startNs), value, low, high));
  const unit = `hh:mm:ss${[".ms", ".μs", ".ns"][fractionDigits(series.intervalNs) / 3 - 1] ?? ""}`;
  const frame = (edge: string): string => `${edge}${"_".repeat(PLOT_WIDTH)}${edge}\n`;
  return `${bounds}${unit.padEnd(width + 1)}${frame("|")}${rows.join("")}${" ".repeat(width + 1)}${frame("v")}${bounds}`;
}

export function fractionDigits(intervalNs: bigint): 0 | 3 | 6 | 9 {
  if (intervalNs % 1_000_000_000n === 0n) return 0;
  if (intervalNs % 1_000_000n === 0n) return 3;
  return intervalNs % 1_000n === 0n ? 6 : 9;
}

function plotRow(time: string, value: bigint | undefined, low: bigint, high: bigint): string {
  const cells = Array.from({ length: PLOT_WIDTH + 2 }, () => " ");
  cells[0] = "|";
  cells[PLOT_WIDTH + 1] = "|";
  const column = (at: bigint): number => Number(((at - low) * BigInt(PLOT_WIDTH + 1)) / (high - low));
  if (low < 0n && high > 0n) cells[column(0n)] = ".";
  if (value !== undefined) cells[column(value)] = "*";
  return `${time} ${cells.join("")} ${value?.toString() ?? "-"}\n`;
}
