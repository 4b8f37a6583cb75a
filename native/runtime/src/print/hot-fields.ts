/**
 * The fields that fast formats are made of, written straight from an event's bytes: plain integers and strings. What these
 * cannot do, because of a width or a number beyond a double, is left to the general way.
 */

import type { FormatConversion, Type } from "@probewright/compiler";
import type { ByteSink } from "./byte-sink.ts";

/** Writes the field at `at`. @returns false when the general way has to do it; nothing is written then */
export type HotField = (records: Buffer, at: number, sink: ByteSink) => boolean;

/** The way to write such a field, where there is a fast one. */
export function hotField(conversion: FormatConversion, type: Type): HotField | undefined {
  const { specifier, width, plusSign, alternate } = conversion;
  if (width > 0 || plusSign || alternate) return undefined;
  if (specifier === "s") return type.kind === "string" && type.size > 0 ? hotString(type.size) : undefined;
  return type.kind === "integer" && type.enumName === undefined ? hotInteger(conversion, type) : undefined;
}

function hotInteger({ specifier, length }: FormatConversion, type: IntegerType): HotField | undefined {
  const kind = kinds[specifier];
  if (kind === undefined) return undefined;
  const { base, signed } = kind;
  const wide = wideLengths.has(length);
  if (length !== "" && !wide) return undefined;
  if (type.size === 8) return wide ? hotLong(base, signed) : hotWord(base, signed);
  // A word that is printed wider must be widened as its type says.
  return type.size === 4 && (!wide || type.signed === signed) ? hotWord(base, signed) : undefined;
}

type IntegerType = Extract<Type, { kind: "integer" }>;

const kinds: Partial<
  Record<FormatConversion["specifier"], { readonly base: 10 | 16; readonly signed: boolean }>
> = {
  d: { base: 10, signed: true },
  i: { base: 10, signed: true },
  u: { base: 10, signed: false },
  x: { base: 16, signed: false },
};

const wideLengths: ReadonlySet<FormatConversion["length"]> = new Set(["l", "ll", "j", "z"]);

function hotString(size: number): HotField {
  return (records, at, sink) => {
    sink.reserve(size);
    const { bytes } = sink;
    let to = sink.length;
    const end = at + size;
    for (let from = at; from < end; from += 1) {
      const byte = records[from] ?? 0;
      if (byte === 0) {
        sink.length = to;
        return true;
      }
      bytes[to] = byte;
      to += 1;
    }
    return false;
  };
}

/** The lowest 32 bits. */
function hotWord(base: 10 | 16, signed: boolean): HotField {
  return (records, at, sink) => {
    putNumber(sink, base, signed ? records.readInt32LE(at) : records.readUInt32LE(at));
    return true;
  };
}

const TWO_TO_32 = 4_294_967_296;
/** Above this high half a double no longer holds every number. */
const HIGHEST_EXACT = 0x1f_ffff;

function hotLong(base: 10 | 16, signed: boolean): HotField {
  return (records, at, sink) => {
    const low = records.readUInt32LE(at);
    const high = records.readUInt32LE(at + 4);
    if (high <= HIGHEST_EXACT) {
      putNumber(sink, base, high * TWO_TO_32 + low);
      return true;
    }
    if (base === 16) {
      putNumber(sink, base, high);
      putHexWord(sink, low);
      return true;
    }
    const negative = (high | 0) * TWO_TO_32 + low;
    if (!signed || negative < -Number.MAX_SAFE_INTEGER || negative >= 0) return false;
    putNumber(sink, base, negative);
    return true;
  };
}

const MOST_DIGITS = 21;
const ZERO = 0x30;
const MINUS = 0x2d;
const LETTERS = 0x57;

function putNumber(sink: ByteSink, base: 10 | 16, value: number): void {
  sink.reserve(MOST_DIGITS);
  const { bytes } = sink;
  let rest = value;
  if (rest < 0) {
    bytes[sink.length] = MINUS;
    sink.length += 1;
    rest = -rest;
  }
  let digits = 1;
  for (let power = base; power <= rest; power *= base) digits += 1;
  const end = sink.length + digits;
  let at = end;
  // Beyond 32 bits division is of doubles: so few digits at a time as possible.
  while (rest >= TWO_TO_32) {
    const next = Math.floor(rest / base);
    at -= 1;
    bytes[at] = digitOf(rest - next * base);
    rest = next;
  }
  let word = rest >>> 0;
  while (at > sink.length) {
    const next = base === 16 ? word >>> 4 : (word / 10) >>> 0;
    at -= 1;
    bytes[at] = digitOf(word - next * base);
    word = next;
  }
  sink.length = end;
}

/** All eight digits. */
function putHexWord(sink: ByteSink, value: number): void {
  sink.reserve(8);
  for (let shift = 28; shift >= 0; shift -= 4) {
    sink.bytes[sink.length] = digitOf((value >>> shift) & 0xf);
    sink.length += 1;
  }
}

function digitOf(value: number): number {
  return value < 10 ? ZERO + value : LETTERS + value;
}
