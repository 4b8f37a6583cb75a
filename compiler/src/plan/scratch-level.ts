/**
 * How a program takes a level of its CPU's scratch memory and gives it back.
 * A program may be interrupted on its CPU by another one, or by another task in the same one, so there are several levels.
 */

import { invariant } from "../base/invariant.ts";
import { FunctionBuilder } from "../ir/builder.ts";
import { controlFlow, type ControlFlow } from "../ir/control-flow.ts";
import {
  constant,
  globalAddress,
  nullPointer,
  type IrBlock,
  type IrFunction,
  type IrInstruction,
  type IrOperand,
  type Local,
} from "../ir/ir.ts";

export const SCRATCH = "scratch";
export const LEVELS = 8;
/** Marks a level as taken. */
export const FLAG_BYTES = 8;

/** Code that only code generation can make. */
export interface ScratchHooks {
  /** i64: a mask one less than a power of two, no smaller than any CPU's number. */
  readonly cpuMask: (build: FunctionBuilder) => IrOperand;
  /** Counts a run of `fn` for which no level was free. */
  readonly exhausted: (build: FunctionBuilder, fn: IrFunction) => void;
}

export interface LevelSizes {
  readonly bytesPerCpu: number;
  readonly levelBytes: number;
}

/**
 * Takes a level where all ways to scratch memory have met, so that a probe whose predicate fails pays nothing, but not
 * inside a loop, and not while an event is held: without a free level the program ends. Gives it back wherever the program
 * returns with it.
 */
export function takeLevel(fn: IrFunction, level: Local, sizes: LevelSizes, hooks: ScratchHooks): IrFunction {
  const { rank, block, index } = meetingPoint(fn, level);
  const [before, after] = [block.instructions.slice(0, index), block.instructions.slice(index)];
  const rest: IrBlock = { id: freshBlock(fn), instructions: after, terminator: block.terminator };
  const build = new FunctionBuilder(fn, { firstBlock: rest.id + 1, instructions: fn.numbers });
  emitTake(build, { fn, level, sizes, hooks, next: rest.id });
  const head: IrBlock = {
    id: block.id,
    instructions: before,
    terminator: { kind: "jump", place: fn.place, target: rest.id + 1 },
  };
  const place = fn.blocks.findIndex(({ id }) => id === block.id);
  const blocks = [...fn.blocks, ...build.fragment()];
  blocks.splice(place, 1, head, rest);
  return giveBack({ ...fn, blocks, numbers: build.numbers }, level, returnsAfter(fn, rank, rest.id));
}

/** The block and the index in it before which the level is taken. */
function meetingPoint(
  fn: IrFunction,
  level: Local,
): { readonly rank: number; readonly block: IrBlock; readonly index: number } {
  const flow = controlFlow(fn);
  const reads = flow.blocks.flatMap((block, rank) =>
    block.instructions.some((node) => readsLocal(node, level)) ? [rank] : [],
  );
  const held = eventsHeld(flow);
  for (let rank = reads[0]; rank !== undefined; rank = flow.immediateDominator(rank)) {
    const above = rank;
    const block = flow.blocks[rank];
    if (block === undefined || !reads.every((below) => flow.dominates(above, below)) || inLoop(flow, rank))
      continue;
    const firstUse = block.instructions.findIndex((node) => readsLocal(node, level));
    const index = freeIndex(block, firstUse < 0 ? block.instructions.length : firstUse, held.has(rank));
    if (index !== undefined) return { rank, block, index };
  }
  const [entry] = flow.blocks;
  invariant(entry !== undefined, "the entry is a block");
  return { rank: 0, block: entry, index: 0 };
}

/** The last place up to `index` where no event is held. */
function freeIndex(block: IrBlock, index: number, heldAtStart: boolean): number | undefined {
  let free = heldAtStart ? undefined : 0;
  let held = heldAtStart;
  for (let i = 0; i < index; i += 1) {
    const effect = effectOnEvents(block.instructions[i]);
    if (effect === "takes" && !held) free = i;
    if (effect !== undefined) held = effect === "takes";
    if (!held) free = i + 1;
  }
  return held ? free : index;
}

function effectOnEvents(node: IrInstruction | undefined): "takes" | "gives" | undefined {
  if (node?.kind !== "helper") return undefined;
  if (node.helper === "ringbuf_reserve") return "takes";
  return node.helper === "ringbuf_submit" || node.helper === "ringbuf_discard" ? "gives" : undefined;
}

/** Ranks of blocks at whose start an event's memory may be held. */
function eventsHeld(flow: ControlFlow): ReadonlySet<number> {
  const lasts = flow.blocks.map(lastEffect);
  const held = new Set<number>();
  if (!lasts.includes("takes")) return held;
  for (let before = -1; before !== held.size; ) {
    before = held.size;
    lasts.forEach((last, rank) => {
      if (last === "takes" || (last === undefined && held.has(rank)))
        for (const next of flow.successors[rank] ?? []) held.add(next);
    });
  }
  return held;
}

function lastEffect({ instructions }: IrBlock): "takes" | "gives" | undefined {
  for (let i = instructions.length - 1; i >= 0; i -= 1) {
    const effect = effectOnEvents(instructions[i]);
    if (effect !== undefined) return effect;
  }
  return undefined;
}

function readsLocal(node: IrInstruction, local: Local): boolean {
  return node.kind === "local-read" && node.local === local;
}

function inLoop(flow: ControlFlow, rank: number): boolean {
  return reachableFrom(flow, rank).has(rank);
}

/** Blocks that control can come to after leaving this one. */
function reachableFrom(flow: ControlFlow, rank: number): ReadonlySet<number> {
  const reached = new Set<number>();
  const waiting = [rank];
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    for (const next of flow.successors[at] ?? []) {
      if (!reached.has(next)) {
        reached.add(next);
        waiting.push(next);
      }
    }
  }
  return reached;
}

interface Taking {
  readonly fn: IrFunction;
  readonly level: Local;
  readonly sizes: LevelSizes;
  readonly hooks: ScratchHooks;
  /** Block to go on with. */
  readonly next: number;
}

function emitTake(build: FunctionBuilder, { fn, level, sizes, hooks, next }: Taking): void {
  const cpu = build.binary("and", build.helper("get_smp_processor_id", []), hooks.cpuMask(build));
  const part = build.binary("mul", cpu, constant("i64", sizes.bytesPerCpu));
  // LLVM takes the section for as large as one CPU's part and must not conclude that the CPU is 0.
  const base = build.offset(build.opaque(globalAddress(SCRATCH)), part);
  const offset = build.local("level", "i64");
  const [head, test, taken, none] = [
    build.createBlock(),
    build.createBlock(),
    build.createBlock(),
    build.createBlock(),
  ];
  build.write(offset, constant("i64", 0n));
  build.jump(head);
  build.enter(head);
  const inside = build.compare("ult", build.read(offset), constant("i64", LEVELS * sizes.levelBytes));
  build.branch(inside, test, none);
  build.enter(test);
  const candidate = build.offset(base, build.read(offset));
  build.write(level, candidate);
  const flag = build.atomic("xchg", candidate, constant("i64", 1n));
  build.write(offset, build.binary("add", build.read(offset), constant("i64", sizes.levelBytes)));
  build.branch(build.isZero(flag), taken, head);
  build.enter(taken);
  build.jump(next);
  build.enter(none);
  hooks.exhausted(build, fn);
  build.return(constant("i64", fn.fallback ?? 0n));
}

/** Ids of blocks that return: those that are only reached with a level, and those that are reached without one, too. */
interface Returns {
  readonly always: ReadonlySet<number>;
  readonly sometimes: ReadonlySet<number>;
}

/** @param rest what became of the end of the block at `rank`, where a level is taken */
function returnsAfter(fn: IrFunction, rank: number, rest: number): Returns {
  const flow = controlFlow(fn);
  const after = reachableFrom(flow, rank);
  const [always, sometimes] = [new Set<number>(), new Set<number>()];
  flow.blocks.forEach(({ id, terminator }, own) => {
    if (terminator.kind !== "return") return;
    if (own === rank) always.add(rest);
    else if (flow.dominates(rank, own)) always.add(id);
    else if (after.has(own)) sometimes.add(id);
  });
  return { always, sometimes };
}

/** Where a return can be reached with and without a level, its address tells: null is none. */
function giveBack(fn: IrFunction, level: Local, { always, sometimes }: Returns): IrFunction {
  let fresh = freshBlock(fn);
  let { numbers } = fn;
  const blocks: IrBlock[] = [];
  for (const block of fn.blocks) {
    if (always.has(block.id)) {
      blocks.push(clearing(block, level, numbers));
      numbers += 2;
    } else if (sometimes.has(block.id)) {
      blocks.push(...clearingWhenTaken(block, level, { block: fresh, number: numbers }));
      fresh += 2;
      numbers += 4;
    } else blocks.push(block);
  }
  if (sometimes.size === 0) return { ...fn, blocks, numbers };
  return beginWith({ ...fn, blocks, numbers }, (build) => {
    build.write(level, nullPointer);
  });
}

/** @param number it and the next are free for instructions */
function clearing(block: IrBlock, level: Local, number: number): IrBlock {
  const { place } = block.terminator;
  const read = { kind: "local-read", type: "ptr", number, place, local: level } as const;
  const clear = {
    kind: "store",
    number: number + 1,
    place,
    address: read,
    value: constant("i64", 0n),
    align: FLAG_BYTES,
    volatile: true,
  } as const;
  return { ...block, instructions: [...block.instructions, read, clear] };
}

/** @param free from where on there are two numbers for blocks and four for instructions */
function clearingWhenTaken(
  block: IrBlock,
  level: Local,
  { block: fresh, number }: { readonly block: number; readonly number: number },
): readonly IrBlock[] {
  const { terminator } = block;
  const { place } = terminator;
  const read = { kind: "local-read", type: "ptr", number, place, local: level } as const;
  const condition = {
    kind: "compare",
    type: "i1",
    number: number + 1,
    place,
    predicate: "ne",
    left: read,
    right: nullPointer,
  } as const;
  const test = { kind: "branch", place, condition, then: fresh, otherwise: fresh + 1 } as const;
  const jump = { kind: "jump", place, target: fresh + 1 } as const;
  return [
    { id: block.id, instructions: [...block.instructions, read, condition], terminator: test },
    clearing({ id: fresh, instructions: [], terminator: jump }, level, number + 2),
    { id: fresh + 1, instructions: [], terminator },
  ];
}

/** Puts code before everything else. */
export function beginWith(fn: IrFunction, emit: (build: FunctionBuilder) => void): IrFunction {
  const entry = fn.blocks[0]?.id ?? 0;
  const build = new FunctionBuilder(fn, { firstBlock: freshBlock(fn), instructions: fn.numbers });
  emit(build);
  build.jump(entry);
  return { ...fn, blocks: [...build.fragment(), ...fn.blocks], numbers: build.numbers };
}

function freshBlock(fn: IrFunction): number {
  let highest = 0;
  for (const { id } of fn.blocks) highest = Math.max(highest, id);
  return highest + 1;
}
