/** Values as text, the way bpftrace prints them. Strings are bytes: what a program read need not be UTF-8. */

import type { StackFrame, Value } from "../values/value.ts";

export interface TextOptions {
  /** Follows a string that filled its buffer. */
  readonly truncationTrailer: string;
}

/** The text of a value; bytes that are not UTF-8 become `latin1` characters only inside `Buffer`s made by `valueBytes`. */
export function valueBytes(value: Value, options: TextOptions): Buffer {
  if (value.kind === "string") {
    const bytes = Buffer.from(value.bytes);
    return value.truncated ? Buffer.concat([bytes, Buffer.from(options.truncationTrailer)]) : bytes;
  }
  if (value.kind === "tuple") return joined(value.elements, "(", ", ", ")", options);
  if (value.kind === "array") return joined(value.elements, "[", ",", "]", options);
  if (value.kind === "record") return recordBytes(value, options);
  return Buffer.from(plainText(value));
}

/** Key of a map: as its value, but a tuple without its parentheses. */
export function keyBytes(key: Value, options: TextOptions): Buffer {
  return key.kind === "tuple" ? joined(key.elements, "", ", ", "", options) : valueBytes(key, options);
}

function joined(
  elements: readonly Value[],
  open: string,
  separator: string,
  close: string,
  options: TextOptions,
): Buffer {
  const parts: Buffer[] = [Buffer.from(open)];
  for (const [index, element] of elements.entries()) {
    if (index > 0) parts.push(Buffer.from(separator));
    parts.push(valueBytes(element, options));
  }
  parts.push(Buffer.from(close));
  return Buffer.concat(parts);
}

function recordBytes(value: Extract<Value, { kind: "record" }>, options: TextOptions): Buffer {
  if (value.fields.length === 0) return Buffer.from("{}");
  const parts: Buffer[] = [Buffer.from("{ ")];
  for (const [index, field] of value.fields.entries()) {
    parts.push(Buffer.from(`${index > 0 ? ", " : ""}.${field.name} = `), valueBytes(field.value, options));
  }
  parts.push(Buffer.from(" }"));
  return Buffer.concat(parts);
}

function plainText(value: Exclude<Value, { kind: "string" | "tuple" | "array" | "record" }>): string {
  switch (value.kind) {
    case "none":
      return "null";
    case "integer":
      return value.value.toString();
    case "boolean":
      return value.value ? "true" : "false";
    case "enum":
      return value.name ?? value.value.toString();
    case "pointer":
      return `0x${value.value.toString(16)}`;
    case "buffer":
      return bufferText(value.bytes);
    case "text":
      return value.text;
    case "stack":
      return stackText(value);
    case "stats":
      return `{ .count = ${value.count.toString()}, .average = ${value.average.toString()}, .total = ${value.total.toString()} }`;
    case "average":
      return value.average.toString();
    case "histogram":
    case "time-series":
      return "";
  }
}

/** Printable ASCII as it is, every other byte as `\xNN`. */
export function bufferText(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes)
    text += byte >= 32 && byte <= 126 ? String.fromCharCode(byte) : `\\x${hex2(byte)}`;
  return text;
}

export function hex2(byte: number): string {
  return byte.toString(16).padStart(2, "0");
}

function stackText({ mode, frames }: Extract<Value, { kind: "stack" }>): string {
  return `\n${frames.map((frame) => frameText(mode, frame)).join("")}`;
}

/** An unwinder that lost its way marks the last frame with all bits set. */
const UNWIND_FAILURE = 0xffff_ffff_ffff_ffffn;

function frameText(mode: Extract<Value, { kind: "stack" }>["mode"], frame: StackFrame): string {
  const address = frame.address.toString(16);
  if (mode === "raw") return `${address}\n`;
  if (mode === "build_id")
    return `${frame.buildId === undefined ? address : `${frame.buildId} 0x${frame.offset.toString(16)}`}\n`;
  if (frame.address === UNWIND_FAILURE) return "        <unwind failure>\n";
  const source = frame.source === undefined ? "" : `@${frame.source.file}:${frame.source.line.toString()}`;
  if (frame.inlined === true) {
    return mode === "perf"
      ? `\t${address} ${frame.symbol ?? ""} (inlined)\n`
      : `        [inlined] ${frame.symbol ?? ""}${source}\n`;
  }
  const named = frame.symbol === undefined ? `0x${address}` : `${frame.symbol}+${frame.offset.toString()}`;
  if (mode === "perf") return `\t${address} ${named} (${frame.module ?? "[unknown]"})\n`;
  return `        ${named}${source}\n`;
}
