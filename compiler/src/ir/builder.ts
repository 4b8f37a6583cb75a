/** Builds one function of the IR, block by block. Knows nothing of the language. */

import { invariant } from "../base/invariant.ts";
import type { Place } from "../diagnostics/diagnostic.ts";
import { helpers, type HelperName } from "./helpers.ts";
import {
  bitsOf,
  bytesOf,
  constant,
  successorsOf,
  type BinaryOperator,
  type IrAtomic,
  type IrBlock,
  type IrConvert,
  type IrFunction,
  type IrFunctionKind,
  type IrInstruction,
  type IrOperand,
  type IrParameter,
  type IrTerminator,
  type IrType,
  type IrValueInstruction,
  type Local,
  type Predicate,
  type StackObject,
} from "./ir.ts";

export interface FunctionHead {
  readonly name: string;
  readonly title: string;
  readonly kind: IrFunctionKind;
  readonly section: string | undefined;
  readonly parameters: readonly IrParameter[];
  readonly returns: IrType | "void";
  readonly fallback?: bigint;
  readonly place: Place;
}

interface OpenBlock {
  readonly id: number;
  readonly instructions: IrInstruction[];
  terminator: IrTerminator | undefined;
}

/** `place` is what following instructions are for; whoever walks the core tree keeps it up to date. */
export class FunctionBuilder {
  readonly head: FunctionHead;
  place: Place;
  private readonly blocks: OpenBlock[] = [];
  private current: OpenBlock;
  private readonly known = new Map<string, IrOperand>();
  /** Keys of what was learnt in the innermost region. */
  private learnt: string[] = [];
  private nextLocal = 0;
  private nextObject = 0;

  private readonly firstBlock: number;

  /** @param firstBlock number of the entry block, for a fragment that is to be put into a function that has blocks */
  constructor(head: FunctionHead, firstBlock = 0) {
    this.head = head;
    this.place = head.place;
    this.firstBlock = firstBlock;
    this.current = this.addBlock();
  }

  /** A block that nothing reaches yet. */
  createBlock(): number {
    return this.addBlock().id;
  }

  /** Following instructions go to the end of `block`. */
  enter(block: number): void {
    const found = this.blocks[block - this.firstBlock];
    invariant(found !== undefined && found.terminator === undefined, `block ${block} is open`);
    this.current = found;
  }

  /** Whether the current block ended, so that what follows cannot be reached. */
  get ended(): boolean {
    return this.current.terminator !== undefined;
  }

  jump(target: number): void {
    this.end({ kind: "jump", place: this.place, target });
  }

  branch(condition: IrOperand, then: number, otherwise: number): void {
    this.end({ kind: "branch", place: this.place, condition, then, otherwise });
  }

  return(value?: IrOperand): void {
    this.end({ kind: "return", place: this.place, value });
  }

  /** Runs `then` only where `condition` holds. */
  when(condition: IrOperand, then: () => void): void {
    const [yes, after] = [this.createBlock(), this.createBlock()];
    this.branch(condition, yes, after);
    this.enter(yes);
    this.region(then);
    if (!this.ended) this.jump(after);
    this.enter(after);
  }

  either(condition: IrOperand, then: () => void, otherwise: () => void): void {
    const [yes, no, after] = [this.createBlock(), this.createBlock(), this.createBlock()];
    this.branch(condition, yes, no);
    for (const [block, fill] of [
      [yes, then],
      [no, otherwise],
    ] as const) {
      this.enter(block);
      this.region(fill);
      if (!this.ended) this.jump(after);
    }
    this.enter(after);
  }

  /** What `once` learns inside is forgotten after: for code that does not always run. */
  region(fill: () => void): void {
    const outer = this.learnt;
    this.learnt = [];
    fill();
    for (const key of this.learnt) this.known.delete(key);
    this.learnt = outer;
  }

  /** The value that `make` gave earlier in this or an enclosing region, or gives now. */
  once(key: string, make: () => IrOperand): IrOperand {
    const earlier = this.known.get(key);
    if (earlier !== undefined) return earlier;
    const value = make();
    this.known.set(key, value);
    this.learnt.push(key);
    return value;
  }

  /** Values whose keys begin so may have changed. */
  forget(prefix: string): void {
    for (const key of this.known.keys()) if (key.startsWith(prefix)) this.known.delete(key);
  }

  local(name: string, type: IrType): Local {
    const id = this.nextLocal;
    this.nextLocal += 1;
    return { id, name, type };
  }

  /** Declares memory; `begin` marks it fresh here, which is right for temporaries. */
  object(label: string, size: number, align: number, place: Place = this.place): StackObject {
    const id = this.nextObject;
    this.nextObject += 1;
    return { id, label, size, align, place };
  }

  begin(object: StackObject): void {
    this.add({ kind: "begin", place: this.place, object });
  }

  addressOf(object: StackObject): IrValueInstruction {
    return this.value({ kind: "object-address", type: "ptr", place: this.place, object });
  }

  binary(operator: BinaryOperator, left: IrOperand, right: IrOperand): IrOperand {
    return this.value({ kind: "binary", type: left.type, place: this.place, operator, left, right });
  }

  compare(predicate: Predicate, left: IrOperand, right: IrOperand): IrOperand {
    return this.value({ kind: "compare", type: "i1", place: this.place, predicate, left, right });
  }

  isZero(value: IrOperand): IrOperand {
    return this.compare("eq", value, constant(value.type, 0n));
  }

  isNotZero(value: IrOperand): IrOperand {
    return this.compare("ne", value, constant(value.type, 0n));
  }

  not(condition: IrOperand): IrOperand {
    return this.binary("xor", condition, constant("i1", 1n));
  }

  convert(operator: IrConvert["operator"], operand: IrOperand, type: IrType): IrOperand {
    return this.value({ kind: "convert", type, place: this.place, operator, operand });
  }

  /** `value` at another width, filled with its sign when `signed`. */
  resize(value: IrOperand, type: IrType, signed: boolean): IrOperand {
    const [from, to] = [bitsOf(value.type), bitsOf(type)];
    if (from === to) return value;
    if (value.kind === "constant") {
      const bits = signed && from > 1 ? BigInt.asIntN(from, value.value) : BigInt.asUintN(from, value.value);
      return constant(type, BigInt.asUintN(to, bits));
    }
    if (to < from) return this.convert("trunc", value, type);
    return this.convert(signed && from > 1 ? "sext" : "zext", value, type);
  }

  /** A number that is an address, as a pointer that may be read and written directly. */
  toPointer(value: IrOperand): IrOperand {
    return value.type === "ptr" ? value : this.convert("inttoptr", value, "ptr");
  }

  toNumber(value: IrOperand): IrOperand {
    return value.type === "ptr" ? this.convert("ptrtoint", value, "i64") : value;
  }

  select(condition: IrOperand, then: IrOperand, otherwise: IrOperand): IrOperand {
    return this.value({ kind: "select", type: then.type, place: this.place, condition, then, otherwise });
  }

  offset(base: IrOperand, by: number | IrOperand): IrOperand {
    if (by === 0) return base;
    const operand = typeof by === "number" ? constant("i64", by) : by;
    return this.value({ kind: "offset", type: "ptr", place: this.place, base, by: operand });
  }

  load(type: IrType, address: IrOperand, align: number, volatile = false): IrOperand {
    return this.value({ kind: "load", type, place: this.place, address, align, volatile });
  }

  /**
   * What stands at `offset` of a program's context. The kernel takes reads of it only at constants from the pointer it gave: LLVM
   * may not move the pointer first, as it does to make one read of two branches, so it is not told that this is a read.
   */
  fromContext(context: IrOperand, offset: number, type: IrType): IrOperand {
    const within = { offset, bytes: bytesOf(type) };
    const whole = type === "ptr" ? type : "i64";
    const { place } = this;
    const address = context;
    const value = this.value({
      kind: "load",
      type: whole,
      place,
      address,
      align: within.bytes,
      volatile: false,
      within,
    });
    return type === whole ? value : this.resize(value, type, false);
  }

  store(address: IrOperand, value: IrOperand, align: number, volatile = false): void {
    this.add({ kind: "store", place: this.place, address, value, align, volatile });
  }

  copy(to: IrOperand, from: IrOperand, bytes: number, align: number): void {
    if (bytes > 0) this.add({ kind: "copy", place: this.place, to, from, bytes, align });
  }

  zero(to: IrOperand, bytes: number, align: number): void {
    if (bytes > 0) this.add({ kind: "zero", place: this.place, to, bytes, align });
  }

  atomic(operator: IrAtomic["operator"], address: IrOperand, operand: IrOperand): IrOperand {
    return this.value({ kind: "atomic", type: operand.type, place: this.place, operator, address, operand });
  }

  compareExchange(address: IrOperand, expected: IrOperand, replacement: IrOperand): IrOperand {
    const { type } = expected;
    return this.value({ kind: "compare-exchange", type, place: this.place, address, expected, replacement });
  }

  helper(helper: HelperName, args: readonly IrOperand[], keeps: readonly StackObject[] = []): IrOperand {
    const row = helpers[helper];
    invariant(args.length <= row.parameters, `${helper} takes ${row.parameters} arguments`);
    return this.value({
      kind: "helper",
      type: row.returns,
      place: this.place,
      helper,
      arguments: args,
      keeps,
    });
  }

  call(
    name: string,
    type: IrType,
    args: readonly IrOperand[],
    keeps: readonly StackObject[] = [],
  ): IrOperand {
    return this.value({ kind: "call", type, place: this.place, function: name, arguments: args, keeps });
  }

  callVoid(name: string, args: readonly IrOperand[], keeps: readonly StackObject[] = []): void {
    this.add({ kind: "call", type: "void", place: this.place, function: name, arguments: args, keeps });
  }

  kernelCall(name: string, type: IrType, args: readonly IrOperand[]): IrOperand {
    return this.value({ kind: "kernel-call", type, place: this.place, function: name, arguments: args });
  }

  read(local: Local): IrOperand {
    return this.value({ kind: "local-read", type: local.type, place: this.place, local });
  }

  write(local: Local, value: IrOperand): void {
    this.add({ kind: "local-write", place: this.place, local, value });
  }

  opaque(operand: IrOperand): IrOperand {
    return this.value({ kind: "opaque", type: operand.type, place: this.place, operand });
  }

  scalarOf(operand: IrOperand): IrOperand {
    return this.value({ kind: "scalar-of", type: "i64", place: this.place, operand });
  }

  /** @throws InvariantError when a reachable block does not end */
  finish(): IrFunction {
    return { ...this.head, blocks: this.fragment() };
  }

  /** The reachable blocks, of which the last may jump to blocks that are not of this builder. */
  fragment(): readonly IrBlock[] {
    const reached = new Set<number>();
    const waiting = [this.firstBlock];
    const blocks: IrBlock[] = [];
    for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
      if (reached.has(id) || id < this.firstBlock) continue;
      reached.add(id);
      const block = this.blocks[id - this.firstBlock];
      invariant(block?.terminator !== undefined, `block ${id} of ${this.head.name} ends`);
      blocks.push({ id, instructions: block.instructions, terminator: block.terminator });
      waiting.push(...successorsOf(block.terminator));
    }
    return blocks.sort((a, b) => a.id - b.id);
  }

  private addBlock(): OpenBlock {
    const block = { id: this.firstBlock + this.blocks.length, instructions: [], terminator: undefined };
    this.blocks.push(block);
    return block;
  }

  /** What follows a jump in the same block cannot run; it goes to a block that nothing reaches. */
  private add(instruction: IrInstruction): void {
    if (this.ended) this.current = this.addBlock();
    this.current.instructions.push(instruction);
  }

  private value<T extends IrValueInstruction>(instruction: T): T {
    this.add(instruction);
    return instruction;
  }

  private end(terminator: IrTerminator): void {
    if (this.ended) this.current = this.addBlock();
    this.current.terminator = terminator;
  }
}
