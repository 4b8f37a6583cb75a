/** Finding, testing and removing elements of a map, whatever holds it. */

import type { CoreExpression, CoreMap } from "../../core/core.ts";
import type { KeyPointer } from "../../ir/emitter.ts";
import { constant, functionAddress, globalAddress, type IrFunction, type IrOperand } from "../../ir/ir.ts";
import { FunctionBuilder } from "../../ir/builder.ts";
import type { Place } from "../../diagnostics/diagnostic.ts";
import { countLive, findLive, markDeleted } from "./kept-elements.ts";
import { alignOf } from "../../types/layout.ts";
import { eachCpu } from "./each-cpu.ts";
import { valueInto, valueLocation } from "./map-value.ts";
import { presence } from "./presence.ts";
import { constantBytesOf } from "../values/constant-bytes.ts";
import type { MapStorage } from "../program/map-storage.ts";
import type { MapAccess, Scope } from "../program/scope.ts";
import { registerType, temporaryAlign } from "../program/shape.ts";

export function viewMap(scope: Scope, map: CoreMap): MapAccess {
  const storage = scope.program.mapOf(map);
  return {
    index: storage.index,
    address: globalAddress(`AT_${map.name}`),
    key: (key) => keyPointer(scope, storage, key),
    lookup: (key) => lookUp(scope, storage, key),
    remove: (key) => {
      scope.build.forget(readsOf(map));
      return remove(scope, storage, key);
    },
    has: (key) => hasElement(scope, storage, key),
    count: () => countElements(scope, storage),
    value: (key) => valueLocation(scope, storage, key),
    valueInto: (key, memory) => {
      valueInto(scope, storage, key, memory);
    },
  };
}

/** Beginning of the names under which values read from a map are remembered. */
export function readsOf(map: CoreMap | undefined): string {
  return map === undefined ? "read @" : `read @${map.name}[`;
}

/** Keys known while compiling are constants; variables in memory are used where they are. */
function keyPointer(scope: Scope, storage: MapStorage, key: CoreExpression | undefined): KeyPointer {
  if (key === undefined) return { pointer: scope.constantBytes(new Uint8Array(storage.keySize)), keeps: [] };
  const known = constantBytesOf(key, scope.structs);
  if (known !== undefined) return { pointer: scope.constantBytes(known), keeps: [] };
  if (key.kind === "variable" && registerType(key.type) === undefined) {
    return { pointer: scope.memory(key).pointer, keeps: [] };
  }
  const memory = keyMemory(scope, storage);
  scope.into(key, memory);
  return { pointer: memory.pointer, keeps: [memory.object] };
}

function keyMemory(scope: Scope, { map, keySize }: MapStorage): ReturnType<Scope["temporary"]> {
  const natural = map.key === undefined ? 8 : alignOf(map.key, scope.structs);
  return scope.temporary(`key of @${map.name}`, keySize, Math.max(natural, temporaryAlign(keySize)));
}

/** Key of one bucket: the user's key, then the bucket's number. */
export function bucketKey(
  scope: Scope,
  storage: MapStorage,
  key: CoreExpression | undefined,
  bucket: IrOperand,
): KeyPointer {
  const { build } = scope;
  const memory = keyMemory(scope, storage);
  if (storage.kind === "slots") {
    build.store(memory.pointer, build.resize(bucket, "i32", false), 4);
    return { pointer: memory.pointer, keeps: [memory.object] };
  }
  const before = storage.keySize - 8;
  if (key !== undefined) scope.into(key, memory);
  const align = Math.min(
    memory.align,
    before % 8 === 0 ? 8 : before % 4 === 0 ? 4 : before % 2 === 0 ? 2 : 1,
  );
  build.store(build.offset(memory.pointer, before), bucket, align);
  return { pointer: memory.pointer, keeps: [memory.object] };
}

function lookUp(scope: Scope, storage: MapStorage, key: KeyPointer): IrOperand {
  if (storage.kind === "data") return globalAddress(`AT_${storage.map.name}`);
  const map = globalAddress(storage.object);
  const found = scope.build.helper("map_lookup_elem", [map, key.pointer], key.keeps);
  return storage.kept ? findLive(scope, found) : found;
}

function hasElement(scope: Scope, storage: MapStorage, key: CoreExpression | undefined): IrOperand {
  const { build } = scope;
  if (storage.kind === "data") return build.isNotZero(build.load("i64", presence(scope, storage).pointer, 8));
  return build.isNotZero(lookUp(scope, storage, keyPointer(scope, storage, key)));
}

function remove(scope: Scope, storage: MapStorage, key: CoreExpression | undefined): IrOperand {
  const { build } = scope;
  switch (storage.kind) {
    case "hash": {
      const { pointer, keeps } = keyPointer(scope, storage, key);
      if (storage.kept) {
        const found = build.helper("map_lookup_elem", [globalAddress(storage.object), pointer], keeps);
        return markDeleted(scope, found);
      }
      return build.isZero(build.helper("map_delete_elem", [globalAddress(storage.object), pointer], keeps));
    }
    case "data": {
      const mark = presence(scope, storage).pointer;
      const before = build.atomic("xchg", mark, constant("i64", 0n));
      scope.zero({ pointer: globalAddress(`AT_${storage.map.name}`), align: 8 }, storage.presentOffset ?? 0);
      return build.isNotZero(before);
    }
    case "slots":
      return removeSlots(scope, storage);
  }
}

/** Zeroes the value of every CPU; of maps with buckets only what the runtime does by itself is possible. */
function removeSlots(scope: Scope, storage: MapStorage): IrOperand {
  const { build } = scope;
  const found = build.local("found", "i1");
  build.write(found, constant("i1", 0n));
  const key = keyPointer(scope, storage, undefined);
  eachCpu(scope, storage, key, (value) => {
    const mark = build.load("i64", build.offset(value, storage.presentOffset ?? 0), 8);
    build.when(build.isNotZero(mark), () => {
      build.write(found, constant("i1", 1n));
      scope.zero({ pointer: value, align: 8 }, storage.valueSize);
    });
  });
  return build.read(found);
}

/** The helper answers how many elements it visited. */
function countElements(scope: Scope, storage: MapStorage): IrOperand {
  const { build } = scope;
  if (storage.kept) return countLive(scope, storage);
  const callback = functionAddress(scope.program.callbackFor("visit_element", build.place, visitOnly));
  const args = [globalAddress(storage.object), callback, constant("ptr", 0n), constant("i64", 0n)];
  const result = build.helper("for_each_map_elem", args);
  scope.checkHelper("for_each_map_elem", result);
  return result;
}

function visitOnly(name: string, place: Place): IrFunction {
  const head = {
    name,
    title: "len()",
    kind: "callback",
    section: undefined,
    parameters: [],
    returns: "i64",
    place,
  } as const;
  const build = new FunctionBuilder(head);
  build.return(constant("i64", 0n));
  return build.finish();
}
