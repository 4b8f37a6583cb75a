/** Finds entries by name without decoding their names: a hash table over the bytes of BTF strings. */

import { inPieces } from "../../base/pieces.ts";
import { type Btf, holderOf, stringEquals } from "./reader.ts";

export interface NameIndex {
  /** Numbers of the entries of that name, ascending. */
  readonly find: (name: string) => readonly number[];
}

/**
 * Indexes entries by the string at their offset; offset 0 is "no name" and is left out.
 * Costs one pass over the names: about 10 ms for a whole kernel.
 */
export function indexNames(btf: Btf, nameOffsets: Uint32Array): NameIndex {
  return inPieces(indexingNames(btf, nameOffsets)).finish();
}

/** Entries between two pauses: a millisecond or two, also before V8 has made fast code of the loop. */
const PIECE = 4000;

/** As `indexNames`, in pieces. */
export function* indexingNames(btf: Btf, nameOffsets: Uint32Array): Generator<undefined, NameIndex> {
  const buckets = new Uint32Array(1 << Math.max(4, Math.ceil(Math.log2(nameOffsets.length + 1))));
  const mask = buckets.length - 1;
  const chains: Chains = { buckets, next: new Uint32Array(nameOffsets.length) };
  for (let end = nameOffsets.length; end > 0; end -= PIECE) {
    addToChains(chains, btf, nameOffsets, end);
    yield;
  }
  return {
    find: (name) => {
      const found: number[] = [];
      if (name === "") return found;
      const { next } = chains;
      for (let link = buckets[hashName(name) & mask] ?? 0; link !== 0; link = next[link - 1] ?? 0) {
        if (stringEquals(btf, nameOffsets[link - 1] ?? 0, name)) found.push(link - 1);
      }
      return found;
    },
  };
}

interface Chains {
  readonly buckets: Uint32Array;
  /** Entry + 1 of the next one in the same bucket; filled from the end so that chains ascend. */
  readonly next: Uint32Array;
}

function addToChains({ buckets, next }: Chains, btf: Btf, nameOffsets: Uint32Array, end: number): void {
  const mask = buckets.length - 1;
  const start = Math.max(0, end - PIECE);
  for (let entry = end - 1; entry >= start; entry -= 1) {
    const offset = nameOffsets[entry] ?? 0;
    if (offset === 0) continue;
    const bucket = hashAt(btf, offset) & mask;
    next[entry] = buckets[bucket] ?? 0;
    buckets[bucket] = entry + 1;
  }
}

/** FNV-1a. */
const OFFSET_BASIS = 0x811c9dc5;
const PRIME = 0x01000193;

function hashName(name: string): number {
  let hash = OFFSET_BASIS;
  for (let i = 0; i < name.length; i += 1) hash = Math.imul(hash ^ (name.charCodeAt(i) & 0xff), PRIME);
  return hash >>> 0;
}

function hashAt(btf: Btf, offset: number): number {
  const holder = holderOf(btf, offset);
  const { strings } = holder;
  let hash = OFFSET_BASIS;
  for (let at = offset - holder.firstString; ; at += 1) {
    const byte = strings[at];
    if (byte === undefined || byte === 0) return hash >>> 0;
    hash = Math.imul(hash ^ byte, PRIME);
  }
}
