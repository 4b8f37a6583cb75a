/**
 * `tseries()`: one slot for each of the last intervals, used over and over. A slot is {value, meta, epoch}: epoch is the
 * number of the interval, by the wall clock, that the value is of; meta is, by way of reduction, the time of a last value,
 * the number of values of an average, else 1.
 */

import { constant, type IrOperand } from "../../ir/ir.ts";
import type { AggregationType } from "../../types/type.ts";
import type { Scope } from "../program/scope.ts";

const META = 8;
const EPOCH = 16;

export function tseriesBucket(
  scope: Scope,
  { parameters }: AggregationType,
): { readonly bucket: IrOperand; readonly epoch: IrOperand; readonly now: IrOperand } {
  const { build } = scope;
  const [interval = 1n, slots = 1n] = parameters;
  const now = currentTime(scope);
  const epoch = build.binary("udiv", now, constant("i64", interval));
  return { now, epoch, bucket: build.binary("urem", epoch, constant("i64", slots)) };
}

/** By the wall clock as it stood at the start: intervals begin at whole multiples of their length. */
function currentTime(scope: Scope): IrOperand {
  const { build, program } = scope;
  const { timeMap } = program.environment;
  const map = program.core.maps.find(({ name }) => timeMap !== undefined && timeMap === `@${name}`);
  if (map === undefined || program.mapOf(map).kind !== "data") {
    return build.binary("add", build.helper("ktime_get_boot_ns", []), scope.patched({ kind: "wall-offset" }));
  }
  const view = scope.map(map);
  return build.load("i64", view.lookup(view.key(undefined)), 8);
}

export function updateTseries(
  scope: Scope,
  aggregation: AggregationType,
  slot: IrOperand,
  measured: IrOperand,
  epoch: IrOperand,
  now: IrOperand,
): void {
  const { build } = scope;
  const reduce = aggregation.reduce ?? "last";
  const first = reduce === "last" ? now : constant("i64", 1n);
  const [meta, mark] = [build.offset(slot, META), build.offset(slot, EPOCH)];
  build.either(
    build.compare("ne", build.load("i64", mark, 8), epoch),
    () => {
      build.store(slot, measured, 8);
      build.store(meta, first, 8);
      build.store(mark, epoch, 8);
    },
    () => {
      combine(scope, aggregation, slot, measured, now);
    },
  );
}

function combine(
  scope: Scope,
  aggregation: AggregationType,
  slot: IrOperand,
  measured: IrOperand,
  now: IrOperand,
): void {
  const { build } = scope;
  const meta = build.offset(slot, META);
  switch (aggregation.reduce ?? "last") {
    case "last":
      build.when(build.compare("ugt", now, build.load("i64", meta, 8)), () => {
        build.store(slot, measured, 8);
        build.store(meta, now, 8);
      });
      return;
    case "avg":
      build.atomic("add", slot, measured);
      build.atomic("add", meta, constant("i64", 1n));
      return;
    case "sum":
      build.atomic("add", slot, measured);
      return;
    case "min":
    case "max": {
      const old = build.load("i64", slot, 8);
      const order = aggregation.signed ? "slt" : "ult";
      const beats =
        aggregation.reduce === "min"
          ? build.compare(order, measured, old)
          : build.compare(order, old, measured);
      build.when(beats, () => {
        build.store(slot, measured, 8);
      });
    }
  }
}
