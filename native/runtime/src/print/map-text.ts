/** A map snapshot as text: `@name[key]: value` lines, histograms below their key. */

import type { AggregationType, MapSpec, Type } from "@probewright/compiler";
import type { MapSnapshot } from "../session/events.ts";
import type { Value } from "../values/value.ts";
import { fractionDigits, histogramText, timeSeriesText, type BoundStyle } from "./histogram.ts";
import { keyBytes, valueBytes, type TextOptions } from "./text.ts";

export interface MapTextOptions extends TextOptions {
  readonly divisor: number;
  readonly localTime: (startNs: bigint, fractionDigits: number) => string;
}

/** @returns nothing for a keyed map without entries */
export function mapBytes(snapshot: MapSnapshot, spec: MapSpec, options: MapTextOptions): Buffer {
  const parts: Buffer[] = [];
  for (const { key, value } of divided(snapshot, spec, options.divisor).entries) {
    parts.push(Buffer.from(`@${snapshot.name}`));
    if (key !== undefined) parts.push(Buffer.from("["), keyBytes(key, options), Buffer.from("]"));
    parts.push(Buffer.from(":"));
    if (value.kind === "histogram") {
      parts.push(Buffer.from(`\n${histogramText(value.buckets, boundStyle(spec.value))}\n`));
    } else if (value.kind === "time-series") {
      const digits = fractionDigits(value.intervalNs);
      parts.push(
        Buffer.from(`\n${timeSeriesText(value, (startNs) => options.localTime(startNs, digits))}\n`),
      );
    } else {
      parts.push(Buffer.from(" "), valueBytes(value, options), Buffer.from("\n"));
    }
  }
  return Buffer.concat(parts);
}

/** A histogram or series without a sample shows nothing when it is asked for, not even its name. */
export function isEmptyPlot({ shape, empty }: MapSnapshot): boolean {
  return empty && (shape === "histogram" || shape === "time-series");
}

/** `lhist` spells bounds with K and M when its step is a multiple of 1024. */
export function boundStyle(type: Type): BoundStyle {
  if (type.kind !== "aggregation" || type.function === "hist") {
    const bits = type.kind === "aggregation" ? Number(type.parameters[0] ?? 0n) : 0;
    return { kind: "log", bits };
  }
  return { kind: "linear", maxPower: linearStep(type) % 1024n === 0n ? 2 : 0 };
}

function linearStep(type: AggregationType): bigint {
  return type.parameters[2] ?? 1n;
}

/** What `print(@m, top, divisor)` shows. */
export function divided(snapshot: MapSnapshot, { value: type }: MapSpec, divisor: number): MapSnapshot {
  if (divisor <= 1) return snapshot;
  const isHist = type.kind === "aggregation" && type.function === "hist";
  const by = BigInt(divisor);
  const entries = snapshot.entries.map(({ key, value }) => ({ key, value: divideValue(value, by, isHist) }));
  return { ...snapshot, entries };
}

/** Integers, in tuples, records and arrays too. Of a linear histogram nothing is divided. */
function divideValue(value: Value, by: bigint, isHist: boolean): Value {
  const part = (inner: Value): Value => divideValue(inner, by, isHist);
  switch (value.kind) {
    case "integer":
      return { ...value, value: value.value / by };
    case "tuple":
    case "array":
      return { ...value, elements: value.elements.map(part) };
    case "record":
      return { ...value, fields: value.fields.map((field) => ({ ...field, value: part(field.value) })) };
    case "average":
      return { ...value, average: value.average / by };
    case "stats":
      return { ...value, average: value.average / by };
    case "histogram":
      return isHist
        ? { ...value, buckets: value.buckets.map((bucket) => ({ ...bucket, count: bucket.count / by })) }
        : value;
    default:
      return value;
  }
}
