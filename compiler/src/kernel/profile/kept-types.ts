/**
 * Types of a profile together with where each of them starts, for keeping: to find that out anew is half of what opening
 * them costs.
 */

import type { BtfIndex } from "../btf/reader.ts";

/** The number of types and the bytes of the types. */
const HEADER_BYTES = 8;
const WORD_BYTES = 4;

export interface IndexedTypes {
  /** BTF. */
  readonly types: Uint8Array;
  readonly index: BtfIndex;
}

/** Header, types, starts, kinds: words of four bytes stay aligned, as a type section is a whole number of them. */
export function packIndexed({ types, index: { starts, kinds } }: IndexedTypes): Uint8Array {
  const padded = Math.ceil(types.length / WORD_BYTES) * WORD_BYTES;
  const bytes = new Uint8Array(HEADER_BYTES + padded + starts.byteLength + kinds.length);
  const header = new DataView(bytes.buffer);
  header.setUint32(0, starts.length, true);
  header.setUint32(WORD_BYTES, types.length, true);
  bytes.set(types, HEADER_BYTES);
  bytes.set(new Uint8Array(starts.buffer, starts.byteOffset, starts.byteLength), HEADER_BYTES + padded);
  bytes.set(kinds, HEADER_BYTES + padded + starts.byteLength);
  return bytes;
}

/** In place. @returns undefined when the lengths do not fit together */
export function unpackIndexed(bytes: Uint8Array): IndexedTypes | undefined {
  if (bytes.length < HEADER_BYTES || bytes.byteOffset % WORD_BYTES !== 0) return undefined;
  const header = new DataView(bytes.buffer, bytes.byteOffset, HEADER_BYTES);
  const count = header.getUint32(0, true);
  const length = header.getUint32(WORD_BYTES, true);
  const startsAt = HEADER_BYTES + Math.ceil(length / WORD_BYTES) * WORD_BYTES;
  const kindsAt = startsAt + count * WORD_BYTES;
  if (kindsAt + count !== bytes.length) return undefined;
  return {
    types: bytes.subarray(HEADER_BYTES, HEADER_BYTES + length),
    index: {
      starts: new Uint32Array(bytes.buffer, bytes.byteOffset + startsAt, count),
      kinds: bytes.subarray(kindsAt),
    },
  };
}
