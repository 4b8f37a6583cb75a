/** The control flow graph of a function: predecessors, an order, dominators. */

import { successorsOf, type IrBlock, type IrFunction } from "./ir.ts";

export interface ControlFlow {
  readonly blockById: ReadonlyMap<number, IrBlock>;
  readonly predecessors: ReadonlyMap<number, readonly number[]>;
  /** Ids of reachable blocks, each before its successors but for loops. */
  readonly reversePostorder: readonly number[];
  /** Whether every way to `below` leads through `above`. */
  readonly dominates: (above: number, below: number) => boolean;
  /** Nearest block that dominates it; undefined for the entry. */
  readonly immediateDominator: ReadonlyMap<number, number | undefined>;
}

/** Functions do not change once they are there, and several passes ask for the same. */
const known = new WeakMap<IrFunction, ControlFlow>();

export function controlFlow(fn: IrFunction): ControlFlow {
  const flow = known.get(fn) ?? findFlow(fn);
  known.set(fn, flow);
  return flow;
}

function findFlow(fn: IrFunction): ControlFlow {
  const blockById = new Map(fn.blocks.map((block) => [block.id, block]));
  const order = reversePostorder(fn, blockById);
  const predecessors = new Map<number, number[]>(order.map((id) => [id, []]));
  for (const id of order) {
    for (const next of nextOf(blockById, id)) predecessors.get(next)?.push(id);
  }
  let found: ReadonlyMap<number, number | undefined> | undefined;
  const dominatorsOnce = (): ReadonlyMap<number, number | undefined> =>
    (found ??= dominators(order, predecessors));
  return {
    blockById,
    predecessors,
    reversePostorder: order,
    get immediateDominator() {
      return dominatorsOnce();
    },
    dominates: (above, below) => {
      const immediateDominator = dominatorsOnce();
      let at: number | undefined = below;
      while (at !== undefined && at !== above) at = immediateDominator.get(at);
      return at === above;
    },
  };
}

function nextOf(blockById: ReadonlyMap<number, IrBlock>, id: number): readonly number[] {
  const block = blockById.get(id);
  return block === undefined ? [] : successorsOf(block.terminator);
}

/** Without recursion: functions may have thousands of blocks in a row. */
function reversePostorder(fn: IrFunction, blockById: ReadonlyMap<number, IrBlock>): readonly number[] {
  const entry = fn.blocks[0]?.id;
  if (entry === undefined) return [];
  const seen = new Set([entry]);
  const postorder: number[] = [];
  const stack = [{ id: entry, next: [...nextOf(blockById, entry)] }];
  for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
    const successor = top.next.shift();
    if (successor === undefined) {
      postorder.push(top.id);
      stack.pop();
    } else if (!seen.has(successor)) {
      seen.add(successor);
      stack.push({ id: successor, next: [...nextOf(blockById, successor)] });
    }
  }
  return postorder.reverse();
}

/** Cooper, Harvey and Kennedy: "A Simple, Fast Dominance Algorithm". */
function dominators(
  order: readonly number[],
  predecessors: ReadonlyMap<number, readonly number[]>,
): ReadonlyMap<number, number | undefined> {
  const rank = new Map(order.map((id, i) => [id, i]));
  const rankOf = (id: number): number => rank.get(id) ?? 0;
  const idom = new Map<number, number>();
  const [entry] = order;
  if (entry === undefined) return new Map();
  idom.set(entry, entry);
  const meet = (a: number, b: number): number => {
    let [left, right] = [a, b];
    while (left !== right) {
      while (rankOf(left) > rankOf(right)) left = idom.get(left) ?? entry;
      while (rankOf(right) > rankOf(left)) right = idom.get(right) ?? entry;
    }
    return left;
  };
  for (let changed = true; changed; ) {
    changed = false;
    for (const id of order.slice(1)) {
      const known = (predecessors.get(id) ?? []).filter((before) => idom.has(before));
      const [first, ...others] = known;
      if (first === undefined) continue;
      const best = others.reduce(meet, first);
      if (idom.get(id) !== best) {
        idom.set(id, best);
        changed = true;
      }
    }
  }
  return new Map(order.map((id) => [id, id === entry ? undefined : idom.get(id)]));
}
