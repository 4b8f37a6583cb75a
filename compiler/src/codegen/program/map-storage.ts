/** Which kernel map, or which global data, holds each map of the script. */

import { oncePer } from "../../base/once.ts";
import type { CoreMap, CoreProgram, CoreStatement } from "../../core/core.ts";
import { walk } from "../../core/walk.ts";
import type { IrGlobal, IrMap } from "../../ir/ir.ts";
import type { MapSpec, SourcePosition } from "../../manifest/manifest.ts";
import { roundUp, sizeOf } from "../../types/layout.ts";
import type { AggregationType, StructTable } from "../../types/type.ts";
import { registerType } from "./shape.ts";

/** BPF_MAP_TYPE_* of include/uapi/linux/bpf.h. */
export const mapTypes = {
  hash: 1,
  array: 2,
  perfEventArray: 4,
  percpuHash: 5,
  percpuArray: 6,
  lruHash: 9,
  lruPercpuHash: 10,
  ringBuffer: 27,
} as const;

const PRESENT_BYTES = 8;
/** A kept element's value: the number, then its mark. */
const MARK_OFFSET = 8;
const MARKED_BYTES = 16;

/** A map of the script as it will be in the object. */
export interface MapStorage {
  readonly map: CoreMap;
  readonly index: number;
  /**
   * `data`: one value in a global. `slots`: a per-CPU array, one value or one per bucket. `hash`: any kernel hash.
   */
  readonly kind: "data" | "slots" | "hash";
  readonly perCpu: boolean;
  readonly object: string;
  /** Of the kernel map. */
  readonly keySize: number;
  readonly valueSize: number;
  readonly maxEntries: number;
  readonly presentOffset: number | undefined;
  /** Elements that programs delete stay in the hash, marked. See kept-elements.ts. */
  readonly kept: boolean;
  /** A value may be overwritten where it is: it is one number, and elements do not come and go by themselves. */
  readonly inPlace: boolean;
  readonly kernelMap: IrMap | undefined;
  readonly global: IrGlobal | undefined;
}

export const storeMaps = oncePer(
  ({ maps, structs, ...core }: CoreProgram): ReadonlyMap<CoreMap, MapStorage> => {
    const deleted = deletedFrom([...core.probes, ...core.subprograms].flatMap(({ body }) => body));
    return new Map(maps.map((map, index) => [map, storeMap(map, index, structs, deleted.has(map))]));
  },
);

function deletedFrom(body: readonly CoreStatement[]): ReadonlySet<CoreMap> {
  const maps = new Set<CoreMap>();
  walk(body, (node) => {
    const [map] = node.kind === "call" && node.name === "delete" ? node.arguments : [];
    if (map?.kind === "map-reference") maps.add(map.map);
    return true;
  });
  return maps;
}

function storeMap(map: CoreMap, index: number, structs: StructTable, deleted: boolean): MapStorage {
  const aggregation = map.value.kind === "aggregation" ? map.value : undefined;
  if (map.key !== undefined) return hashStorage(map, index, structs, deleted);
  if (aggregation === undefined) return dataStorage(map, index, structs);
  return aggregation.function === "tseries"
    ? hashStorage(map, index, structs, false)
    : slotStorage(map, aggregation, index);
}

/** Buckets are part of the key. */
export function isBucketed(type: AggregationType): boolean {
  return type.function === "hist" || type.function === "lhist" || type.function === "tseries";
}

function objectName(map: CoreMap): string {
  return `AT_${map.name}`;
}

function dataStorage(map: CoreMap, index: number, structs: StructTable): MapStorage {
  const presentOffset = roundUp(sizeOf(map.value, structs), 8);
  const size = presentOffset + PRESENT_BYTES;
  const section = `.data.${objectName(map)}`;
  return {
    map,
    index,
    kind: "data",
    perCpu: false,
    object: section,
    keySize: 4,
    valueSize: size,
    maxEntries: 1,
    presentOffset,
    kept: false,
    inPlace: true,
    kernelMap: undefined,
    global: {
      name: objectName(map),
      section,
      size,
      align: 8,
      initial: undefined,
      constant: false,
      patched: false,
      place: map.place,
    },
  };
}

function slotStorage(map: CoreMap, aggregation: AggregationType, index: number): MapStorage {
  const bucketed = isBucketed(aggregation);
  const valueSize = aggregation.function === "count" || bucketed ? 8 : 16;
  const maxEntries = bucketed ? bucketCount(aggregation) : 1;
  const presentOffset = bucketed ? undefined : aggregation.function === "count" ? 0 : 8;
  const type = mapTypes.percpuArray;
  return {
    map,
    index,
    kind: "slots",
    perCpu: true,
    object: objectName(map),
    keySize: 4,
    valueSize,
    maxEntries,
    presentOffset,
    kept: false,
    inPlace: false,
    kernelMap: { name: objectName(map), type, keySize: 4, valueSize, maxEntries, flags: 0 },
    global: undefined,
  };
}

function hashStorage(map: CoreMap, index: number, structs: StructTable, deleted: boolean): MapStorage {
  const perCpu = map.value.kind === "aggregation";
  const lru = map.mapType === "lruhash" || map.mapType === "percpulruhash";
  const type = perCpu
    ? lru
      ? mapTypes.lruPercpuHash
      : mapTypes.percpuHash
    : lru
      ? mapTypes.lruHash
      : mapTypes.hash;
  const bucket = map.value.kind === "aggregation" && isBucketed(map.value) ? 8 : 0;
  const userKey = map.key === undefined ? 0 : sizeOf(map.key, structs);
  const keySize = userKey + bucket;
  // Values that are one number, in maps from which the kernel throws out nothing by itself.
  const inPlace = !perCpu && !lru && registerType(map.value) !== undefined;
  const kept = inPlace && deleted;
  const valueSize = kept ? MARKED_BYTES : sizeOf(map.value, structs);
  const { maxEntries } = map;
  return {
    map,
    index,
    kind: "hash",
    perCpu,
    object: objectName(map),
    keySize,
    valueSize,
    maxEntries,
    presentOffset: kept ? MARK_OFFSET : undefined,
    kept,
    inPlace,
    kernelMap: { name: objectName(map), type, keySize, valueSize, maxEntries, flags: 0 },
    global: undefined,
  };
}

/** Numbers of buckets that values of 64 bits can fall into. See `bucketOf` in aggregation.ts for the numbering. */
export function bucketCount({ function: name, parameters }: AggregationType): number {
  if (name === "hist") {
    const bits = Number(parameters[0] ?? 0n);
    return ((62 - bits) << bits) + (2 << bits) + 1;
  }
  const [least = 0n, most = 0n, step = 1n] = parameters;
  return Number((most - least) / step) + 2;
}

export function describeMap(
  storage: MapStorage,
  writtenKeys: readonly string[],
  position: SourcePosition,
): MapSpec {
  const { map, index, object, perCpu, keySize, valueSize, maxEntries, presentOffset } = storage;
  return {
    index,
    name: map.name,
    object,
    storage: storage.kind === "hash" ? "hash" : "array",
    perCpu,
    key: map.key,
    writtenKeys,
    value: map.value,
    keySize,
    valueSize,
    maxEntries,
    presentOffset,
    position,
  };
}
