/** Lowering of what makes strings and buffers of memory. */

import type { CoreCall, CoreExpression } from "../../core/core.ts";
import { advance, inMemory, scalar, type Emitter, type LoweringRow, type Memory } from "../../ir/emitter.ts";
import { constant, type IrOperand } from "../../ir/ir.ts";
import type { AddressSpace } from "../../types/type.ts";
import { spaceOfNumber } from "../number-space.ts";
import { argument, integerArgument } from "./arguments.ts";

const LENGTH_BYTES = 4;

export const stringLowerings = {
  str: inMemory(str),
  buf: inMemory(buf),
  path: inMemory((emitter, call, into) => {
    const { build } = emitter;
    const size = emitter.sizeOf(call.type);
    emitter.zero(into, size);
    const result = build.helper("d_path", [
      emitter.trusted(argument(call, 0)),
      into.pointer,
      constant("i32", size),
    ]);
    emitter.checkHelper("d_path", result);
  }),
  strncmp: scalar((emitter, call) => {
    const [left, right] = [argument(call, 0), argument(call, 1)];
    const sizes = [
      emitter.sizeOf(left.type),
      emitter.sizeOf(right.type),
      Number(integerArgument(call, 2) ?? 0n),
    ];
    const equal = emitter.equalBytes(left, right, Math.min(...sizes));
    return emitter.build.resize(emitter.build.not(equal), "i64", false);
  }),
} satisfies Readonly<Record<string, LoweringRow>>;

/** Where the bytes are that an argument stands for: bytes it is itself, or those it points to. */
export function sourceOf(
  emitter: Emitter,
  source: CoreExpression,
): { readonly address: IrOperand; readonly space: AddressSpace } {
  const { type } = source;
  if (type.kind === "pointer") return { address: emitter.scalar(source), space: type.space };
  if (type.kind === "integer") {
    const space = spaceOfNumber(source, emitter.probe?.space ?? "none");
    return { address: emitter.build.resize(emitter.scalar(source), "i64", false), space };
  }
  return emitter.addressOf(source);
}

/** A length that the script computes; a literal one is part of the result's type. */
function lengthOf(emitter: Emitter, call: CoreCall): IrOperand | undefined {
  const length = call.arguments[1];
  return length === undefined ? undefined : emitter.build.resize(emitter.scalar(length), "i64", false);
}

function str(emitter: Emitter, call: CoreCall, into: Memory): void {
  const size = emitter.sizeOf(call.type);
  const limit = lengthOf(emitter, call);
  const { address, space } = sourceOf(emitter, argument(call, 0));
  emitter.readString(into, size, address, space, limit);
}

/** {u32 length, bytes} */
function buf(emitter: Emitter, call: CoreCall, into: Memory): void {
  const { build } = emitter;
  const capacity = emitter.sizeOf(call.type) - LENGTH_BYTES;
  const source = argument(call, 0);
  const given = lengthOf(emitter, call);
  const { address, space } = sourceOf(emitter, source);
  const data = advance(into, LENGTH_BYTES, build);
  const fixed = given === undefined || given.kind === "constant";
  const length = emitter.atMost(given ?? constant("i64", capacity), capacity);
  if (!fixed) emitter.zero(data, capacity);
  build.store(into.pointer, build.resize(length, "i32", false), Math.min(into.align, LENGTH_BYTES));
  emitter.read(data, fixed ? capacity : length, address, space);
}
