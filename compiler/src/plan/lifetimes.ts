/**
 * When each stack object of a function holds something: from its first touch to its last. Objects that never hold
 * something at the same time may share bytes.
 */

import { controlFlow, type ControlFlow } from "../ir/control-flow.ts";
import { type IrBlock, type IrFunction, type IrInstruction, type StackObject } from "../ir/ir.ts";
import { forEachOperand } from "../ir/operands.ts";
import { basesOf, union, type Bases, type Numbers } from "./bases.ts";
import {
  add,
  copyRow,
  emptyRows,
  emptySet,
  forEachMember,
  has,
  include,
  includeInRow,
  remove,
  type BitRows,
  type BitSet,
} from "./bit-set.ts";

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
  const before = known.get(fn);
  if (before !== undefined) return before;
  const lifetimes = findLifetimes(fn);
  known.set(fn, lifetimes);
  return lifetimes;
}

function findLifetimes(fn: IrFunction): Lifetimes {
  const bases = basesOf(fn);
  const { objects, numberOf } = bases;
  if (objects.length === 0) return { objects, interfere: () => false, pinned: new Set() };
  const flow = controlFlow(fn);
  const held = objectsHeld(fn, bases);
  const steps = flow.blocks.map((block) => stepsOf(block, bases, held));
  const wanted = wantedLater(flow, steps, objects.length);
  const before = touchedBefore(flow, steps, objects.length);
  const conflicts = objects.map(() => emptySet(objects.length));
  const [start, end] = [emptySet(objects.length), emptySet(objects.length)];
  steps.forEach((own, rank) => {
    if (own.length === 0) return;
    copyRow(before, rank, start);
    copyRow(wanted, rank, end);
    noteConflicts(own, start, end, conflicts);
  });
  return {
    objects,
    interfere: (left, right) => {
      const others = conflicts[numberOf.get(left) ?? 0];
      return others !== undefined && has(others, numberOf.get(right) ?? 0);
    },
    pinned: pinnedObjects(fn, bases),
  };
}

/** What an instruction does to objects: one holds nothing from here on, or some are touched. */
type Step = { readonly begins: number } | { readonly touches: Numbers };

function stepsOf({ instructions }: IrBlock, bases: Bases, held: Held): readonly Step[] {
  const steps: Step[] = [];
  for (const node of instructions) {
    if (node.kind === "begin") {
      steps.push({ begins: bases.numberOf.get(node.object) ?? 0 });
      continue;
    }
    const touches = withHeld(touchedBy(node, bases), held);
    if (touches.length > 0) steps.push({ touches });
  }
  return steps;
}

function touchedBy(node: IrInstruction, bases: Bases): Numbers {
  switch (node.kind) {
    case "load":
    case "store":
    case "atomic":
    case "compare-exchange":
    case "copy":
    case "zero":
    case "kernel-call":
      return touchedThrough(node, bases);
    case "helper":
    case "call": {
      const kept = node.keeps.flatMap((object) => bases.numberOf.get(object) ?? []);
      return union(touchedThrough(node, bases), kept);
    }
    default:
      return [];
  }
}

function touchedThrough(node: IrInstruction, bases: Bases): Numbers {
  let all: Numbers = [];
  forEachOperand(node, (operand) => {
    all = union(all, bases.of(operand));
  });
  return all;
}

type Held = ReadonlyMap<number, Numbers>;

/** Which objects hold addresses of which others: whoever reaches the one reaches the other. */
function objectsHeld(fn: IrFunction, bases: Bases): Held {
  const held = new Map<number, Numbers>();
  for (const { instructions } of fn.blocks) {
    for (const node of instructions) {
      if (node.kind !== "store") continue;
      const stored = bases.of(node.value);
      if (stored.length === 0) continue;
      for (const holder of bases.of(node.address)) held.set(holder, union(held.get(holder) ?? [], stored));
    }
  }
  return held;
}

function withHeld(touched: Numbers, held: Held): Numbers {
  if (held.size === 0 || touched.length === 0) return touched;
  const all = new Set(touched);
  for (const object of all) for (const more of held.get(object) ?? []) all.add(more);
  return [...all];
}

function takeStep(step: Step, set: BitSet): void {
  if ("begins" in step) remove(set, step.begins);
  else for (const n of step.touches) add(set, n);
}

/** By block, the objects that something after it still touches. */
function wantedLater(flow: ControlFlow, steps: readonly (readonly Step[])[], size: number): BitRows {
  const atEnd = emptyRows(steps.length, size);
  const start = emptySet(size);
  for (let changed = true; changed; ) {
    changed = false;
    for (let rank = steps.length - 1; rank >= 0; rank -= 1) {
      copyRow(atEnd, rank, start);
      const own = steps[rank] ?? [];
      for (let i = own.length - 1; i >= 0; i -= 1) {
        const step = own[i];
        if (step !== undefined) takeStep(step, start);
      }
      for (const before of flow.predecessors[rank] ?? []) {
        // Blocks before this one have their turn in this round, all but those that loop back to it.
        if (includeInRow(atEnd, before, start) && before >= rank) changed = true;
      }
    }
  }
  return atEnd;
}

/** By block, the objects that something before it may have touched. */
function touchedBefore(flow: ControlFlow, steps: readonly (readonly Step[])[], size: number): BitRows {
  const atStart = emptyRows(steps.length, size);
  const end = emptySet(size);
  for (let changed = true; changed; ) {
    changed = false;
    for (let rank = 0; rank < steps.length; rank += 1) {
      copyRow(atStart, rank, end);
      for (const step of steps[rank] ?? []) takeStep(step, end);
      for (const next of flow.successors[rank] ?? []) {
        if (includeInRow(atStart, next, end) && next <= rank) changed = true;
      }
    }
  }
  return atStart;
}

/** Objects that hold something while the same instruction runs get in each other's way. Changes both sets. */
function noteConflicts(
  steps: readonly Step[],
  before: BitSet,
  after: BitSet,
  conflicts: readonly BitSet[],
): void {
  const size = conflicts.length;
  const later = emptyRows(steps.length, size);
  for (let i = steps.length - 1; i >= 0; i -= 1) {
    const step = steps[i];
    if (step !== undefined) takeStep(step, after);
    includeInRow(later, i, after);
  }
  const alive = emptySet(size);
  const noteOne = (n: number): void => {
    const others = conflicts[n];
    if (others !== undefined) include(others, alive);
  };
  steps.forEach((step, i) => {
    takeStep(step, before);
    if ("begins" in step) return;
    copyRow(later, i, alive);
    for (let word = 0; word < alive.length; word += 1) alive[word] = (alive[word] ?? 0) & (before[word] ?? 0);
    forEachMember(alive, noteOne);
  });
}

/** Position of the callback's context among the arguments. */
export const CALLBACK_CONTEXT = 2;

function pinnedObjects(fn: IrFunction, bases: Bases): ReadonlySet<StackObject> {
  const pinned = new Set<StackObject>();
  for (const { instructions } of fn.blocks) {
    for (const call of instructions) {
      if (call.kind !== "helper" || (call.helper !== "loop" && call.helper !== "for_each_map_elem")) continue;
      const context = call.arguments[CALLBACK_CONTEXT];
      for (const n of context === undefined ? [] : bases.of(context)) {
        const object = bases.objects[n];
        if (object !== undefined) pinned.add(object);
      }
    }
  }
  return pinned;
}
