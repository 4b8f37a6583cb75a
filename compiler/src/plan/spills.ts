/**
 * How many bytes LLVM may need for values it cannot keep in registers. A call leaves only four of BPF's registers as they
 * were, so what counts is how many values are wanted again after a call.
 */

import { controlFlow, type ControlFlow } from "../ir/control-flow.ts";
import {
  type BinaryOperator,
  type IrBinary,
  type IrBlock,
  type IrFunction,
  type IrInstruction,
  type IrOperand,
  type IrTerminator,
  type Local,
} from "../ir/ir.ts";
import { forEachOperand } from "../ir/operands.ts";
import { add, count, emptySet, include, remove, type BitSet } from "./bit-set.ts";

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
  const size = numbers.of.size;
  const blocks = flow.blocks.map((block) => stepsBackwards(block, numbers));
  const ends = wantedAfter(
    flow,
    blocks.map((steps) => summarize(steps, size)),
    size,
  );
  const live = emptySet(size);
  let most = 0;
  blocks.forEach((steps, rank) => {
    if (!steps.includes(CALL)) return;
    live.set(ends[rank] ?? []);
    for (const step of steps) {
      if (step === CALL) most = Math.max(most, count(live));
      else takeStep(step, live);
    }
  });
  return most;
}

/**
 * What a block does to the values wanted after it, from its end: a number is a value's that is wanted from there up, its
 * complement one that is made there, and `CALL` a call that must leave alone what is wanted. Blocks are looked at more than
 * once, instructions and their operands only here.
 */
type Steps = readonly number[];

/** No complement of a value's number: there are fewer values. */
const CALL = -(2 ** 31);

function stepsBackwards(block: IrBlock, numbers: Numbers): Steps {
  const steps: number[] = [];
  const useOne = (operand: IrOperand): void => {
    use(operand, steps, numbers);
  };
  forEachOperand(block.terminator, useOne);
  for (let i = block.instructions.length - 1; i >= 0; i -= 1) {
    const instruction = block.instructions[i];
    if (instruction === undefined || numbers.put.has(instruction)) continue;
    const n = definedBy(instruction, numbers);
    if (n !== undefined) steps.push(~n);
    if (isCall(instruction)) steps.push(CALL);
    if (instruction.kind === "local-read") steps.push(numbers.of.get(instruction.local) ?? 0);
    else forEachOperand(instruction, useOne);
  }
  return steps;
}

function takeStep(step: number, live: BitSet): void {
  if (step < 0) remove(live, ~step);
  else add(live, step);
}

/** Of a block: what it uses of before, and what it defines. */
interface Summary {
  readonly uses: BitSet;
  readonly defines: BitSet;
}

function summarize(steps: Steps, size: number): Summary {
  const [uses, defines] = [emptySet(size), emptySet(size)];
  for (const step of steps) {
    if (step === CALL) continue;
    takeStep(step, uses);
    if (step < 0) add(defines, ~step);
  }
  return { uses, defines };
}

/** By block, the values that something after it uses. */
function wantedAfter(flow: ControlFlow, summaries: readonly Summary[], size: number): readonly BitSet[] {
  const ends = summaries.map(() => emptySet(size));
  const start = emptySet(size);
  for (let changed = true; changed; ) {
    changed = false;
    for (let rank = summaries.length - 1; rank >= 0; rank -= 1) {
      const [summary, end] = [summaries[rank], ends[rank]];
      if (summary === undefined || end === undefined) continue;
      for (let word = 0; word < start.length; word += 1)
        start[word] = (summary.uses[word] ?? 0) | ((end[word] ?? 0) & ~(summary.defines[word] ?? 0));
      for (const before of flow.predecessors[rank] ?? []) {
        const set = ends[before];
        // Blocks before this one have their turn in this round, all but those that loop back to it.
        if (set !== undefined && include(set, start) && before >= rank) changed = true;
      }
    }
  }
  return ends;
}

interface Numbers {
  /** Parameters go by name: there may be several objects for one. */
  readonly of: ReadonlyMap<IrOperand | Local | string, number>;
  /** Parts of sums and the like, which LLVM computes only where the whole is wanted. */
  readonly put: ReadonlySet<IrInstruction>;
}

/** Values that need a register. Addresses of globals and of the frame are made anew wherever they are wanted. */
function numberValues(fn: IrFunction): Numbers {
  const numbers = new Map<IrOperand | Local | string, number>();
  const note = (value: Local | string): void => {
    if (!numbers.has(value)) numbers.set(value, numbers.size);
  };
  for (const { name } of fn.parameters) note(name);
  const put = putOff(fn);
  for (const block of fn.blocks) {
    for (const instruction of block.instructions) {
      if (instruction.kind === "local-write" || instruction.kind === "local-read") note(instruction.local);
      // Stands once, so nothing has its number yet.
      if ("type" in instruction && !isRemade(instruction) && !put.has(instruction))
        numbers.set(instruction as IrOperand, numbers.size);
    }
  }
  return { of: numbers, put };
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
function putOff(fn: IrFunction): ReadonlySet<IrInstruction> {
  /** With the one user, or undefined for several. */
  const users = new Map<IrBinary, IrInstruction | IrTerminator | undefined>();
  let user: IrInstruction | IrTerminator;
  const note = (operand: IrOperand): void => {
    if (operand.kind === "binary") users.set(operand, users.has(operand) ? undefined : user);
  };
  for (const { instructions, terminator } of fn.blocks) {
    for (user of instructions) forEachOperand(user, note);
    user = terminator;
    forEachOperand(user, note);
  }
  const found = new Set<IrInstruction>();
  for (const [value, only] of users) {
    if (only?.kind !== "binary") continue;
    const chain = chains[value.operator];
    if (chain !== undefined && chain === chains[only.operator]) found.add(value);
  }
  return found;
}

export function isRemade(instruction: IrInstruction): boolean {
  if (instruction.kind === "object-address") return true;
  if (instruction.kind !== "offset" || instruction.by.kind !== "constant") return false;
  const { base } = instruction;
  return base.kind === "object-address" || base.kind === "global-address";
}

function definedBy(instruction: IrInstruction, numbers: Numbers): number | undefined {
  return numbers.of.get(instruction.kind === "local-write" ? instruction.local : (instruction as IrOperand));
}

function use(operand: IrOperand, steps: number[], numbers: Numbers): void {
  if (operand.kind === "binary" && numbers.put.has(operand)) {
    use(operand.left, steps, numbers);
    use(operand.right, steps, numbers);
    return;
  }
  const n = numbers.of.get(operand.kind === "parameter" ? operand.name : operand);
  if (n !== undefined) steps.push(n);
}

export function isCall(instruction: IrInstruction): boolean {
  return instruction.kind === "helper" || instruction.kind === "call" || instruction.kind === "kernel-call";
}
