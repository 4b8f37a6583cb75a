/** Comparisons: numbers by one instruction, bytes word by word. */

import { bytesOf } from "../../base/utf8.ts";
import type { CoreComparison, CoreExpression } from "../../core/core.ts";
import { alignmentAt, type Memory } from "../../ir/emitter.ts";
import { constant, integerType, type IrOperand, type Predicate } from "../../ir/ir.ts";
import type { Scope } from "../program/scope.ts";
import { registerType } from "../program/shape.ts";
import { wordAt } from "./transfer.ts";

const equality = { "==": "eq", "!=": "ne" } as const;
const unsigned = { "<": "ult", "<=": "ule", ">": "ugt", ">=": "uge" } as const;
const signedOrder = { "<": "slt", "<=": "sle", ">": "sgt", ">=": "sge" } as const;

/** Longer comparisons become a loop. */
const MOST_UNROLLED_WORDS = 8;

export function emitComparison(scope: Scope, node: CoreComparison): IrOperand {
  const { build } = scope;
  if (registerType(node.left.type) === undefined) return compareBytes(scope, node);
  const left = scope.scalar(node.left);
  return build.compare(predicateOf(node), left, scope.scalar(node.right));
}

function predicateOf({ operator, signed }: CoreComparison): Predicate {
  if (operator === "==" || operator === "!=") return equality[operator];
  return (signed ? signedOrder : unsigned)[operator];
}

function compareBytes(scope: Scope, node: CoreComparison): IrOperand {
  const bytes = Math.min(scope.sizeOf(node.left.type), scope.sizeOf(node.right.type));
  const equal = equalBytes(scope, node.left, node.right, bytes);
  return node.operator === "==" ? equal : scope.build.not(equal);
}

/** i1: whether the first `bytes` bytes of both are the same. Strings are zero after their NUL, so bytes tell. */
export function equalBytes(
  scope: Scope,
  left: CoreExpression,
  right: CoreExpression,
  bytes: number,
): IrOperand {
  const [known, other] = literalOf(left) === undefined ? [right, left] : [left, right];
  const literal = literalOf(known);
  if (literal === undefined) {
    const first = scope.memory(left);
    return equalMemory(scope, first, scope.memory(right), bytes);
  }
  const text = bytesOf(`${literal}\0`);
  return equalLiteral(scope, scope.memory(other), text, Math.min(bytes, text.length));
}

function literalOf(node: CoreExpression): string | undefined {
  return node.kind === "constant" && node.value.kind === "string" ? node.value.value : undefined;
}

function equalLiteral(scope: Scope, memory: Memory, text: Uint8Array, bytes: number): IrOperand {
  return allWords(scope, bytes, memory.align, (at, width) => {
    const word = scope.build.load(integerType(width), scope.build.offset(memory.pointer, at), width);
    return [word, constant(integerType(width), wordAt(text, at, width))];
  });
}

export function equalMemory(scope: Scope, left: Memory, right: Memory, bytes: number): IrOperand {
  const { build } = scope;
  const align = Math.min(left.align, right.align, 8);
  if (bytes / align > MOST_UNROLLED_WORDS) return equalInLoop(scope, left, right, bytes, align);
  return allWords(scope, bytes, align, (at, width) => [
    build.load(integerType(width), build.offset(left.pointer, at), width),
    build.load(integerType(width), build.offset(right.pointer, at), width),
  ]);
}

/** Compares word after word and stops at the first that differs. */
function allWords(
  scope: Scope,
  bytes: number,
  align: number,
  wordsAt: (at: number, width: number) => readonly [IrOperand, IrOperand],
): IrOperand {
  const { build } = scope;
  const result = build.local("equal", "i1");
  const after = build.createBlock();
  build.write(result, constant("i1", 0n));
  for (let at = 0; at < bytes; ) {
    let width = Math.min(align, 8);
    while (width > bytes - at || alignmentAt(8, at) < width) width /= 2;
    const [left, right] = wordsAt(at, width);
    const same = build.createBlock();
    build.branch(build.compare("eq", left, right), same, after);
    build.enter(same);
    at += width;
  }
  build.write(result, constant("i1", 1n));
  build.jump(after);
  build.enter(after);
  return build.read(result);
}

function equalInLoop(scope: Scope, left: Memory, right: Memory, bytes: number, align: number): IrOperand {
  const { build } = scope;
  const words = Math.floor(bytes / align);
  const result = build.local("equal", "i1");
  const index = build.local("offset", "i64");
  const [head, body, same] = [build.createBlock(), build.createBlock(), build.createBlock()];
  const [done, after] = [build.createBlock(), build.createBlock()];
  build.write(result, constant("i1", 0n));
  build.write(index, constant("i64", 0n));
  build.jump(head);
  build.enter(head);
  build.branch(build.compare("ult", build.read(index), constant("i64", words * align)), body, done);
  build.enter(body);
  const type = integerType(align);
  const at = build.read(index);
  const first = build.load(type, build.offset(left.pointer, at), align);
  const second = build.load(type, build.offset(right.pointer, at), align);
  build.branch(build.compare("eq", first, second), same, after);
  build.enter(same);
  build.write(index, build.binary("add", build.read(index), constant("i64", align)));
  build.jump(head);
  build.enter(done);
  const rest = bytes - words * align;
  const tail = (memory: Memory): Memory => ({
    pointer: build.offset(memory.pointer, words * align),
    align: alignmentAt(memory.align, words * align),
  });
  build.write(result, rest === 0 ? constant("i1", 1n) : equalMemory(scope, tail(left), tail(right), rest));
  build.jump(after);
  build.enter(after);
  return build.read(result);
}
