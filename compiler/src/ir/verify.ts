/**
 * Checks the IR before LLVM sees it: a fault here is ours, and LLVM would meet some of them by ending the process.
 * @see design: no aggregate values, at most five arguments, atomics of 32 and 64 bits only, copies of bounded size
 */

import { invariant } from "../base/invariant.ts";
import { controlFlow, type ControlFlow } from "./control-flow.ts";
import { helpers } from "./helpers.ts";
import {
  bitsOf,
  operandsOf,
  type IrBlock,
  type IrFunction,
  type IrInstruction,
  type IrModule,
  type IrOperand,
  type IrTerminator,
  type IrType,
} from "./ir.ts";

/** What LLVM's BPF back end expands into single moves. */
const MOST_MOVES = 128;
const MOST_ARGUMENTS = 5;

/** @throws InvariantError at the first fault */
export function verifyModule(module: IrModule): void {
  const names = new Set<string>();
  for (const { name } of [...module.functions, ...module.globals, ...module.maps]) {
    invariant(!names.has(name), `${name} is defined once`);
    names.add(name);
  }
  const signatures = new Map(module.functions.map((fn) => [fn.name, fn]));
  for (const fn of module.functions) verifyFunction(fn, names, signatures);
}

interface Check {
  readonly fn: IrFunction;
  readonly flow: ControlFlow;
  readonly names: ReadonlySet<string>;
  readonly functions: ReadonlyMap<string, IrFunction>;
  /** Block and index of every instruction. */
  readonly positions: ReadonlyMap<IrInstruction, { readonly block: number; readonly index: number }>;
}

function verifyFunction(
  fn: IrFunction,
  names: ReadonlySet<string>,
  functions: ReadonlyMap<string, IrFunction>,
): void {
  invariant(fn.blocks.length > 0, `${fn.name} has a block`);
  invariant(fn.parameters.length <= MOST_ARGUMENTS, `${fn.name} takes at most five parameters`);
  const positions = new Map<IrInstruction, { block: number; index: number }>();
  for (const block of fn.blocks) {
    block.instructions.forEach((instruction, index) => {
      invariant(!positions.has(instruction), `an instruction of ${fn.name} stands once`);
      positions.set(instruction, { block: block.id, index });
    });
  }
  const check: Check = { fn, flow: controlFlow(fn), names, functions, positions };
  for (const block of fn.blocks) {
    block.instructions.forEach((instruction, index) => {
      verifyOperands(check, instruction, block, index);
      verifyInstruction(check, instruction);
    });
    verifyOperands(check, block.terminator, block, block.instructions.length);
    verifyTerminator(check, block.terminator);
  }
}

function verifyOperands(
  check: Check,
  user: IrInstruction | IrTerminator,
  block: IrBlock,
  index: number,
): void {
  for (const operand of operandsOf(user)) verifyOperand(check, operand, user, block, index);
}

function verifyOperand(
  check: Check,
  operand: IrOperand,
  user: IrInstruction | IrTerminator,
  block: IrBlock,
  index: number,
): void {
  const where = `${user.kind} in ${check.fn.name}`;
  switch (operand.kind) {
    case "constant":
      invariant(
        operand.type !== "ptr" || operand.value === 0n,
        `${where}: the only constant pointer is null`,
      );
      return;
    case "global-address":
      invariant(check.names.has(operand.name), `${where}: @${operand.name} is defined`);
      return;
    case "function-address":
      invariant(check.functions.has(operand.name), `${where}: ${operand.name} is defined`);
      return;
    case "parameter":
      invariant(
        check.fn.parameters.some(({ name, type }) => name === operand.name && type === operand.type),
        `${where}: ${operand.name} is a parameter`,
      );
      return;
    default: {
      const position = check.positions.get(operand);
      invariant(position !== undefined, `${where}: the ${operand.kind} it uses is in the function`);
      const before =
        position.block === block.id ? position.index < index : check.flow.dominates(position.block, block.id);
      invariant(before, `${where}: the ${operand.kind} it uses has run before`);
    }
  }
}

function verifyInstruction(check: Check, node: IrInstruction): void {
  const where = `${node.kind} in ${check.fn.name}`;
  switch (node.kind) {
    case "binary":
      invariant(node.type !== "ptr", `${where}: pointers are moved by offset`);
      same(node.left.type, node.type, where);
      same(node.right.type, node.type, where);
      return;
    case "compare":
      same(node.left.type, node.right.type, where);
      return;
    case "convert":
      verifyConversion(node, where);
      return;
    case "select":
      same(node.condition.type, "i1", where);
      same(node.then.type, node.otherwise.type, where);
      return;
    case "load":
    case "store":
    case "offset":
    case "atomic":
    case "compare-exchange":
    case "copy":
    case "zero":
      verifyMemory(node, where);
      return;
    case "helper":
      invariant(
        node.arguments.length <= helpers[node.helper].parameters,
        `${where}: ${node.helper}'s arguments`,
      );
      return;
    case "call":
      verifyCall(check, node, where);
      return;
    case "kernel-call":
      invariant(node.arguments.length <= MOST_ARGUMENTS, `${where}: at most five arguments`);
      return;
    case "local-write":
      same(node.value.type, node.local.type, where);
      return;
    case "object-address":
    case "local-read":
    case "opaque":
    case "scalar-of":
    case "begin":
      return;
  }
}

type MemoryInstruction = IrInstruction & {
  readonly kind: "load" | "store" | "offset" | "atomic" | "compare-exchange" | "copy" | "zero";
};

function verifyMemory(node: MemoryInstruction, where: string): void {
  switch (node.kind) {
    case "load":
      same(node.address.type, "ptr", where);
      invariant(node.type !== "i1", `${where}: booleans are bytes in memory`);
      return;
    case "store":
      same(node.address.type, "ptr", where);
      invariant(node.value.type !== "i1", `${where}: booleans are bytes in memory`);
      return;
    case "offset":
      same(node.base.type, "ptr", where);
      same(node.by.type, "i64", where);
      return;
    case "atomic":
    case "compare-exchange":
      same(node.address.type, "ptr", where);
      invariant(node.type === "i32" || node.type === "i64", `${where}: atomics have 32 or 64 bits`);
      return;
    case "copy":
    case "zero": {
      const most = MOST_MOVES * Math.min(node.align, 8);
      invariant(node.bytes > 0 && node.bytes <= most, `${where}: ${node.bytes} bytes are moved inline`);
    }
  }
}

function verifyConversion(node: IrInstruction & { readonly kind: "convert" }, where: string): void {
  const [from, to] = [bitsOf(node.operand.type), bitsOf(node.type)];
  switch (node.operator) {
    case "zext":
    case "sext":
      invariant(from < to, `${where}: widens`);
      return;
    case "trunc":
      invariant(from > to, `${where}: narrows`);
      return;
    case "bswap":
      invariant(from === to && from >= 16, `${where}: swaps bytes`);
      return;
    case "inttoptr":
    case "ptrtoint":
      invariant(from === to, `${where}: keeps the bits`);
      return;
  }
}

function verifyCall(check: Check, node: IrInstruction & { readonly kind: "call" }, where: string): void {
  const callee = check.functions.get(node.function);
  invariant(callee !== undefined, `${where}: ${node.function} is defined`);
  invariant(callee.returns === node.type, `${where}: ${node.function} returns ${callee.returns}`);
  invariant(callee.parameters.length === node.arguments.length, `${where}: ${node.function}'s arguments`);
  callee.parameters.forEach(({ type }, i) => {
    same(node.arguments[i]?.type, type, where);
  });
}

function verifyTerminator(check: Check, node: IrTerminator): void {
  const where = `${node.kind} in ${check.fn.name}`;
  if (node.kind === "branch") same(node.condition.type, "i1", where);
  if (node.kind === "return") same(node.value?.type ?? "void", check.fn.returns, where);
  const entry = check.fn.blocks[0]?.id;
  const targets =
    node.kind === "jump" ? [node.target] : node.kind === "branch" ? [node.then, node.otherwise] : [];
  for (const target of targets) {
    invariant(check.flow.blockById.has(target), `${where}: block ${target} exists`);
    invariant(target !== entry, `${where}: nothing jumps to the entry`);
  }
}

function same(found: IrType | "void" | undefined, wanted: IrType | "void", where: string): void {
  invariant(found === wanted, `${where}: ${found ?? "nothing"} where ${wanted} is wanted`);
}
