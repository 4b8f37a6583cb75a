/** Moving bytes: zeroing, copying, and reading the memory of the kernel and of processes. */

import type { Memory } from "../../ir/emitter.ts";
import type { HelperName } from "../../ir/helpers.ts";
import { constant, integerType, nullPointer, type IrOperand } from "../../ir/ir.ts";
import type { AddressSpace } from "../../types/type.ts";
import type { Scope } from "../program/scope.ts";

/** Above this many bytes a helper moves them: it costs less than so many instructions. */
const MOST_INLINE_BYTES = 256;
const WORD = 8;

export function zero(scope: Scope, memory: Memory, bytes: number): void {
  const { build } = scope;
  if (fitsInline(bytes, memory.align)) {
    build.zero(memory.pointer, bytes, Math.min(memory.align, WORD));
    return;
  }
  // Reading address zero fails, and a failed read leaves zeroes.
  build.helper("probe_read_kernel", [memory.pointer, constant("i32", bytes), nullPointer]);
}

export function copy(scope: Scope, to: Memory, from: Memory, bytes: number): void {
  const { build } = scope;
  const align = Math.min(to.align, from.align, WORD);
  if (fitsInline(bytes, align)) build.copy(to.pointer, from.pointer, bytes, align);
  else build.helper("probe_read_kernel", [to.pointer, constant("i32", bytes), from.pointer]);
}

function fitsInline(bytes: number, align: number): boolean {
  return bytes <= MOST_INLINE_BYTES && bytes / Math.min(align, WORD) <= MOST_INLINE_BYTES / WORD;
}

/** Writes known bytes, then zeroes up to `size`. */
export function writeBytes(scope: Scope, to: Memory, bytes: Uint8Array, size: number): void {
  const { build } = scope;
  const word = Math.min(to.align, WORD);
  if (size > MOST_INLINE_BYTES || size / word > MOST_INLINE_BYTES / WORD) {
    zero(scope, to, size);
    if (bytes.length > 0) {
      copy(scope, to, { pointer: scope.constantBytes(bytes), align: WORD }, Math.min(bytes.length, size));
    }
    return;
  }
  for (let at = 0; at < size; ) {
    let width = word;
    while (width > size - at || at % width !== 0) width /= 2;
    const value = wordAt(bytes, at, width);
    build.store(build.offset(to.pointer, at), constant(integerType(width), value), width);
    at += width;
  }
}

/** The little-endian number in `bytes` at `at`; beyond their end all is zero. */
export function wordAt(bytes: Uint8Array, at: number, width: number): bigint {
  let value = 0n;
  for (let i = width - 1; i >= 0; i -= 1) value = (value << 8n) | BigInt(bytes[at + i] ?? 0);
  return value;
}

const readers: Readonly<Record<AddressSpace, HelperName>> = {
  kernel: "probe_read_kernel",
  user: "probe_read_user",
  none: "probe_read",
};
const stringReaders: Readonly<Record<AddressSpace, HelperName>> = {
  kernel: "probe_read_kernel_str",
  user: "probe_read_user_str",
  none: "probe_read_str",
};

export function read(
  scope: Scope,
  to: Memory,
  bytes: number | IrOperand,
  address: IrOperand,
  space: AddressSpace,
): IrOperand {
  const { build } = scope;
  const size = typeof bytes === "number" ? constant("i32", bytes) : bytes;
  const helper = readers[space];
  const result = build.helper(helper, [to.pointer, size, address]);
  scope.checkHelper(helper, result);
  return result;
}

/**
 * The helper ends what it reads with a NUL, so a string that fills the bytes may be cut or fit exactly. The byte that
 * the NUL stands for tells: written back, it makes a cut string one without NUL.
 */
export function readString(
  scope: Scope,
  to: Memory,
  size: number,
  address: IrOperand,
  space: AddressSpace,
  limit?: IrOperand,
): void {
  const { build } = scope;
  if (to.transient !== true) scope.zero(to, size);
  if (size === 0) return;
  const helper = stringReaders[space];
  const bytes = limit === undefined ? constant("i32", size) : atMost(scope, limit, size);
  const length = build.helper(helper, [to.pointer, bytes, address]);
  scope.checkHelper(helper, length);
  if (limit !== undefined) return;
  build.when(build.compare("eq", length, constant("i64", size)), () => {
    const last = build.offset(to.pointer, size - 1);
    const next = build.binary("add", address, constant("i64", size - 1));
    build.helper(readers[space], [last, constant("i32", 1), next]);
    const cut = build.isNotZero(build.load("i8", last, 1));
    build.when(cut, () => {
      scope.countLoss("string-truncated", "string");
    });
  });
}

/** The smaller of both, in a form that the verifier understands. */
export function atMost(scope: Scope, value: IrOperand, most: number): IrOperand {
  const { build } = scope;
  if (value.kind === "constant") {
    const known = BigInt.asUintN(64, value.value);
    return constant("i64", known > BigInt(most) ? most : known);
  }
  const result = build.local("bytes", "i64");
  build.write(result, build.opaque(value));
  build.when(build.compare("ugt", build.read(result), constant("i64", most)), () => {
    build.write(result, constant("i64", most));
  });
  return build.read(result);
}
