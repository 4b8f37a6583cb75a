/**
 * Which programs may need much stack, found in one pass over their instructions: the plan itself costs several times as much,
 * and what it would find of most programs is clear from afar.
 */

import {
  type IrBlock,
  type IrFunction,
  type IrInstruction,
  type IrModule,
  type IrOperand,
  type Local,
  type StackObject,
} from "../ir/ir.ts";
import { forEachOperand } from "../ir/operands.ts";
import { roundUp } from "../types/layout.ts";
import { deepestChain, MAX_CALL_FRAMES, mostFrames, noteCallees, type CallGraph } from "./call-graph.ts";
import { isCall, isPartOfChain, isRemade, mostSpilled } from "./spills.ts";

const WORD_BYTES = 8;

/**
 * The module without the programs, and what only they call, whose chains of calls take at most `bytes` in every case, with
 * `extra` bytes added to each frame. Functions that others share stay, as do all that call them: where their objects lie
 * depends on every caller.
 */
export function mayExceed(module: IrModule, bytes: number, extra: number): IrModule {
  const callees = new Map<string, readonly string[]>();
  const sizes = new Map<string, number>(module.externals.map(({ name, stackBytes }) => [name, stackBytes]));
  for (const fn of module.functions) {
    const most = mostOf(fn);
    callees.set(fn.name, most.callees);
    sizes.set(fn.name, most.bytes + extra);
  }
  const graph: CallGraph = { callees };
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

interface Most {
  /** At least what the plan counts for the function when everything stays on its stack. */
  readonly bytes: number;
  readonly callees: readonly string[];
}

/*
 * It runs once over every instruction of a program, mostly in code that nothing has optimised yet. There `for (… of …)` makes an
 * object for each step, which took a third of the time; `forEach` makes none.
 */
function mostOf(fn: IrFunction): Most {
  const objects = new Set<StackObject>();
  const callees = new Set<string>();
  fn.blocks.forEach(({ instructions }) => {
    instructions.forEach((node) => {
      if (node.kind === "object-address") objects.add(node.object);
      else noteCallees(node, callees);
    });
  });
  return { bytes: bytesOf(fn, objects), callees: [...callees] };
}

function bytesOf(fn: IrFunction, objects: ReadonlySet<StackObject>): number {
  let bytes = 0;
  for (const { size, align } of objects) {
    if (align > WORD_BYTES) return Number.POSITIVE_INFINITY;
    bytes += roundUp(size, WORD_BYTES);
  }
  return bytes + mostSpillAllowance(fn);
}

/** At least `spillAllowance`. */
export function mostSpillAllowance(fn: IrFunction): number {
  const blocks = fromTheEnd(fn);
  return blocks === undefined
    ? Number.POSITIVE_INFINITY
    : mostSpilled(mostAcrossSomeCall(blocks, fn.numbers));
}

/**
 * The blocks that can be reached, from the last to the first: each behind all that can follow it. Undefined where there are
 * loops. As `controlFlow` has it, without all else that it finds out.
 */
function fromTheEnd({ blocks }: IrFunction): readonly IrBlock[] | undefined {
  const [entry] = blocks;
  if (entry === undefined) return [];
  const byId: (IrBlock | undefined)[] = [];
  blocks.forEach((block) => {
    byId[block.id] = block;
  });
  const states = new Uint8Array(byId.length);
  const order: IrBlock[] = [];
  const waiting = [entry];
  /** @returns false in a loop */
  const visit = (id: number): boolean => {
    const next = byId[id];
    if (next !== undefined && states[id] === NEW) waiting.push(next);
    return states[id] !== OPEN;
  };
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
    const { terminator } = block;
    if (terminator.kind === "jump" && !visit(terminator.target)) return undefined;
    if (terminator.kind === "branch" && !(visit(terminator.then) && visit(terminator.otherwise)))
      return undefined;
  }
  return order;
}

const NEW = 0;
/** Its successors are looked at; all of them have been. */
const OPEN = 1;
const DONE = 2;

/**
 * How many values are there before some call and wanted after it, if each is wanted from where it is made to its last use with
 * all that stands between. Every way through the function goes up the blocks.
 *
 * @param blocks from the last to the first
 * @param numbers more than any instruction's number
 */
function mostAcrossSomeCall(blocks: readonly IrBlock[], numbers: number): number {
  let at = blocks.reduce((sum, { instructions }) => sum + instructions.length + 1, 0);
  /** By place in the order, how many values more are wanted than before it. */
  const changes = new Int32Array(at + 1);
  const calls: number[] = [];
  /** By the numbers of instructions; -1 without one. */
  const lastUses = new Int32Array(numbers).fill(-1);
  /** Of locals, and of parameters by their names: they are there from the start. */
  const outerUses = new Map<Local | string, number>();
  const noteFrom = (made: number, last: number): void => {
    if (last <= made + 1) return;
    changes[made + 1] = (changes[made + 1] ?? 0) + 1;
    changes[last] = (changes[last] ?? 0) - 1;
  };
  let place = 0;
  let above: IrInstruction | undefined;
  const use = (operand: IrOperand): void => {
    // Most values are wanted by the next instruction alone, and so across no call.
    if (operand === above && place === at) return;
    if (operand.kind === "parameter") noteLast(outerUses, operand.name, place);
    else if ("number" in operand && !isRemade(operand))
      lastUses[operand.number] = Math.max(lastUses[operand.number] ?? -1, place);
  };
  blocks.forEach(({ instructions, terminator }) => {
    at -= 1;
    place = at;
    above = instructions.at(-1);
    forEachOperand(terminator, use);
    for (let i = instructions.length - 1; i >= 0; i -= 1) {
      const instruction = instructions[i];
      if (instruction === undefined) continue;
      at -= 1;
      above = instructions[i - 1];
      const last = lastUses[instruction.number] ?? -1;
      noteFrom(at, last);
      if (isCall(instruction)) calls.push(at);
      // What a chain of sums is made of is wanted wherever LLVM computes the whole.
      place = isPartOfChain(instruction) ? Math.max(at, last) : at;
      if (instruction.kind === "local-read") noteLast(outerUses, instruction.local, at);
      else forEachOperand(instruction, use);
    }
  });
  for (const last of outerUses.values()) noteFrom(-1, last);
  return mostAt(calls, changes);
}

function noteLast<Value>(uses: Map<Value, number>, value: Value, place: number): void {
  if ((uses.get(value) ?? -1) < place) uses.set(value, place);
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
