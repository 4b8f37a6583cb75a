/**
 * The fields that most formats are made of, written straight from an event's bytes: integers, addresses and strings, at any
 * width. What these cannot do, as a string that filled its buffer, is left to the general way.
 */

import { bitsOfLength, type EventField, type FormatConversion, type Type } from "@probewright/compiler";
import { MOST_DIGITS, putDecimal, putHex } from "./digits.ts";

/** A field that is written without garbage. */
export interface HotField {
  /** Bytes of the longest text there can be: so much room is there when it is written. */
  readonly most: number;
  /** `at` is the event's start. @returns where the text that was begun at `to` ends, or -1 when the general way has to do it */
  readonly write: (records: Uint8Array, at: number, text: Uint8Array, to: number) => number;
}

/** The way to write such a field, where there is a fast one. */
export function hotField(conversion: FormatConversion, { type, offset }: EventField): HotField | undefined {
  if (conversion.plusSign || conversion.alternate) return undefined;
  const field = plainField(conversion, type, offset);
  return field === undefined || conversion.width === 0 ? field : padded(field, conversion);
}

function plainField(conversion: FormatConversion, type: Type, offset: number): HotField | undefined {
  const { specifier } = conversion;
  if (specifier === "s")
    return type.kind === "string" && type.size > 0 ? hotString(type.size, offset) : undefined;
  if (type.kind === "pointer") return hotInteger(conversion, { offset, size: 8, signed: false });
  return type.kind === "integer"
    ? hotInteger(conversion, { offset, size: type.size, signed: type.signed })
    : undefined;
}

/** How an integer stands in an event. */
interface Stored {
  readonly offset: number;
  readonly size: 1 | 2 | 4 | 8;
  readonly signed: boolean;
}

function hotInteger({ specifier, length }: FormatConversion, stored: Stored): HotField | undefined {
  const bits = bitsOfLength[length];
  switch (specifier) {
    case "d":
    case "i":
      return decimal(stored, bits, true);
    case "u":
      return decimal(stored, bits, false);
    case "x":
      return hexadecimal(stored, bits, false);
    case "X":
      return hexadecimal(stored, bits, true);
    case "p":
      return address(stored);
    default:
      return undefined;
  }
}

const ZERO = 0x30;
const MINUS = 0x2d;
const SPACE = 0x20;
const LETTER_X = 0x78;

type Bits = (typeof bitsOfLength)[FormatConversion["length"]];

function decimal(stored: Stored, bits: Bits, signed: boolean): HotField {
  return {
    most: 1 + MOST_DIGITS,
    write: (records, at, text, to) => {
      const low = cut(lowHalf(records, at, stored), bits, signed);
      const high = bits === 64 ? highHalf(records, at, stored) : low >> 31;
      if (!signed) return putDecimal(text, to, bits === 64 ? high >>> 0 : 0, low >>> 0);
      if (high >= 0) return putDecimal(text, to, high, low >>> 0);
      text[to] = MINUS;
      const borrow = low === 0 ? 0 : 1;
      return putDecimal(text, to + 1, (-high - borrow) >>> 0, -low >>> 0);
    },
  };
}

function hexadecimal(stored: Stored, bits: Bits, upperCase: boolean): HotField {
  return {
    most: MOST_DIGITS,
    write: (records, at, text, to) => {
      const low = cut(lowHalf(records, at, stored), bits, false);
      const high = bits === 64 ? highHalf(records, at, stored) >>> 0 : 0;
      return putHex(text, to, high, low >>> 0, upperCase);
    },
  };
}

function address(stored: Stored): HotField {
  return {
    most: 2 + MOST_DIGITS,
    write: (records, at, text, to) => {
      const low = lowHalf(records, at, stored) >>> 0;
      const high = highHalf(records, at, stored) >>> 0;
      text[to] = ZERO;
      if (low === 0 && high === 0) return to + 1;
      text[to + 1] = LETTER_X;
      return putHex(text, to + 2, high, low, false);
    },
  };
}

/**
 * The lower 32 bits of an integer that is widened as its type says, as a signed number. Byte by byte: twice as fast as
 * `Buffer.readInt32LE`, whose checks are not needed here.
 */
function lowHalf(records: Uint8Array, event: number, { offset, size, signed }: Stored): number {
  const at = event + offset;
  const first = records[at] ?? 0;
  if (size === 1) return signed ? (first << 24) >> 24 : first;
  const two = first | ((records[at + 1] ?? 0) << 8);
  if (size === 2) return signed ? (two << 16) >> 16 : two;
  return two | ((records[at + 2] ?? 0) << 16) | ((records[at + 3] ?? 0) << 24);
}

function highHalf(records: Uint8Array, at: number, stored: Stored): number {
  if (stored.size === 8) return lowHalf(records, at + 4, stored);
  return stored.signed && lowHalf(records, at, stored) < 0 ? -1 : 0;
}

/** Keeps so many bits of the lower half. */
function cut(low: number, bits: Bits, signed: boolean): number {
  if (bits >= 32) return low;
  const shift = 32 - bits;
  return signed ? (low << shift) >> shift : (low << shift) >>> shift;
}

function hotString(size: number, offset: number): HotField {
  return {
    most: size,
    write: (records, event, text, to) => {
      const at = event + offset;
      for (let i = 0; i < size; i += 1) {
        const byte = records[at + i] ?? 0;
        if (byte === 0) return to + i;
        text[to + i] = byte;
      }
      return -1;
    },
  };
}

/** Zeroes stand between a sign and the digits. */
function padded(field: HotField, { width, leftAlign, zeroPad, specifier }: FormatConversion): HotField {
  const { write } = field;
  const fill = zeroPad && !leftAlign ? ZERO : SPACE;
  const signed = fill === ZERO && (specifier === "d" || specifier === "i");
  return {
    most: Math.max(field.most, width),
    write: (records, at, text, to) => {
      const end = write(records, at, text, to);
      const lack = width - (end - to);
      if (end < 0 || lack <= 0) return end;
      const start = leftAlign ? end : signed && text[to] === MINUS ? to + 1 : to;
      // By hand: copyWithin and fill cost more than the few bytes there are.
      for (let i = end - 1; i >= start; i -= 1) text[i + lack] = text[i] ?? 0;
      for (let i = start; i < start + lack; i += 1) text[i] = fill;
      return end + lack;
    },
  };
}
