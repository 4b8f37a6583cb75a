/** Names to types of one BTF object; each index is built when first needed. */

import { inPieces, type Pieces } from "../../base/pieces.ts";
import { type NameIndex, indexingNames, indexNames } from "./name-index.ts";
import { type Btf, type BtfKind, btfKinds, kindOf, stringEquals, stringStartsWith } from "./reader.ts";

export interface EnumConstant {
  readonly type: number;
  readonly enumerator: number;
}

/** Looks only at the object's own types, not at its base's. */
export interface BtfLookup {
  readonly btf: Btf;
  /** What layouts have found out; see `Alignments`. */
  readonly alignments: Map<number, number>;
  /** Ids of that name and kind, ascending. */
  readonly find: (name: string, kind: BtfKind) => readonly number[];
  /** Makes the index of names before many of them are asked for. */
  readonly ahead: Pieces<unknown>;
  /** The enum that has a constant of this name, and the constant's number in it. */
  readonly findEnumConstant: (name: string) => EnumConstant | undefined;
  /** Ids of all named types of these kinds whose name starts with `prefix`, ascending. */
  readonly withPrefix: (prefix: string, kinds: readonly BtfKind[]) => readonly number[];
}

/** A pass over the types costs a tenth of indexing their names, and a script that runs asks for a few names only. */
const SEARCHES_BEFORE_INDEX = 6;
/** The same of the constants of enums. Features of the kernel are known by them, so every start asks for some. */
const CONSTANTS_BEFORE_INDEX = 8;

export function createLookup(btf: Btf): BtfLookup {
  let types: NameIndex | undefined;
  const ahead = inPieces(
    (function* () {
      types = yield* indexingTypeNames(btf);
      return types;
    })(),
  );
  let searches = 0;
  let constantSearches = 0;
  let constants: ConstantIndex | undefined;
  return {
    btf,
    alignments: new Map(),
    ahead,
    find: (name, kind) => {
      if (types === undefined && searches < SEARCHES_BEFORE_INDEX) {
        searches += 1;
        return searchTypes(btf, name, btfKinds.indexOf(kind));
      }
      return ahead
        .finish()
        .find(name)
        .map((entry) => entry + btf.firstId)
        .filter((id) => kindOf(btf, id) === kind);
    },
    findEnumConstant: (name) => {
      if (constants === undefined && constantSearches < CONSTANTS_BEFORE_INDEX) {
        constantSearches += 1;
        return searchConstants(btf, name);
      }
      constants ??= indexEnumConstants(btf);
      const entry = constants.names.find(name)[0];
      if (entry === undefined) return undefined;
      return { type: constants.types[entry] ?? 0, enumerator: constants.numbers[entry] ?? 0 };
    },
    withPrefix: (prefix, kinds) => namedTypes(btf, prefix, kinds),
  };
}

function* indexingTypeNames(btf: Btf): Generator<undefined, NameIndex> {
  const offsets = nameOffsetsOf(btf);
  yield;
  return yield* indexingNames(btf, offsets);
}

function nameOffsetsOf(btf: Btf): Uint32Array {
  const offsets = new Uint32Array(btf.starts.length);
  for (let i = 0; i < offsets.length; i += 1) offsets[i] = btf.words[btf.starts[i] ?? 0] ?? 0;
  return offsets;
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

/** The first of that name, by the number of its type. */
function searchConstants(btf: Btf, name: string): EnumConstant | undefined {
  if (name === "") return undefined;
  const [found, wide] = [ENUM, ENUM64].map((kind) => searchConstantsOf(btf, name, kind));
  return wide === undefined || (found !== undefined && found.type < wide.type) ? found : wide;
}

function searchConstantsOf(btf: Btf, name: string, kind: number): EnumConstant | undefined {
  const { starts, words, kinds, strings, firstString } = btf;
  const first = name.charCodeAt(0);
  const stride = enumeratorWords(kind);
  for (let i = kinds.indexOf(kind); i !== -1; i = kinds.indexOf(kind, i + 1)) {
    const start = starts[i] ?? 0;
    const count = (words[start + 1] ?? 0) & 0xffff;
    for (let n = 0; n < count; n += 1) {
      const offset = words[start + 3 + stride * n] ?? 0;
      if (offset >= firstString && strings[offset - firstString] !== first) continue;
      if (stringEquals(btf, offset, name)) return { type: btf.firstId + i, enumerator: n };
    }
  }
  return undefined;
}

interface ConstantIndex {
  readonly names: NameIndex;
  readonly types: Uint32Array;
  readonly numbers: Uint32Array;
}

const ENUM = btfKinds.indexOf("enum");
const ENUM64 = btfKinds.indexOf("enum64");

function enumeratorWords(kind: number): number {
  return kind === ENUM ? 2 : 3;
}

function indexEnumConstants(btf: Btf): ConstantIndex {
  const count = constantsIn(btf, () => undefined);
  const [names, types, numbers] = [new Uint32Array(count), new Uint32Array(count), new Uint32Array(count)];
  constantsIn(btf, (entry, name, { type, enumerator }) => {
    names[entry] = name;
    types[entry] = type;
    numbers[entry] = enumerator;
  });
  return { names: indexNames(btf, names), types, numbers };
}

/** In order of their types. @returns how many there are */
function constantsIn(
  btf: Btf,
  visit: (entry: number, nameOffset: number, constant: EnumConstant) => void,
): number {
  let entry = 0;
  for (let i = 0; i < btf.starts.length; i += 1) {
    const kind = btf.kinds[i] ?? 0;
    if (kind !== ENUM && kind !== ENUM64) continue;
    const start = btf.starts[i] ?? 0;
    const count = (btf.words[start + 1] ?? 0) & 0xffff;
    for (let n = 0; n < count; n += 1) {
      const name = btf.words[start + 3 + enumeratorWords(kind) * n] ?? 0;
      visit(entry, name, { type: btf.firstId + i, enumerator: n });
      entry += 1;
    }
  }
  return entry;
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
