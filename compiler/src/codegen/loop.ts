/** `for` loops: the body is a function that the kernel calls, once a round or once an element. */

import { invariant } from "../base/invariant.ts";
import type { CoreForMap, CoreForRange, CoreStatement, CoreVariable } from "../core/core.ts";
import { walk } from "../core/walk.ts";
import { advance, type Memory } from "../ir/emitter.ts";
import {
  constant,
  functionAddress,
  globalAddress,
  nullPointer,
  type IrOperand,
  type IrParameter,
  type StackObject,
} from "../ir/ir.ts";
import { alignOf, layoutOf, partsOf } from "../types/layout.ts";
import type { Type } from "../types/type.ts";
import { reduceAggregation } from "./maps/aggregation-read.ts";
import { loadScalar, storeScalar } from "./values/cast.ts";
import type { CoreLoop, FramePlan } from "./program/frames.ts";
import { isLive } from "./maps/kept-elements.ts";
import type { Home, Scope } from "./program/scope.ts";
import { registerType, temporaryAlign } from "./program/shape.ts";

/** What a callback answers: go on, or end the loop. */
const CONTINUE = constant("i64", 0n);
const STOP = constant("i64", 1n);

export function emitForRange(scope: Scope, node: CoreForRange): void {
  const { build } = scope;
  const plan = planOf(scope, node);
  const { signed } = node.variable.type;
  const start = build.resize(scope.scalar(node.start), "i64", signed);
  const end = build.resize(scope.scalar(node.end), "i64", signed);
  const startSlot = scope.frame.shared.starts.get(node);
  if (startSlot !== undefined) build.store(build.offset(scope.sharedFrame(scope.frame), startSlot), start, 8);
  const callback = scope.callback(node, plan, rangeParameters, (inner) => {
    const index = inner.build.resize(rangeIndex, "i64", false);
    const first = startSlot === undefined ? start : loadStart(inner, scope.frame, startSlot);
    const { type } = node.variable;
    const value = inner.build.resize(
      inner.build.binary("add", first, index),
      registerType(type) ?? "i64",
      false,
    );
    writeHome(inner, inner.home(node.variable), type, value);
    runBody(inner, node.body);
  });
  const { pointer, keeps } = shareFrame(scope);
  // Without a round the verifier drops the callback, and the kernel refuses a program that still has its address.
  build.when(build.compare(signed ? "slt" : "ult", start, end), () => {
    const rounds = build.local("rounds", "i64");
    build.write(rounds, build.binary("sub", end, start));
    // The helper takes 32 bits and refuses what is too much; more must not turn into less.
    build.when(build.compare("ugt", build.read(rounds), constant("i64", 0xffffffffn)), () => {
      build.write(rounds, constant("i64", 0xffffffffn));
    });
    const args = [build.read(rounds), functionAddress(callback), pointer, constant("i64", 0n)];
    const result = build.helper("loop", args, keeps);
    scope.checkHelper("loop", result);
  });
  returnIfAsked(scope, plan);
}

const rangeIndex: IrParameter = { kind: "parameter", type: "i64", name: "index" };
const frameParameter: IrParameter = { kind: "parameter", type: "ptr", name: "frame" };
const rangeParameters = [rangeIndex, frameParameter];
const elementKey: IrParameter = { kind: "parameter", type: "ptr", name: "key" };
const elementValue: IrParameter = { kind: "parameter", type: "ptr", name: "value" };
const mapParameters: readonly IrParameter[] = [
  { kind: "parameter", type: "ptr", name: "map" },
  elementKey,
  elementValue,
  frameParameter,
];

function loadStart(inner: Scope, outer: FramePlan, slot: number): IrOperand {
  return inner.build.load("i64", inner.build.offset(inner.sharedFrame(outer), slot), 8);
}

export function emitForMap(scope: Scope, node: CoreForMap): void {
  const { build } = scope;
  const plan = planOf(scope, node);
  const storage = scope.program.mapOf(node.map);
  scope.program.requiredFeatures.add("for_each_map_elem");
  const callback = scope.callback(node, plan, mapParameters, (inner) => {
    if (storage.kept) {
      inner.build.when(inner.build.not(isLive(inner, elementValue)), () => {
        inner.build.return(CONTINUE);
      });
    }
    bindElement(inner, node);
    runBody(inner, node.body);
  });
  const { pointer, keeps } = shareFrame(scope);
  const args = [globalAddress(storage.object), functionAddress(callback), pointer, constant("i64", 0n)];
  scope.checkHelper("for_each_map_elem", build.helper("for_each_map_elem", args, keeps));
  returnIfAsked(scope, plan);
}

function planOf(scope: Scope, loop: CoreLoop): FramePlan {
  const plan = scope.frame.loops.get(loop);
  invariant(plan !== undefined, "every loop was planned");
  return plan;
}

function runBody(inner: Scope, body: readonly CoreStatement[]): void {
  const { build } = inner;
  const exits = {
    onBreak: () => {
      build.return(STOP);
    },
    onContinue: () => {
      build.return(CONTINUE);
    },
  };
  inner.inLoop(exits, () => {
    inner.statements(body);
  });
  if (!build.ended) build.return(CONTINUE);
}

/** Hands the addresses of memory variables to the callback; scalars live in the frame itself. */
function shareFrame(scope: Scope): { readonly pointer: IrOperand; readonly keeps: readonly StackObject[] } {
  const { build, frame } = scope;
  if (frame.shared.bytes === 0) return { pointer: nullPointer, keeps: [] };
  const pointer = scope.sharedFrame(frame);
  const keeps: StackObject[] = [...scope.sharedObjects()];
  for (const [variable, slot] of frame.shared.slots) {
    if (registerType(variable.type) !== undefined) continue;
    const home = scope.home(variable);
    invariant(home.kind === "memory", "a shared variable lives in memory");
    build.store(build.offset(pointer, slot), home.memory().pointer, 8);
  }
  return { pointer, keeps };
}

/** After a loop in which `return` may have been met. */
function returnIfAsked(scope: Scope, plan: FramePlan): void {
  const { build } = scope;
  const root = rootOf(plan);
  const slot = root.shared.leaving;
  if (slot === undefined) return;
  const flag = build.load("i64", build.offset(scope.sharedFrame(root), slot), 8);
  build.when(build.isNotZero(flag), () => {
    if (scope.frame === root) scope.returnShared();
    else build.return(STOP);
  });
}

export function rootOf(plan: FramePlan): FramePlan {
  return plan.parent === undefined ? plan : rootOf(plan.parent);
}

/** How a body uses the element: as a whole, or only some of key and value. */
function usesOf(
  variable: CoreVariable,
  body: readonly CoreStatement[],
): { whole: boolean; key: boolean; value: boolean } {
  const uses = { whole: false, key: false, value: false };
  walk(body, (node) => {
    if (node.kind === "element" && node.object.kind === "variable" && node.object.variable === variable) {
      if (node.index === 0) uses.key = true;
      else uses.value = true;
      return false;
    }
    if (node.kind === "variable" && node.variable === variable) uses.whole = true;
    return true;
  });
  return uses;
}

/**
 * The element as it is now: another CPU may change it, or delete it and use its memory anew, while the body runs.
 * Only what the body looks at is copied.
 */
function bindElement(inner: Scope, node: CoreForMap): void {
  const { build, structs } = inner;
  const { variable } = node;
  invariant(variable.type.kind === "tuple", "the loop variable is a tuple of key and value");
  const [keyType, valueType] = variable.type.elements;
  invariant(keyType !== undefined && valueType !== undefined, "the loop variable is a pair");
  const uses = usesOf(variable, node.body);
  const shared = inner.frame.shared.slots.has(variable) || inner.frame.pinned.has(variable);
  if (!uses.whole && !shared) {
    const key = uses.key ? partHome(inner, keyType, `$${variable.name}.0`) : undefined;
    const value = uses.value ? partHome(inner, valueType, `$${variable.name}.1`) : undefined;
    if (key !== undefined) copyPart(inner, { pointer: elementKey, align: 8 }, keyType, key);
    if (value !== undefined) copyValue(inner, node, valueType, value);
    inner.setHome(variable, { kind: "parts", parts: [key, value] });
    return;
  }
  const home = inner.home(variable);
  invariant(home.kind === "memory", "a tuple lives in memory");
  const memory = home.memory();
  const { offsets, size } = layoutOf(partsOf(variable.type), structs);
  inner.zero(memory, size);
  const partAt = (index: number): Home => ({
    kind: "memory",
    memory: () => advance(memory, offsets[index] ?? 0, build),
  });
  copyPart(inner, { pointer: elementKey, align: 8 }, keyType, partAt(0));
  copyValue(inner, node, valueType, partAt(1));
}

function partHome(inner: Scope, type: Type, label: string): Home {
  const register = registerType(type);
  if (register !== undefined) return { kind: "local", local: inner.build.local(label, register) };
  const size = inner.sizeOf(type);
  const memory = inner.temporary(label, size, Math.max(alignOf(type, inner.structs), temporaryAlign(size)));
  return { kind: "memory", memory: () => memory };
}

function copyPart(inner: Scope, from: Memory, type: Type, to: Home): void {
  if (registerType(type) === undefined) {
    if (to.kind === "memory") inner.copy(to.memory(), from, inner.sizeOf(type));
  } else {
    writeHome(inner, to, type, loadScalar(inner, from, type));
  }
}

function writeHome(inner: Scope, to: Home, type: Type, value: IrOperand): void {
  if (to.kind === "local") inner.build.write(to.local, value);
  else if (to.kind === "memory") storeScalar(inner, to.memory(), type, value);
}

function copyValue(inner: Scope, node: CoreForMap, type: Type, to: Home): void {
  if (node.map.value.kind !== "aggregation") {
    copyPart(inner, { pointer: elementValue, align: 8 }, type, to);
    return;
  }
  const reduced = reduceAggregation(inner, node.map, { pointer: elementKey, keeps: [] });
  writeHome(inner, to, type, inner.build.resize(reduced, registerType(type) ?? "i64", false));
}
