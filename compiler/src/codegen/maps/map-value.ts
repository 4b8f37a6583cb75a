/** Values of maps that live in memory: where one is, and bringing it elsewhere. */

import type { CoreExpression } from "../../core/core.ts";
import type { Location, Memory } from "../../ir/emitter.ts";
import type { MapStorage } from "../program/map-storage.ts";
import type { Scope } from "../program/scope.ts";
import { statisticsInto } from "./aggregation-read.ts";
import { tellMiss } from "./event.ts";
import { tellUnwritten } from "./presence.ts";

/** The map's own memory, or zeroes when there is no such key. */
export function valueLocation(scope: Scope, storage: MapStorage, key: CoreExpression | undefined): Location {
  const { build } = scope;
  const map = scope.map(storage.map);
  tellUnwritten(scope, storage);
  const found = map.lookup(map.key(key));
  const size = scope.sizeOf(storage.map.value);
  const pointer = build.local("value", "ptr");
  build.write(pointer, found);
  build.when(build.isZero(found), () => {
    build.write(pointer, scope.program.zeroes(size));
    tellMiss(scope, storage.map);
  });
  return { kind: "direct", pointer: build.read(pointer), align: 8 };
}

export function valueInto(
  scope: Scope,
  storage: MapStorage,
  key: CoreExpression | undefined,
  memory: Memory,
): void {
  const { build } = scope;
  const map = scope.map(storage.map);
  const { value } = storage.map;
  if (value.kind === "aggregation") {
    statisticsInto(scope, { map: storage.map, aggregation: value, key: map.key(key) }, memory);
    return;
  }
  tellUnwritten(scope, storage);
  const found = map.lookup(map.key(key));
  const size = scope.sizeOf(value);
  build.either(
    build.isZero(found),
    () => {
      scope.zero(memory, size);
      tellMiss(scope, storage.map);
    },
    () => {
      scope.copy(memory, { pointer: found, align: 8 }, size);
    },
  );
}
