/** Type information of several objects made one. Pure. Layout: the kernel's Documentation/bpf/btf.rst. */

import { byteWriter, type ByteWriter } from "./byte-writer.ts";
import { openTypes, type TypeRecord, type TypeSection } from "./type-section.ts";

export interface TypeInput {
  readonly bytes: Uint8Array;
  /** Whether its functions and data are there for the others only: the kernel is not told of them by name. */
  readonly isPrivate: boolean;
  /** Where a variable of that section went; undefined for what is not linked. */
  readonly placeOf: (section: string, variable: string) => number | undefined;
  /** Maps that got another name. */
  readonly renamed: ReadonlyMap<string, string>;
}

export interface MergedTypes {
  readonly bytes: Uint8Array;
  /** By input: what became of its type numbers, and how far its strings moved. */
  readonly moved: readonly MovedTypes[];
}

export interface MovedTypes {
  readonly type: (id: number) => number;
  readonly string: (offset: number) => number;
}

const HEADER_BYTES = 24;
const MAGIC = 0xeb9f;
export const SECTION_KIND = 15;
const KIND = {
  array: 3,
  struct: 4,
  union: 5,
  enum: 6,
  function: 12,
  prototype: 13,
  variable: 14,
  section: SECTION_KIND,
  enum64: 19,
};
/** Kinds whose third word is the number of a type. */
const referring: ReadonlySet<number> = new Set([2, 8, 9, 10, 11, 12, 13, 14, 17, 18]);
const LINKAGE = { static: 0, global: 1 };
export const mapsSection = ".maps";
/** What the kernel or its configuration defines. */
export const externalSections: ReadonlySet<string> = new Set([".ksyms", ".kconfig"]);

interface SectionEntry {
  readonly name: string;
  readonly type: number;
  readonly offset: number;
  readonly size: number;
}

/** @returns undefined when one of them cannot be read */
export function mergeTypes(
  inputs: readonly TypeInput[],
  sizeOf: (section: string) => number,
): MergedTypes | undefined {
  const strings = byteWriter();
  strings.u8(0);
  const types = byteWriter();
  const entries = new Map<string, SectionEntry[]>();
  const moved: MovedTypes[] = [];
  let next = 1;
  for (const input of inputs) {
    const opened = openTypes(input.bytes);
    if (opened === undefined) return undefined;
    const start = strings.size();
    strings.bytes(opened.strings.bytes);
    const ids = new Map<number, number>();
    for (const { id, kind } of opened.types) if (kind !== KIND.section) ids.set(id, next++);
    const of: MovedTypes = {
      type: (id) => ids.get(id) ?? 0,
      string: (offset) => (offset === 0 ? 0 : start + offset),
    };
    moved.push(of);
    for (const record of opened.types) {
      if (record.kind === KIND.section) collect(record, opened, input, of, entries);
      else copy(record, opened, input, of, types, strings);
    }
  }
  for (const [name, members] of entries) {
    writeSection(name, members, externalSections.has(name) ? 0 : sizeOf(name), types, strings);
  }
  return { bytes: wholeOf(types, strings), moved };
}

function collect(
  record: TypeRecord,
  from: TypeSection,
  input: TypeInput,
  moved: MovedTypes,
  entries: Map<string, SectionEntry[]>,
): void {
  const section = from.nameOf(record);
  const known = entries.get(section) ?? [];
  for (let i = 0; i < record.count; i += 1) {
    const [type = 0, , size = 0] = from.words(record.at + 12 + i * 12, 3);
    const variable = from.types[type - 1];
    const name = variable === undefined ? "" : from.nameOf(variable);
    const isExternal = externalSections.has(section);
    if (isExternal && known.some((each) => each.name === name)) continue;
    const offset = isExternal ? 0 : input.placeOf(section, name);
    if (offset !== undefined) known.push({ name, type: moved.type(type), offset, size });
  }
  if (known.length > 0) entries.set(section, known);
}

function copy(
  record: TypeRecord,
  from: TypeSection,
  input: TypeInput,
  moved: MovedTypes,
  types: ByteWriter,
  strings: ByteWriter,
): void {
  const { at, kind, count, bytes } = record;
  const [name = 0, info = 0, third = 0] = from.words(at, 3);
  const other = kind === KIND.variable ? input.renamed.get(from.nameOf(record)) : undefined;
  types.u32(other === undefined ? moved.string(name) : addString(strings, other));
  types.u32(kind === KIND.function ? functionInfo(info, input) : info);
  types.u32(referring.has(kind) ? moved.type(third) : third);
  const words = from.words(at + 12, (bytes - 12) / 4);
  if (kind === KIND.variable) {
    types.u32(variableLinkage(words[0] ?? 0, from.nameOf(record), input));
    return;
  }
  const meaning = wordMeanings(kind, count);
  for (const [i, word] of words.entries()) {
    const what = meaning[i % meaning.length];
    if (what === "type") types.u32(moved.type(word));
    else types.u32(what === "string" ? moved.string(word) : word);
  }
}

/** Where other kinds count members, functions have their linkage. */
function functionInfo(info: number, { isPrivate }: TypeInput): number {
  const isGlobal = (info & 0xffff) === LINKAGE.global;
  return isPrivate && isGlobal ? (info & ~0xffff) >>> 0 : info;
}

function variableLinkage(linkage: number, name: string, { isPrivate, placeOf }: TypeInput): number {
  const isMap = placeOf(mapsSection, name) !== undefined;
  return isPrivate && !isMap && linkage === LINKAGE.global ? LINKAGE.static : linkage;
}

type Meaning = "type" | "string" | "number";

/** What the words behind the first three of a record are, over and over. */
function wordMeanings(kind: number, count: number): readonly Meaning[] {
  if (kind === KIND.array) return ["type", "type", "number"];
  if (count === 0) return ["number"];
  if (kind === KIND.struct || kind === KIND.union) return ["string", "type", "number"];
  if (kind === KIND.enum) return ["string", "number"];
  if (kind === KIND.enum64) return ["string", "number", "number"];
  return kind === KIND.prototype ? ["string", "type"] : ["number"];
}

function writeSection(
  name: string,
  members: readonly SectionEntry[],
  size: number,
  types: ByteWriter,
  strings: ByteWriter,
): void {
  types.u32(addString(strings, name));
  types.u32(((KIND.section << 24) | members.length) >>> 0);
  types.u32(size);
  for (const member of members.toSorted((a, b) => a.offset - b.offset)) {
    types.u32(member.type);
    types.u32(member.offset);
    types.u32(member.size);
  }
}

function addString(strings: ByteWriter, text: string): number {
  const offset = strings.size();
  strings.bytes(new TextEncoder().encode(`${text}\0`));
  return offset;
}

function wholeOf(types: ByteWriter, strings: ByteWriter): Uint8Array {
  const whole = byteWriter();
  whole.u16(MAGIC);
  whole.u8(1);
  whole.u8(0);
  for (const word of [HEADER_BYTES, 0, types.size(), types.size(), strings.size()]) whole.u32(word);
  whole.bytes(types.finish());
  whole.bytes(strings.finish());
  return whole.finish();
}
