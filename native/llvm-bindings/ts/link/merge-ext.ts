/** What `.BTF.ext` says of instructions, for several objects made one. Pure. Layout: the kernel's Documentation/bpf/btf.rst. */

import { byteReader, u16, u32, zeroEnded, type ByteReader } from "../byte-reader.ts";
import { byteWriter } from "./byte-writer.ts";
import type { MovedTypes } from "./merge-btf.ts";
import { openTypes } from "./type-section.ts";

export interface ExtInput {
  readonly bytes: Uint8Array;
  /** The `.BTF` of its object, whose strings it names. */
  readonly types: Uint8Array;
  readonly moved: MovedTypes;
  /** Where the instructions of that section went, as bytes from the start of it; undefined for what is not linked. */
  readonly startOf: (section: string) => number | undefined;
}

type Meaning = "place" | "type" | "string" | "number";

/** Of functions, of lines, of fields that are looked up when the program is loaded: what their records hold. */
const tables: readonly (readonly Meaning[])[] = [
  ["place", "type"],
  ["place", "string", "string", "number"],
  ["place", "type", "string", "number"],
];

const MAGIC = 0xeb9f;
const HEADER_BYTES = 32;
/** Where the header names the first table; each takes two words. */
const FIRST_TABLE = 8;

interface Block {
  /** Offset of the section's name in the strings of the whole. */
  readonly name: number;
  readonly records: (readonly number[])[];
}

/** @returns undefined when one of them cannot be read */
export function mergeExt(inputs: readonly ExtInput[]): Uint8Array | undefined {
  const written = tables.map((meanings, table) => mergeTable(table, meanings, inputs));
  const whole = byteWriter();
  whole.u16(MAGIC);
  whole.u8(1);
  whole.u8(0);
  whole.u32(HEADER_BYTES);
  let at = 0;
  for (const table of written) {
    if (table === undefined) return undefined;
    whole.u32(at);
    whole.u32(table.length);
    at += table.length;
  }
  for (const table of written) if (table !== undefined) whole.bytes(table);
  return whole.finish();
}

function mergeTable(
  table: number,
  meanings: readonly Meaning[],
  inputs: readonly ExtInput[],
): Uint8Array | undefined {
  const blocks = new Map<string, Block>();
  for (const input of inputs) if (!readTable(table, meanings, input, blocks)) return undefined;
  const out = byteWriter();
  if (blocks.size > 0) out.u32(meanings.length * 4);
  for (const { name, records } of blocks.values()) {
    out.u32(name);
    out.u32(records.length);
    for (const record of records) for (const word of record) out.u32(word);
  }
  return out.finish();
}

function readTable(
  table: number,
  meanings: readonly Meaning[],
  { bytes, types, moved, startOf }: ExtInput,
  blocks: Map<string, Block>,
): boolean {
  const reader = byteReader(bytes);
  const strings = openTypes(types)?.strings;
  const found = findTable(reader, table);
  if (strings === undefined || found === undefined) return false;
  const { end, recordBytes } = found;
  if (found.at < end && recordBytes < meanings.length * 4) return false;
  for (let at = found.at; at < end; ) {
    const [name, count] = [u32(reader, at), u32(reader, at + 4)];
    if (name === undefined || count === undefined || at + 8 + count * recordBytes > end) return false;
    const section = zeroEnded(strings, name) ?? "";
    const start = startOf(section);
    if (start !== undefined) {
      const block = blocks.get(section) ?? { name: moved.string(name), records: [] };
      blocks.set(section, block);
      for (let i = 0; i < count; i += 1) {
        const from = at + 8 + i * recordBytes;
        const record = meanings.map((what, word) => {
          const value = u32(reader, from + word * 4) ?? 0;
          if (what === "place") return start + value;
          if (what === "type") return moved.type(value);
          return what === "string" ? moved.string(value) : value;
        });
        block.records.push(record);
      }
    }
    at += 8 + count * recordBytes;
  }
  return true;
}

/** Of a table that is not there both ends are one. Older headers name fewer. */
function findTable(
  reader: ByteReader,
  table: number,
): { readonly at: number; readonly end: number; readonly recordBytes: number } | undefined {
  const header = u32(reader, 4);
  if (u16(reader, 0) !== MAGIC || header === undefined) return undefined;
  const named = FIRST_TABLE + table * 8;
  const nothing = { at: 0, end: 0, recordBytes: 0 };
  if (named + 8 > header) return nothing;
  const [offset, size] = [u32(reader, named), u32(reader, named + 4)];
  if (offset === undefined || size === undefined) return undefined;
  if (size === 0) return nothing;
  const recordBytes = u32(reader, header + offset);
  const end = header + offset + size;
  if (recordBytes === undefined || recordBytes === 0 || end > reader.bytes.length) return undefined;
  return { at: header + offset + 4, end, recordBytes };
}
