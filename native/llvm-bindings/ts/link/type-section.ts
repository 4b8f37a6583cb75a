/** The records of a `.BTF` section, as they lie. Pure. Layout: the kernel's Documentation/bpf/btf.rst. */

import { byteReader, u16, u32, u8, zeroEnded, type ByteReader } from "../byte-reader.ts";

export interface TypeRecord {
  /** From 1, which is how records refer to each other. */
  readonly id: number;
  readonly kind: number;
  /** How many members it has, or what else its kind counts. */
  readonly count: number;
  readonly at: number;
  readonly bytes: number;
}

export interface TypeSection {
  readonly types: readonly TypeRecord[];
  readonly strings: ByteReader;
  readonly nameOf: (record: TypeRecord) => string;
  /** 32-bit fields from an offset; those beyond the end are 0. */
  readonly words: (at: number, count: number) => readonly number[];
}

const MAGIC = 0xeb9f;
const RECORD_BYTES = 12;

/** Undefined when the bytes are none. */
export function openTypes(bytes: Uint8Array): TypeSection | undefined {
  const reader = byteReader(bytes);
  if (u16(reader, 0) !== MAGIC || u8(reader, 2) !== 1) return undefined;
  const [header = 0, typesAt = 0, typesBytes = 0, stringsAt = 0, stringsBytes = 0] = [4, 8, 12, 16, 20].map(
    (at) => u32(reader, at),
  );
  const end = header + typesAt + typesBytes;
  if (end > bytes.length || header + stringsAt + stringsBytes > bytes.length) return undefined;
  const strings = byteReader(bytes.subarray(header + stringsAt, header + stringsAt + stringsBytes));
  const types: TypeRecord[] = [];
  for (let at = header + typesAt; at < end; ) {
    const info = u32(reader, at + 4);
    if (info === undefined) return undefined;
    const [kind, count] = [(info >>> 24) & 31, info & 0xffff];
    const more = extraBytes(kind, count);
    if (more === undefined || at + RECORD_BYTES + more > end) return undefined;
    types.push({ id: types.length + 1, kind, count, at, bytes: RECORD_BYTES + more });
    at += RECORD_BYTES + more;
  }
  return {
    types,
    strings,
    nameOf: ({ at }) => zeroEnded(strings, u32(reader, at) ?? 0) ?? "",
    words: (at, count) => Array.from({ length: count }, (_, i) => u32(reader, at + i * 4) ?? 0),
  };
}

/** By kind: bytes behind the first three words, for the record and for each that it counts. */
const sizes: ReadonlyMap<number, readonly [number, number]> = new Map([
  [1, [4, 0]],
  [2, [0, 0]],
  [3, [12, 0]],
  [4, [0, 12]],
  [5, [0, 12]],
  [6, [0, 8]],
  [7, [0, 0]],
  [8, [0, 0]],
  [9, [0, 0]],
  [10, [0, 0]],
  [11, [0, 0]],
  [12, [0, 0]],
  [13, [0, 8]],
  [14, [4, 0]],
  [15, [0, 12]],
  [16, [0, 0]],
  [17, [4, 0]],
  [18, [0, 0]],
  [19, [0, 12]],
]);

function extraBytes(kind: number, count: number): number | undefined {
  const size = sizes.get(kind);
  return size === undefined ? undefined : size[0] + size[1] * count;
}

/** A section that tells of nothing. */
export const noTypes = Uint8Array.from([
  0x9f, 0xeb, 1, 0, 24, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0,
]);
