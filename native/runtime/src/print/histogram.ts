/** Histograms as rows with bars, and time series as a plot. */

import type { HistogramBucket, Value } from "../values/value.ts";

const BAR_WIDTH = 52;
const suffixes = ["", "K", "M", "G", "T", "P", "E"];

/** How bounds are spelt. */
export type BoundStyle =
  /** `hist`: in the unit of the power of two that the bound's bucket is a part of. */
  | { readonly kind: "log"; readonly bits: number }
  /** `lhist`: with K and M, or without. */
  | { readonly kind: "linear"; readonly maxPower: number };

function spell(value: bigint, style: BoundStyle): string {
  const power = style.kind === "log" ? logPower(value, style.bits) : linearPower(value, style.maxPower);
  return `${(value >> BigInt(10 * power)).toString()}${suffixes[power] ?? ""}`;
}

/** A power of two is cut into 2^`bits` buckets; how often 1024 is in the size of one of them. */
function logPower(value: bigint, bits: number): number {
  return Math.max(0, Math.floor((value.toString(2).length - 1 - bits) / 10));
}

/** How often 1024 divides the bound without a remainder. */
function linearPower(value: bigint, maxPower: number): number {
  let rest = value;
  let power = 0;
  while (power < maxPower && rest !== 0n && rest % 1024n === 0n) {
    rest /= 1024n;
    power += 1;
  }
  return power;
}

export function bucketLabel({ low, high }: HistogramBucket, style: BoundStyle): string {
  if (low === undefined) return `(..., ${spell(high ?? 0n, style)})`;
  const from = spell(low, style);
  if (high === undefined) return `[${from}, ...)`;
  const to = spell(high, style);
  const plain = from === low.toString() && to === high.toString();
  return plain && high - low === 1n ? `[${from}]` : `[${from}, ${to})`;
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
