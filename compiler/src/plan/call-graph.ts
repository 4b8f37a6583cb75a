/** Who calls whom, and what the verifier adds up along the way. */

import type { IrFunction, IrInstruction, IrModule } from "../ir/ir.ts";

/** Each frame counts at least this much and is rounded up to it. Source: check_max_stack_depth, kernel/bpf/verifier.c of 6.1. */
const FRAME_STEP = 32;

/** Longest chain of calls the verifier allows. Source: MAX_CALL_FRAMES, include/linux/bpf_verifier.h. */
export const MAX_CALL_FRAMES = 8;

export interface CallGraph {
  /** By function name, callbacks included, each once. */
  readonly callees: ReadonlyMap<string, readonly string[]>;
}

export function callGraphOf(module: IrModule): CallGraph {
  return { callees: new Map(module.functions.map((fn) => [fn.name, calleesOf(fn)])) };
}

function calleesOf(fn: IrFunction): readonly string[] {
  const names = new Set<string>();
  for (const { instructions } of fn.blocks) for (const node of instructions) noteCallees(node, names);
  return [...names];
}

/** Adds the names of the functions that an instruction calls or has called. */
export function noteCallees(node: IrInstruction, names: Set<string>): void {
  if (node.kind === "call") names.add(node.function);
  if (node.kind !== "helper") return;
  for (const argument of node.arguments) if (argument.kind === "function-address") names.add(argument.name);
}

export interface Chain {
  readonly bytes: number;
  /** Names from the outermost function in. */
  readonly functions: readonly string[];
}

/** What a frame of `bytes` counts. */
export function inFrames(bytes: number): number {
  return Math.ceil(Math.max(bytes, 1) / FRAME_STEP) * FRAME_STEP;
}

/** The chain that needs most bytes among those that start at `from`. */
export function deepestChain(graph: CallGraph, from: string, frameBytes: (name: string) => number): Chain {
  const memo = new Map<string, Chain>();
  const visit = (name: string, above: readonly string[]): Chain => {
    const known = memo.get(name);
    if (known !== undefined) return known;
    // A function that calls itself is refused by analysis and by the verifier; here it must only end.
    const inner = (graph.callees.get(name) ?? [])
      .filter((callee) => callee !== name && !above.includes(callee))
      .map((callee) => visit(callee, [...above, name]));
    const deepest = inner.reduce<Chain>((a, b) => (b.bytes > a.bytes ? b : a), { bytes: 0, functions: [] });
    const own = inFrames(frameBytes(name));
    const chain = { bytes: own + deepest.bytes, functions: [name, ...deepest.functions] };
    memo.set(name, chain);
    return chain;
  };
  return visit(from, []);
}

/** Most frames of a chain that starts at `from`. */
export function mostFrames(graph: CallGraph, from: string): number {
  return deepestChain(graph, from, () => 1).functions.length;
}
