/**
 * Printing by the kernel itself: `debugf()` to the trace pipe, and `printf()` of an iterator to whoever reads it. The kernel
 * knows fewer conversions than we do; what it cannot print goes another way.
 */

import type { CoreCall, CoreExpression } from "../../core/core.ts";
import { effect, type Emitter, type LoweringRow } from "../../ir/emitter.ts";
import { constant, type IrOperand } from "../../ir/ir.ts";
import type { Type } from "../../types/type.ts";
import { formatOf } from "./arguments.ts";

const VALUE_BYTES = 8;

export const kernelPrintLowerings = {
  debugf: effect((emitter, call) => {
    const { build } = emitter;
    const format = new TextEncoder().encode(`${formatOf(call)}\0`);
    const values = call.arguments.slice(1).map((value) => kernelValue(emitter, value));
    const result = build.helper("trace_printk", [
      emitter.constantBytes(format),
      constant("i32", format.length),
      ...values,
    ]);
    emitter.checkHelper("trace_printk", result);
  }),
} satisfies Readonly<Record<string, LoweringRow>>;

/** Numbers as they are, strings by address. */
function kernelValue(emitter: Emitter, value: CoreExpression): IrOperand {
  const { build } = emitter;
  if (value.type.kind === "string") return build.toNumber(emitter.memory(value).pointer);
  const signed = value.type.kind === "integer" && value.type.signed;
  return build.resize(emitter.scalar(value), "i64", signed);
}

/** A conversion of our formats: flags, width, precision, length and letter. */
const CONVERSION = /%%|%(-?)(\+?)( ?)(#?)(0?)(\d*)(?:\.\d+)?(hh|h|ll|l|j|z|t)?([a-zA-Z]+)/g;

/** @returns the format in the kernel's notation; undefined when the kernel cannot print one of the values */
export function kernelFormat(format: string, types: readonly Type[]): string | undefined {
  let next = 0;
  let possible = true;
  const text = format.replaceAll(CONVERSION, (...found: readonly string[]) => {
    const [
      whole = "",
      minus = "",
      plus = "",
      blank = "",
      alternate = "",
      zero = "",
      width = "",
      length,
      letter = "",
    ] = found;
    if (whole === "%%") return whole;
    const type = types[next];
    next += 1;
    const conversion = type === undefined ? undefined : kernelConversion(letter, length, type);
    if (conversion === undefined || alternate !== "") possible = false;
    return `%${minus}${plus}${blank}${zero}${width}${conversion ?? ""}`;
  });
  return possible ? text : undefined;
}

function kernelConversion(letter: string, length: string | undefined, type: Type): string | undefined {
  const isNumber = type.kind === "integer" || type.kind === "boolean" || type.kind === "pointer";
  const long = length === "l" || length === "ll" || length === "j" || length === "z" || length === "t";
  const short = length === "h" || length === "hh";
  if (isNumber && "diuxX".includes(letter)) return short ? undefined : `${long ? "ll" : ""}${letter}`;
  if (isNumber && letter === "p") return "px";
  if (isNumber && letter === "c") return "c";
  if (letter !== "s") return undefined;
  if (type.kind === "string") return "s";
  if (type.kind === "kernel-symbol") return "ps";
  if (type.kind === "integer" && type.enumName === undefined) return type.signed ? "lld" : "llu";
  if (type.kind === "pointer") return "px";
  return undefined;
}

/** Writes to the iterator's own output. `format` is the kernel's. */
export function printToIterator(emitter: Emitter, call: CoreCall, format: string): void {
  const { build } = emitter;
  const bytes = new TextEncoder().encode(`${format}\0`);
  const values = call.arguments.slice(1);
  const size = VALUE_BYTES * values.length;
  const memory = size === 0 ? undefined : emitter.temporary("printf() values", size, VALUE_BYTES);
  values.forEach((value, i) => {
    if (memory !== undefined) {
      build.store(build.offset(memory.pointer, VALUE_BYTES * i), kernelValue(emitter, value), VALUE_BYTES);
    }
  });
  // struct bpf_iter_meta is the first field of every iterator's context, its seq_file the first field of that.
  const meta = build.load("ptr", emitter.context(), 8);
  const result = build.helper("seq_printf", [
    build.load("ptr", meta, 8),
    emitter.constantBytes(bytes),
    constant("i32", bytes.length),
    memory?.pointer ?? constant("ptr", 0n),
    constant("i32", size),
  ]);
  emitter.checkHelper("seq_printf", result);
}
