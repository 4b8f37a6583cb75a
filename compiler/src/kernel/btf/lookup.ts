/** Names to types of one BTF object; each index is built when first needed. */

import { type NameIndex, indexNames } from "./name-index.ts";
import { type Btf, type BtfKind, btfKinds, kindOf, stringEquals, stringStartsWith } from "./reader.ts";

/** Looks only at the object's own types, not at its base's. */
export interface BtfLookup {
  readonly btf: Btf;
  /** What layouts have found out; see `Alignments`. */
  readonly alignments: Map<number, number>;
  /** Ids of that name and kind, ascending. */
  readonly find: (name: string, kind: BtfKind) => readonly number[];
  /** The enum that has a constant of this name, and the constant's number in it. */
  readonly findEnumConstant: (
    name: string,
  ) => { readonly type: number; readonly enumerator: number } | undefined;
  /** Ids of all named types of these kinds whose name starts with `prefix`, ascending. */
  readonly withPrefix: (prefix: string, kinds: readonly BtfKind[]) => readonly number[];
}

/** A pass over the types costs a tenth of indexing their names, and a script that runs asks for a few names only. */
const SEARCHES_BEFORE_INDEX = 6;

export function createLookup(btf: Btf): BtfLookup {
  let types: NameIndex | undefined;
  let searches = 0;
  let constants: ConstantIndex | undefined;
  return {
    btf,
    alignments: new Map(),
    find: (name, kind) => {
      if (types === undefined && searches < SEARCHES_BEFORE_INDEX) {
        searches += 1;
        return searchTypes(btf, name, btfKinds.indexOf(kind));
      }
      types ??= indexTypeNames(btf);
      return types
        .find(name)
        .map((entry) => entry + btf.firstId)
        .filter((id) => kindOf(btf, id) === kind);
    },
    findEnumConstant: (name) => {
      constants ??= indexEnumConstants(btf);
      const entry = constants.names.find(name)[0];
      if (entry === undefined) return undefined;
      return { type: constants.types[entry] ?? 0, enumerator: constants.numbers[entry] ?? 0 };
    },
    withPrefix: (prefix, kinds) => namedTypes(btf, prefix, kinds),
  };
}

function indexTypeNames(btf: Btf): NameIndex {
  const offsets = new Uint32Array(btf.starts.length);
  for (let i = 0; i < offsets.length; i += 1) offsets[i] = btf.words[btf.starts[i] ?? 0] ?? 0;
  return indexNames(btf, offsets);
}

function searchTypes(btf: Btf, name: string, kind: number): readonly number[] {
  const { starts, words, kinds, strings, firstString } = btf;
  const first = name.charCodeAt(0);
  const found: number[] = [];
  if (name === "") return found;
  // The engine's own search passes over the other kinds many times faster than a loop of ours.
  for (let i = kinds.indexOf(kind); i !== -1; i = kinds.indexOf(kind, i + 1)) {
    const offset = words[starts[i] ?? 0] ?? 0;
    if (offset >= firstString && strings[offset - firstString] !== first) continue;
    if (offset !== 0 && stringEquals(btf, offset, name)) found.push(btf.firstId + i);
  }
  return found;
}

interface ConstantIndex {
  readonly names: NameIndex;
  readonly types: Uint32Array;
  readonly numbers: Uint32Array;
}

const ENUM = btfKinds.indexOf("enum");
const ENUM64 = btfKinds.indexOf("enum64");

function indexEnumConstants(btf: Btf): ConstantIndex {
  const names: number[] = [];
  const types: number[] = [];
  const numbers: number[] = [];
  for (let i = 0; i < btf.starts.length; i += 1) {
    const kind = btf.kinds[i];
    if (kind !== ENUM && kind !== ENUM64) continue;
    const start = btf.starts[i] ?? 0;
    const info = btf.words[start + 1] ?? 0;
    const stride = kind === ENUM ? 2 : 3;
    for (let n = 0; n < (info & 0xffff); n += 1) {
      names.push(btf.words[start + 3 + stride * n] ?? 0);
      types.push(btf.firstId + i);
      numbers.push(n);
    }
  }
  return {
    names: indexNames(btf, Uint32Array.from(names)),
    types: Uint32Array.from(types),
    numbers: Uint32Array.from(numbers),
  };
}

function namedTypes(btf: Btf, prefix: string, kinds: readonly BtfKind[]): readonly number[] {
  const wanted = new Set(kinds.map((kind) => btfKinds.indexOf(kind)));
  const found: number[] = [];
  for (let i = 0; i < btf.starts.length; i += 1) {
    if (!wanted.has(btf.kinds[i] ?? 0)) continue;
    const name = btf.words[btf.starts[i] ?? 0] ?? 0;
    if (name !== 0 && stringStartsWith(btf, name, prefix)) found.push(btf.firstId + i);
  }
  return found;
}
