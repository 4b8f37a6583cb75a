/** printf: a format made ready once, then filled with decoded values or, for plain sites, straight from the event's bytes. */

import { parseFormat, type EventField, type FormatConversion } from "@probewright/compiler";
import { decodeValue, readInteger, type DecodeContext } from "../values/decode.ts";
import type { Value } from "../values/value.ts";
import { gfpFlagNames } from "./gfp-flags.ts";
import { bufferText, hex2, valueBytes, type TextOptions } from "./text.ts";

/** Prints one event; `at` is the event's start in `records`. */
export type Printer = (records: Buffer, at: number) => Buffer;

type Part =
  | { readonly kind: "text"; readonly bytes: Buffer }
  | { readonly kind: "field"; readonly print: Printer };

/** Makes a format ready for one site, so that nothing is parsed or looked up again for each event. */
export function preparePrinter(
  format: string,
  fields: readonly EventField[],
  context: DecodeContext,
  options: TextOptions,
): Printer {
  let next = 0;
  const parts = parseFormat(format).map((piece): Part => {
    if (piece.kind !== "conversion") return { kind: "text", bytes: Buffer.from(piece.text) };
    const field = fields[next];
    next += 1;
    if (field === undefined) return { kind: "text", bytes: Buffer.from(piece.text) };
    return { kind: "field", print: fieldPrinter(piece, field, context, options) };
  });
  const [only] = parts;
  if (parts.length === 1 && only?.kind === "text") return () => only.bytes;
  return (records, at) =>
    Buffer.concat(parts.map((part) => (part.kind === "text" ? part.bytes : part.print(records, at))));
}

function fieldPrinter(
  conversion: FormatConversion,
  field: EventField,
  context: DecodeContext,
  options: TextOptions,
): Printer {
  const { type, offset } = field;
  if (type.kind === "integer" && isPlainInteger(conversion) && type.enumName === undefined) {
    return (records, at) =>
      Buffer.from(formatInteger(conversion, readInteger(records, at + offset, type.size, type.signed)));
  }
  return (records, at) => formatValue(conversion, decodeValue(records, at + offset, type, context), options);
}

function isPlainInteger({ specifier }: FormatConversion): boolean {
  return "diuoxX".includes(specifier);
}

export function formatValue(conversion: FormatConversion, value: Value, options: TextOptions): Buffer {
  switch (conversion.specifier) {
    case "s":
      return pad(conversion, valueBytes(value, options));
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

/** Widths count bytes, as C's printf does. */
function pad({ width, leftAlign, zeroPad }: FormatConversion, bytes: Buffer): Buffer {
  if (bytes.length >= width) return bytes;
  const fill = Buffer.alloc(width - bytes.length, zeroPad && !leftAlign ? "0" : " ");
  return Buffer.concat(leftAlign ? [bytes, fill] : [fill, bytes]);
}
