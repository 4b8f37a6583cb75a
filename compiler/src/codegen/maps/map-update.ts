/** Writing elements of maps that hold plain values. */

import type { CoreAssignMap, CoreExpression, CoreIncrement, CoreMap } from "../../core/core.ts";
import { walk } from "../../core/walk.ts";
import type { KeyPointer, Memory } from "../../ir/emitter.ts";
import { bytesOf, constant, globalAddress, type IrOperand } from "../../ir/ir.ts";
import { writeKept } from "./kept-elements.ts";
import { loadScalar, storeScalar } from "../values/cast.ts";
import { constantBytesOf } from "../values/constant-bytes.ts";
import { tellLostUpdate } from "./event.ts";
import { readsOf } from "./map-access.ts";
import { markPresent } from "./presence.ts";
import type { MapStorage } from "../program/map-storage.ts";
import type { Scope } from "../program/scope.ts";
import { isSigned, registerType, temporaryAlign } from "../program/shape.ts";

/** Flags of map_update_elem. */
const ANY = 0;
const ONLY_NEW = 1;

export function assignMap(scope: Scope, { map, key, value }: CoreAssignMap): void {
  const storage = scope.program.mapOf(map);
  if (storage.kind === "data") {
    assignData(scope, storage, value);
    return;
  }
  if (storage.inPlace) {
    assignNumber(scope, storage, key, value);
    return;
  }
  const written = valueMemory(scope, storage, value);
  const pointer = scope.map(map).key(key);
  const result = update(scope, storage, pointer, written, ANY);
  scope.checkHelper("map_update_elem", result, map);
}

/** An element that is there is overwritten where it is: finding it costs much less than putting in another. */
function assignNumber(
  scope: Scope,
  storage: MapStorage,
  key: CoreExpression | undefined,
  value: CoreExpression,
): void {
  const { build } = scope;
  const { map } = storage;
  const number = scope.scalar(value);
  const pointer = scope.map(map).key(key);
  build.forget(readsOf(map));
  const write = (element: Memory): void => {
    storeNumber(scope, element, number);
  };
  if (storage.kept) {
    scope.checkHelper("map_update_elem", writeKept(scope, storage, pointer, write, number), map);
    return;
  }
  const found = build.helper(
    "map_lookup_elem",
    [globalAddress(storage.object), pointer.pointer],
    pointer.keeps,
  );
  build.either(
    build.isNotZero(found),
    () => {
      write({ pointer: found, align: 8 });
    },
    () => {
      const size = storage.valueSize;
      const memory = scope.temporary(`value of @${map.name}`, size, temporaryAlign(size));
      storeScalar(scope, memory, map.value, number);
      scope.checkHelper("map_update_elem", update(scope, storage, pointer, memory, ANY), map);
    },
  );
}

/** In one move that LLVM does not put off: other CPUs look at it. */
function storeNumber({ build }: Scope, element: Memory, number: IrOperand): void {
  const stored = number.type === "i1" ? build.resize(number, "i8", false) : number;
  build.store(element.pointer, stored, bytesOf(stored.type), true);
}

function assignData(scope: Scope, storage: MapStorage, value: CoreExpression): void {
  const target: Memory = { pointer: globalAddress(`AT_${storage.map.name}`), align: 8 };
  if (registerType(value.type) === undefined && mentionsMap(value, storage.map)) {
    scope.copy(
      target,
      scope.memory({ kind: "block", type: value.type, place: value.place, statements: [], value }),
      scope.sizeOf(value.type),
    );
  } else {
    scope.into(value, target);
  }
  markPresent(scope, storage);
}

function mentionsMap(value: CoreExpression, map: CoreMap): boolean {
  let found = false;
  walk([value], (node) => {
    if (node.kind === "map-read" && node.map === map) found = true;
    return !found;
  });
  return found;
}

/** The value as bytes that the helper can read; what lies in memory already is not copied. */
function valueMemory(scope: Scope, storage: MapStorage, value: CoreExpression): Memory {
  const known = constantBytesOf(value, scope.structs);
  if (known !== undefined) return { pointer: scope.constantBytes(known), align: 8 };
  if (registerType(value.type) === undefined) return scope.memory(value);
  const size = storage.valueSize;
  const memory = scope.temporary(`value of @${storage.map.name}`, size, temporaryAlign(size));
  scope.into(value, memory);
  return memory;
}

export function update(
  scope: Scope,
  storage: MapStorage,
  key: KeyPointer,
  value: Memory,
  flags: number,
): IrOperand {
  const args = [globalAddress(storage.object), key.pointer, value.pointer, constant("i64", flags)];
  return scope.build.helper("map_update_elem", args, key.keeps);
}

/**
 * Finds the value under `key`, making it of zeroes when there is none, and lets `change` work on it in place, so that
 * nothing that happens at the same time on another CPU is lost.
 */
export function changeInPlace(
  scope: Scope,
  storage: MapStorage,
  key: KeyPointer,
  change: (value: IrOperand) => void,
): void {
  const { build } = scope;
  const map = globalAddress(storage.object);
  const slot = build.local("element", "ptr");
  const found = build.helper("map_lookup_elem", [map, key.pointer], key.keeps);
  build.write(slot, found);
  if (storage.kind === "hash") {
    build.when(build.isZero(found), () => {
      const zeroes: Memory = { pointer: scope.program.zeroes(storage.valueSize), align: 8 };
      const result = update(scope, storage, key, zeroes, ONLY_NEW);
      const made = build.helper("map_lookup_elem", [map, key.pointer], key.keeps);
      build.write(slot, made);
      build.when(build.isZero(made), () => {
        tellLostUpdate(scope, storage.map, result);
      });
    });
  }
  const value = build.read(slot);
  build.when(build.isNotZero(value), () => {
    change(value);
  });
}

/** @returns the value before or after, as the operator asks */
export function incrementMap(
  scope: Scope,
  node: CoreIncrement,
  map: CoreMap,
  key: CoreExpression | undefined,
  step: number,
): IrOperand {
  return addToMap(scope, map, key, (type) => constant(type, step), node);
}

/** Adds in place. `resultOf` is the node whose value this is. */
export function addToMap(
  scope: Scope,
  map: CoreMap,
  key: CoreExpression | undefined,
  addend: (type: IrOperand["type"]) => IrOperand,
  resultOf: { readonly prefix: boolean; readonly type: CoreExpression["type"] },
): IrOperand {
  const { build } = scope;
  const storage = scope.program.mapOf(map);
  build.forget(readsOf(map));
  const type = registerType(map.value) ?? "i64";
  const by = addend(type);
  const before = build.local("before", type);
  build.write(before, constant(type, 0n));
  const change = (value: IrOperand): void => {
    build.write(before, addAt(scope, { pointer: value, align: 8 }, map, by));
  };
  if (storage.kind === "data") {
    change(globalAddress(`AT_${map.name}`));
    markPresent(scope, storage);
  } else if (storage.kept) {
    const write = ({ pointer }: Memory): void => {
      change(pointer);
    };
    const result = writeKept(scope, storage, scope.map(map).key(key), write, by);
    scope.checkHelper("map_update_elem", result, map);
  } else {
    changeInPlace(scope, storage, scope.map(map).key(key), change);
  }
  const old = build.read(before);
  const result = resultOf.prefix ? build.binary("add", old, by) : old;
  return build.resize(result, registerType(resultOf.type) ?? "i64", isSigned(map.value));
}

/** The value before. Widths that BPF has atomic instructions for lose nothing to other CPUs. */
function addAt(scope: Scope, memory: Memory, map: CoreMap, by: IrOperand): IrOperand {
  const { build } = scope;
  if (by.type === "i64" || by.type === "i32") return build.atomic("add", memory.pointer, by);
  const old = loadScalar(scope, memory, map.value);
  storeScalar(scope, memory, map.value, build.binary("add", old, by));
  return old;
}
