/**
 * Reads which source line each instruction of a BPF object came from, out of its `.BTF` and `.BTF.ext` sections. Pure. Layout:
 * the kernel's Documentation/bpf/btf.rst.
 */

import { byteReader, u16, u32, u8, zeroEnded, type ByteReader } from "./byte-reader.ts";
import { findSection, INSTRUCTION_BYTES, type BpfObject } from "./object.ts";

export interface LineRecord {
  /** Name of the section the instruction is in. */
  readonly section: string;
  /** Instructions from the start of the section. What a record says holds until the next one. */
  readonly instructionIndex: number;
  readonly file: string;
  /** From 1. 0: LLVM made up the instruction. */
  readonly line: number;
  /** From 1, at most 1023: the format has no room for more. 0: the whole line. */
  readonly column: number;
}

export type ReadLines =
  | { readonly kind: "ok"; readonly records: readonly LineRecord[] }
  | { readonly kind: "error"; readonly message: string };

/** All line records in the order of the object, which within a section is that of the instructions; none without debug information. */
export function readLineRecords(object: BpfObject): ReadLines {
  const btf = findSection(object, ".BTF");
  const ext = findSection(object, ".BTF.ext");
  if (btf === undefined || ext === undefined) return { kind: "ok", records: [] };
  const strings = stringTable(byteReader(btf.bytes));
  const reader = byteReader(ext.bytes);
  const table = lineTable(reader);
  if (strings === undefined || table === undefined) return damaged;
  const records: LineRecord[] = [];
  let at = table.start;
  while (at < table.end) {
    const section = zeroEnded(strings, u32(reader, at) ?? -1);
    const count = u32(reader, at + 4);
    if (section === undefined || count === undefined) return damaged;
    at += 8;
    for (let index = 0; index < count; index++, at += table.recordBytes) {
      const record = at < table.end ? readRecord(reader, at, section, strings) : undefined;
      if (record === undefined) return damaged;
      records.push(record);
    }
  }
  return { kind: "ok", records };
}

const MAGIC = 0xeb9f;
/** Bytes of a line record that this reader knows; newer kernels may append fields. */
const LINE_RECORD_BYTES = 16;
/** The column has the low 10 bits, the line the rest. */
const COLUMN_BITS = 10;

const damaged: ReadLines = { kind: "error", message: "the object's line information cannot be read" };

function hasHeader(reader: ByteReader): boolean {
  return u16(reader, 0) === MAGIC && u8(reader, 2) === 1;
}

function stringTable(btf: ByteReader): ByteReader | undefined {
  const headerBytes = u32(btf, 4);
  const offset = u32(btf, 16);
  const size = u32(btf, 20);
  if (!hasHeader(btf) || headerBytes === undefined || offset === undefined || size === undefined)
    return undefined;
  const start = headerBytes + offset;
  return byteReader(btf.bytes.subarray(start, start + size));
}

interface LineTable {
  readonly start: number;
  readonly end: number;
  readonly recordBytes: number;
}

function lineTable(ext: ByteReader): LineTable | undefined {
  const headerBytes = u32(ext, 4);
  const offset = u32(ext, 16);
  const size = u32(ext, 20);
  if (!hasHeader(ext) || headerBytes === undefined || offset === undefined || size === undefined)
    return undefined;
  const base = headerBytes + offset;
  if (size === 0) return { start: base, end: base, recordBytes: LINE_RECORD_BYTES };
  const recordBytes = u32(ext, base);
  if (recordBytes === undefined || recordBytes < LINE_RECORD_BYTES) return undefined;
  return { start: base + 4, end: base + size, recordBytes };
}

function readRecord(
  reader: ByteReader,
  at: number,
  section: string,
  strings: ByteReader,
): LineRecord | undefined {
  const byteOffset = u32(reader, at);
  const file = zeroEnded(strings, u32(reader, at + 4) ?? -1);
  const place = u32(reader, at + 12);
  if (byteOffset === undefined || file === undefined || place === undefined) return undefined;
  return {
    section,
    instructionIndex: byteOffset / INSTRUCTION_BYTES,
    file,
    line: place >>> COLUMN_BITS,
    column: place & ((1 << COLUMN_BITS) - 1),
  };
}
