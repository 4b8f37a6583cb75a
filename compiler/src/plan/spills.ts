/**
 * How many bytes LLVM may need for values it cannot keep in registers. A call leaves only four of BPF's registers as they
 * were, so what counts is how many values are wanted again after a call.
 */

import { controlFlow } from "../ir/control-flow.ts";
import {
  operandsOf,
  successorsOf,
  type BinaryOperator,
  type IrFunction,
  type IrInstruction,
  type IrOperand,
  type IrTerminator,
  type Local,
} from "../ir/ir.ts";
import { add, count, emptySet, include, remove, type BitSet } from "./bit-set.ts";

/** r6 to r9. */
const SAVED_REGISTERS = 4;
const SLOT_BYTES = 8;

/** What LLVM makes of loops beside what stands in them: values computed before the loop, the next round's values. */
const LOOP_VALUES = 2;

/** Of branches: a value that several of them compute is computed once, before them. */
const BRANCH_VALUES = 1;

/** The plan asks again for each way it tries. */
const allowances = new WeakMap<IrFunction, number>();

export function spillAllowance(fn: IrFunction): number {
  const known = allowances.get(fn);
  if (known !== undefined) return known;
  const more = hasLoop(fn) ? LOOP_VALUES : fn.blocks.length > 1 ? BRANCH_VALUES : 0;
  const bytes = SLOT_BYTES * Math.max(0, mostAcrossCalls(fn) + more - SAVED_REGISTERS);
  allowances.set(fn, bytes);
  return bytes;
}

/** Whether some block can be run again. */
export function hasLoop(fn: IrFunction): boolean {
  const order = new Map(controlFlow(fn).reversePostorder.map((id, i) => [id, i]));
  return fn.blocks.some(({ id, terminator }) =>
    successorsOf(terminator).some((next) => (order.get(next) ?? 0) <= (order.get(id) ?? 0)),
  );
}

/** The most values that are wanted after some call and were there before it. */
export function mostAcrossCalls(fn: IrFunction): number {
  const numbers = numberValues(fn);
  const flow = controlFlow(fn);
  const atEnd = new Map(flow.reversePostorder.map((id) => [id, emptySet(numbers.of.size)]));
  const backwards = [...flow.reversePostorder].reverse();
  let most = 0;
  for (let changed = true; changed; ) {
    changed = false;
    most = 0;
    for (const id of backwards) {
      const block = flow.blockById.get(id);
      const live = atEnd.get(id)?.slice();
      if (block === undefined || live === undefined) continue;
      useOperands(block.terminator, live, numbers);
      for (let i = block.instructions.length - 1; i >= 0; i -= 1) {
        const instruction = block.instructions[i];
        if (instruction === undefined || numbers.put.has(instruction)) continue;
        define(instruction, live, numbers);
        if (isCall(instruction)) most = Math.max(most, count(live));
        useOperands(instruction, live, numbers);
      }
      for (const before of flow.predecessors.get(id) ?? []) {
        const set = atEnd.get(before);
        if (set !== undefined && include(set, live)) changed = true;
      }
    }
  }
  return most;
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
  const note = (value: IrOperand | Local | string): void => {
    if (!numbers.has(value)) numbers.set(value, numbers.size);
  };
  for (const { name } of fn.parameters) note(name);
  const put = putOff(fn);
  for (const block of fn.blocks) {
    for (const instruction of block.instructions) {
      if (instruction.kind === "local-write") note(instruction.local);
      else if (instruction.kind === "local-read") note(instruction.local);
      if ("type" in instruction && !isRemade(instruction) && !put.has(instruction))
        note(instruction as IrOperand);
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

/** Values of a chain that nothing but the chain's next value uses. */
function putOff(fn: IrFunction): ReadonlySet<IrInstruction> {
  const users = new Map<IrOperand, (IrInstruction | IrTerminator)[]>();
  for (const { instructions, terminator } of fn.blocks) {
    for (const user of [...instructions, terminator]) {
      for (const operand of operandsOf(user)) {
        const known = users.get(operand);
        if (known === undefined) users.set(operand, [user]);
        else known.push(user);
      }
    }
  }
  const found = new Set<IrInstruction>();
  for (const [value, [user, ...others]] of users) {
    if (value.kind !== "binary" || user?.kind !== "binary" || others.length > 0) continue;
    const chain = chains[value.operator];
    if (chain !== undefined && chain === chains[user.operator]) found.add(value);
  }
  return found;
}

function isRemade(instruction: IrInstruction): boolean {
  if (instruction.kind === "object-address") return true;
  if (instruction.kind !== "offset" || instruction.by.kind !== "constant") return false;
  const { base } = instruction;
  return base.kind === "object-address" || base.kind === "global-address";
}

function define(instruction: IrInstruction, live: BitSet, numbers: Numbers): void {
  const subject = instruction.kind === "local-write" ? instruction.local : (instruction as IrOperand);
  const n = numbers.of.get(subject);
  if (n !== undefined) remove(live, n);
}

function useOperands(user: IrInstruction | IrTerminator, live: BitSet, numbers: Numbers): void {
  if (user.kind === "local-read") {
    const n = numbers.of.get(user.local);
    if (n !== undefined) add(live, n);
    return;
  }
  for (const operand of operandsOf(user)) use(operand, live, numbers);
}

function use(operand: IrOperand, live: BitSet, numbers: Numbers): void {
  if (operand.kind === "binary" && numbers.put.has(operand)) {
    use(operand.left, live, numbers);
    use(operand.right, live, numbers);
    return;
  }
  const n = numbers.of.get(operand.kind === "parameter" ? operand.name : operand);
  if (n !== undefined) add(live, n);
}

function isCall(instruction: IrInstruction): boolean {
  return instruction.kind === "helper" || instruction.kind === "call" || instruction.kind === "kernel-call";
}
