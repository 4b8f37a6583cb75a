/**
 * The control flow graph of a function: an order, predecessors, dominators. Blocks go by rank, their place in the order,
 * so that whatever is known about them fits in arrays.
 */

import { successorsOf, type IrBlock, type IrFunction } from "./ir.ts";

export interface ControlFlow {
  /** Reachable blocks, each before its successors but for loops (reverse postorder). */
  readonly blocks: readonly IrBlock[];
  /** Of a block's id; undefined when nothing reaches it. */
  readonly rankOf: (id: number) => number | undefined;
  readonly successors: readonly (readonly number[])[];
  readonly predecessors: readonly (readonly number[])[];
  /** Whether every way to `below` leads through `above`. */
  readonly dominates: (above: number, below: number) => boolean;
  /** Nearest block that dominates it; undefined for the entry. */
  readonly immediateDominator: (rank: number) => number | undefined;
}

/** Functions do not change once they are there, and several passes ask for the same. */
const known = new WeakMap<IrFunction, ControlFlow>();

export function controlFlow(fn: IrFunction): ControlFlow {
  const before = known.get(fn);
  if (before !== undefined) return before;
  const flow = findFlow(fn);
  known.set(fn, flow);
  return flow;
}

/**
 * Lets a function with the same blocks, but other instructions in them, have the graph of the one it was made of.
 *
 * @param blocks the function's, by rank
 */
export function shareFlow(from: IrFunction, to: IrFunction, blocks: readonly IrBlock[]): void {
  known.set(to, { ...controlFlow(from), blocks });
}

function findFlow(fn: IrFunction): ControlFlow {
  const blocks = reversePostorder(fn);
  const ranks: (number | undefined)[] = [];
  blocks.forEach(({ id }, rank) => {
    ranks[id] = rank;
  });
  const successors = blocks.map(({ terminator }) => ranksOf(successorsOf(terminator), ranks));
  const predecessors = turnedRound(successors);
  let found: Dominators | undefined;
  const dominators = (): Dominators => (found ??= findDominators(predecessors));
  return {
    blocks,
    rankOf: (id) => ranks[id],
    successors,
    predecessors,
    dominates: (above, below) => dominates(dominators(), above, below),
    immediateDominator: (rank) => (rank === 0 ? undefined : dominators().nearest[rank]),
  };
}

/** A block that does not exist is left out; the checks of the IR say so. */
function ranksOf(ids: readonly number[], ranks: readonly (number | undefined)[]): readonly number[] {
  const known = ids.every((id) => ranks[id] !== undefined);
  return known ? ids.map((id) => ranks[id] ?? 0) : ids.flatMap((id) => ranks[id] ?? []);
}

const none: readonly number[] = [];

/** Most blocks have one predecessor; an array that is made empty and then pushed to takes room for many. */
function turnedRound(successors: ControlFlow["successors"]): ControlFlow["predecessors"] {
  const predecessors = successors.map((): number[] | undefined => undefined);
  successors.forEach((next, rank) => {
    for (const one of next) {
      const others = predecessors[one];
      if (others === undefined) predecessors[one] = [rank];
      else others.push(rank);
    }
  });
  return predecessors.map((ranks) => ranks ?? none);
}

/** Without recursion: functions may have thousands of blocks in a row. */
function reversePostorder({ blocks }: IrFunction): readonly IrBlock[] {
  const [entry] = blocks;
  if (entry === undefined) return [];
  /** By id; each is taken out when it is come to. */
  const ahead: (IrBlock | undefined)[] = [];
  for (const block of blocks) ahead[block.id] = block;
  ahead[entry.id] = undefined;
  const postorder: IrBlock[] = [];
  const stack = [{ block: entry, next: successorsOf(entry.terminator), at: 0 }];
  for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
    const successor = top.next[top.at];
    top.at += 1;
    if (successor === undefined) {
      postorder.push(top.block);
      stack.pop();
      continue;
    }
    const block = ahead[successor];
    if (block === undefined) continue;
    ahead[successor] = undefined;
    stack.push({ block, next: successorsOf(block.terminator), at: 0 });
  }
  return postorder.reverse();
}

/** By rank. What a block dominates has the numbers from its own on, `size` of them. */
interface Dominators {
  readonly nearest: Int32Array;
  readonly number: Int32Array;
  readonly size: Int32Array;
}

function dominates({ number, size }: Dominators, above: number, below: number): boolean {
  const distance = (number[below] ?? 0) - (number[above] ?? 0);
  return distance >= 0 && distance < (size[above] ?? 0);
}

/** Cooper, Harvey and Kennedy: "A Simple, Fast Dominance Algorithm". */
function findDominators(predecessors: ControlFlow["predecessors"]): Dominators {
  const count = predecessors.length;
  const nearest = new Int32Array(count).fill(-1);
  if (count > 0) nearest[0] = 0;
  for (let changed = true; changed; ) {
    changed = false;
    for (let rank = 1; rank < count; rank += 1) {
      let best = -1;
      for (const before of predecessors[rank] ?? []) {
        if (nearest[before] === -1) continue;
        best = best === -1 ? before : meet(nearest, best, before);
      }
      if (best !== -1 && nearest[rank] !== best) {
        nearest[rank] = best;
        changed = true;
      }
    }
  }
  return { nearest, ...numberTree(nearest) };
}

function meet(nearest: Int32Array, a: number, b: number): number {
  let [left, right] = [a, b];
  while (left !== right) {
    while (left > right) left = nearest[left] ?? 0;
    while (right > left) right = nearest[right] ?? 0;
  }
  return left;
}

/** A block's nearest dominator has a lower rank, so neither way through the tree needs recursion. */
function numberTree(nearest: Int32Array): Pick<Dominators, "number" | "size"> {
  const count = nearest.length;
  const size = new Int32Array(count).fill(1);
  for (let rank = count - 1; rank > 0; rank -= 1) {
    const above = nearest[rank] ?? 0;
    size[above] = (size[above] ?? 0) + (size[rank] ?? 0);
  }
  const number = new Int32Array(count);
  const free = new Int32Array(count).fill(1);
  for (let rank = 1; rank < count; rank += 1) {
    const above = nearest[rank] ?? 0;
    const own = free[above] ?? 0;
    number[rank] = own;
    free[rank] = own + 1;
    free[above] = own + (size[rank] ?? 0);
  }
  return { number, size };
}
