/** The counters of sites: a per-CPU array of {u64 produced, u64 lost}. */

import type { FunctionBuilder } from "../../ir/builder.ts";
import { constant, globalAddress, type IrOperand } from "../../ir/ir.ts";
import { COUNTERS } from "../program/program.ts";

const PRODUCED = 0;
const LOST = 8;

/** @param exclusive no program that counts can interrupt another */
export function countProduced(build: FunctionBuilder, key: IrOperand, exclusive: boolean): void {
  const counter = build.helper("map_lookup_elem", [globalAddress(COUNTERS), key]);
  build.when(build.isNotZero(counter), () => {
    const one = constant("i64", 1n);
    if (exclusive) build.store(counter, build.binary("add", build.load("i64", counter, 8), one), 8);
    else build.atomic("add", build.offset(counter, PRODUCED), one);
  });
}

export function countLost(build: FunctionBuilder, key: IrOperand): void {
  count(build, key, () => undefined);
}

/** Counts a loss; the first one of each CPU is also told. */
export function countLostAndTell(build: FunctionBuilder, key: IrOperand, tell: () => void): void {
  count(build, key, (before) => {
    build.when(build.isZero(before), tell);
  });
}

/** Atomic, for a program may be interrupted between reading and writing. The look-up of a constant key never fails. */
function count(build: FunctionBuilder, key: IrOperand, then: (before: IrOperand) => void): void {
  const counter = build.helper("map_lookup_elem", [globalAddress(COUNTERS), key]);
  build.when(build.isNotZero(counter), () => {
    then(build.atomic("add", build.offset(counter, LOST), constant("i64", 1n)));
  });
}
