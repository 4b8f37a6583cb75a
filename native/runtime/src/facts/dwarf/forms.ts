/** Values of attributes, by the forms they are written in. */

import { form } from "./constants.ts";
import {
  cString,
  type Cursor,
  cursorAt,
  offset,
  skip,
  skipLeb,
  sleb,
  u16,
  u32,
  u64,
  u8,
  uleb,
} from "./cursor.ts";

/**
 * References are offsets into `.debug_info`; blocks are bytes; what points into files that are not there is undefined.
 */
export type AttributeValue = number | bigint | string | Buffer | undefined;

/** What reading a value depends on. */
export interface FormContext {
  readonly version: number;
  /** The 64-bit format. */
  readonly wide: boolean;
  readonly addressSize: number;
  /** Where the unit starts in `.debug_info`: most references count from there. */
  readonly unitStart: number;
  /** Where the file's own `.debug_info` starts in the bytes at hand: the other references count from there. */
  readonly infoStart: number;
  readonly strings: Buffer;
  readonly lineStrings: Buffer;
  readonly stringOffsets: Buffer;
  /** Where the unit's entries start in `.debug_str_offsets`. */
  readonly stringOffsetsBase: number;
  /** Offset of the type unit with a signature. */
  readonly typeBySignature: (signature: bigint) => number | undefined;
}

/** Bytes of forms that always take the same. */
const fixedSizes: ReadonlyMap<number, number> = new Map<number, number>([
  [form.data1, 1],
  [form.flag, 1],
  [form.ref1, 1],
  [form.strx1, 1],
  [form.addrx1, 1],
  [form.data2, 2],
  [form.ref2, 2],
  [form.strx2, 2],
  [form.addrx2, 2],
  [form.strx3, 3],
  [form.addrx3, 3],
  [form.data4, 4],
  [form.ref4, 4],
  [form.strx4, 4],
  [form.addrx4, 4],
  [form.refSup4, 4],
  [form.data8, 8],
  [form.ref8, 8],
  [form.refSig8, 8],
  [form.refSup8, 8],
  [form.data16, 16],
  [form.flagPresent, 0],
  [form.implicitConst, 0],
]);

const lebForms: ReadonlySet<number> = new Set<number>([
  form.sdata,
  form.udata,
  form.refUdata,
  form.strx,
  form.addrx,
  form.loclistx,
  form.rnglistx,
  form.gnuAddrIndex,
  form.gnuStrIndex,
]);

const offsetForms: ReadonlySet<number> = new Set<number>([
  form.strp,
  form.secOffset,
  form.lineStrp,
  form.strpSup,
  form.gnuRefAlt,
  form.gnuStrpAlt,
]);

/** Bytes of a form without looking at the data; undefined when they vary. */
export function fixedSize(kind: number, context: FormContext): number | undefined {
  if (kind === form.addr) return context.addressSize;
  if (offsetForms.has(kind)) return context.wide ? 8 : 4;
  if (kind === form.refAddr) return context.version <= 2 ? context.addressSize : context.wide ? 8 : 4;
  return fixedSizes.get(kind);
}

export function skipForm(cursor: Cursor, kind: number, context: FormContext): void {
  const size = fixedSize(kind, context);
  if (size !== undefined) {
    skip(cursor, size);
  } else if (lebForms.has(kind)) {
    skipLeb(cursor);
  } else if (kind === form.string) {
    cString(cursor);
  } else if (kind === form.indirect) {
    skipForm(cursor, uleb(cursor), context);
  } else {
    skip(cursor, blockLength(cursor, kind));
  }
}

/** @throws RangeError for a form that is not known: what follows it cannot be found */
function blockLength(cursor: Cursor, kind: number): number {
  switch (kind) {
    case form.block1:
      return u8(cursor);
    case form.block2:
      return u16(cursor);
    case form.block4:
      return u32(cursor);
    case form.block:
    case form.exprloc:
      return uleb(cursor);
    default:
      throw new RangeError(`form ${kind}`);
  }
}

/** @param implicit the value that an abbreviation gives for `implicit_const` */
export function readForm(
  cursor: Cursor,
  kind: number,
  context: FormContext,
  implicit: bigint | undefined,
): AttributeValue {
  switch (kind) {
    case form.flagPresent:
      return 1;
    case form.implicitConst:
      return implicit;
    case form.sdata:
      return sleb(cursor);
    case form.udata:
      return uleb(cursor);
    case form.string:
      return cString(cursor);
    case form.strp:
      return stringIn(context.strings, offset(cursor, context.wide));
    case form.lineStrp:
      return stringIn(context.lineStrings, offset(cursor, context.wide));
    case form.indirect:
      return readForm(cursor, uleb(cursor), context, implicit);
    case form.refUdata:
      return context.unitStart + uleb(cursor);
    case form.refSig8:
      return context.typeBySignature(u64(cursor));
    default:
      return readSized(cursor, kind, context);
  }
}

const relativeReferences: ReadonlySet<number> = new Set<number>([form.ref1, form.ref2, form.ref4, form.ref8]);
const plainNumbers: ReadonlySet<number> = new Set<number>([
  form.data1,
  form.data2,
  form.data4,
  form.data8,
  form.flag,
  form.secOffset,
]);

function readSized(cursor: Cursor, kind: number, context: FormContext): AttributeValue {
  if (isIndexedString(kind)) return indexedString(cursor, kind, context);
  const size = fixedSize(kind, context);
  if (size !== undefined && plainNumbers.has(kind)) return unsigned(cursor, size, kind);
  if (size !== undefined && relativeReferences.has(kind)) {
    return context.unitStart + Number(unsigned(cursor, size, kind));
  }
  if (size !== undefined && kind === form.refAddr)
    return context.infoStart + Number(unsigned(cursor, size, kind));
  const start = cursor.at;
  skipForm(cursor, kind, context);
  // What is neither of a fixed size nor a number is a block: a length and its bytes.
  if (size !== undefined || lebForms.has(kind)) return undefined;
  const body = cursorAt(cursor.bytes, start);
  const length = blockLength(body, kind);
  return cursor.bytes.subarray(body.at, body.at + length);
}

/** Eight bytes of data stay exact; offsets of eight bytes are below 2^53. */
function unsigned(cursor: Cursor, size: number, kind: number): number | bigint {
  switch (size) {
    case 1:
      return u8(cursor);
    case 2:
      return u16(cursor);
    case 4:
      return u32(cursor);
    default:
      return kind === form.data8 ? u64(cursor) : Number(u64(cursor));
  }
}

function isIndexedString(kind: number): boolean {
  return kind === form.strx || kind === form.gnuStrIndex || (kind >= form.strx1 && kind <= form.strx4);
}

function indexedString(cursor: Cursor, kind: number, context: FormContext): string | undefined {
  const index = stringIndex(cursor, kind);
  const at = context.stringOffsetsBase + index * (context.wide ? 8 : 4);
  if (at + (context.wide ? 8 : 4) > context.stringOffsets.length) return undefined;
  return stringIn(context.strings, offset(cursorAt(context.stringOffsets, at), context.wide));
}

function stringIndex(cursor: Cursor, kind: number): number {
  switch (kind) {
    case form.strx1:
      return u8(cursor);
    case form.strx2:
      return u16(cursor);
    case form.strx3:
      return u8(cursor) | (u16(cursor) << 8);
    case form.strx4:
      return u32(cursor);
    default:
      return uleb(cursor);
  }
}

function stringIn(strings: Buffer, at: number): string | undefined {
  return at < strings.length ? cString(cursorAt(strings, at)) : undefined;
}
