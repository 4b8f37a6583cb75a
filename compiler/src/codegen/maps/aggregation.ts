/** `@m = count()` and its like: each CPU adds to its own value, in place. */

import type { CoreAggregate } from "../../core/core.ts";
import type { FunctionBuilder } from "../../ir/builder.ts";
import { constant, type IrOperand } from "../../ir/ir.ts";
import type { AggregationType } from "../../types/type.ts";
import { bucketKey } from "./map-access.ts";
import { bucketCount, isBucketed, type MapStorage } from "../program/map-storage.ts";
import { changeInPlace } from "./map-update.ts";
import type { Scope } from "../program/scope.ts";
import { isSigned } from "../program/shape.ts";
import { tseriesBucket, updateTseries } from "./tseries.ts";

const SECOND = 8;

export function aggregate(scope: Scope, node: CoreAggregate): void {
  const { build } = scope;
  const { aggregation, argument } = node;
  const storage = scope.program.mapOf(node.map);
  const measured =
    argument === undefined
      ? constant("i64", 1n)
      : build.resize(scope.scalar(argument), "i64", isSigned(argument.type));
  if (aggregation.function === "tseries") {
    const { bucket, epoch, now } = tseriesBucket(scope, aggregation);
    changeInPlace(scope, storage, bucketKey(scope, storage, node.key, bucket), (value) => {
      updateTseries(scope, aggregation, value, measured, epoch, now);
    });
    return;
  }
  const key = isBucketed(aggregation)
    ? bucketKey(scope, storage, node.key, bucketOf(build, aggregation, measured))
    : scope.map(node.map).key(node.key);
  changeInPlace(scope, storage, key, (value) => {
    add(scope, storage, aggregation, value, measured);
  });
}

function add(
  scope: Scope,
  storage: MapStorage,
  aggregation: AggregationType,
  value: IrOperand,
  measured: IrOperand,
): void {
  const { build } = scope;
  const one = constant("i64", 1n);
  const increase = (address: IrOperand, by: IrOperand): void => {
    increaseOwn(build, address, by, scope.program.exclusive.maps.has(storage.map));
  };
  switch (aggregation.function) {
    case "count":
    case "hist":
    case "lhist":
      increase(value, one);
      return;
    case "sum":
      increase(value, measured);
      if (storage.kind === "slots") build.store(build.offset(value, SECOND), one, 8);
      return;
    case "avg":
    case "stats":
      increase(value, measured);
      increase(build.offset(value, SECOND), one);
      return;
    case "min":
    case "max":
      keepExtreme(build, aggregation, value, measured);
      return;
    case "tseries":
      return;
  }
}

/** Adds to a value of this CPU. Unless `exclusive`, an interrupting program may add to the same. */
function increaseOwn(build: FunctionBuilder, address: IrOperand, by: IrOperand, exclusive: boolean): void {
  if (exclusive) build.store(address, build.binary("add", build.load("i64", address, 8), by), 8);
  else build.atomic("add", address, by);
}

/** Replaces the value when beaten; when an interrupting program was faster, once more against its value. */
function keepExtreme(
  build: FunctionBuilder,
  aggregation: AggregationType,
  value: IrOperand,
  measured: IrOperand,
): void {
  const order = aggregation.signed ? "slt" : "ult";
  const beats = (old: IrOperand): IrOperand =>
    aggregation.function === "min"
      ? build.compare(order, measured, old)
      : build.compare(order, old, measured);
  const mark = build.offset(value, SECOND);
  const old = build.load("i64", value, 8);
  const replace = build.local("replace", "i1");
  build.write(replace, constant("i1", 1n));
  build.when(build.isNotZero(build.load("i64", mark, 8)), () => {
    build.write(replace, beats(old));
  });
  build.when(build.read(replace), () => {
    const seen = build.compareExchange(value, old, measured);
    build.store(mark, constant("i64", 1n), 8);
    build.when(build.compare("ne", seen, old), () => {
      build.when(beats(seen), () => {
        build.compareExchange(value, seen, measured);
      });
    });
  });
}

/**
 * Number of the bucket a value falls into.
 * hist with k bits: 0 is for negative values; with N = 2^k, values below 2N have bucket value + 1; above, each power of
 * two has N buckets. lhist: 0 is below the least, then one for each step, the last is for the most and above.
 */
export function bucketOf(build: FunctionBuilder, aggregation: AggregationType, value: IrOperand): IrOperand {
  return aggregation.function === "hist"
    ? powerBucket(build, aggregation, value)
    : linearBucket(build, aggregation, value);
}

function powerBucket(build: FunctionBuilder, { parameters }: AggregationType, value: IrOperand): IrOperand {
  const bits = Number(parameters[0] ?? 0n);
  const result = build.local("bucket", "i64");
  build.write(result, constant("i64", 0n));
  build.when(build.compare("sge", value, constant("i64", 0n)), () => {
    const [rest, log] = [build.local("rest", "i64"), build.local("log", "i64")];
    build.write(rest, value);
    build.write(log, constant("i64", 0n));
    for (const step of [32, 16, 8, 4, 2, 1]) {
      build.when(build.compare("uge", build.read(rest), constant("i64", 1n << BigInt(step))), () => {
        build.write(rest, build.binary("lshr", build.read(rest), constant("i64", step)));
        build.write(log, build.binary("add", build.read(log), constant("i64", step)));
      });
    }
    const shift = build.local("shift", "i64");
    build.write(shift, constant("i64", 0n));
    const top = build.read(log);
    build.when(build.compare("ugt", top, constant("i64", bits)), () => {
      build.write(shift, build.binary("sub", top, constant("i64", bits)));
    });
    const amount = build.binary("and", build.read(shift), constant("i64", 63n));
    const group = build.binary("shl", amount, constant("i64", bits));
    const inGroup = build.binary("lshr", value, amount);
    build.write(result, build.binary("add", build.binary("add", group, inGroup), constant("i64", 1n)));
  });
  return build.read(result);
}

function linearBucket(build: FunctionBuilder, aggregation: AggregationType, value: IrOperand): IrOperand {
  const [least = 0n, most = 0n, step = 1n] = aggregation.parameters;
  const [below, beyond] = aggregation.signed ? (["slt", "sge"] as const) : (["ult", "uge"] as const);
  const result = build.local("bucket", "i64");
  build.write(result, constant("i64", 0n));
  build.when(build.not(build.compare(below, value, constant("i64", least))), () => {
    build.either(
      build.compare(beyond, value, constant("i64", most)),
      () => {
        build.write(result, constant("i64", bucketCount(aggregation) - 1));
      },
      () => {
        const distance = build.binary("sub", value, constant("i64", least));
        const number = step === 1n ? distance : build.binary("udiv", distance, constant("i64", step));
        build.write(result, build.binary("add", number, constant("i64", 1n)));
      },
    );
  });
  return build.read(result);
}
