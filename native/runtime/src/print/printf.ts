/** printf: a format made ready once, then filled with decoded values or, for plain sites, straight from the event's bytes. */

import { parseFormat, type EventField, type FormatConversion } from "@probewright/compiler";
import { decodeValue, type DecodeContext } from "../values/decode.ts";
import type { Value } from "../values/value.ts";
import { ByteSink } from "./byte-sink.ts";
import { gfpFlagNames } from "./gfp-flags.ts";
import { hotField } from "./hot-fields.ts";
import { bufferText, hex2, valueBytes, type TextOptions } from "./text.ts";

/** Prints one event; `at` is the event's start in `records`. */
export type Printer = (records: Buffer, at: number) => Buffer;

/** The same into a sink, without garbage for what is plain. */
export type Writer = (records: Buffer, at: number, sink: ByteSink) => void;

export function preparePrinter(...how: Parameters<typeof prepareWriter>): Printer {
  const write = prepareWriter(...how);
  const sink = new ByteSink();
  return (records, at) => {
    write(records, at, sink);
    return Buffer.from(sink.take());
  };
}

/**
 * Makes a format ready for one site, so that nothing is parsed or looked up again for each event.
 * @param format bytes, one character (0–255) each
 */
export function prepareWriter(
  format: string,
  fields: readonly EventField[],
  context: DecodeContext,
  options: TextOptions,
): Writer {
  let next = 0;
  const parts = parseFormat(format).map((piece): Writer => {
    const field = piece.kind === "conversion" ? fields[next] : undefined;
    if (piece.kind !== "conversion" || field === undefined) return textWriter(piece.text);
    next += 1;
    return fieldWriter(piece, field, context, options);
  });
  return (records, at, sink) => {
    for (const part of parts) part(records, at, sink);
  };
}

/** @param text of one character a byte */
function textWriter(text: string): Writer {
  const bytes = Buffer.from(text, "latin1");
  const [first] = bytes;
  if (bytes.length !== 1 || first === undefined) {
    return (_records, _at, sink) => {
      sink.put(bytes);
    };
  }
  return (_records, _at, sink) => {
    sink.reserve(1);
    sink.bytes[sink.length] = first;
    sink.length += 1;
  };
}

function fieldWriter(
  conversion: FormatConversion,
  { type, offset }: EventField,
  context: DecodeContext,
  options: TextOptions,
): Writer {
  const general: Writer = (records, at, sink) => {
    sink.put(formatValue(conversion, decodeValue(records, at + offset, type, context), options));
  };
  const hot = hotField(conversion, type);
  if (hot === undefined) return general;
  return (records, at, sink) => {
    if (!hot(records, at + offset, sink)) general(records, at, sink);
  };
}

export function formatValue(conversion: FormatConversion, value: Value, options: TextOptions): Buffer {
  switch (conversion.specifier) {
    case "s":
      return padFirst(conversion, valueBytes(value, options), openings[value.kind] ?? "");
    case "r":
    case "rx":
    case "rh":
      return pad(conversion, Buffer.from(formatBuffer(conversion.specifier, value)));
    case "gr":
      return pad(conversion, Buffer.from(gfpFlagNames(integerOf(value))));
    case "c":
      return pad(conversion, Buffer.from([Number(BigInt.asUintN(8, integerOf(value)))]));
    case "p": {
      const address = BigInt.asUintN(64, integerOf(value));
      return pad(conversion, Buffer.from(address === 0n ? "0" : `0x${address.toString(16)}`));
    }
    default:
      return Buffer.from(formatInteger(conversion, integerOf(value)));
  }
}

function integerOf(value: Value): bigint {
  switch (value.kind) {
    case "integer":
    case "enum":
    case "pointer":
      return value.value;
    case "boolean":
      return value.value ? 1n : 0n;
    case "average":
      return value.average;
    default:
      return 0n;
  }
}

function formatBuffer(specifier: "r" | "rx" | "rh", value: Value): string {
  const bytes = value.kind === "buffer" || value.kind === "string" ? value.bytes : new Uint8Array(0);
  if (specifier === "r") return bufferText(bytes);
  if (specifier === "rx") return [...bytes].map((byte) => `\\x${hex2(byte)}`).join("");
  return [...bytes].map(hex2).join(" ");
}

/** Bits an integer is cut to. */
const bitsOfLength: Readonly<Record<FormatConversion["length"], number>> = {
  "": 32,
  hh: 8,
  h: 16,
  l: 64,
  ll: 64,
  j: 64,
  z: 64,
  t: 64,
  L: 64,
};

function formatInteger(conversion: FormatConversion, value: bigint): string {
  const bits = bitsOfLength[conversion.length];
  const signed = conversion.specifier === "d" || conversion.specifier === "i";
  const cut = signed ? BigInt.asIntN(bits, value) : BigInt.asUintN(bits, value);
  const magnitude = cut < 0n ? -cut : cut;
  const sign = cut < 0n ? "-" : conversion.plusSign && signed ? "+" : "";
  return padNumber(conversion, sign, digitsOf(conversion, magnitude));
}

function digitsOf(
  { specifier, alternate }: FormatConversion,
  value: bigint,
): { readonly prefix: string; readonly digits: string } {
  switch (specifier) {
    case "x":
      return { prefix: alternate && value !== 0n ? "0x" : "", digits: value.toString(16) };
    case "X":
      return { prefix: alternate && value !== 0n ? "0X" : "", digits: value.toString(16).toUpperCase() };
    case "o":
      return { prefix: alternate ? "0" : "", digits: value.toString(8) };
    default:
      return { prefix: "", digits: value.toString() };
  }
}

function padNumber(
  { width, leftAlign, zeroPad }: FormatConversion,
  sign: string,
  { prefix, digits }: { readonly prefix: string; readonly digits: string },
): string {
  const text = sign + prefix + digits;
  if (text.length >= width) return text;
  if (leftAlign) return text.padEnd(width);
  if (zeroPad) return sign + prefix + digits.padStart(width - sign.length - prefix.length, "0");
  return text.padStart(width);
}

/** What values made of parts begin with. */
const openings: Readonly<Partial<Record<Value["kind"], string>>> = { tuple: "(", array: "[", record: "{ " };

/** Of a value made of parts only the first piece, its bracket, has the width. */
function padFirst(conversion: FormatConversion, bytes: Buffer, opening: string): Buffer {
  const { length } = opening;
  if (length === 0 || bytes.toString("latin1", 0, length) !== opening) return pad(conversion, bytes);
  return Buffer.concat([pad(conversion, bytes.subarray(0, length)), bytes.subarray(length)]);
}

/** Widths count bytes, as C's printf does. */
function pad({ width, leftAlign, zeroPad }: FormatConversion, bytes: Buffer): Buffer {
  if (bytes.length >= width) return bytes;
  const fill = Buffer.alloc(width - bytes.length, zeroPad && !leftAlign ? "0" : " ");
  return Buffer.concat(leftAlign ? [bytes, fill] : [fill, bytes]);
}
