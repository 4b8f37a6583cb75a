/** Builds one function of the IR, instruction by instruction. Knows nothing of the language. */

import { invariant } from "../base/invariant.ts";
import type { Place } from "../diagnostics/diagnostic.ts";
import { BlockBuilder } from "./block-builder.ts";
import { helpers, type HelperName } from "./helpers.ts";
import {
  bitsOf,
  bytesOf,
  constant,
  type BinaryOperator,
  type IrAtomic,
  type IrConvert,
  type IrOperand,
  type IrType,
  type IrValueInstruction,
  type Local,
  type Predicate,
  type StackObject,
} from "./ir.ts";

export type { FunctionHead } from "./block-builder.ts";

export class FunctionBuilder extends BlockBuilder {
  private nextLocal = 0;
  private nextObject = 0;

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
    this.add({ kind: "begin", number: this.next(), place: this.place, object });
  }

  addressOf(object: StackObject): IrValueInstruction {
    return this.value({
      kind: "object-address",
      type: "ptr",
      number: this.next(),
      place: this.place,
      object,
    });
  }

  binary(operator: BinaryOperator, left: IrOperand, right: IrOperand): IrOperand {
    return this.value({
      kind: "binary",
      type: left.type,
      number: this.next(),
      place: this.place,
      operator,
      left,
      right,
    });
  }

  compare(predicate: Predicate, left: IrOperand, right: IrOperand): IrOperand {
    return this.value({
      kind: "compare",
      type: "i1",
      number: this.next(),
      place: this.place,
      predicate,
      left,
      right,
    });
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
    return this.value({ kind: "convert", type, number: this.next(), place: this.place, operator, operand });
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
    return this.value({
      kind: "select",
      type: then.type,
      number: this.next(),
      place: this.place,
      condition,
      then,
      otherwise,
    });
  }

  offset(base: IrOperand, by: number | IrOperand): IrOperand {
    if (by === 0) return base;
    const operand = typeof by === "number" ? constant("i64", by) : by;
    return this.value({
      kind: "offset",
      type: "ptr",
      number: this.next(),
      place: this.place,
      base,
      by: operand,
    });
  }

  load(type: IrType, address: IrOperand, align: number, volatile = false): IrOperand {
    return this.value({
      kind: "load",
      type,
      number: this.next(),
      place: this.place,
      address,
      align,
      volatile,
    });
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
      number: this.next(),
      place,
      address,
      align: within.bytes,
      volatile: false,
      within,
    });
    return type === whole ? value : this.resize(value, type, false);
  }

  store(address: IrOperand, value: IrOperand, align: number, volatile = false): void {
    this.add({ kind: "store", number: this.next(), place: this.place, address, value, align, volatile });
  }

  copy(to: IrOperand, from: IrOperand, bytes: number, align: number): void {
    if (bytes > 0) this.add({ kind: "copy", number: this.next(), place: this.place, to, from, bytes, align });
  }

  zero(to: IrOperand, bytes: number, align: number): void {
    if (bytes > 0) this.add({ kind: "zero", number: this.next(), place: this.place, to, bytes, align });
  }

  atomic(operator: IrAtomic["operator"], address: IrOperand, operand: IrOperand): IrOperand {
    return this.value({
      kind: "atomic",
      type: operand.type,
      number: this.next(),
      place: this.place,
      operator,
      address,
      operand,
    });
  }

  compareExchange(address: IrOperand, expected: IrOperand, replacement: IrOperand): IrOperand {
    const { type } = expected;
    return this.value({
      kind: "compare-exchange",
      type,
      number: this.next(),
      place: this.place,
      address,
      expected,
      replacement,
    });
  }

  helper(helper: HelperName, args: readonly IrOperand[], keeps: readonly StackObject[] = []): IrOperand {
    const row = helpers[helper];
    invariant(args.length <= row.parameters, `${helper} takes ${row.parameters} arguments`);
    return this.value({
      kind: "helper",
      type: row.returns,
      number: this.next(),
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
    return this.value({
      kind: "call",
      type,
      number: this.next(),
      place: this.place,
      function: name,
      arguments: args,
      keeps,
    });
  }

  callVoid(name: string, args: readonly IrOperand[], keeps: readonly StackObject[] = []): void {
    this.add({
      kind: "call",
      type: "void",
      number: this.next(),
      place: this.place,
      function: name,
      arguments: args,
      keeps,
    });
  }

  kernelCall(name: string, type: IrType, args: readonly IrOperand[]): IrOperand {
    return this.value({
      kind: "kernel-call",
      type,
      number: this.next(),
      place: this.place,
      function: name,
      arguments: args,
    });
  }

  read(local: Local): IrOperand {
    return this.value({
      kind: "local-read",
      type: local.type,
      number: this.next(),
      place: this.place,
      local,
    });
  }

  write(local: Local, value: IrOperand): void {
    this.add({ kind: "local-write", number: this.next(), place: this.place, local, value });
  }

  opaque(operand: IrOperand): IrOperand {
    return this.value({
      kind: "opaque",
      type: operand.type,
      number: this.next(),
      place: this.place,
      operand,
    });
  }

  scalarOf(operand: IrOperand): IrOperand {
    return this.value({ kind: "scalar-of", type: "i64", number: this.next(), place: this.place, operand });
  }

  private value<T extends IrValueInstruction>(instruction: T): T {
    this.add(instruction);
    return instruction;
  }
}
