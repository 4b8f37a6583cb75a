/**
 * Hashes whose deleted elements stay. Taking an element out of a hash and putting it back costs the kernel several times
 * what finding it does, and scripts that measure durations do nothing else: `@start[tid] = nsecs`, then `delete`. So an
 * element that a program deletes only gets a mark, and is there when its key comes again. When the hash is full, some
 * marked elements are removed for good.
 *
 * A value is {number, u64 mark}. The number is written before the mark and read after it.
 */

import type { Place } from "../../diagnostics/diagnostic.ts";
import { FunctionBuilder } from "../../ir/builder.ts";
import type { KeyPointer, Memory } from "../../ir/emitter.ts";
import {
  constant,
  functionAddress,
  globalAddress,
  nullPointer,
  type IrFunction,
  type IrOperand,
  type IrParameter,
} from "../../ir/ir.ts";
import { storeScalar } from "../values/cast.ts";
import type { MapStorage } from "../program/map-storage.ts";
import type { Scope } from "../program/scope.ts";

export const MARK = 8;
const KEPT_BYTES = 16;
const DELETED = constant("i64", 0n);
const LIVE = constant("i64", 1n);
/** Some program is taking the element out; what is written to it now is lost. */
const LEAVING = constant("i64", 2n);

/**
 * About so many elements are taken out at a time, for a program may not stop its CPU for long: a power of two. By chance,
 * since the verifier would follow a counter through each of its values.
 */
const REMOVED_AT_A_TIME = 64n;

const ANY = constant("i64", 0n);

/** Pointer to the live element under `key`, or null. */
export function findLive(scope: Scope, found: IrOperand): IrOperand {
  const { build } = scope;
  const result = build.local("element", "ptr");
  build.write(result, found);
  build.when(build.isNotZero(found), () => {
    build.when(build.not(isLive(scope, found)), () => {
      build.write(result, constant("ptr", 0n));
    });
  });
  return build.read(result);
}

/** i1: whether the script has this element. */
export function isLive(scope: Scope, element: IrOperand): IrOperand {
  const { build } = scope;
  return build.compare("eq", build.load("i64", build.offset(element, MARK), 8, true), LIVE);
}

/** i1: whether it was live. The number is cleared first, so that whoever revives it by adding starts from zero. */
export function markDeleted(scope: Scope, found: IrOperand): IrOperand {
  const { build } = scope;
  const was = build.local("was", "i1");
  build.write(was, constant("i1", 0n));
  build.when(build.isNotZero(found), () => {
    build.store(found, constant("i64", 0n), 8, true);
    const before = build.atomic("xchg", build.offset(found, MARK), DELETED);
    build.write(was, build.compare("eq", before, LIVE));
  });
  return build.read(was);
}

/** Lets `write` change the number of the element under `key` in place, or puts `fresh` under the key. */
export function writeKept(
  scope: Scope,
  storage: MapStorage,
  key: KeyPointer,
  write: (element: Memory) => void,
  fresh: IrOperand,
): IrOperand {
  const { build } = scope;
  const map = globalAddress(storage.object);
  const written = build.local("written", "i1");
  const result = build.local("result", "i64");
  build.write(written, constant("i1", 0n));
  build.write(result, constant("i64", 0n));
  const found = build.helper("map_lookup_elem", [map, key.pointer], key.keeps);
  build.when(build.isNotZero(found), () => {
    write({ pointer: found, align: 8 });
    const before = build.atomic("xchg", build.offset(found, MARK), LIVE);
    build.write(written, build.compare("ne", before, LEAVING));
    build.when(build.not(build.read(written)), () => {
      // What is put under the key again may be taken out with the old element: it counts as lost.
      scope.countLoss("map-update", `@${storage.map.name}`);
    });
  });
  build.when(build.not(build.read(written)), () => {
    build.write(result, insert(scope, storage, key, fresh));
  });
  return build.read(result);
}

/** @returns what the helper said, after having made room if there was none */
function insert(scope: Scope, storage: MapStorage, key: KeyPointer, fresh: IrOperand): IrOperand {
  const { build } = scope;
  const map = globalAddress(storage.object);
  const value = scope.temporary(`value of @${storage.map.name}`, KEPT_BYTES, 8);
  build.store(value.pointer, constant("i64", 0n), 8);
  storeScalar(scope, value, storage.map.value, fresh);
  build.store(build.offset(value.pointer, MARK), LIVE, 8);
  const update = (): IrOperand =>
    build.helper("map_update_elem", [map, key.pointer, value.pointer, ANY], key.keeps);
  const result = build.local("result", "i64");
  build.write(result, update());
  build.when(build.compare("slt", build.read(result), constant("i64", 0n)), () => {
    const callback = functionAddress(
      scope.program.callbackFor(`remove_deleted_${storage.index}`, build.place, (name, place) =>
        removeDeleted(name, place, storage),
      ),
    );
    build.helper("for_each_map_elem", [map, callback, nullPointer, constant("i64", 0n)]);
    build.write(result, update());
  });
  return build.read(result);
}

const keyParameter: IrParameter = { kind: "parameter", type: "ptr", name: "key" };
const valueParameter: IrParameter = { kind: "parameter", type: "ptr", name: "value" };
const frameParameter: IrParameter = { kind: "parameter", type: "ptr", name: "frame" };
const parameters: readonly IrParameter[] = [
  { kind: "parameter", type: "ptr", name: "map" },
  keyParameter,
  valueParameter,
  frameParameter,
];

function callbackBuilder(name: string, title: string, place: Place): FunctionBuilder {
  return new FunctionBuilder({
    name,
    title,
    kind: "callback",
    section: undefined,
    parameters,
    returns: "i64",
    place,
  });
}

/** Takes out an element that is marked, and goes on to the next or ends. */
function removeDeleted(name: string, place: Place, storage: MapStorage): IrFunction {
  const build = callbackBuilder(name, `making room in @${storage.map.name}`, place);
  const before = build.compareExchange(build.offset(valueParameter, MARK), DELETED, LEAVING);
  build.when(build.isZero(before), () => {
    build.helper("map_delete_elem", [globalAddress(storage.object), keyParameter]);
    const chance = build.binary(
      "and",
      build.helper("get_prandom_u32", []),
      constant("i64", REMOVED_AT_A_TIME - 1n),
    );
    build.when(build.isZero(chance), () => {
      build.return(constant("i64", 1n));
    });
  });
  build.return(constant("i64", 0n));
  return build.finish();
}

/** i64: live elements. */
export function countLive(scope: Scope, storage: MapStorage): IrOperand {
  const { build } = scope;
  const total = scope.temporary(`len(@${storage.map.name})`, 8, 8);
  build.store(total.pointer, constant("i64", 0n), 8);
  const callback = functionAddress(scope.program.callbackFor("count_live_element", build.place, countOne));
  const args = [globalAddress(storage.object), callback, total.pointer, constant("i64", 0n)];
  scope.checkHelper("for_each_map_elem", build.helper("for_each_map_elem", args, [total.object]));
  return build.load("i64", total.pointer, 8);
}

function countOne(name: string, place: Place): IrFunction {
  const build = callbackBuilder(name, "len()", place);
  const mark = build.load("i64", build.offset(valueParameter, MARK), 8);
  build.when(build.compare("eq", mark, LIVE), () => {
    const more = build.binary("add", build.load("i64", frameParameter, 8), constant("i64", 1n));
    build.store(frameParameter, more, 8);
  });
  build.return(constant("i64", 0n));
  return build.finish();
}
