/** Making a changed copy of a function. Instructions are data that refer to each other, so users are copied with them. */

import { controlFlow } from "./control-flow.ts";
import type {
  IrBlock,
  IrFunction,
  IrInstruction,
  IrOperand,
  IrTerminator,
  IrValueInstruction,
} from "./ir.ts";

export interface Rewriter {
  /**
   * What stands for an instruction whose operands were already replaced: usually itself. `value` is what users of its
   * result get; undefined keeps the last of `instructions`.
   */
  readonly instruction: (instruction: IrInstruction) => {
    readonly instructions: readonly IrInstruction[];
    readonly value?: IrOperand;
  };
  /** Instructions to run before a terminator. */
  readonly beforeTerminator: (terminator: IrTerminator, block: IrBlock) => readonly IrInstruction[];
}

export function rewriteFunction(fn: IrFunction, rewriter: Rewriter): IrFunction {
  const replaced = new Map<IrOperand, IrOperand>();
  const swap = (operand: IrOperand): IrOperand => replaced.get(operand) ?? operand;
  const flow = controlFlow(fn);
  const done = new Map<number, IrBlock>();
  for (const id of flow.reversePostorder) {
    const block = flow.blockById.get(id);
    if (block === undefined) continue;
    const instructions: IrInstruction[] = [];
    for (const original of block.instructions) {
      const own = withOperands(original, swap);
      const { instructions: made, value } = rewriter.instruction(own);
      instructions.push(...made);
      const result = value ?? made.at(-1);
      // Only instructions with a result have users; for the others the entry is never looked up.
      if (result !== undefined) replaced.set(original as IrValueInstruction, result as IrOperand);
    }
    instructions.push(...rewriter.beforeTerminator(block.terminator, block));
    done.set(id, { id, instructions, terminator: withTerminatorOperands(block.terminator, swap) });
  }
  return { ...fn, blocks: fn.blocks.flatMap(({ id }) => done.get(id) ?? []) };
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

export function withOperands(node: IrInstruction, swap: (operand: IrOperand) => IrOperand): IrInstruction {
  switch (node.kind) {
    case "binary":
    case "compare":
      return { ...node, left: swap(node.left), right: swap(node.right) };
    case "convert":
    case "opaque":
    case "scalar-of":
      return { ...node, operand: swap(node.operand) };
    case "select":
      return {
        ...node,
        condition: swap(node.condition),
        then: swap(node.then),
        otherwise: swap(node.otherwise),
      };
    case "load":
      return { ...node, address: swap(node.address) };
    case "store":
      return { ...node, address: swap(node.address), value: swap(node.value) };
    case "offset":
      return { ...node, base: swap(node.base), by: swap(node.by) };
    case "atomic":
      return { ...node, address: swap(node.address), operand: swap(node.operand) };
    case "compare-exchange":
      return {
        ...node,
        address: swap(node.address),
        expected: swap(node.expected),
        replacement: swap(node.replacement),
      };
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
      return { ...node };
  }
}
