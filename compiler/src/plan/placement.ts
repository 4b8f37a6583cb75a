/** Which objects stay on the stack and which go to scratch memory. */

import type { IrFunction, IrModule, StackObject } from "../ir/ir.ts";
import { layOutArena, type Arena } from "./arena.ts";
import { callGraphOf, deepestChain, inFrames, type CallGraph, type Chain } from "./call-graph.ts";
import { lifetimesOf, type Lifetimes } from "./lifetimes.ts";
import { mostSpillAllowance } from "./most-stack.ts";
import { spillAllowance } from "./spills.ts";

export interface FramePlacement {
  readonly fn: IrFunction;
  readonly lifetimes: Lifetimes;
  readonly arena: Arena;
  readonly scratch: ReadonlySet<StackObject>;
}

export interface Placement {
  readonly graph: CallGraph;
  readonly frames: ReadonlyMap<string, FramePlacement>;
}

export interface PlacementOptions {
  /** With one, what is larger goes to scratch memory and all else stays, whatever comes of it. */
  readonly limit: number | undefined;
  /** Bytes that a chain of calls may take. */
  readonly budget: number;
}

export function placeObjects(module: IrModule, { limit, budget }: PlacementOptions): Placement {
  const graph = callGraphOf(module);
  const frames = new Map<string, FramePlacement>();
  for (const fn of module.functions) {
    const lifetimes = lifetimesOf(fn);
    const large = limit === undefined ? [] : lifetimes.objects.filter(({ size }) => size > limit);
    frames.set(
      fn.name,
      place(fn, lifetimes, new Set(large.filter((object) => !lifetimes.pinned.has(object)))),
    );
  }
  const programs = module.functions.filter(({ kind }) => kind === "program");
  const bytesOf = (name: string): number => {
    const frame = frames.get(name);
    return frame === undefined ? 0 : frame.arena.bytes + spillAllowance(frame.fn);
  };
  for (const { name } of programs) {
    if (limit === undefined && graph.callees.get(name)?.length === 0 && fitsAlone(frames, name, budget))
      continue;
    let chain = deepestChain(graph, name, bytesOf);
    while (chain.bytes > budget && limit === undefined && moveOne(frames, chain)) {
      chain = deepestChain(graph, name, bytesOf);
    }
  }
  return { graph, frames };
}

function place(fn: IrFunction, lifetimes: Lifetimes, scratch: ReadonlySet<StackObject>): FramePlacement {
  const staying = lifetimes.objects.filter((object) => !scratch.has(object));
  return { fn, lifetimes, arena: layOutArena(staying, lifetimes), scratch };
}

/**
 * Moves objects of a program that calls nothing while what they take by themselves is too much. @returns whether it is sure to fit
 * then: what LLVM may need beside them is only found out exactly where a cheap bound leaves a doubt
 */
function fitsAlone(frames: Map<string, FramePlacement>, name: string, budget: number): boolean {
  const chain: Chain = { bytes: 0, functions: [name] };
  for (let frame = frames.get(name); frame !== undefined; frame = frames.get(name)) {
    if (inFrames(frame.arena.bytes) <= budget)
      return inFrames(frame.arena.bytes + mostSpillAllowance(frame.fn)) <= budget;
    if (!moveOne(frames, chain)) return false;
  }
  return false;
}

/** How many of the largest objects of a frame are tried for what moving them would gain. */
const CANDIDATES = 12;

/** Moves the object of the chain that frees most bytes. @returns false when none can move */
function moveOne(frames: Map<string, FramePlacement>, chain: Chain): boolean {
  let best: { readonly frame: FramePlacement; readonly gain: number; readonly size: number } | undefined;
  for (const name of chain.functions) {
    const frame = frames.get(name);
    if (frame === undefined) continue;
    for (const object of movable(frame)) {
      const moved = place(frame.fn, frame.lifetimes, new Set([...frame.scratch, object]));
      const gain = frame.arena.bytes - moved.arena.bytes;
      const better =
        best === undefined || gain > best.gain || (gain === best.gain && object.size > best.size);
      if (better) best = { frame: moved, gain, size: object.size };
    }
  }
  if (best === undefined) return false;
  frames.set(best.frame.fn.name, best.frame);
  return true;
}

function movable({ lifetimes, scratch }: FramePlacement): readonly StackObject[] {
  return lifetimes.objects
    .filter((object) => !scratch.has(object) && !lifetimes.pinned.has(object))
    .sort((a, b) => b.size - a.size)
    .slice(0, CANDIDATES);
}
