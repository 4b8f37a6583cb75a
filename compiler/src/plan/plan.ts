/** The stack plan: bytes for every object of every function, on the stack while the chain fits, else in scratch memory. */

import { type IrFunction, type IrInstruction, type IrModule } from "../ir/ir.ts";
import { forEachOperand } from "../ir/operands.ts";
import type { FrameLayout } from "../ir/print.ts";
import { layOutArena, type Arena } from "./arena.ts";
import { deepestChain, MAX_CALL_FRAMES, mostFrames, type CallGraph } from "./call-graph.ts";
import { lifetimesOf } from "./lifetimes.ts";
import { placeObjects, type Placement } from "./placement.ts";
import type { ScratchHooks } from "./scratch-level.ts";
import { applyScratch, growsFrame, layOutScratch, type ScratchLayout } from "./scratch.ts";
import { hasLoop, spillAllowance } from "./spills.ts";
import {
  MAX_BPF_STACK,
  type FunctionStack,
  type StackObjectReport,
  type StackReport,
} from "./stack-report.ts";

export interface PlanOptions extends ScratchHooks {
  /** The script's `on_stack_limit`. */
  readonly onStackLimit: number | undefined;
}

export interface PlannedModule {
  readonly module: IrModule;
  readonly frameOf: (fn: IrFunction) => FrameLayout;
  readonly report: StackReport;
  readonly scratch: ScratchLayout;
  /** Programs that cannot be made to fit. */
  readonly overflows: readonly Overflow[];
}

export interface Overflow {
  readonly program: IrFunction;
  /** Bytes of the deepest chain. */
  readonly bytes: number;
  /** Functions in the longest chain; more than eight are refused whatever their size. */
  readonly frames: number;
  /** On that chain, largest first. */
  readonly objects: readonly StackObjectReport[];
}

/** Using scratch memory takes some stack by itself; so often the plan is made anew with less to spend. */
const MOST_ATTEMPTS = 6;
const BUDGET_STEP = 32;

export function planStack(module: IrModule, options: PlanOptions): PlannedModule {
  let budget = MAX_BPF_STACK;
  for (let attempt = 1; ; attempt += 1) {
    const planned = attemptPlan(module, options, budget);
    const hopeless = planned.scratch.users.size === 0 || options.onStackLimit !== undefined;
    if (planned.overflows.length === 0 || hopeless || attempt === MOST_ATTEMPTS) return planned;
    budget -= BUDGET_STEP;
  }
}

function attemptPlan(module: IrModule, options: PlanOptions, budget: number): PlannedModule {
  const placement = placeObjects(module, { limit: options.onStackLimit, budget });
  const scratch = layOutScratch(placement);
  const applied = applyScratch(module, scratch, options);
  const frames = new Map(
    applied.functions.map((fn) => [fn.name, finalFrame(fn, arenaOf(fn, placement, scratch))]),
  );
  const { graph } = placement;
  const external = new Map(module.externals.map(({ name, stackBytes }) => [name, stackBytes]));
  const bytesOf = (name: string): number => frames.get(name)?.predicted ?? external.get(name) ?? 0;
  const report: StackReport = {
    functions: applied.functions.map((fn) =>
      reportFunction(fn, { graph, frames, scratch, placement, bytesOf }),
    ),
  };
  return {
    module: applied,
    frameOf: (fn) => frames.get(fn.name)?.arena ?? { bytes: 0, offsets: new Map() },
    report,
    scratch,
    overflows: overflowsOf(applied, graph, report, bytesOf),
  };
}

interface FinalFrame {
  readonly arena: FrameLayout;
  readonly predicted: number;
}

/** What stays on the stack lies where it was placed, but where a callback's frame has grown. */
function arenaOf(fn: IrFunction, { frames }: Placement, scratch: ScratchLayout): Arena {
  const placed = frames.get(fn.name);
  if (placed !== undefined && !growsFrame(placed.fn, scratch)) return placed.arena;
  const lifetimes = lifetimesOf(fn);
  return layOutArena(lifetimes.objects, lifetimes);
}

function finalFrame(fn: IrFunction, arena: Arena): FinalFrame {
  const bytes = isAllKnown(fn) ? Math.min(arena.bytes, MOST_KNOWN_BYTES) : arena.bytes;
  return { arena, predicted: bytes + spillAllowance(fn) };
}

/** LLVM leaves nothing of a function that only computes with constants; this much is allowed for what it misses. */
const MOST_KNOWN_BYTES = 64;

/** Whether nothing in the function depends on what happens at run time. */
function isAllKnown(fn: IrFunction): boolean {
  if (fn.kind !== "program" || !fn.blocks.every(({ instructions }) => instructions.every(isKnown)))
    return false;
  return !hasLoop(fn);
}

function isKnown(node: IrInstruction): boolean {
  switch (node.kind) {
    case "helper":
    case "call":
    case "kernel-call":
    case "opaque":
    case "scalar-of":
    case "atomic":
    case "compare-exchange":
      return false;
    default: {
      let known = true;
      forEachOperand(node, ({ kind }) => {
        known &&= kind !== "parameter" && kind !== "global-address";
      });
      return known;
    }
  }
}

interface ReportInput {
  readonly graph: CallGraph;
  readonly frames: ReadonlyMap<string, FinalFrame>;
  readonly scratch: ScratchLayout;
  readonly placement: Placement;
  readonly bytesOf: (name: string) => number;
}

function reportFunction(fn: IrFunction, input: ReportInput): FunctionStack {
  const { graph, frames, scratch, bytesOf } = input;
  const frame = frames.get(fn.name);
  const staying = [...(frame?.arena.offsets ?? [])].map(
    ([object, offset]): StackObjectReport => ({
      label: object.label,
      size: object.size,
      align: object.align,
      offset,
      placement: "stack",
      place: object.place,
    }),
  );
  const moved = [...(scratch.offsets.get(fn.name)?.keys() ?? [])].map(
    (object): StackObjectReport => ({
      label: object.label,
      size: object.size,
      align: object.align,
      offset: undefined,
      placement: "scratch",
      place: object.place,
    }),
  );
  return {
    name: fn.title,
    function: fn.name,
    place: fn.place,
    predictedBytes: bytesOf(fn.name),
    scratchBytes: scratch.bytesOf.get(fn.name) ?? 0,
    chainBytes: isLeaf(graph, fn.name) ? bytesOf(fn.name) : deepestChain(graph, fn.name, bytesOf).bytes,
    objects: [...staying, ...moved].sort((a, b) => b.size - a.size),
    calls: (graph.callees.get(fn.name) ?? []).map((name) => titleOf(input.placement, name)),
  };
}

function isLeaf({ callees }: CallGraph, name: string): boolean {
  return (callees.get(name) ?? []).length === 0;
}

function titleOf({ frames }: Placement, name: string): string {
  return frames.get(name)?.fn.title ?? name;
}

function overflowsOf(
  module: IrModule,
  graph: CallGraph,
  report: StackReport,
  bytesOf: (name: string) => number,
): readonly Overflow[] {
  return module.functions.flatMap((program) => {
    if (program.kind !== "program") return [];
    const chain = deepestChain(graph, program.name, bytesOf);
    const frames = mostFrames(graph, program.name);
    if (chain.bytes <= MAX_BPF_STACK && frames <= MAX_CALL_FRAMES) return [];
    const objects = module.functions.flatMap((fn, i) =>
      chain.functions.includes(fn.name) ? (report.functions[i]?.objects ?? []) : [],
    );
    const largest = objects.filter(({ placement }) => placement === "stack").sort((a, b) => b.size - a.size);
    return [{ program, bytes: chain.bytes, frames, objects: largest }];
  });
}
