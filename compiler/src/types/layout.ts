/** Sizes, alignments and offsets, in bytes, of values in maps, events and on the stack. */

import type { AggregationFunction, StackType, StructTable, Type } from "./type.ts";

/** Where the parts of a tuple or record lie. */
export interface AggregateLayout {
  readonly size: number;
  readonly align: number;
  /** One per element, in the type's order. */
  readonly offsets: readonly number[];
}

/** Bytes of one CPU's value in a per-CPU map. */
const aggregationSizes: Readonly<Record<AggregationFunction, number>> = {
  count: 8,
  sum: 8,
  /** Value, is-set. */
  min: 16,
  max: 16,
  /** Total, count. */
  avg: 16,
  stats: 16,
  hist: 8,
  lhist: 8,
  /** Value, metadata, epoch. */
  tseries: 24,
};

const BUFFER_LENGTH_BYTES = 4;
const FRAME_BYTES = 8;
const BUILD_ID_FRAME_BYTES = 32;

/** @returns the value's size; 0 for a type without values and for a struct nobody knows */
export function sizeOf(type: Type, structs: StructTable): number {
  switch (type.kind) {
    case "none":
    case "void":
    case "timestamp-mode":
      return 0;
    case "boolean":
      return 1;
    case "integer":
      return type.size;
    case "pointer":
    case "kernel-symbol":
    case "username":
      return 8;
    case "user-symbol":
    case "timestamp":
    case "cgroup-path":
      return 16;
    case "mac-address":
      return 6;
    case "inet":
      return 24;
    case "array":
      return type.count * sizeOf(type.element, structs);
    case "string":
      return type.size;
    case "buffer":
      return type.capacity + BUFFER_LENGTH_BYTES;
    case "struct":
      return structs.findStruct(type.name)?.size ?? 0;
    case "tuple":
    case "record":
      return layoutOf(partsOf(type), structs).size;
    case "stack":
      return stackSize(type);
    case "aggregation":
      return aggregationSizes[type.function];
  }
}

/** Header (frame count; for user stacks also pid and probe), then the frames. */
function stackSize({ user, mode, limit }: StackType): number {
  const frame = mode === "build_id" ? BUILD_ID_FRAME_BYTES : FRAME_BYTES;
  return limit * frame + (user ? 16 : 8);
}

/** Natural alignment; 1 for what is a run of bytes, so that tuples of strings have no holes. */
export function alignOf(type: Type, structs: StructTable): number {
  switch (type.kind) {
    case "integer":
      return type.size;
    case "pointer":
    case "kernel-symbol":
    case "user-symbol":
    case "username":
    case "timestamp":
    case "cgroup-path":
    case "inet":
    case "stack":
    case "aggregation":
      return 8;
    case "buffer":
      return 4;
    case "array":
      return alignOf(type.element, structs);
    case "struct":
      return structs.findStruct(type.name)?.align ?? 1;
    case "tuple":
    case "record":
      return layoutOf(partsOf(type), structs).align;
    default:
      return 1;
  }
}

/** C-like: each element at its natural alignment, the whole padded to its strictest element. */
export function layoutOf(elements: readonly Type[], structs: StructTable): AggregateLayout {
  const offsets: number[] = [];
  let end = 0;
  let strictest = 1;
  for (const element of elements) {
    const align = alignOf(element, structs);
    strictest = Math.max(strictest, align);
    const offset = roundUp(end, align);
    offsets.push(offset);
    end = offset + sizeOf(element, structs);
  }
  return { size: roundUp(end, strictest), align: strictest, offsets };
}

/** The element types of a tuple, or the field types of a record, in the type's order. */
export function partsOf(type: Type & { readonly kind: "tuple" | "record" }): readonly Type[] {
  return type.kind === "tuple" ? type.elements : type.fields.map((field) => field.type);
}

export function roundUp(bytes: number, align: number): number {
  return Math.ceil(bytes / align) * align;
}
