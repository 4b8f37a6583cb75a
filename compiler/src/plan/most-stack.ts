/**
 * Which programs may need much stack, found in one pass over their instructions: the plan itself costs several times as much,
 * and what it would find of most programs is clear from afar.
 */

import {
  successorsOf,
  type IrBlock,
  type IrFunction,
  type IrModule,
  type IrOperand,
  type Local,
  type StackObject,
} from "../ir/ir.ts";
import { forEachOperand } from "../ir/operands.ts";
import { roundUp } from "../types/layout.ts";
import { callGraphOf, deepestChain, MAX_CALL_FRAMES, mostFrames, type CallGraph } from "./call-graph.ts";
import { isCall, isPartOfChain, isRemade, mostSpilled } from "./spills.ts";

const WORD_BYTES = 8;

/**
 * The module without the programs, and what only they call, whose chains of calls take at most `bytes` in every case, with
 * `extra` bytes added to each frame. Functions that others share stay, as do all that call them: where their objects lie
 * depends on every caller.
 */
export function mayExceed(module: IrModule, bytes: number, extra: number): IrModule {
  const graph = callGraphOf(module);
  const sizes = new Map<string, number>(module.externals.map(({ name, stackBytes }) => [name, stackBytes]));
  for (const fn of module.functions) sizes.set(fn.name, mostFrameBytes(fn) + extra);
  const fits = (name: string): boolean =>
    deepestChain(graph, name, (inner) => sizes.get(inner) ?? 0).bytes <= bytes &&
    mostFrames(graph, name) <= MAX_CALL_FRAMES;
  const programs = module.functions.filter(({ kind }) => kind === "program").map(({ name }) => name);
  const kept = withSharers(
    programs.filter((name) => !fits(name)),
    programs,
    graph,
  );
  return { ...module, functions: module.functions.filter(({ name }) => kept.has(name)) };
}

/** All that the programs call, and the other programs that call some of it, with what they call. */
function withSharers(
  kept: readonly string[],
  programs: readonly string[],
  graph: CallGraph,
): ReadonlySet<string> {
  const found = new Set<string>();
  for (const name of kept) for (const each of reached(name, graph)) found.add(each);
  for (let grew = found.size > 0; grew; ) {
    grew = false;
    for (const name of programs) {
      if (found.has(name)) continue;
      const own = reached(name, graph);
      if (![...own].some((each) => found.has(each))) continue;
      for (const each of own) found.add(each);
      grew = true;
    }
  }
  return found;
}

function reached(name: string, { callees }: CallGraph): ReadonlySet<string> {
  const found = new Set([name]);
  for (const each of found) for (const callee of callees.get(each) ?? []) found.add(callee);
  return found;
}

/** At least what the plan counts for the function when everything stays on its stack. */
export function mostFrameBytes(fn: IrFunction): number {
  const blocks = fromTheEnd(fn);
  if (blocks === undefined) return Number.POSITIVE_INFINITY;
  const objects = new Set<StackObject>();
  for (const { instructions } of fn.blocks) {
    for (const node of instructions) if (node.kind === "object-address") objects.add(node.object);
  }
  let bytes = 0;
  for (const { size, align } of objects) {
    if (align > WORD_BYTES) return Number.POSITIVE_INFINITY;
    bytes += roundUp(size, WORD_BYTES);
  }
  return bytes + mostSpilled(mostAcrossSomeCall(blocks));
}

/**
 * The blocks that can be reached, from the last to the first: each behind all that can follow it. Undefined where there are
 * loops. As `controlFlow` has it, without all else that it finds out.
 */
function fromTheEnd({ blocks }: IrFunction): readonly IrBlock[] | undefined {
  const [entry] = blocks;
  if (entry === undefined) return [];
  const byId: (IrBlock | undefined)[] = [];
  for (const block of blocks) byId[block.id] = block;
  const states = new Uint8Array(byId.length);
  const order: IrBlock[] = [];
  const waiting = [entry];
  for (let block = waiting.at(-1); block !== undefined; block = waiting.at(-1)) {
    if (states[block.id] === OPEN) {
      states[block.id] = DONE;
      order.push(block);
    }
    if (states[block.id] === DONE) {
      waiting.pop();
      continue;
    }
    states[block.id] = OPEN;
    for (const id of successorsOf(block.terminator)) {
      const next = byId[id];
      if (states[id] === OPEN) return undefined;
      if (next !== undefined && states[id] !== DONE) waiting.push(next);
    }
  }
  return order;
}

/** Its successors are looked at; all of them have been. */
const OPEN = 1;
const DONE = 2;

/** A parameter goes by its name. */
type Value = IrOperand | Local | string;

/**
 * How many values are there before some call and wanted after it, if each is wanted from where it is made to its last use with
 * all that stands between. Every way through the function goes up the blocks.
 *
 * @param blocks from the last to the first
 */
function mostAcrossSomeCall(blocks: readonly IrBlock[]): number {
  let at = blocks.reduce((sum, { instructions }) => sum + instructions.length + 1, 0);
  /** By place in the order, how many values more are wanted than before it. */
  const changes = new Int32Array(at + 1);
  const calls: number[] = [];
  const lastUses = new Map<Value, number>();
  const note = (value: Value, place: number): void => {
    if ((lastUses.get(value) ?? -1) < place) lastUses.set(value, place);
  };
  const noteFrom = (made: number, last: number | undefined): void => {
    if (last === undefined || last <= made + 1) return;
    changes[made + 1] = (changes[made + 1] ?? 0) + 1;
    changes[last] = (changes[last] ?? 0) - 1;
  };
  let place = 0;
  const use = (operand: IrOperand): void => {
    if (needsRegister(operand)) note(operand.kind === "parameter" ? operand.name : operand, place);
  };
  for (const block of blocks) {
    at -= 1;
    place = at;
    forEachOperand(block.terminator, use);
    for (let i = block.instructions.length - 1; i >= 0; i -= 1) {
      const instruction = block.instructions[i];
      if (instruction === undefined) continue;
      at -= 1;
      const last = lastUses.get(instruction as IrOperand);
      noteFrom(at, last);
      if (isCall(instruction)) calls.push(at);
      // What a chain of sums is made of is wanted wherever LLVM computes the whole.
      place = isPartOfChain(instruction) ? Math.max(at, last ?? 0) : at;
      forEachOperand(instruction, use);
      if (instruction.kind === "local-read") note(instruction.local, at);
    }
  }
  for (const [value, last] of lastUses) if (!isInstruction(value)) noteFrom(-1, last);
  return mostAt(calls, changes);
}

function isInstruction(value: Value): boolean {
  return typeof value !== "string" && "kind" in value;
}

/** @param places from the last to the first */
function mostAt(places: readonly number[], changes: Int32Array): number {
  let most = 0;
  let wanted = 0;
  let at = 0;
  for (const place of places.toReversed()) {
    for (; at <= place; at += 1) wanted += changes[at] ?? 0;
    most = Math.max(most, wanted);
  }
  return most;
}

function needsRegister(operand: IrOperand): boolean {
  switch (operand.kind) {
    case "constant":
    case "global-address":
    case "function-address":
      return false;
    case "parameter":
      return true;
    default:
      return !isRemade(operand);
  }
}
