/** The slots of a `tseries` map put on one time line. */

import type { AggregationType } from "@probewright/compiler";
import { readInteger } from "./decode.ts";
import type { TimeSeriesPoint } from "./value.ts";

export interface SeriesSlot {
  readonly slot: bigint;
  /** Per CPU: i64 value, u64 metadata (time of the value, or number of values), u64 epoch (number of the interval). */
  readonly cpus: readonly Buffer[];
}

interface Interval {
  value: bigint;
  meta: bigint;
}

/** @returns the last intervals up to the most recent one seen, leading empty ones dropped */
export function pointsOf(type: AggregationType, slots: readonly SeriesSlot[]): readonly TimeSeriesPoint[] {
  const [intervalNs = 1n, wanted = 1n] = type.parameters;
  const byEpoch = new Map<bigint, Interval>();
  for (const { cpus } of slots) {
    const written = cpus.filter((bytes) => bytes.readBigUInt64LE(16) !== 0n);
    for (const bytes of written.length === 0 ? cpus : written) {
      const epoch = bytes.readBigUInt64LE(16);
      const next = { value: readInteger(bytes, 0, 8, type.signed), meta: bytes.readBigUInt64LE(8) };
      const known = byEpoch.get(epoch);
      byEpoch.set(epoch, known === undefined ? next : merge(type, known, next));
    }
  }
  const last = [...byEpoch.keys()].reduce((a, b) => (a > b ? a : b), 0n);
  // Of a slot that was zeroed the interval is the first of all: the oldest there is.
  if (last === 0n) return [];
  const first = [...byEpoch.keys()]
    .filter((epoch) => epoch > last - wanted)
    .reduce((a, b) => (a < b ? a : b));
  return Array.from({ length: Number(last - first) + 1 }, (_, index) => {
    const epoch = first + BigInt(index);
    return { startNs: epoch * intervalNs, value: valueOf(type, byEpoch.get(epoch)) };
  });
}

function merge(type: AggregationType, left: Interval, right: Interval): Interval {
  switch (type.reduce ?? "last") {
    case "last":
      return left.meta >= right.meta ? left : right;
    case "min":
      return left.value <= right.value ? left : right;
    case "max":
      return left.value >= right.value ? left : right;
    case "sum":
    case "avg":
      return { value: left.value + right.value, meta: left.meta + right.meta };
  }
}

function valueOf(type: AggregationType, interval: Interval | undefined): bigint | undefined {
  if (interval === undefined) return undefined;
  if (type.reduce !== "avg") return interval.value;
  return interval.meta === 0n ? 0n : interval.value / interval.meta;
}
