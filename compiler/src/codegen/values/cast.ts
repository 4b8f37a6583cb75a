/** Conversions between types. */

import type { CoreCast, CoreExpression } from "../../core/core.ts";
import { advance, type Memory } from "../../ir/emitter.ts";
import { constant, integerType, type IrOperand } from "../../ir/ir.ts";
import { layoutOf, partsOf } from "../../types/layout.ts";
import type { Type } from "../../types/type.ts";
import type { Scope } from "../program/scope.ts";
import { isSigned, registerType } from "../program/shape.ts";

/** A cast whose result is a number, pointer or boolean. */
export function castToScalar(scope: Scope, node: CoreCast): IrOperand {
  const { build } = scope;
  const { operand } = node;
  const target = registerType(node.type) ?? "i64";
  if (registerType(operand.type) !== undefined) {
    const value = scope.scalar(operand);
    if (node.type.kind === "boolean") return value.type === "i1" ? value : build.isNotZero(value);
    // An address has no sign: (uint8 *)-1 is 0xff, for -1 takes one byte.
    if (node.type.kind === "pointer") return build.resize(value, target, false);
    return build.resize(value, target, isSigned(operand.type));
  }
  if (node.type.kind === "boolean" && operand.type.kind === "string") {
    return build.isNotZero(build.load("i8", scope.memory(operand).pointer, 1));
  }
  // Bytes taken as a number: an array of the number's size.
  const memory = scope.memory(operand);
  const bytes = scope.sizeOf(operand.type);
  return build.resize(
    build.load(integerType(bytes), memory.pointer, Math.min(memory.align, bytes)),
    target,
    false,
  );
}

/** A cast whose result is bytes: growing a string, tuple or record, or a number taken as an array. */
export function castInto(scope: Scope, node: CoreCast, memory: Memory): void {
  const { operand } = node;
  if (registerType(operand.type) !== undefined) {
    storeNumberAsBytes(scope, operand, node.type, memory);
    return;
  }
  const from = scope.sizeOf(operand.type);
  if (isAggregate(node.type) && isAggregate(operand.type)) {
    convertAggregate(scope, operand, operand.type, node.type, memory);
    return;
  }
  const size = scope.sizeOf(node.type);
  if (from <= size) {
    scope.into(operand, memory);
    scope.zero(advance(memory, from, scope.build), size - from);
    return;
  }
  scope.copy(memory, scope.memory(operand), size);
}

function storeNumberAsBytes(scope: Scope, operand: CoreExpression, type: Type, memory: Memory): void {
  const { build } = scope;
  const size = scope.sizeOf(type);
  const own = Math.min(scope.sizeOf(operand.type), size);
  const value = scope.scalar(operand);
  build.store(
    memory.pointer,
    build.resize(value, integerType(own), isSigned(operand.type)),
    Math.min(memory.align, own),
  );
  scope.zero(advance(memory, own, build), size - own);
}

type Aggregate = Type & { readonly kind: "tuple" | "record" };

function isAggregate(type: Type): type is Aggregate {
  return type.kind === "tuple" || type.kind === "record";
}

/** Part by part; records by name, for the order of their fields may differ. */
function convertAggregate(
  scope: Scope,
  operand: CoreExpression,
  from: Aggregate,
  to: Aggregate,
  memory: Memory,
): void {
  const order = partOrder(from, to);
  if (operand.kind === "tuple") {
    const elements = operand.elements.map((element, i) =>
      convertedPart(element, partsOf(to)[i] ?? element.type),
    );
    scope.into({ ...operand, type: to, elements }, memory);
    return;
  }
  if (operand.kind === "record") {
    const values = operand.values.map(({ index, value }) => {
      const target = order.indexOf(index);
      return { index: target, value: convertedPart(value, partsOf(to)[target] ?? value.type) };
    });
    scope.into({ ...operand, type: to, values }, memory);
    return;
  }
  convertMemory(scope, scope.memory(operand), from, memory, to);
}

function convertedPart(operand: CoreExpression, type: Type): CoreExpression {
  return { kind: "cast", type, place: operand.place, operand, implicit: true };
}

/** For each part of `to`, the index of the part of `from` it is made of. */
function partOrder(from: Aggregate, to: Aggregate): readonly number[] {
  if (from.kind === "tuple" || to.kind === "tuple") return partsOf(to).map((_, i) => i);
  return to.fields.map(({ name }) => from.fields.findIndex((field) => field.name === name));
}

/** Converts a value from one memory to another, neither overlapping. */
export function convertMemory(scope: Scope, source: Memory, from: Type, target: Memory, to: Type): void {
  const { build, structs } = scope;
  if (isAggregate(from) && isAggregate(to)) {
    const sources = layoutOf(partsOf(from), structs);
    const targets = layoutOf(partsOf(to), structs);
    scope.zero(target, targets.size);
    partOrder(from, to).forEach((index, i) => {
      const [fromType, toType] = [partsOf(from)[index], partsOf(to)[i]];
      if (fromType === undefined || toType === undefined) return;
      const fromPart = advance(source, sources.offsets[index] ?? 0, build);
      convertMemory(scope, fromPart, fromType, advance(target, targets.offsets[i] ?? 0, build), toType);
    });
    return;
  }
  const [fromRegister, toRegister] = [registerType(from), registerType(to)];
  if (fromRegister !== undefined && toRegister !== undefined) {
    storeScalar(scope, target, to, build.resize(loadScalar(scope, source, from), toRegister, isSigned(from)));
    return;
  }
  const [size, wanted] = [scope.sizeOf(from), scope.sizeOf(to)];
  scope.copy(target, source, Math.min(size, wanted));
  if (wanted > size) scope.zero(advance(target, size, build), wanted - size);
}

/** Reads a scalar of `type` from direct memory. */
export function loadScalar(scope: Scope, memory: Memory, type: Type): IrOperand {
  const { build } = scope;
  const bytes = scope.sizeOf(type);
  const value = build.load(integerType(bytes), memory.pointer, Math.min(memory.align, bytes));
  return type.kind === "boolean" ? build.isNotZero(value) : value;
}

export function storeScalar(scope: Scope, memory: Memory, type: Type, value: IrOperand): void {
  const { build } = scope;
  const bytes = scope.sizeOf(type);
  const stored = value.type === "i1" ? build.resize(value, "i8", false) : value;
  build.store(memory.pointer, stored, Math.min(memory.align, bytes));
}

export function zeroScalar(type: Type): IrOperand {
  return constant(registerType(type) ?? "i64", 0n);
}
