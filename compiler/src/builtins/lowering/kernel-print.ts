/**
 * Printing by the kernel itself: `debugf()` to the trace pipe, and `printf()` of an iterator to whoever reads it. The kernel
 * knows fewer conversions than we do; what it cannot print goes another way.
 */

import { bytesOf } from "../../base/utf8.ts";
import type { CoreCall, CoreExpression } from "../../core/core.ts";
import { effect, type Emitter, type LoweringRow } from "../../ir/emitter.ts";
import { constant, type IrOperand } from "../../ir/ir.ts";
import type { Type } from "../../types/type.ts";
import { formatOf } from "./arguments.ts";

const VALUE_BYTES = 8;

export const kernelPrintLowerings = {
  debugf: effect((emitter, call) => {
    const { build } = emitter;
    const format = bytesOf(`${formatOf(call)}\0`);
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

/** A conversion of our formats: flags, width, precision, length and letter. The whole of it, and its parts. */
const CONVERSION_WHOLE = /(%%|%-?\+? ?#?0?\d*(?:\.\d+)?(?:hh|h|ll|l|j|z|t)?[a-zA-Z]+)/;
const CONVERSION =
  /^%(?<flags>-?\+? ?)(?<alternate>#?)(?<width>0?\d*)(?:\.\d+)?(?<length>hh|h|ll|l|j|z|t)?(?<letter>[a-zA-Z]+)$/;

/** @returns the format in the kernel's notation; undefined when the kernel cannot print one of the values */
export function kernelFormat(format: string, types: readonly Type[]): string | undefined {
  const rest = [...types];
  const parts = format.split(CONVERSION_WHOLE).map((part) => {
    const found = CONVERSION.exec(part);
    if (found === null || part === "%%") return part;
    const { flags = "", alternate = "", width = "", length, letter = "" } = found.groups ?? {};
    const type = rest.shift();
    const conversion =
      type === undefined || alternate !== "" ? undefined : kernelConversion(letter, length, type);
    return conversion === undefined ? undefined : `%${flags}${width}${conversion}`;
  });
  return parts.includes(undefined) ? undefined : parts.join("");
}

const longLengths: ReadonlySet<string | undefined> = new Set(["l", "ll", "j", "z", "t"]);
const shortLengths: ReadonlySet<string | undefined> = new Set(["h", "hh"]);

function kernelConversion(letter: string, length: string | undefined, type: Type): string | undefined {
  if (letter === "s") return kernelText(type);
  if (type.kind !== "integer" && type.kind !== "boolean" && type.kind !== "pointer") return undefined;
  switch (letter) {
    case "p":
      return "px";
    case "c":
      return "c";
    case "d":
    case "i":
    case "u":
    case "x":
    case "X":
      if (shortLengths.has(length)) return undefined;
      return longLengths.has(length) ? `ll${letter}` : letter;
    default:
      return undefined;
  }
}

/** How the kernel prints a value as people read it. */
function kernelText(type: Type): string | undefined {
  switch (type.kind) {
    case "string":
      return "s";
    case "kernel-symbol":
      return "ps";
    case "pointer":
      return "px";
    case "integer":
      // It knows no names of enum constants.
      return type.enumName !== undefined ? undefined : type.signed ? "lld" : "llu";
    default:
      return undefined;
  }
}

/** Writes to the iterator's own output. `format` is the kernel's. */
export function printToIterator(emitter: Emitter, call: CoreCall, format: string): void {
  const { build } = emitter;
  const bytes = bytesOf(`${format}\0`);
  const values = call.arguments.slice(1);
  const size = VALUE_BYTES * values.length;
  const memory = size === 0 ? undefined : emitter.temporary("printf() values", size, VALUE_BYTES);
  values.forEach((value, i) => {
    if (memory !== undefined) {
      build.store(build.offset(memory.pointer, VALUE_BYTES * i), kernelValue(emitter, value), VALUE_BYTES);
    }
  });
  // struct bpf_iter_meta is the first field of every iterator's context, its seq_file the first field of that.
  const meta = build.fromContext(emitter.context(), 0, "ptr");
  const result = build.helper("seq_printf", [
    build.load("ptr", meta, 8),
    emitter.constantBytes(bytes),
    constant("i32", bytes.length),
    memory?.pointer ?? constant("ptr", 0n),
    constant("i32", size),
  ]);
  emitter.checkHelper("seq_printf", result);
}
