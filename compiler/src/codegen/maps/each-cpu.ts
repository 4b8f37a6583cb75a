/** Visiting the values that a per-CPU map holds under one key. */

import type { KeyPointer } from "../../ir/emitter.ts";
import { constant, globalAddress, type IrOperand } from "../../ir/ir.ts";
import type { MapStorage } from "../program/map-storage.ts";
import type { Scope } from "../program/scope.ts";

/** Emits a loop over the CPUs; `visit` gets a pointer to the CPU's value, never null. */
export function eachCpu(
  scope: Scope,
  storage: MapStorage,
  key: KeyPointer,
  visit: (value: IrOperand) => void,
): void {
  const { build } = scope;
  const cpus = scope.patched({ kind: "cpu-count" });
  const cpu = build.local("cpu", "i64");
  const [head, body, found, after] = [
    build.createBlock(),
    build.createBlock(),
    build.createBlock(),
    build.createBlock(),
  ];
  build.write(cpu, constant("i64", 0n));
  build.jump(head);
  build.enter(head);
  build.branch(build.compare("ult", build.read(cpu), cpus), body, after);
  build.enter(body);
  const number = build.resize(build.read(cpu), "i32", false);
  const args = [globalAddress(storage.object), key.pointer, number];
  const value = build.helper("map_lookup_percpu_elem", args, key.keeps);
  build.branch(build.isZero(value), after, found);
  build.enter(found);
  build.region(() => {
    visit(value);
  });
  build.write(cpu, build.binary("add", build.read(cpu), constant("i64", 1n)));
  build.jump(head);
  build.enter(after);
}
