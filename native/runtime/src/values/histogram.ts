/** Bucket numbers of `hist` and `lhist`, as the program counts them, and the bounds they stand for. */

import type { AggregationType } from "@probewright/compiler";
import type { HistogramBucket } from "./value.ts";

export interface BucketCount {
  readonly bucket: number;
  readonly count: bigint;
}

/** @returns every bucket from the first to the last that is not empty, the empty ones between included */
export function bucketsOf(type: AggregationType, counts: readonly BucketCount[]): readonly HistogramBucket[] {
  const byBucket = new Map(
    counts.filter(({ count }) => count !== 0n).map(({ bucket, count }) => [bucket, count]),
  );
  if (byBucket.size === 0) return [];
  const first = Math.min(...byBucket.keys());
  const last = Math.max(...byBucket.keys());
  const bounds =
    type.function === "hist" ? logBounds(Number(type.parameters[0] ?? 0n)) : linearBounds(type.parameters);
  return Array.from({ length: last - first + 1 }, (_, index) => {
    const { low, high } = bounds(first + index);
    return { low, high, count: byBucket.get(first + index) ?? 0n };
  });
}

type Bounds = (bucket: number) => Pick<HistogramBucket, "low" | "high">;

/**
 * `hist` with `bits`: bucket 0 holds negative values, then 2^(bits+1) buckets of one value each, then 2^bits buckets
 * for each power of two.
 */
export function logBounds(bits: number): Bounds {
  const perPower = 1 << bits;
  return (bucket) => {
    if (bucket === 0) return { low: undefined, high: 0n };
    const index = bucket - 1;
    if (index < 2 * perPower) return { low: BigInt(index), high: BigInt(index + 1) };
    const scale = 1n << BigInt((index >> bits) - 1);
    const step = BigInt(perPower + (index % perPower));
    return { low: scale * step, high: scale * (step + 1n) };
  };
}

/**
 * `lhist`: bucket 0 is below the minimum. The last is at or above the maximum, or above the last whole step below it:
 * what does not fill a step is counted there too.
 */
function linearBounds([min = 0n, max = 0n, step = 1n]: readonly bigint[]): Bounds {
  const steps = (max - min) / step;
  const last = Number(steps) + 1;
  return (bucket) => {
    if (bucket === 0) return { low: undefined, high: min };
    if (bucket >= last) return { low: min + steps * step, high: undefined };
    const low = min + BigInt(bucket - 1) * step;
    return { low, high: low + step };
  };
}
