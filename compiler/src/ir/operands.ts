/** The operands of instructions, in order. */

import type { IrInstruction, IrOperand, IrTerminator } from "./ir.ts";

/** In order. */
export function forEachOperand(
  instruction: IrInstruction | IrTerminator,
  visit: (operand: IrOperand) => void,
): void {
  switch (instruction.kind) {
    case "binary":
    case "compare":
      visit(instruction.left);
      visit(instruction.right);
      return;
    case "convert":
    case "opaque":
    case "scalar-of":
      visit(instruction.operand);
      return;
    case "select":
      visit(instruction.condition);
      visit(instruction.then);
      visit(instruction.otherwise);
      return;
    case "load":
    case "store":
    case "offset":
    case "atomic":
    case "compare-exchange":
    case "copy":
    case "zero":
      forEachOfMemory(instruction, visit);
      return;
    case "helper":
    case "call":
    case "kernel-call":
      for (const argument of instruction.arguments) visit(argument);
      return;
    case "local-write":
      visit(instruction.value);
      return;
    case "branch":
      visit(instruction.condition);
      return;
    case "return":
      if (instruction.value !== undefined) visit(instruction.value);
      return;
    case "object-address":
    case "local-read":
    case "begin":
    case "jump":
      return;
  }
}

/** Instructions that read, write or move addresses. */
export type MemoryInstruction = IrInstruction & {
  readonly kind: "load" | "store" | "offset" | "atomic" | "compare-exchange" | "copy" | "zero";
};

function forEachOfMemory(instruction: MemoryInstruction, visit: (operand: IrOperand) => void): void {
  switch (instruction.kind) {
    case "load":
      visit(instruction.address);
      return;
    case "store":
      visit(instruction.address);
      visit(instruction.value);
      return;
    case "offset":
      visit(instruction.base);
      visit(instruction.by);
      return;
    case "atomic":
      visit(instruction.address);
      visit(instruction.operand);
      return;
    case "compare-exchange":
      visit(instruction.address);
      visit(instruction.expected);
      visit(instruction.replacement);
      return;
    case "copy":
      visit(instruction.to);
      visit(instruction.from);
      return;
    case "zero":
      visit(instruction.to);
      return;
  }
}
