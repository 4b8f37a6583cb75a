/** Runs the IR of small programs, so that tests can let any call of a helper fail. */

import {
  bytesOf,
  type IrFunction,
  type IrHelperCall,
  type IrInstruction,
  type IrOperand,
  type IrTerminator,
  type Local,
  type StackObject,
} from "../ir.ts";
import type { IrModule } from "../ir.ts";
import { TestMemory } from "./memory.ts";
import { calculate, compare, convert, cut } from "./scalar.ts";

/** What a helper answers. */
export type TestHelper = (call: IrHelperCall, args: readonly bigint[], machine: Machine) => bigint;

export interface Machine {
  readonly memory: TestMemory;
  /** Address of a global or, for a map, the number that stands for it. */
  readonly addressOf: (name: string) => bigint;
  readonly nameAt: (address: bigint) => string | undefined;
  readonly call: (name: string, args: readonly bigint[]) => bigint;
}

const MOST_STEPS = 100_000;
/** Read by programs through their context; nothing of it is known here. */
const CONTEXT_BYTES = 512;

export class Interpreter implements Machine {
  readonly memory = new TestMemory();
  private readonly functions: ReadonlyMap<string, IrFunction>;
  private readonly addresses = new Map<string, bigint>();
  private readonly names = new Map<bigint, string>();
  private readonly helper: TestHelper;
  private steps = 0;

  constructor(module: IrModule, helper: TestHelper) {
    this.helper = helper;
    this.functions = new Map(module.functions.map((fn) => [fn.name, fn]));
    for (const { name, size, initial } of module.globals) {
      const address = this.name(name, size);
      if (initial !== undefined) this.memory.write(address, initial);
    }
    for (const { name } of [...module.maps, ...module.functions]) this.name(name, 8);
  }

  private name(name: string, size: number): bigint {
    const address = this.memory.take(size);
    this.addresses.set(name, address);
    this.names.set(address, name);
    return address;
  }

  addressOf = (name: string): bigint => {
    const address = this.addresses.get(name);
    if (address === undefined) throw new Error(`${name} is not in the module`);
    return address;
  };

  nameAt = (address: bigint): string | undefined => this.names.get(address);

  runProgram(name: string): bigint {
    return this.call(name, [this.memory.take(CONTEXT_BYTES)]);
  }

  call = (name: string, args: readonly bigint[]): bigint => {
    const fn = this.functions.get(name);
    if (fn === undefined) throw new Error(`${name} is not in the module`);
    const frame = new Frame(this, fn, args, this.helper);
    let block = fn.blocks[0];
    while (block !== undefined) {
      for (const instruction of block.instructions) frame.run(instruction);
      this.steps += block.instructions.length + 1;
      if (this.steps > MOST_STEPS) throw new Error(`${name} does not end`);
      const next = frame.leave(block.terminator);
      if (typeof next === "bigint") return next;
      block = fn.blocks.find(({ id }) => id === next);
    }
    throw new Error(`${name} jumps to a block that is not there`);
  };
}

/** One call of one function. */
class Frame {
  private readonly machine: Machine;
  private readonly parameters: ReadonlyMap<string, bigint>;
  private readonly helper: TestHelper;
  private readonly values = new Map<IrInstruction, bigint>();
  private readonly locals = new Map<Local, bigint>();
  private readonly objects = new Map<StackObject, bigint>();

  constructor(machine: Machine, fn: IrFunction, args: readonly bigint[], helper: TestHelper) {
    this.machine = machine;
    this.helper = helper;
    this.parameters = new Map(fn.parameters.map(({ name }, i) => [name, args[i] ?? 0n]));
  }

  /** @returns the next block, or the function's result */
  leave(terminator: IrTerminator): number | bigint {
    switch (terminator.kind) {
      case "jump":
        return terminator.target;
      case "branch":
        return this.value(terminator.condition) === 0n ? terminator.otherwise : terminator.then;
      case "return":
        return terminator.value === undefined ? 0n : this.value(terminator.value);
    }
  }

  run(node: IrInstruction): void {
    const { memory } = this.machine;
    switch (node.kind) {
      case "store":
        memory.store(this.value(node.address), bytesOf(node.value.type), this.value(node.value));
        break;
      case "local-write":
        this.locals.set(node.local, this.value(node.value));
        break;
      case "begin":
        this.place(node.object);
        break;
      case "copy":
        memory.write(this.value(node.to), memory.slice(this.value(node.from), node.bytes).slice());
        break;
      case "zero":
        memory.slice(this.value(node.to), node.bytes).fill(0);
        break;
      default:
        this.values.set(node, this.result(node));
    }
  }

  private result(
    node: Exclude<IrInstruction, { kind: "store" | "local-write" | "begin" | "copy" | "zero" }>,
  ): bigint {
    switch (node.kind) {
      case "binary":
        return calculate(node.operator, node.type, this.value(node.left), this.value(node.right));
      case "compare":
        return compare(node.predicate, node.left.type, this.value(node.left), this.value(node.right));
      case "convert":
        return convert(node.operator, node.operand.type, node.type, this.value(node.operand));
      case "select":
        return this.value(this.value(node.condition) === 0n ? node.otherwise : node.then);
      case "load":
        return this.machine.memory.load(
          this.value(node.address) + BigInt(node.within?.offset ?? 0),
          node.within?.bytes ?? bytesOf(node.type),
        );
      case "offset":
        return cut("i64", this.value(node.base) + this.value(node.by));
      case "atomic":
      case "compare-exchange":
        return this.exchange(node);
      case "helper":
        return this.helper(
          node,
          node.arguments.map((one) => this.value(one)),
          this.machine,
        );
      case "call":
        return this.machine.call(
          node.function,
          node.arguments.map((one) => this.value(one)),
        );
      case "kernel-call":
        throw new Error(`${node.function} of the kernel is not known to the interpreter`);
      case "object-address":
        return this.place(node.object);
      case "local-read":
        return this.locals.get(node.local) ?? 0n;
      case "opaque":
      case "scalar-of":
        return this.value(node.operand);
    }
  }

  private exchange(node: Extract<IrInstruction, { kind: "atomic" | "compare-exchange" }>): bigint {
    const { memory } = this.machine;
    const address = this.value(node.address);
    const size = bytesOf(node.type);
    const before = memory.load(address, size);
    if (node.kind === "compare-exchange") {
      if (before === this.value(node.expected)) memory.store(address, size, this.value(node.replacement));
      return before;
    }
    const operand = this.value(node.operand);
    const after = node.operator === "xchg" ? operand : calculate(node.operator, node.type, before, operand);
    memory.store(address, size, after);
    return before;
  }

  private place(object: StackObject): bigint {
    const address = this.objects.get(object) ?? this.machine.memory.take(object.size);
    this.objects.set(object, address);
    return address;
  }

  private value(operand: IrOperand): bigint {
    switch (operand.kind) {
      case "constant":
        return cut(operand.type, operand.value);
      case "global-address":
      case "function-address":
        return this.machine.addressOf(operand.name);
      case "parameter":
        return this.parameters.get(operand.name) ?? 0n;
      default:
        return this.values.get(operand) ?? 0n;
    }
  }
}
