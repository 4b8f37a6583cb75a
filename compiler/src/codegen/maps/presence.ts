/** Whether a scalar map was written: it has memory all the time, and a mark beside its value. */

import { constant, globalAddress } from "../../ir/ir.ts";
import type { Memory } from "../../ir/emitter.ts";
import type { MapStorage } from "../program/map-storage.ts";
import type { Scope } from "../program/scope.ts";
import { tellMiss, tellsMisses } from "./event.ts";

/** Address of the mark that a scalar map was written. */
export function presence(scope: Scope, storage: MapStorage): Memory {
  const pointer = scope.build.offset(globalAddress(`AT_${storage.map.name}`), storage.presentOffset ?? 0);
  return { pointer, align: 8 };
}

/** Says of a scalar map that is read that no probe has written it yet. */
export function tellUnwritten(scope: Scope, storage: MapStorage): void {
  const { build } = scope;
  if (storage.kind !== "data" || !tellsMisses(scope)) return;
  build.when(build.isZero(build.load("i64", presence(scope, storage).pointer, 8)), () => {
    tellMiss(scope, storage.map);
  });
}

export function markPresent(scope: Scope, storage: MapStorage): void {
  scope.build.store(presence(scope, storage).pointer, constant("i64", 1n), 8);
}
