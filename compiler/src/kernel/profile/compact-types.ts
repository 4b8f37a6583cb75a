/**
 * BTF written column by column: names, references and numbers of each kind of type in a stream of their own, names in the
 * order in which types use them. Compresses a quarter smaller than BTF itself, and turns back into BTF with the same ids.
 */

import { type Btf, type BtfKind, btfKinds } from "../btf/reader.ts";
import { createReader, createWriter } from "./bytes.ts";
import {
  createVarintWriter,
  isOverrun,
  nextNumber,
  nextSigned,
  type Numbers,
  readNumbers,
  type VarintWriter,
} from "./varints.ts";

/** What a word of a type is. References of parts are written as they are: the same types are used again and again. */
type Role = "name" | "reference" | "number" | "difference";

interface Shape {
  /** Word 2 of a type; most references there are to types nearby. */
  readonly head: "near reference" | "number";
  readonly parts: readonly Role[];
  /** Undefined when the type's header says how many parts there are. */
  readonly count: number | undefined;
}

const shapes: Readonly<Record<BtfKind, Shape>> = {
  void: { head: "number", parts: [], count: 0 },
  integer: { head: "number", parts: ["number"], count: 1 },
  pointer: { head: "near reference", parts: [], count: 0 },
  array: { head: "number", parts: ["reference", "reference", "number"], count: 1 },
  struct: { head: "number", parts: ["name", "reference", "difference"], count: undefined },
  union: { head: "number", parts: ["name", "reference", "difference"], count: undefined },
  enum: { head: "number", parts: ["name", "difference"], count: undefined },
  forward: { head: "number", parts: [], count: 0 },
  typedef: { head: "near reference", parts: [], count: 0 },
  volatile: { head: "near reference", parts: [], count: 0 },
  const: { head: "near reference", parts: [], count: 0 },
  restrict: { head: "near reference", parts: [], count: 0 },
  function: { head: "near reference", parts: [], count: 0 },
  "function-prototype": { head: "number", parts: ["name", "reference"], count: undefined },
  variable: { head: "near reference", parts: ["number"], count: 1 },
  "data-section": { head: "number", parts: ["reference", "number", "number"], count: undefined },
  float: { head: "number", parts: [], count: 0 },
  "declaration-tag": { head: "near reference", parts: ["number"], count: 1 },
  "type-tag": { head: "near reference", parts: [], count: 0 },
  enum64: { head: "number", parts: ["name", "number", "number"], count: undefined },
};

/** Offsets of strings in BTF as it was and as it will be when it is turned back. */
export type StringMoves = ReadonlyMap<number, number>;

export interface CompactTypes {
  readonly bytes: Uint8Array;
  /** For the modules that build on these types. */
  readonly moves: StringMoves;
}

/** How a name is written: none, the next new one, one of the base's, or the number of one that was there before. */
const NO_NAME = 0;
const NEW_NAME = 1;
const BASE_NAME = 2;
const KNOWN_NAME = 3;

const KIND_FLAG = 0x80;

/** @param baseMoves of `btf.base`, for a module */
export function compactTypes(btf: Btf, baseMoves: StringMoves): CompactTypes {
  const streams = createStreams();
  const names = createNames(btf, baseMoves);
  btf.starts.forEach((start, i) => {
    const word = (n: number): number => btf.words[start + n] ?? 0;
    const info = word(1);
    const kindNumber = (info >>> 24) & 0x1f;
    const kind = btfKinds[kindNumber] ?? "void";
    const { head, parts, count } = shapes[kind];
    streams.get("kinds").unsigned(kindNumber | (info >>> 31 === 1 ? KIND_FLAG : 0));
    streams.get(`${kind} low`).unsigned(info & 0xffff);
    names.write(streams, kind, word(0));
    if (head === "number") streams.get(`${kind} head`).unsigned(word(2));
    else streams.get(`${kind} head`).signed(btf.firstId + i - word(2));
    let previous = 0;
    for (let part = 0; part < (count ?? info & 0xffff); part += 1) {
      parts.forEach((role, column) => {
        const value = word(3 + part * parts.length + column);
        const stream = `${kind} ${column}`;
        if (role === "name") {
          names.write(streams, `${kind} part`, value);
        } else if (role === "difference") {
          streams.get(stream).signed((value - previous) | 0);
          previous = value;
        } else {
          streams.get(stream).unsigned(value);
        }
      });
    }
  });
  const writer = createWriter();
  writer.u32(btf.starts.length);
  writer.u32(btf.words.length);
  writer.block(names.bytes());
  for (const [name, stream] of streams.all()) {
    writer.text(name);
    writer.block(stream.bytes());
  }
  return { bytes: writer.bytes(), moves: names.moves };
}

interface Streams {
  readonly get: (name: string) => VarintWriter;
  readonly all: () => Iterable<readonly [string, VarintWriter]>;
}

function createStreams(): Streams {
  const streams = new Map<string, VarintWriter>();
  return {
    get: (name) => {
      const found = streams.get(name) ?? createVarintWriter();
      streams.set(name, found);
      return found;
    },
    all: () => streams,
  };
}

interface Names {
  readonly write: (streams: Streams, kind: string, offset: number) => void;
  readonly bytes: () => Uint8Array;
  readonly moves: Map<number, number>;
}

function createNames(btf: Btf, baseMoves: StringMoves): Names {
  const pieces: Uint8Array[] = [new Uint8Array(1)];
  const numbers = new Map<number, number>();
  const moves = new Map<number, number>([[0, 0]]);
  let length = 1;
  const stringFrom = (offset: number): Uint8Array => {
    const holder = offset < btf.firstString && btf.base !== undefined ? btf.base : btf;
    const start = offset - holder.firstString;
    const end = holder.strings.indexOf(0, start);
    return holder.strings.subarray(start, end === -1 ? holder.strings.length : end + 1);
  };
  return {
    moves,
    write: (streams, kind, offset) => {
      const known = numbers.get(offset);
      const inBase = offset < btf.firstString ? baseMoves.get(offset) : undefined;
      const stream = streams.get(`${kind} names`);
      if (offset === 0) {
        stream.unsigned(NO_NAME);
      } else if (inBase !== undefined) {
        stream.unsigned(BASE_NAME);
        streams.get("base names").unsigned(inBase);
      } else if (known !== undefined) {
        stream.unsigned(KNOWN_NAME + known);
      } else {
        stream.unsigned(NEW_NAME);
        const piece = stringFrom(offset);
        numbers.set(offset, numbers.size);
        moves.set(offset, length);
        pieces.push(piece);
        length += piece.length;
      }
    },
    bytes: () => {
      const bytes = new Uint8Array(length);
      let at = 0;
      for (const piece of pieces) {
        bytes.set(piece, at);
        at += piece.length;
      }
      return bytes;
    },
  };
}

/** Words of one object; more is damage. */
const MAX_WORDS = 1 << 26;

/**
 * BTF again, with its strings in another order; offsets of a module's strings continue those of `base`.
 * @returns undefined when the bytes are damaged
 */
export function expandTypes(bytes: Uint8Array, base: Btf | undefined): Uint8Array | undefined {
  const reader = createReader(bytes);
  const count = reader.u32();
  const length = reader.u32();
  const strings = reader.block();
  if (count === undefined || length === undefined || strings === undefined) return undefined;
  if (length > MAX_WORDS || count > length) return undefined;
  const streams = new Map<string, Numbers>();
  while (!reader.atEnd()) {
    const name = reader.text();
    const block = reader.block();
    if (name === undefined || block === undefined) return undefined;
    streams.set(name, readNumbers(block));
  }
  const stringBase = base === undefined ? 0 : base.firstString + base.strings.length;
  const expansion: Expansion = {
    words: new Uint32Array(length),
    at: 0,
    streams,
    offsets: stringOffsets(strings, stringBase),
    nextName: 0,
    baseNames: streams.get("base names") ?? noNumbers,
  };
  return expandWords(expansion, count, base?.endId ?? 1) ? assemble(expansion.words, strings) : undefined;
}

const noNumbers: Numbers = { values: new Uint32Array(), at: 0 };

interface Expansion {
  readonly words: Uint32Array;
  at: number;
  readonly streams: ReadonlyMap<string, Numbers>;
  /** Of the strings, in order. */
  readonly offsets: readonly number[];
  nextName: number;
  readonly baseNames: Numbers;
}

/** Where each string of the section starts, in order, without the empty one at its start. */
function stringOffsets(strings: Uint8Array, stringBase: number): readonly number[] {
  const offsets: number[] = [];
  for (let at = 1; at < strings.length; ) {
    offsets.push(stringBase + at);
    const end = strings.indexOf(0, at);
    if (end === -1) break;
    at = end + 1;
  }
  return offsets;
}

/** The streams of one kind, at hand: this runs for every type of a kernel. */
interface Columns {
  readonly shape: Shape;
  readonly low: Numbers;
  readonly names: Numbers;
  readonly head: Numbers;
  readonly partNames: Numbers;
  readonly parts: readonly { readonly role: Role; readonly values: Numbers }[];
}

function columnsOf(kind: BtfKind, streams: Expansion["streams"]): Columns {
  const stream = (name: string): Numbers => streams.get(`${kind} ${name}`) ?? { ...noNumbers };
  const shape = shapes[kind];
  return {
    shape,
    low: stream("low"),
    names: stream("names"),
    head: stream("head"),
    partNames: stream("part names"),
    parts: shape.parts.map((role, column) => ({ role, values: stream(`${column}`) })),
  };
}

/** @returns false when the streams do not hold what they should */
function expandWords(expansion: Expansion, count: number, firstId: number): boolean {
  const columns = btfKinds.map((kind) => columnsOf(kind, expansion.streams));
  const kinds = expansion.streams.get("kinds") ?? noNumbers;
  for (let i = 0; i < count; i += 1) {
    const number = nextNumber(kinds);
    const kind = columns[number & 0x1f];
    if (kind === undefined || expansion.at > expansion.words.length) return false;
    expandType(expansion, kind, number, firstId + i);
  }
  const complete = expansion.at === expansion.words.length;
  return complete && ![...expansion.streams.values()].some(isOverrun);
}

function expandType(expansion: Expansion, columns: Columns, number: number, id: number): void {
  const { words } = expansion;
  const { shape } = columns;
  const low = nextNumber(columns.low) & 0xffff;
  const flag = (number & KIND_FLAG) === 0 ? 0 : 0x80000000;
  words[expansion.at] = nextName(expansion, columns.names);
  words[expansion.at + 1] = ((number & 0x1f) << 24) | low | flag;
  words[expansion.at + 2] =
    shape.head === "number" ? nextNumber(columns.head) : id - nextSigned(columns.head);
  expansion.at += 3;
  let previous = 0;
  for (let part = shape.count ?? low; part > 0; part -= 1) {
    for (const { role, values } of columns.parts) {
      let value: number;
      if (role === "name") {
        value = nextName(expansion, columns.partNames);
      } else if (role === "difference") {
        previous = (previous + nextSigned(values)) | 0;
        value = previous;
      } else {
        value = nextNumber(values);
      }
      words[expansion.at] = value;
      expansion.at += 1;
    }
  }
}

function nextName(expansion: Expansion, names: Numbers): number {
  const code = nextNumber(names);
  if (code === NO_NAME) return 0;
  if (code === BASE_NAME) return nextNumber(expansion.baseNames);
  if (code >= KNOWN_NAME) return expansion.offsets[code - KNOWN_NAME] ?? 0;
  expansion.nextName += 1;
  return expansion.offsets[expansion.nextName - 1] ?? 0;
}

const HEADER_BYTES = 24;
const MAGIC = 0xeb9f;

/** A BTF file of a type and a string section; words are little-endian here as everywhere BTF is read. */
function assemble(words: Uint32Array, strings: Uint8Array): Uint8Array {
  const typeBytes = words.length * 4;
  const bytes = new Uint8Array(HEADER_BYTES + typeBytes + strings.length);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, MAGIC, true);
  view.setUint8(2, 1);
  view.setUint32(4, HEADER_BYTES, true);
  view.setUint32(8, 0, true);
  view.setUint32(12, typeBytes, true);
  view.setUint32(16, typeBytes, true);
  view.setUint32(20, strings.length, true);
  new Uint32Array(bytes.buffer, HEADER_BYTES, words.length).set(words);
  bytes.set(strings, HEADER_BYTES + typeBytes);
  return bytes;
}
