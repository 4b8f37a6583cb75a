/** Lengths and copies of strings, by the helper that reads strings: a loop would cost the verifier much. */

import type { CoreExpression } from "../../core/core.ts";
import { advance, type Emitter, type Memory } from "../../ir/emitter.ts";
import { constant, type IrOperand } from "../../ir/ir.ts";

/** Characters up to a NUL or to the end. */
export interface Text {
  readonly memory: Memory;
  /** Bytes that may be looked at. */
  readonly capacity: number;
}

/** The characters of a string or array, or those that a pointer leads to. */
export function textOf(emitter: Emitter, source: CoreExpression): Text {
  if (source.type.kind !== "pointer") {
    return { memory: emitter.memory(source), capacity: emitter.sizeOf(source.type) };
  }
  const capacity = emitter.config.maxStringLength;
  const memory = emitter.temporary("string read through a pointer", capacity, 8);
  emitter.readString(memory, capacity, emitter.scalar(source), source.type.space);
  return { memory, capacity };
}

export function byteAt(emitter: Pick<Emitter, "build">, { memory }: Text, index: number): IrOperand {
  const { build } = emitter;
  return build.load("i8", build.offset(memory.pointer, index), 1);
}

/** i64 */
export function lengthOf(emitter: Emitter, text: Text): IrOperand {
  if (text.capacity === 0) return constant("i64", 0n);
  const copy = emitter.temporary("copy made by strlen()", text.capacity, 1);
  return copyText(emitter, copy.pointer, text);
}

/**
 * Copies the characters without a NUL; `to` has room for the text's capacity.
 * @returns how many, an i64 that the verifier knows to be at most the capacity
 */
function copyText(emitter: Emitter, to: IrOperand, text: Text): IrOperand {
  const { build } = emitter;
  const { capacity } = text;
  const length = build.local("length", "i64");
  build.write(length, constant("i64", 0n));
  const size = constant("i32", capacity);
  const copied = build.helper("probe_read_kernel_str", [to, size, text.memory.pointer]);
  build.when(build.compare("sgt", copied, constant("i64", 0n)), () => {
    build.write(length, build.binary("sub", copied, constant("i64", 1n)));
    // The helper's NUL may stand where the text has its last character.
    build.when(build.compare("eq", copied, constant("i64", capacity)), () => {
      const last = byteAt(emitter, text, capacity - 1);
      build.when(build.isNotZero(last), () => {
        build.store(build.offset(to, capacity - 1), last, 1);
        build.write(length, constant("i64", capacity));
      });
    });
  });
  return emitter.atMost(build.read(length), capacity);
}

/** The first text, then as much of the second as fits into `size` bytes; always ends in a NUL. */
export function concatenate(
  emitter: Emitter,
  [first, second]: readonly [Text, Text],
  into: Memory,
  size: number,
): void {
  const { build } = emitter;
  const room = first.capacity + second.capacity + 1;
  // The verifier wants room for the longest texts, wherever the first one ends.
  const target = room <= size ? into : emitter.temporary("texts joined by str_concat()", room, 8);
  emitter.zero(target, Math.max(room, room <= size ? size : 0));
  const end = copyText(emitter, target.pointer, first);
  const after = copyText(emitter, build.offset(target.pointer, end), second);
  build.store(build.offset(build.offset(target.pointer, end), after), constant("i8", 0n), 1);
  if (target === into) return;
  emitter.copy(into, target, size);
  build.store(advance(into, size - 1, build).pointer, constant("i8", 0n), 1);
}
