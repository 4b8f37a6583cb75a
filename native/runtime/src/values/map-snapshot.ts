/** From a raw map to a snapshot: CPUs reduced, buckets gathered, entries in printing order. */

import type { AggregationType, MapSpec } from "@probewright/compiler";
import type { RawMap, RawMapEntry } from "../loader/requests.ts";
import type { MapEntry, MapSnapshot } from "../session/events.ts";
import { decodeValue, paddedSize, readInteger, type DecodeContext } from "./decode.ts";
import { bucketsOf } from "./histogram.ts";
import { compareKeys } from "./order.ts";
import { pointsOf, type SeriesSlot } from "./time-series.ts";
import type { Value } from "./value.ts";

interface Sortable extends MapEntry {
  /** What the order goes by: a number for aggregations and integers, else undefined and the key decides. */
  readonly rank: bigint | undefined;
}

/** @param top most entries kept, those with the highest rank; 0 keeps all */
export function snapshotMap(spec: MapSpec, raw: RawMap, context: DecodeContext, top: number): MapSnapshot {
  const shape = shapeOf(spec);
  const found =
    shape === "histogram" || shape === "time-series"
      ? gather(spec, raw, context)
      : plainEntries(spec, raw, context);
  const entries = found.length === 0 && spec.key === undefined ? [zeroEntry(spec, shape, context)] : found;
  const sorted = [...entries].sort((left, right) =>
    left.rank !== undefined && right.rank !== undefined && left.rank !== right.rank
      ? left.rank < right.rank
        ? -1
        : 1
      : compareKeys(left.key, right.key),
  );
  const kept = top > 0 ? sorted.slice(-top) : sorted;
  return {
    name: spec.name,
    scalar: spec.key === undefined,
    shape,
    entries: kept.map(({ key, value }) => ({ key, value })),
    empty: found.length === 0,
  };
}

/** A scalar map that was never written reads as zero, here as in a program. */
function zeroEntry(spec: MapSpec, shape: MapSnapshot["shape"], context: DecodeContext): Sortable {
  const { value } = spec;
  if (shape === "histogram")
    return { key: undefined, value: { kind: "histogram", buckets: [] }, rank: undefined };
  if (shape === "time-series" && value.kind === "aggregation") {
    return {
      key: undefined,
      value: { kind: "time-series", intervalNs: value.parameters[0] ?? 1n, points: [] },
      rank: undefined,
    };
  }
  if (value.kind === "aggregation") return { key: undefined, ...reduce(value, []) };
  return {
    key: undefined,
    value: decodeValue(Buffer.alloc(Math.max(8, spec.valueSize)), 0, value, context),
    rank: undefined,
  };
}

function shapeOf({ value }: MapSpec): MapSnapshot["shape"] {
  if (value.kind !== "aggregation") return "plain";
  switch (value.function) {
    case "hist":
    case "lhist":
      return "histogram";
    case "tseries":
      return "time-series";
    case "avg":
    case "stats":
      return "stats";
    default:
      return "plain";
  }
}

function plainEntries(spec: MapSpec, raw: RawMap, context: DecodeContext): readonly Sortable[] {
  return written(spec, raw).map((entry) => {
    const key = spec.key === undefined ? undefined : decodeValue(entry.key, 0, spec.key, context);
    if (spec.value.kind === "aggregation")
      return { key, ...reduce(spec.value, cpuValues(spec, entry.value)) };
    const value = decodeValue(entry.value, 0, spec.value, context);
    const rank = value.kind === "integer" || value.kind === "enum" ? value.value : undefined;
    return { key, value, rank };
  });
}

/** A scalar in an array always has its entry; the mark tells whether a program ever wrote it. */
function written(spec: MapSpec, raw: RawMap): readonly RawMapEntry[] {
  const at = spec.presentOffset;
  if (at === undefined) return raw.entries;
  return raw.entries.filter((entry) =>
    cpuValues(spec, entry.value).some((value) => value.readBigUInt64LE(at) !== 0n),
  );
}

function cpuValues(spec: MapSpec, value: Buffer): readonly Buffer[] {
  if (!spec.perCpu) return [value];
  const size = paddedSize(spec.valueSize);
  return Array.from({ length: Math.floor(value.length / size) }, (_, cpu) =>
    value.subarray(cpu * size, (cpu + 1) * size),
  );
}

/** Adds up what each CPU counted. Minimum and maximum look only at CPUs that have a value. */
function reduce(
  type: AggregationType,
  cpus: readonly Buffer[],
): { readonly value: Value; readonly rank: bigint } {
  const { signed } = type;
  const read = (bytes: Buffer, at: number): bigint => readInteger(bytes, at, 8, signed);
  const wrap = (value: bigint): bigint => (signed ? BigInt.asIntN(64, value) : BigInt.asUintN(64, value));
  const integer = (value: bigint): Value => ({ kind: "integer", value, signed, size: 8 });
  const sum = (at: number): bigint => wrap(cpus.reduce((total, bytes) => total + read(bytes, at), 0n));
  switch (type.function) {
    case "min":
    case "max": {
      const set = cpus.filter((bytes) => bytes.readBigUInt64LE(8) !== 0n).map((bytes) => read(bytes, 0));
      const pick = (a: bigint, b: bigint): bigint => ((type.function === "min") === a < b ? a : b);
      const value = set.length === 0 ? 0n : set.reduce(pick);
      return { value: integer(value), rank: BigInt.asUintN(64, value) };
    }
    case "avg":
    case "stats": {
      const total = sum(0);
      const count = cpus.reduce((all, bytes) => all + bytes.readBigUInt64LE(8), 0n);
      const average = count === 0n ? 0n : total / count;
      const value: Value =
        type.function === "avg"
          ? { kind: "average", average, count }
          : { kind: "stats", count, average, total, signed };
      return { value, rank: average };
    }
    default: {
      const total = sum(0);
      return { value: integer(total), rank: total };
    }
  }
}

/** Histograms and time series keep a bucket number behind the user's key: entries of one key belong together. */
function gather(spec: MapSpec, raw: RawMap, context: DecodeContext): readonly Sortable[] {
  const groups = new Map<string, { readonly key: Buffer; readonly slots: SeriesSlot[] }>();
  const userBytes = Math.max(0, spec.keySize - 8);
  // A scalar histogram is an array with an entry for each bucket, its u32 number the key; most are empty.
  const inArray = spec.storage === "array";
  for (const entry of raw.entries) {
    if (inArray && entry.value.every((byte) => byte === 0)) continue;
    const user = entry.key.subarray(0, spec.key === undefined ? 0 : userBytes);
    const id = user.toString("latin1");
    const group = groups.get(id) ?? { key: user, slots: [] };
    const slot = inArray ? BigInt(entry.key.readUInt32LE(0)) : entry.key.readBigUInt64LE(userBytes);
    group.slots.push({ slot, cpus: cpuValues(spec, entry.value) });
    groups.set(id, group);
  }
  const { value } = spec;
  if (value.kind !== "aggregation") return [];
  return [...groups.values()].map(({ key, slots }) => {
    const decodedKey = spec.key === undefined ? undefined : decodeValue(key, 0, spec.key, context);
    if (value.function === "tseries") {
      return {
        key: decodedKey,
        value: { kind: "time-series", intervalNs: value.parameters[0] ?? 1n, points: pointsOf(value, slots) },
        rank: undefined,
      };
    }
    const counts = slots.map(({ slot, cpus }) => ({
      bucket: Number(slot),
      count: cpus.reduce((total, bytes) => total + bytes.readBigUInt64LE(0), 0n),
    }));
    const rank = counts.reduce((total, { count }) => total + count, 0n);
    return { key: decodedKey, value: { kind: "histogram", buckets: bucketsOf(value, counts) }, rank };
  });
}
