/** Making a changed copy of a function. Instructions are data that refer to each other, so users are copied with them. */

import { controlFlow, shareFlow } from "./control-flow.ts";
import {
  type IrBlock,
  type IrFunction,
  type IrInstruction,
  type IrOperand,
  type IrTerminator,
} from "./ir.ts";
import { forEachOperand } from "./operands.ts";

/** `value` is what users of a replaced instruction's result get; undefined keeps the last of `instructions`. */
export interface Replacement {
  readonly instructions: readonly IrInstruction[];
  readonly value?: IrOperand;
}

/** Gives a number that no instruction of the function has. */
export type NextNumber = () => number;

/** @param replace what stands for an instruction whose operands were already replaced; undefined for itself */
export function rewriteFunction(
  fn: IrFunction,
  replace: (instruction: IrInstruction, next: NextNumber) => Replacement | undefined,
): IrFunction {
  let { numbers } = fn;
  const next = (): number => {
    numbers += 1;
    return numbers - 1;
  };
  /** By the number of the instruction whose result it was. */
  const replaced = Array<IrOperand | undefined>(fn.numbers).fill(undefined);
  const swap = (operand: IrOperand): IrOperand =>
    ("number" in operand ? replaced[operand.number] : undefined) ?? operand;
  let changes = 0;
  const look = (operand: IrOperand): void => {
    if ("number" in operand && replaced[operand.number] !== undefined) changes += 1;
  };
  const flow = controlFlow(fn);
  const done = flow.blocks.map((block): IrBlock => {
    const instructions: IrInstruction[] = [];
    for (const original of block.instructions) {
      changes = 0;
      forEachOperand(original, look);
      const node = changes > 0 ? replaceOperands(original, swap) : original;
      const replacement = replace(node, next);
      if (replacement === undefined) instructions.push(node);
      else instructions.push(...replacement.instructions);
      const result =
        replacement === undefined ? node : (replacement.value ?? replacement.instructions.at(-1));
      // Only instructions with a result have users; for the others the entry is never looked up.
      if (result !== undefined && result !== original) replaced[original.number] = result as IrOperand;
    }
    return { id: block.id, instructions, terminator: withTerminatorOperands(block.terminator, swap) };
  });
  const reached = fn.blocks.filter(({ id }) => flow.rankOf(id) !== undefined);
  const blocks = reached.map((block) => done[flow.rankOf(block.id) ?? 0] ?? block);
  const rewritten = { ...fn, blocks, numbers };
  shareFlow(fn, rewritten, done);
  return rewritten;
}

function withTerminatorOperands(
  terminator: IrTerminator,
  swap: (operand: IrOperand) => IrOperand,
): IrTerminator {
  switch (terminator.kind) {
    case "jump":
      return terminator;
    case "branch":
      return { ...terminator, condition: swap(terminator.condition) };
    case "return":
      return { ...terminator, value: terminator.value === undefined ? undefined : swap(terminator.value) };
  }
}

/** Asks `swap` once for each operand, in the order of `forEachOperand`. */
export function replaceOperands(node: IrInstruction, swap: (operand: IrOperand) => IrOperand): IrInstruction {
  switch (node.kind) {
    case "binary":
    case "compare":
      return { ...node, left: swap(node.left), right: swap(node.right) };
    case "convert":
    case "opaque":
    case "scalar-of":
      return { ...node, operand: swap(node.operand) };
    case "select": {
      const condition = swap(node.condition);
      return { ...node, condition, then: swap(node.then), otherwise: swap(node.otherwise) };
    }
    case "load":
      return { ...node, address: swap(node.address) };
    case "store":
      return { ...node, address: swap(node.address), value: swap(node.value) };
    case "offset":
      return { ...node, base: swap(node.base), by: swap(node.by) };
    case "atomic":
      return { ...node, address: swap(node.address), operand: swap(node.operand) };
    case "compare-exchange": {
      const address = swap(node.address);
      return { ...node, address, expected: swap(node.expected), replacement: swap(node.replacement) };
    }
    case "helper":
    case "kernel-call":
      return { ...node, arguments: node.arguments.map(swap) };
    case "call":
      return { ...node, arguments: node.arguments.map(swap) };
    case "local-write":
      return { ...node, value: swap(node.value) };
    case "copy":
      return { ...node, to: swap(node.to), from: swap(node.from) };
    case "zero":
      return { ...node, to: swap(node.to) };
    case "object-address":
    case "local-read":
    case "begin":
      return node;
  }
}
