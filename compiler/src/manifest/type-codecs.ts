/** Codecs of types and of the definitions they name. */

import type {
  AggregationFunction,
  AggregationType,
  EnumDefinition,
  IntegerSize,
  IntegerType,
  RecordField,
  StackMode,
  StructDefinition,
  StructField,
  Type,
} from "../types/type.ts";
import {
  bigint,
  flag,
  lazy,
  list,
  mark,
  maybe,
  nothing,
  number,
  object,
  oneOf,
  text,
  union,
  type Codec,
} from "./codec.ts";

export const integerSize = oneOf<IntegerSize>({ 1: true, 2: true, 4: true, 8: true });
export const stackMode = oneOf<StackMode>({ bpftrace: true, perf: true, raw: true, build_id: true });

const aggregation = oneOf<AggregationFunction>({
  count: true,
  sum: true,
  min: true,
  max: true,
  avg: true,
  stats: true,
  hist: true,
  lhist: true,
  tseries: true,
});

const recordField: Codec<RecordField> = lazy(() => object<RecordField>({ name: text, type }));

export const type: Codec<Type> = lazy(() => typeUnion);

const typeUnion: Codec<Type> = union<Type>({
  none: nothing,
  void: nothing,
  boolean: nothing,
  "kernel-symbol": nothing,
  "user-symbol": nothing,
  username: nothing,
  timestamp: nothing,
  "timestamp-mode": nothing,
  "mac-address": nothing,
  "cgroup-path": nothing,
  inet: nothing,
  integer: object<Omit<IntegerType, "kind">>({
    size: integerSize,
    signed: flag,
    enumName: maybe(text),
    flexible: maybe(mark),
  }),
  pointer: object({
    to: type,
    space: oneOf<"none" | "kernel" | "user">({ none: true, kernel: true, user: true }),
  }),
  array: object({ element: type, count: number }),
  string: object({ size: number }),
  buffer: object({ capacity: number }),
  struct: object({ name: text }),
  tuple: object({ elements: list(type) }),
  record: object({ fields: list(recordField) }),
  stack: object({ user: flag, mode: stackMode, limit: number }),
  aggregation: object<Omit<AggregationType, "kind">>({
    function: aggregation,
    signed: flag,
    parameters: list(bigint),
    reduce: maybe(
      oneOf<"last" | "avg" | "sum" | "min" | "max">({
        last: true,
        avg: true,
        sum: true,
        min: true,
        max: true,
      }),
    ),
  }),
});

const structField: Codec<StructField> = object<StructField>({
  name: text,
  type,
  offset: number,
  bitfield: maybe(object({ shift: number, width: number })),
  unterminated: maybe(mark),
  dataLocation: maybe(flag),
  tags: maybe(list(text)),
  cType: maybe(text),
});

export const structDefinition: Codec<StructDefinition> = object<StructDefinition>({
  name: text,
  size: number,
  align: number,
  fields: list(structField),
  origin: oneOf<StructDefinition["origin"]>({
    script: true,
    kernel: true,
    "probe-arguments": true,
    binary: true,
  }),
});

export const enumDefinition: Codec<EnumDefinition> = object<EnumDefinition>({
  name: text,
  size: integerSize,
  members: list(object({ name: text, value: bigint })),
});
