/**
 * Scratch memory: what does not fit on the stack lives in global data, a part for each CPU. Each part has several levels,
 * for a program may be interrupted on its CPU by another one, or by another task in the same one. A program takes a free
 * level by an atomic exchange and gives it back when it returns; when none is free it does nothing and is counted.
 */

import {
  constant,
  type IrFunction,
  type IrGlobal,
  type IrInstruction,
  type IrModule,
  type IrOperand,
  type IrParameter,
  type Local,
  type StackObject,
} from "../ir/ir.ts";
import { forEachOperand } from "../ir/operands.ts";
import { replaceOperands, rewriteFunction, type NextNumber, type Replacement } from "../ir/rewrite.ts";
import { roundUp } from "../types/layout.ts";
import { layOutArena } from "./arena.ts";
import { CALLBACK_CONTEXT, lifetimesOf } from "./lifetimes.ts";
import type { FramePlacement, Placement } from "./placement.ts";
import { beginWith, FLAG_BYTES, LEVELS, SCRATCH, takeLevel, type ScratchHooks } from "./scratch-level.ts";

/** CPUs do not share cache lines. */
const CACHE_LINE = 64;

export const SCRATCH_SECTION = ".data.scratch";

export interface ScratchLayout {
  /** Bytes of one CPU's part; 0 when nothing is in scratch memory. */
  readonly bytesPerCpu: number;
  /** Of one function's objects, from the start of a level. */
  readonly offsets: ReadonlyMap<string, ReadonlyMap<StackObject, number>>;
  readonly bytesOf: ReadonlyMap<string, number>;
  /** Functions that need the level's address, for themselves or for what they call. */
  readonly users: ReadonlySet<string>;
  readonly levelBytes: number;
}

export function layOutScratch({ graph, frames }: Placement): ScratchLayout {
  const users = usersOf(graph.callees, frames);
  const own = new Map(
    [...frames].map(([name, frame]) => [name, layOutArena([...frame.scratch], frame.lifetimes)]),
  );
  const starts = new Map<string, number>();
  // Callers first: what a callee keeps may not overlap with what is kept along any way to it.
  const visit = (name: string, start: number): void => {
    if ((starts.get(name) ?? -1) >= start) return;
    starts.set(name, start);
    for (const callee of graph.callees.get(name) ?? []) visit(callee, start + (own.get(name)?.bytes ?? 0));
  };
  for (const [name, { fn }] of frames) if (fn.kind === "program") visit(name, FLAG_BYTES);
  const offsets = new Map<string, ReadonlyMap<StackObject, number>>();
  const bytesOf = new Map<string, number>();
  let levelBytes = FLAG_BYTES;
  for (const [name, arena] of own) {
    const start = starts.get(name) ?? FLAG_BYTES;
    offsets.set(name, new Map([...arena.offsets].map(([object, offset]) => [object, start + offset])));
    bytesOf.set(name, arena.bytes);
    levelBytes = Math.max(levelBytes, start + arena.bytes);
  }
  const bytesPerCpu = users.size === 0 ? 0 : roundUp(LEVELS * levelBytes, CACHE_LINE);
  return { bytesPerCpu, offsets, bytesOf, users, levelBytes };
}

function usersOf(
  callees: ReadonlyMap<string, readonly string[]>,
  frames: ReadonlyMap<string, FramePlacement>,
): ReadonlySet<string> {
  const users = new Set([...frames].flatMap(([name, { scratch }]) => (scratch.size > 0 ? [name] : [])));
  for (let before = -1; before !== users.size; ) {
    before = users.size;
    for (const [name, called] of callees) if (called.some((callee) => users.has(callee))) users.add(name);
  }
  return users;
}

export function scratchGlobal({ bytesPerCpu }: ScratchLayout): IrGlobal {
  return {
    name: SCRATCH,
    section: SCRATCH_SECTION,
    size: bytesPerCpu,
    align: 8,
    initial: undefined,
    constant: false,
    patched: false,
    place: undefined,
  };
}

export function applyScratch(module: IrModule, layout: ScratchLayout, hooks: ScratchHooks): IrModule {
  if (layout.users.size === 0) return module;
  const frames = new Map(module.functions.map((fn) => [fn.name, sharedFrameOf(fn, layout)]));
  const functions = module.functions.map((fn) =>
    layout.users.has(fn.name) ? useScratch(fn, { layout, hooks, frames }) : fn,
  );
  return { ...module, functions, globals: [...module.globals, scratchGlobal(layout)] };
}

interface Work {
  readonly layout: ScratchLayout;
  readonly hooks: ScratchHooks;
  readonly frames: ReadonlyMap<string, SharedFrame | undefined>;
}

/** The object whose address a function gives to its callbacks, with a place for the level's address at its end. */
interface SharedFrame {
  readonly before: StackObject | undefined;
  readonly after: StackObject;
  readonly slot: number;
  readonly callbacks: readonly string[];
}

const SLOT_BYTES = 8;

/** Whether the object that the function gives to its callbacks gets a place for the level's address. */
export function growsFrame(fn: IrFunction, layout: ScratchLayout): boolean {
  return callbacksWithScratch(fn, layout).length > 0;
}

function sharedFrameOf(fn: IrFunction, layout: ScratchLayout): SharedFrame | undefined {
  const callbacks = callbacksWithScratch(fn, layout);
  if (callbacks.length === 0) return undefined;
  const [before] = lifetimesOf(fn).pinned;
  const slot = before?.size ?? 0;
  const label = before?.label ?? "scratch memory of a loop";
  const after = {
    id: before?.id ?? -1,
    label,
    size: slot + SLOT_BYTES,
    align: SLOT_BYTES,
    place: before?.place ?? fn.place,
  };
  return { before, after, slot, callbacks };
}

function callbacksWithScratch(fn: IrFunction, { users }: ScratchLayout): readonly string[] {
  const callbacks: string[] = [];
  if (users.size === 0) return callbacks;
  for (const { instructions } of fn.blocks) {
    for (const node of instructions) {
      const callback = callbackOf(node);
      if (callback !== undefined && users.has(callback)) callbacks.push(callback);
    }
  }
  return callbacks;
}

function callbackOf(node: IrInstruction): string | undefined {
  if (node.kind !== "helper") return undefined;
  const argument = node.arguments.find(({ kind }) => kind === "function-address");
  return argument?.kind === "function-address" ? argument.name : undefined;
}

const scratchParameter: IrParameter = { kind: "parameter", type: "ptr", name: "scratch" };
const frameParameter: IrParameter = { kind: "parameter", type: "ptr", name: "frame" };

function useScratch(fn: IrFunction, work: Work): IrFunction {
  const level: Local = { id: -1, name: "scratch", type: "ptr" };
  const offsets = work.layout.offsets.get(fn.name) ?? new Map<StackObject, number>();
  const frame = work.frames.get(fn.name);
  const subject: Subject = { offsets, frame, level, work, usesScratch: scratchUse(offsets) };
  const rewritten = rewriteFunction(fn, (node, next) => replace(node, subject, next));
  switch (fn.kind) {
    case "program":
      return takeLevel(rewritten, level, work.layout, work.hooks);
    case "callback":
      return beginWith(rewritten, (build) => {
        const [caller] = [...work.frames.values()].filter(
          (frame) => frame?.callbacks.includes(fn.name) === true,
        );
        build.write(level, build.load("ptr", build.offset(frameParameter, caller?.slot ?? 0), SLOT_BYTES));
      });
    case "subprogram":
      return {
        ...beginWith(rewritten, (build) => {
          build.write(level, scratchParameter);
        }),
        parameters: [...fn.parameters, scratchParameter],
      };
  }
}

/** The function being rewritten. */
interface Subject {
  /** Of its objects in scratch memory. */
  readonly offsets: ReadonlyMap<StackObject, number>;
  readonly frame: SharedFrame | undefined;
  readonly level: Local;
  readonly work: Work;
  readonly usesScratch: (node: IrInstruction) => boolean;
}

/**
 * Addresses in scratch memory are computed anew for each use, from the level's address alone: LLVM would keep one value
 * for each object otherwise, and spill them.
 */
function replace(node: IrInstruction, subject: Subject, next: NextNumber): Replacement | undefined {
  const { offsets, level } = subject;
  if (node.kind === "begin" && offsets.has(node.object)) return { instructions: [] };
  if ("type" in node && node.type !== "void" && scratchOffset(node, offsets) !== undefined) {
    // Not emitted; its users see what it was and make it themselves.
    return { instructions: [], value: node };
  }
  if (!subject.usesScratch(node)) {
    const passed = passLevel(node, subject, next);
    return passed === undefined ? undefined : { instructions: passed };
  }
  const prefix: IrInstruction[] = [];
  const user = replaceOperands(node, (operand) => {
    const offset = scratchOffset(operand, offsets);
    if (offset === undefined) return operand;
    const { place } = node;
    const read = { kind: "local-read", type: "ptr", number: next(), place, local: level } as const;
    // Hidden from LLVM, which would see through the difference.
    const base = { kind: "opaque", type: "ptr", number: next(), place, operand: read } as const;
    const by = constant("i64", offset);
    const address = { kind: "offset", type: "ptr", number: next(), place, base, by } as const;
    prefix.push(read, base, address);
    return address;
  });
  return { instructions: [...prefix, ...(passLevel(user, subject, next) ?? [user])] };
}

/** Whether instructions use addresses in scratch memory. It is asked of every instruction, so it makes nothing for each. */
function scratchUse(offsets: Subject["offsets"]): Subject["usesScratch"] {
  if (offsets.size === 0) return () => false;
  let uses = false;
  const look = (operand: IrOperand): void => {
    uses ||= scratchOffset(operand, offsets) !== undefined;
  };
  return (node) => {
    uses = false;
    forEachOperand(node, look);
    return uses;
  };
}

/** Of an address known to be in scratch memory, the distance from the start of the level. */
function scratchOffset(operand: IrOperand, offsets: ReadonlyMap<StackObject, number>): number | undefined {
  if (operand.kind === "object-address") return offsets.get(operand.object);
  if (operand.kind !== "offset" || operand.by.kind !== "constant") return undefined;
  const base = scratchOffset(operand.base, offsets);
  return base === undefined ? undefined : base + Number(BigInt.asIntN(64, operand.by.value));
}

/** Hands the level's address on to functions that need it. @returns undefined when the instruction stays as it is */
function passLevel(
  node: IrInstruction,
  { frame, level, work }: Subject,
  next: NextNumber,
): readonly IrInstruction[] | undefined {
  const { place } = node;
  switch (node.kind) {
    case "object-address":
      return node.object === frame?.before ? [{ ...node, object: frame.after }] : undefined;
    case "call": {
      const call = { ...node, keeps: grown(node.keeps, frame) };
      if (!work.layout.users.has(node.function)) return [call];
      const read = { kind: "local-read", type: "ptr", number: next(), place, local: level } as const;
      return [read, { ...call, arguments: [...node.arguments, read] }];
    }
    case "helper": {
      const call = node.keeps.length === 0 ? node : { ...node, keeps: grown(node.keeps, frame) };
      const callback = callbackOf(node);
      if (frame === undefined || callback === undefined || !work.layout.users.has(callback))
        return call === node ? undefined : [call];
      return shareLevel({ ...call, keeps: [...call.keeps, frame.after] }, frame, level, next);
    }
    default:
      return undefined;
  }
}

function grown(objects: readonly StackObject[], frame: SharedFrame | undefined): readonly StackObject[] {
  return objects.map((object) => (object === frame?.before ? frame.after : object));
}

/** Stores the level's address in the shared frame and calls the helper with that frame. */
function shareLevel(
  call: IrInstruction & { readonly kind: "helper" },
  frame: SharedFrame,
  level: Local,
  next: NextNumber,
): readonly IrInstruction[] {
  const { place } = call;
  const read = { kind: "local-read", type: "ptr", number: next(), place, local: level } as const;
  const object = frame.after;
  const address = { kind: "object-address", type: "ptr", number: next(), place, object } as const;
  const slot = {
    kind: "offset",
    type: "ptr",
    number: next(),
    place,
    base: address,
    by: constant("i64", frame.slot),
  } as const;
  const store = {
    kind: "store",
    number: next(),
    place,
    address: slot,
    value: read,
    align: SLOT_BYTES,
    volatile: false,
  } as const;
  const args = call.arguments.map((argument, i) => (i === CALLBACK_CONTEXT ? address : argument));
  return [read, address, slot, store, { ...call, arguments: args }];
}
