/**
 * The few expressions that say where a frame is: a register and an offset, perhaps read there. The instruction's address is
 * known when a table is made, so what depends on it (the entries of a PLT) is a number too.
 */

import type { ByteReader } from "./byte-reader.ts";

/** DWARF's numbers of registers on x86-64. */
export const register = { framePointer: 6, stackPointer: 7, returnAddress: 16 } as const;

export interface Place {
  readonly base: "frame" | "stack-pointer" | "frame-pointer";
  readonly offset: number;
  /** The place is what is read there, plus this. */
  readonly read: number | undefined;
}

export interface Evaluated {
  readonly place: Place;
  /** Another instruction of the function may have another answer. */
  readonly usesInstruction: boolean;
}

const MOST_STACK = 16;

type Value = number | Place;

interface Machine {
  readonly stack: Value[];
  readonly instruction: number;
  usesInstruction: boolean;
}

/**
 * @param start what is on the stack at first
 * @returns undefined for everything that is no such place
 */
export function evaluate(
  code: ByteReader,
  instruction: number,
  start: readonly Value[],
): Evaluated | undefined {
  const machine: Machine = { stack: [...start], instruction, usesInstruction: false };
  while (code.more) {
    if (!step(machine, code.u8(), code) || code.ended || machine.stack.length > MOST_STACK) return undefined;
  }
  const place = machine.stack.at(-1);
  if (place === undefined || typeof place === "number") return undefined;
  return { place, usesInstruction: machine.usesInstruction };
}

const bases: ReadonlyMap<number, Place["base"]> = new Map([
  [register.framePointer, "frame-pointer"],
  [register.stackPointer, "stack-pointer"],
]);

const op = {
  deref: 0x06,
  const1u: 0x08,
  const1s: 0x09,
  const2u: 0x0a,
  const2s: 0x0b,
  const4u: 0x0c,
  const4s: 0x0d,
} as const;
const LITERAL = 0x30;
const REGISTER_OFFSET = 0x70;
const ADD_CONSTANT = 0x23;

function step(machine: Machine, code: number, reader: ByteReader): boolean {
  const { stack } = machine;
  if (code >= LITERAL && code < LITERAL + 32) {
    stack.push(code - LITERAL);
    return true;
  }
  if (code >= REGISTER_OFFSET && code < REGISTER_OFFSET + 32)
    return pushRegister(machine, code - REGISTER_OFFSET, reader.signed());
  if (code === op.deref) return readThere(stack);
  if (code === ADD_CONSTANT) {
    stack.push(reader.unsigned());
    return combine(stack, "add");
  }
  const constant = constantOf(code, reader);
  if (constant !== undefined) {
    stack.push(constant);
    return true;
  }
  const operator = operators.get(code);
  return operator !== undefined && combine(stack, operator);
}

function constantOf(code: number, reader: ByteReader): number | undefined {
  switch (code) {
    case op.const1u:
      return reader.u8();
    case op.const1s:
      return reader.i8();
    case op.const2u:
      return reader.u16();
    case op.const2s:
      return reader.i16();
    case op.const4u:
      return reader.u32();
    case op.const4s:
      return reader.i32();
    default:
      return undefined;
  }
}

function pushRegister(machine: Machine, number: number, offset: number): boolean {
  if (number === register.returnAddress) {
    machine.usesInstruction = true;
    machine.stack.push(machine.instruction + offset);
    return true;
  }
  const base = bases.get(number);
  if (base === undefined) return false;
  machine.stack.push({ base, offset, read: undefined });
  return true;
}

function readThere(stack: Value[]): boolean {
  const value = stack.pop();
  if (value === undefined || typeof value === "number" || value.read !== undefined) return false;
  stack.push({ ...value, read: 0 });
  return true;
}

type Operator = "add" | "minus" | "and" | "shl" | "ge";

const operators: ReadonlyMap<number, Operator> = new Map([
  [0x1a, "and"],
  [0x1c, "minus"],
  [0x22, "add"],
  [0x24, "shl"],
  [0x2a, "ge"],
]);

function combine(stack: Value[], operator: Operator): boolean {
  const [right, left] = [stack.pop(), stack.pop()];
  if (left === undefined || right === undefined) return false;
  const result =
    typeof left === "number" && typeof right === "number"
      ? calculate(left, right, operator)
      : moved(left, right, operator);
  if (result === undefined) return false;
  stack.push(result);
  return true;
}

function calculate(left: number, right: number, operator: Operator): number | undefined {
  switch (operator) {
    case "add":
      return left + right;
    case "minus":
      return left - right;
    case "and":
      // Masks are small; what is above 32 bits does not matter to them.
      return right >= 0 && right < 2 ** 31 ? (left % 2 ** 32) & right : undefined;
    case "shl":
      return right >= 0 && right < 31 ? left * 2 ** right : undefined;
    case "ge":
      return left >= right ? 1 : 0;
  }
}

function moved(left: Value, right: Value, operator: Operator): Place | undefined {
  const [place, by] = typeof left === "number" ? [right, left] : [left, right];
  if (typeof place === "number" || typeof by !== "number") return undefined;
  if (operator !== "add" && (operator !== "minus" || place !== left)) return undefined;
  const distance = operator === "add" ? by : -by;
  return place.read === undefined
    ? { ...place, offset: place.offset + distance }
    : { ...place, read: place.read + distance };
}
