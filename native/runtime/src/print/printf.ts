/** printf: a format made ready once, then filled with decoded values or, for plain sites, straight from the event's bytes. */

import { bitsOfLength, parseFormat, type EventField, type FormatConversion } from "@probewright/compiler";
import { decodeValue, type DecodeContext } from "../values/decode.ts";
import type { Value } from "../values/value.ts";
import { ByteSink } from "./byte-sink.ts";
import { gfpFlagNames } from "./gfp-flags.ts";
import { hotField, type HotField } from "./hot-fields.ts";
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
 * Makes a format ready for one site, so that nothing is parsed or looked up again for each event, and room is made once for
 * all of it. `printf("%d %s %lx\n")` takes 75 ns an event so, where making room for each piece and reading by `Buffer`'s methods
 * took 330.
 * @param format bytes, one character (0–255) each
 */
export function prepareWriter(
  format: string,
  fields: readonly EventField[],
  context: DecodeContext,
  options: TextOptions,
): Writer {
  let next = 0;
  const parts = parseFormat(format).map((piece): Part => {
    const field = piece.kind === "conversion" ? fields[next] : undefined;
    if (piece.kind !== "conversion" || field === undefined) return textPart(piece.text);
    next += 1;
    return fieldPart(piece, field, context, options);
  });
  const most = parts.reduce((sum, part) => sum + part.most, 0);
  return (records, at, sink) => {
    sink.reserve(most);
    let { bytes, length } = sink;
    for (const part of parts) {
      const end = part.write(records, at, bytes, length);
      if (end >= 0) {
        length = end;
        continue;
      }
      sink.length = length;
      part.writeAny(records, at, sink);
      sink.reserve(most);
      ({ bytes, length } = sink);
    }
    sink.length = length;
  };
}

/** A piece of a format. */
interface Part extends HotField {
  /** Where `write` cannot. */
  readonly writeAny: Writer;
}

/** @param text of one character a byte */
function textPart(text: string): Part {
  const bytes = Buffer.from(text, "latin1");
  const { length } = bytes;
  return {
    most: length,
    write: (_records, _at, to, start) => {
      for (let i = 0; i < length; i += 1) to[start + i] = bytes[i] ?? 0;
      return start + length;
    },
    writeAny: () => undefined,
  };
}

function fieldPart(
  conversion: FormatConversion,
  field: EventField,
  context: DecodeContext,
  options: TextOptions,
): Part {
  const { type, offset } = field;
  return {
    ...(hotField(conversion, field) ?? coldField),
    writeAny: (records, at, sink) => {
      sink.put(formatValue(conversion, decodeValue(records, at + offset, type, context), options));
    },
  };
}

const coldField: HotField = { most: 0, write: () => -1 };

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
      return { prefix: alternate && value !== 0n ? "0" : "", digits: value.toString(8) };
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
