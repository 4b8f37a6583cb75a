/** An aggregation read in the program: its values reduced over all CPUs. */

import type { CoreMap } from "../../core/core.ts";
import type { KeyPointer, Memory } from "../../ir/emitter.ts";
import { constant, type IrOperand } from "../../ir/ir.ts";
import type { AggregationType } from "../../types/type.ts";
import { signedQuotient } from "../values/arithmetic.ts";
import { eachCpu } from "./each-cpu.ts";
import type { Scope } from "../program/scope.ts";

const SECOND = 8;

/** @returns an i64; 0 when there is no such key */
export function reduceAggregation(scope: Scope, map: CoreMap, key: KeyPointer): IrOperand {
  const { build } = scope;
  if (map.value.kind !== "aggregation") return constant("i64", 0n);
  const { function: name, signed } = map.value;
  const { total, second } = reduceParts(scope, map, map.value, key);
  if (name !== "avg") return total;
  const average = build.local("average", "i64");
  build.write(average, constant("i64", 0n));
  build.when(build.isNotZero(second), () => {
    build.write(average, signed ? signedQuotient(build, total, second) : build.binary("udiv", total, second));
  });
  return build.read(average);
}

/** Statistics for user space to look at: the total and how many there are, as each CPU keeps them. */
export function statisticsInto(
  scope: Scope,
  { map, aggregation, key }: { map: CoreMap; aggregation: AggregationType; key: KeyPointer },
  memory: Memory,
): void {
  const { build } = scope;
  const { total, second } = reduceParts(scope, map, aggregation, key);
  build.store(memory.pointer, total, memory.align);
  build.store(build.offset(memory.pointer, SECOND), second, memory.align);
}

interface Parts {
  /** The total, or what is smallest or largest. */
  readonly total: IrOperand;
  /** How many there are, or whether there is any. */
  readonly second: IrOperand;
}

function reduceParts(scope: Scope, map: CoreMap, aggregation: AggregationType, key: KeyPointer): Parts {
  const { build } = scope;
  const storage = scope.program.mapOf(map);
  scope.program.requiredFeatures.add("map_lookup_percpu_elem");
  const [total, second] = [build.local("total", "i64"), build.local("second", "i64")];
  build.write(total, constant("i64", 0n));
  build.write(second, constant("i64", 0n));
  eachCpu(scope, storage, key, (value) => {
    const own = build.load("i64", value, 8);
    if (aggregation.function === "count" || aggregation.function === "sum") {
      build.write(total, build.binary("add", build.read(total), own));
      return;
    }
    const mark = build.load("i64", build.offset(value, SECOND), 8);
    if (aggregation.function === "avg" || aggregation.function === "stats") {
      build.write(total, build.binary("add", build.read(total), own));
      build.write(second, build.binary("add", build.read(second), mark));
      return;
    }
    build.when(build.isNotZero(mark), () => {
      keepBest(scope, aggregation, own);
    });
  });
  function keepBest(inner: Scope, { function: name, signed }: AggregationType, own: IrOperand): void {
    const best = inner.build.read(total);
    const order = signed ? "slt" : "ult";
    const beats = name === "min" ? build.compare(order, own, best) : build.compare(order, best, own);
    const first = build.isZero(build.read(second));
    build.write(total, build.select(build.binary("or", first, beats), own, best));
    build.write(second, constant("i64", 1n));
  }
  return { total: build.read(total), second: build.read(second) };
}
