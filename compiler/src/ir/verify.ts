/**
 * Checks the IR before LLVM sees it: a fault here is ours, and LLVM would meet some of them by ending the process.
 * @see design: no aggregate values, at most five arguments, atomics of 32 and 64 bits only, copies of bounded size
 */

import { invariant, InvariantError } from "../base/invariant.ts";
import { controlFlow, type ControlFlow } from "./control-flow.ts";
import { helpers } from "./helpers.ts";
import {
  bitsOf,
  successorsOf,
  type IrFunction,
  type IrInstruction,
  type IrModule,
  type IrOperand,
  type IrTerminator,
  type IrType,
} from "./ir.ts";
import { forEachOperand, type MemoryInstruction } from "./operands.ts";

/** What LLVM's BPF back end expands into single moves. */
const MOST_MOVES = 128;
const MOST_ARGUMENTS = 5;

/** @throws InvariantError at the first fault */
export function verifyModule(module: IrModule): void {
  const names = new Set<string>();
  for (const { name } of [...module.functions, ...module.externals, ...module.globals, ...module.maps]) {
    invariant(!names.has(name), `${name} is defined once`);
    names.add(name);
  }
  const signatures = new Map<string, Callee>([
    ...module.functions.map(({ name, parameters, returns }) => {
      return [name, { parameters: parameters.map(({ type }) => type), returns }] as const;
    }),
    ...module.externals.map((external) => [external.name, external] as const),
  ]);
  for (const fn of module.functions) verifyFunction(fn, names, signatures);
}

interface Callee {
  readonly parameters: readonly IrType[];
  readonly returns: IrType | "void";
}

interface Check {
  readonly fn: IrFunction;
  readonly flow: ControlFlow;
  readonly names: ReadonlySet<string>;
  readonly functions: ReadonlyMap<string, Callee>;
  /** Instructions come by so far, by their numbers, and the ranks of their blocks. */
  readonly known: (IrInstruction | undefined)[];
  readonly ranks: Int32Array;
  /** Where the walk is. */
  rank: number;
  user: IrInstruction | IrTerminator;
}

function verifyFunction(
  fn: IrFunction,
  names: ReadonlySet<string>,
  functions: ReadonlyMap<string, Callee>,
): void {
  invariant(fn.parameters.length <= MOST_ARGUMENTS, `${fn.name} takes at most five parameters`);
  const flow = controlFlow(fn);
  const [entry] = flow.blocks;
  invariant(entry !== undefined, `${fn.name} has a block`);
  const user = entry.terminator;
  const known = Array<IrInstruction | undefined>(fn.numbers).fill(undefined);
  const ranks = new Int32Array(fn.numbers);
  const check: Check = { fn, flow, names, functions, known, ranks, rank: 0, user };
  const verifyOne = (operand: IrOperand): void => {
    verifyOperand(check, operand);
  };
  invariant(flow.blocks.length === fn.blocks.length, `every block of ${fn.name} is reached`);
  flow.blocks.forEach((block, rank) => {
    check.rank = rank;
    for (const instruction of block.instructions) {
      check.user = instruction;
      forEachOperand(instruction, verifyOne);
      verifyInstruction(check, instruction);
      const { number } = instruction;
      if (!(number >= 0 && number < fn.numbers)) fail(check, instruction, "has a number");
      if (known[number] !== undefined) fail(check, instruction, "stands once, with a number of its own");
      known[number] = instruction;
      ranks[number] = rank;
    }
    check.user = block.terminator;
    forEachOperand(block.terminator, verifyOne);
    verifyTerminator(check, block.terminator);
  });
}

/** Words are only put together when something is wrong: this looks at every operand of every program. */
function fail(check: Check, node: IrInstruction | IrTerminator, claim: string): never {
  throw new InvariantError(`${node.kind} in ${check.fn.name}: ${claim}`);
}

/** In the order of the walk a block comes after all that dominate it, and so does an instruction after what it uses. */
function verifyOperand(check: Check, operand: IrOperand): void {
  const { user } = check;
  switch (operand.kind) {
    case "constant":
      if (operand.type === "ptr" && operand.value !== 0n)
        fail(check, user, "the only constant pointer is null");
      return;
    case "global-address":
      if (!check.names.has(operand.name)) fail(check, user, `@${operand.name} is defined`);
      return;
    case "function-address":
      if (!check.functions.has(operand.name)) fail(check, user, `${operand.name} is defined`);
      return;
    case "parameter":
      if (!check.fn.parameters.some(({ name, type }) => name === operand.name && type === operand.type))
        fail(check, user, `${operand.name} is a parameter`);
      return;
    default: {
      const rank = check.known[operand.number] === operand ? check.ranks[operand.number] : undefined;
      if (rank === check.rank) return;
      if (rank === undefined || !check.flow.dominates(rank, check.rank))
        fail(check, user, `the ${operand.kind} it uses has run before`);
    }
  }
}

function verifyInstruction(check: Check, node: IrInstruction): void {
  switch (node.kind) {
    case "binary":
      if (node.type === "ptr") fail(check, node, "pointers are moved by offset");
      mustBe(check, node, node.left.type, node.type);
      mustBe(check, node, node.right.type, node.type);
      return;
    case "compare":
      mustBe(check, node, node.left.type, node.right.type);
      return;
    case "convert":
      verifyConversion(check, node);
      return;
    case "select":
      mustBe(check, node, node.condition.type, "i1");
      mustBe(check, node, node.then.type, node.otherwise.type);
      return;
    case "load":
    case "store":
    case "offset":
    case "atomic":
    case "compare-exchange":
    case "copy":
    case "zero":
      verifyMemory(check, node);
      return;
    case "helper":
      if (node.arguments.length > helpers[node.helper].parameters)
        fail(check, node, `${node.helper}'s arguments`);
      return;
    case "call":
      verifyCall(check, node);
      return;
    case "kernel-call":
      if (node.arguments.length > MOST_ARGUMENTS) fail(check, node, "at most five arguments");
      return;
    case "local-write":
      mustBe(check, node, node.value.type, node.local.type);
      return;
    case "object-address":
    case "local-read":
    case "opaque":
    case "scalar-of":
    case "begin":
      return;
  }
}

function verifyMemory(check: Check, node: MemoryInstruction): void {
  switch (node.kind) {
    case "load":
      mustBe(check, node, node.address.type, "ptr");
      if (node.type === "i1") fail(check, node, "booleans are bytes in memory");
      return;
    case "store":
      mustBe(check, node, node.address.type, "ptr");
      if (node.value.type === "i1") fail(check, node, "booleans are bytes in memory");
      return;
    case "offset":
      mustBe(check, node, node.base.type, "ptr");
      mustBe(check, node, node.by.type, "i64");
      return;
    case "atomic":
    case "compare-exchange":
      mustBe(check, node, node.address.type, "ptr");
      if (node.type !== "i32" && node.type !== "i64") fail(check, node, "atomics have 32 or 64 bits");
      return;
    case "copy":
    case "zero": {
      const most = MOST_MOVES * Math.min(node.align, 8);
      if (node.bytes <= 0 || node.bytes > most) fail(check, node, `${node.bytes} bytes are moved inline`);
    }
  }
}

function verifyConversion(check: Check, node: IrInstruction & { readonly kind: "convert" }): void {
  const [from, to] = [bitsOf(node.operand.type), bitsOf(node.type)];
  switch (node.operator) {
    case "zext":
    case "sext":
      if (from >= to) fail(check, node, "widens");
      return;
    case "trunc":
      if (from <= to) fail(check, node, "narrows");
      return;
    case "bswap":
      if (from !== to || from < 16) fail(check, node, "swaps bytes");
      return;
    case "inttoptr":
    case "ptrtoint":
      if (from !== to) fail(check, node, "keeps the bits");
      return;
  }
}

function verifyCall(check: Check, node: IrInstruction & { readonly kind: "call" }): void {
  const callee = check.functions.get(node.function);
  if (callee === undefined) fail(check, node, `${node.function} is defined`);
  mustBe(check, node, node.type, callee.returns);
  if (callee.parameters.length !== node.arguments.length) fail(check, node, `${node.function}'s arguments`);
  callee.parameters.forEach((type, i) => {
    mustBe(check, node, node.arguments[i]?.type, type);
  });
}

function verifyTerminator(check: Check, node: IrTerminator): void {
  if (node.kind === "branch") mustBe(check, node, node.condition.type, "i1");
  if (node.kind === "return") mustBe(check, node, node.value?.type ?? "void", check.fn.returns);
  for (const target of successorsOf(node)) {
    const rank = check.flow.rankOf(target);
    if (rank === undefined) fail(check, node, `block ${target} exists`);
    if (rank === 0) fail(check, node, "nothing jumps to the entry");
  }
}

function mustBe(
  check: Check,
  node: IrInstruction | IrTerminator,
  found: IrType | "void" | undefined,
  wanted: IrType | "void",
): void {
  if (found !== wanted) fail(check, node, `${found ?? "nothing"} where ${wanted} is wanted`);
}
