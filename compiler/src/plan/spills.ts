/**
 * How many bytes LLVM may need for values it cannot keep in registers. A call leaves only four of BPF's registers as they
 * were, so what counts is how many values are wanted again after a call.
 */

import { controlFlow, type ControlFlow } from "../ir/control-flow.ts";
import {
  type BinaryOperator,
  type IrBlock,
  type IrFunction,
  type IrInstruction,
  type IrOperand,
  type IrTerminator,
  type Local,
} from "../ir/ir.ts";
import { forEachOperand } from "../ir/operands.ts";
import {
  add,
  copyRow,
  emptyRows,
  emptySet,
  forEachMember,
  includeInRow,
  remove,
  type BitRows,
  type BitSet,
} from "./bit-set.ts";

/** r6 to r9. */
const SAVED_REGISTERS = 4;
const SLOT_BYTES = 8;

/** What LLVM makes of loops beside what stands in them: values computed before the loop, the next round's values. */
const LOOP_VALUES = 2;

/** Of branches: a value that several of them compute is computed once, before them. */
const BRANCH_VALUES = 1;

/** Of reads of the context in several blocks: LLVM does not know them for reads, and leaves them where they stand. */
const CONTEXT_VALUES = 1;

/** The plan asks again for each way it tries. */
const allowances = new WeakMap<IrFunction, number>();

export function spillAllowance(fn: IrFunction): number {
  const known = allowances.get(fn);
  if (known !== undefined) return known;
  const branching = hasLoop(fn) ? LOOP_VALUES : fn.blocks.length > 1 ? BRANCH_VALUES : 0;
  const more = branching + (fn.blocks.filter(readsContext).length > 1 ? CONTEXT_VALUES : 0);
  const bytes = SLOT_BYTES * Math.max(0, mostAcrossCalls(fn) + more - SAVED_REGISTERS);
  allowances.set(fn, bytes);
  return bytes;
}

function readsContext({ instructions }: IrBlock): boolean {
  return instructions.some((node) => node.kind === "load" && node.within !== undefined);
}

/** At least the allowance of a function with so many values wanted after some call, whatever its branches are. */
export function mostSpilled(acrossCalls: number): number {
  return SLOT_BYTES * Math.max(0, acrossCalls + LOOP_VALUES + CONTEXT_VALUES - SAVED_REGISTERS);
}

/** Whether some block can be run again. */
export function hasLoop(fn: IrFunction): boolean {
  return controlFlow(fn).successors.some((next, rank) => next.some((other) => other <= rank));
}

/** The most values that are wanted after some call and were there before it. */
export function mostAcrossCalls(fn: IrFunction): number {
  const numbers = numberValues(fn);
  const flow = controlFlow(fn);
  const steps = stepsBackwards(flow, numbers);
  const wide = wideValues(steps, numbers.count);
  const ends = wantedAfter(flow, steps, wide);
  const end = emptySet(wide.values.length);
  /** By value, the block that wants it where the walk is. */
  const wantedIn = new Int32Array(numbers.count).fill(-1);
  let rank = 0;
  let wanted = 0;
  let most = 0;
  const want = (n: number): void => {
    if (wantedIn[n] !== rank) wanted += 1;
    wantedIn[n] = rank;
  };
  const wantWide = (place: number): void => {
    want(wide.values[place] ?? 0);
  };
  for (; rank < flow.blocks.length; rank += 1) {
    wanted = 0;
    copyRow(ends, rank, end);
    forEachMember(end, wantWide);
    for (let i = steps.starts[rank] ?? 0; i < (steps.starts[rank + 1] ?? 0); i += 1) {
      const step = steps.all[i] ?? 0;
      if (step >= 0) want(step);
      else if (step === CALL) most = Math.max(most, wanted);
      else if (wantedIn[~step] === rank) {
        wantedIn[~step] = -1;
        wanted -= 1;
      }
    }
  }
  return most;
}

/**
 * What blocks do to the values wanted after them, each from its end: a number is a value's that is wanted from there up, its
 * complement one that is made there, and `CALL` a call that must leave alone what is wanted. Blocks are looked at more than
 * once, instructions and their operands only here.
 */
interface Steps {
  /** Of all blocks, by rank. */
  readonly all: readonly number[];
  /** Where those of each block start, and where those of the last end. */
  readonly starts: readonly number[];
}

/** No complement of a value's number: there are fewer values. */
const CALL = -(2 ** 31);

function stepsBackwards({ blocks }: ControlFlow, numbers: Numbers): Steps {
  const all: number[] = [];
  const useOne = (operand: IrOperand): void => {
    use(operand, all, numbers);
  };
  const starts = [0];
  for (const { instructions, terminator } of blocks) {
    forEachOperand(terminator, useOne);
    for (let i = instructions.length - 1; i >= 0; i -= 1) {
      const instruction = instructions[i];
      if (instruction === undefined || numbers.kinds[instruction.number] === PUT_OFF) continue;
      const n = definedBy(instruction, numbers);
      if (n !== undefined) all.push(~n);
      if (isCall(instruction)) all.push(CALL);
      if (instruction.kind === "local-read") all.push(numbers.outer.get(instruction.local) ?? 0);
      else forEachOperand(instruction, useOne);
    }
    starts.push(all.length);
  }
  return { all, starts };
}

/** Values that some block wants of those before it. Most are used only where they are made: sets have no place for them. */
interface Wide {
  readonly values: readonly number[];
  /** By value; -1 for all others. */
  readonly places: Int32Array;
}

function wideValues({ all, starts }: Steps, size: number): Wide {
  const values: number[] = [];
  const places = new Int32Array(size).fill(-1);
  const wantedIn = new Int32Array(size).fill(-1);
  for (let rank = 0; rank + 1 < starts.length; rank += 1) {
    const [start, end] = [starts[rank] ?? 0, starts[rank + 1] ?? 0];
    for (let i = start; i < end; i += 1) {
      const step = all[i] ?? 0;
      if (step >= 0) wantedIn[step] = rank;
      else if (step !== CALL) wantedIn[~step] = -1;
    }
    for (let i = start; i < end; i += 1) {
      const step = all[i] ?? 0;
      if (step < 0 || wantedIn[step] !== rank || places[step] !== -1) continue;
      places[step] = values.length;
      values.push(step);
    }
  }
  return { values, places };
}

/** By block, the wide values that something after it uses. */
function wantedAfter(flow: ControlFlow, steps: Steps, { values, places }: Wide): BitRows {
  const ends = emptyRows(flow.blocks.length, values.length);
  const start = emptySet(values.length);
  for (let changed = values.length > 0; changed; ) {
    changed = false;
    for (let rank = flow.blocks.length - 1; rank >= 0; rank -= 1) {
      copyRow(ends, rank, start);
      takeBlock(steps, rank, places, start);
      for (const before of flow.predecessors[rank] ?? []) {
        // Blocks before this one have their turn in this round, all but those that loop back to it.
        if (includeInRow(ends, before, start) && before >= rank) changed = true;
      }
    }
  }
  return ends;
}

/** Makes what is wanted after a block what is wanted before it. */
function takeBlock({ all, starts }: Steps, rank: number, places: Int32Array, wanted: BitSet): void {
  for (let i = starts[rank] ?? 0; i < (starts[rank + 1] ?? 0); i += 1) {
    const step = all[i] ?? 0;
    const place = step === CALL ? -1 : (places[step < 0 ? ~step : step] ?? -1);
    if (place === -1) continue;
    if (step < 0) remove(wanted, place);
    else add(wanted, place);
  }
}

/** Values by numbers: those of instructions, then locals and parameters. */
interface Numbers {
  readonly count: number;
  /** Parameters go by name: there may be several objects for one. */
  readonly outer: ReadonlyMap<Local | string, number>;
  /** By instruction: values that need a register. */
  readonly kinds: Uint8Array;
}

/** An address of a global or in the frame, which is made anew wherever it is wanted, or what has no result. */
const NONE = 0;
const KEPT = 1;
/** Part of a sum or the like, which LLVM computes only where the whole is wanted. */
const PUT_OFF = 2;

function numberValues(fn: IrFunction): Numbers {
  const outer = new Map<Local | string, number>();
  const note = (value: Local | string): void => {
    if (!outer.has(value)) outer.set(value, fn.numbers + outer.size);
  };
  for (const { name } of fn.parameters) note(name);
  const kinds = new Uint8Array(fn.numbers);
  for (const { instructions } of fn.blocks) {
    for (const instruction of instructions) {
      if (instruction.kind === "local-write" || instruction.kind === "local-read") note(instruction.local);
      kinds[instruction.number] = "type" in instruction && !isRemade(instruction) ? KEPT : NONE;
    }
  }
  markPutOff(fn, kinds);
  return { count: fn.numbers + outer.size, outer, kinds };
}

/** Operators whose chains LLVM puts into another order; it takes a difference for a sum. */
const chains: Readonly<Partial<Record<BinaryOperator, string>>> = {
  add: "sum",
  sub: "sum",
  mul: "product",
  and: "and",
  or: "or",
  xor: "xor",
};

/** Whether LLVM may compute the instruction elsewhere, as part of a longer one. */
export function isPartOfChain(instruction: IrInstruction): boolean {
  return instruction.kind === "binary" && chains[instruction.operator] !== undefined;
}

/** Values of a chain that nothing but the chain's next value uses. */
function markPutOff(fn: IrFunction, kinds: Uint8Array): void {
  let user: IrInstruction | IrTerminator;
  /** By instruction, how often its result is used, any other use than by its chain counting as several. */
  const uses = new Uint8Array(fn.numbers);
  const parts: number[] = [];
  const note = (operand: IrOperand): void => {
    if (operand.kind !== "binary") return;
    const chain = chains[operand.operator];
    if (chain === undefined) return;
    const before = uses[operand.number] ?? 0;
    if (before === 0) parts.push(operand.number);
    uses[operand.number] =
      before === 0 && user.kind === "binary" && chains[user.operator] === chain ? ONCE : OFTEN;
  };
  for (const { instructions, terminator } of fn.blocks) {
    for (user of instructions) forEachOperand(user, note);
    user = terminator;
    forEachOperand(user, note);
  }
  for (const part of parts) if (uses[part] === ONCE) kinds[part] = PUT_OFF;
}

const ONCE = 1;
const OFTEN = 2;

export function isRemade(instruction: IrInstruction): boolean {
  if (instruction.kind === "object-address") return true;
  if (instruction.kind !== "offset" || instruction.by.kind !== "constant") return false;
  const { base } = instruction;
  return base.kind === "object-address" || base.kind === "global-address";
}

function definedBy(instruction: IrInstruction, { kinds, outer }: Numbers): number | undefined {
  if (instruction.kind === "local-write") return outer.get(instruction.local);
  return kinds[instruction.number] === KEPT ? instruction.number : undefined;
}

function use(operand: IrOperand, steps: number[], numbers: Numbers): void {
  switch (operand.kind) {
    case "constant":
    case "global-address":
    case "function-address":
      return;
    case "parameter": {
      const n = numbers.outer.get(operand.name);
      if (n !== undefined) steps.push(n);
      return;
    }
    default: {
      const kind = numbers.kinds[operand.number];
      if (kind === KEPT) steps.push(operand.number);
      else if (kind === PUT_OFF && operand.kind === "binary") {
        use(operand.left, steps, numbers);
        use(operand.right, steps, numbers);
      }
    }
  }
}

export function isCall(instruction: IrInstruction): boolean {
  return instruction.kind === "helper" || instruction.kind === "call" || instruction.kind === "kernel-call";
}
