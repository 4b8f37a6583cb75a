/**
 * When each stack object of a function holds something: from its first touch to its last. Objects that never hold
 * something at the same time may share bytes.
 */

import { controlFlow, type ControlFlow } from "../ir/control-flow.ts";
import {
  operandsOf,
  successorsOf,
  type IrBlock,
  type IrFunction,
  type IrInstruction,
  type IrOperand,
  type Local,
  type StackObject,
} from "../ir/ir.ts";
import { add, emptySet, has, include, intersect, members, remove, type BitSet } from "./bit-set.ts";

export interface Lifetimes {
  /** In order of first mention. */
  readonly objects: readonly StackObject[];
  readonly interfere: (left: StackObject, right: StackObject) => boolean;
  /** Whose address the kernel takes as a callback's context, which must be stack. */
  readonly pinned: ReadonlySet<StackObject>;
}

/** Functions never change, and the plan looks at most of them more than once. */
const known = new WeakMap<IrFunction, Lifetimes>();

export function lifetimesOf(fn: IrFunction): Lifetimes {
  const lifetimes = known.get(fn) ?? findLifetimes(fn);
  known.set(fn, lifetimes);
  return lifetimes;
}

function findLifetimes(fn: IrFunction): Lifetimes {
  const bases = basesOf(fn);
  const objects = objectsOf(fn);
  const numbers = new Map(objects.map((object, i) => [object, i]));
  const held = objectsHeld(fn, bases);
  const touches = rememberTouches((instruction) =>
    [...withHeld(touchedBy(instruction, bases), held)].flatMap((object) => {
      const number = numbers.get(object);
      return number === undefined ? [] : [number];
    }),
  );
  const flow = onlyTouching(controlFlow(fn), touches);
  const wanted = wantedLater(flow, objects.length, numbers, touches);
  const before = touchedBefore(flow, objects.length, numbers, touches);
  const conflicts = objects.map(() => emptySet(objects.length));
  for (const id of flow.reversePostorder) {
    const block = flow.blockById.get(id);
    if (block === undefined) continue;
    for (const alive of aliveAfterEach(block, wanted, before, numbers, touches)) {
      for (const n of members(alive)) include(conflicts[n] ?? alive, alive);
    }
  }
  return {
    objects,
    interfere: (left, right) =>
      has(conflicts[numbers.get(left) ?? 0] ?? emptySet(0), numbers.get(right) ?? 0),
    pinned: pinnedObjects(fn, bases),
  };
}

type Bases = (operand: IrOperand) => readonly StackObject[];

/** Objects that a pointer may point into. */
function basesOf(fn: IrFunction): Bases {
  const ofLocal = new Map<Local, Set<StackObject>>();
  const ofValue = new Map<IrOperand, readonly StackObject[]>();
  const bases: Bases = (operand) => {
    if (operand.kind === "local-read") return [...(ofLocal.get(operand.local) ?? [])];
    const known = ofValue.get(operand);
    if (known !== undefined) return known;
    const found = computeBases(operand, bases);
    ofValue.set(operand, found);
    return found;
  };
  for (let grew = true; grew; ) {
    grew = false;
    ofValue.clear();
    for (const block of fn.blocks) {
      for (const instruction of block.instructions) {
        if (instruction.kind !== "local-write") continue;
        const set = ofLocal.get(instruction.local) ?? new Set();
        const before = set.size;
        for (const object of bases(instruction.value)) set.add(object);
        ofLocal.set(instruction.local, set);
        if (set.size > before) grew = true;
      }
    }
  }
  return bases;
}

function computeBases(operand: IrOperand, bases: Bases): readonly StackObject[] {
  switch (operand.kind) {
    case "object-address":
      return [operand.object];
    case "offset":
    case "binary":
    case "select":
    case "convert":
    case "opaque":
    case "scalar-of":
      return operandsOf(operand).flatMap(bases);
    default:
      return [];
  }
}

function objectsOf(fn: IrFunction): readonly StackObject[] {
  const found = new Set<StackObject>();
  for (const block of fn.blocks) {
    for (const instruction of block.instructions) {
      if (instruction.kind === "object-address") found.add(instruction.object);
    }
  }
  return [...found];
}

function touchedBy(instruction: IrInstruction, bases: Bases): readonly StackObject[] {
  switch (instruction.kind) {
    case "load":
    case "store":
    case "atomic":
    case "compare-exchange":
    case "copy":
    case "zero":
    case "kernel-call":
      return operandsOf(instruction).flatMap(bases);
    case "helper":
    case "call":
      return [...operandsOf(instruction).flatMap(bases), ...instruction.keeps];
    default:
      return [];
  }
}

/** Which objects hold addresses of which others: whoever reaches the one reaches the other. */
function objectsHeld(fn: IrFunction, bases: Bases): ReadonlyMap<StackObject, ReadonlySet<StackObject>> {
  const held = new Map<StackObject, Set<StackObject>>();
  for (const block of fn.blocks) {
    for (const node of block.instructions) {
      if (node.kind !== "store") continue;
      for (const holder of bases(node.address)) {
        for (const object of bases(node.value)) held.set(holder, (held.get(holder) ?? new Set()).add(object));
      }
    }
  }
  return held;
}

function withHeld(
  objects: readonly StackObject[],
  held: ReadonlyMap<StackObject, ReadonlySet<StackObject>>,
): ReadonlySet<StackObject> {
  const all = new Set(objects);
  if (held.size === 0) return all;
  for (const object of all) for (const more of held.get(object) ?? []) all.add(more);
  return all;
}

type Touches = (instruction: IrInstruction) => readonly number[];

/** The same graph with nothing in its blocks but what matters here. */
function onlyTouching(flow: ControlFlow, touches: Touches): ControlFlow {
  const blockById = new Map(
    [...flow.blockById].map(([id, block]) => {
      const matters = (node: IrInstruction): boolean => node.kind === "begin" || touches(node).length > 0;
      return [id, { ...block, instructions: block.instructions.filter(matters) }] as const;
    }),
  );
  return { ...flow, blockById };
}

/** Data flow asks again and again. */
function rememberTouches(touches: Touches): Touches {
  const remembered = new Map<IrInstruction, readonly number[]>();
  return (instruction) => {
    const before = remembered.get(instruction);
    if (before !== undefined) return before;
    const found = touches(instruction);
    remembered.set(instruction, found);
    return found;
  };
}

type Numbers = ReadonlyMap<StackObject, number>;

/** For each block, the objects that something after it still touches. */
function wantedLater(
  flow: ControlFlow,
  size: number,
  numbers: Numbers,
  touches: Touches,
): ReadonlyMap<number, BitSet> {
  const atEnd = new Map(flow.reversePostorder.map((id) => [id, emptySet(size)]));
  const backwards = [...flow.reversePostorder].reverse();
  for (let changed = true; changed; ) {
    changed = false;
    for (const id of backwards) {
      const block = flow.blockById.get(id);
      const end = atEnd.get(id);
      if (block === undefined || end === undefined) continue;
      const start = end.slice();
      for (const instruction of [...block.instructions].reverse()) {
        if (instruction.kind === "begin") remove(start, numbers.get(instruction.object) ?? 0);
        for (const n of touches(instruction)) add(start, n);
      }
      for (const before of flow.predecessors.get(id) ?? []) {
        const set = atEnd.get(before);
        if (set !== undefined && include(set, start)) changed = true;
      }
    }
  }
  return atEnd;
}

/** For each block, the objects that something before it may have touched. */
function touchedBefore(
  flow: ControlFlow,
  size: number,
  numbers: Numbers,
  touches: Touches,
): ReadonlyMap<number, BitSet> {
  const atStart = new Map(flow.reversePostorder.map((id) => [id, emptySet(size)]));
  for (let changed = true; changed; ) {
    changed = false;
    for (const id of flow.reversePostorder) {
      const block = flow.blockById.get(id);
      const end = atStart.get(id)?.slice();
      if (block === undefined || end === undefined) continue;
      for (const instruction of block.instructions) {
        if (instruction.kind === "begin") remove(end, numbers.get(instruction.object) ?? 0);
        for (const n of touches(instruction)) add(end, n);
      }
      for (const next of successorsOf(block.terminator)) {
        const set = atStart.get(next);
        if (set !== undefined && include(set, end)) changed = true;
      }
    }
  }
  return atStart;
}

/** What holds something while each instruction runs. */
function aliveAfterEach(
  block: IrBlock,
  wanted: ReadonlyMap<number, BitSet>,
  held: ReadonlyMap<number, BitSet>,
  numbers: Numbers,
  touches: Touches,
): readonly BitSet[] {
  const later: BitSet[] = [];
  const after = wanted.get(block.id)?.slice() ?? emptySet(0);
  for (const instruction of [...block.instructions].reverse()) {
    if (instruction.kind === "begin") remove(after, numbers.get(instruction.object) ?? 0);
    for (const n of touches(instruction)) add(after, n);
    later.push(after.slice());
  }
  later.reverse();
  const before = held.get(block.id)?.slice() ?? emptySet(0);
  return block.instructions.flatMap((instruction, i) => {
    if (instruction.kind === "begin") remove(before, numbers.get(instruction.object) ?? 0);
    const touched = touches(instruction);
    for (const n of touched) add(before, n);
    const wantedHere = later[i];
    return touched.length === 0 || wantedHere === undefined ? [] : [intersect(before, wantedHere)];
  });
}

/** Position of the callback's context among the arguments. */
export const CALLBACK_CONTEXT = 2;

function pinnedObjects(fn: IrFunction, bases: Bases): ReadonlySet<StackObject> {
  const pinned = new Set<StackObject>();
  for (const block of fn.blocks) {
    for (const call of block.instructions) {
      if (call.kind !== "helper" || (call.helper !== "loop" && call.helper !== "for_each_map_elem")) continue;
      const context = call.arguments[CALLBACK_CONTEXT];
      if (context !== undefined) for (const object of bases(context)) pinned.add(object);
    }
  }
  return pinned;
}
