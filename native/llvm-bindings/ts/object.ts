/**
 * Reads the sections, symbols and relocations of a BPF object file (ELF, 64 bits, little-endian). Pure: bytes in, data out;
 * bytes that are no such file give an error value.
 */

import { byteReader, slice, u16, u32, u64, u8, zeroEnded, type ByteReader } from "./byte-reader.ts";

export interface ObjectSection {
  /** Position in the section header table; symbols refer to it. */
  readonly index: number;
  readonly name: string;
  /** As ELF numbers them. */
  readonly type: number;
  readonly flags: number;
  /** What its start is a multiple of. */
  readonly align: number;
  /** Whether it holds instructions. */
  readonly executable: boolean;
  /** Bytes it takes in memory; for `.bss` and its like there are none in the file. */
  readonly size: number;
  /** Its bytes in the file, sharing memory with the object's. */
  readonly bytes: Uint8Array;
}

export interface ObjectSymbol {
  readonly name: string;
  readonly kind: "none" | "object" | "function" | "section" | "file" | "other";
  readonly binding: "local" | "global" | "weak" | "other";
  /** Index of the section that defines it; `undefined` for what another file defines, and for values that are no place. */
  readonly section: number | undefined;
  /** Bytes from the start of its section. */
  readonly offset: number;
  /** Bytes; 0 when not known. */
  readonly size: number;
}

export interface ObjectRelocation {
  /** Index of the section whose bytes are to be changed. */
  readonly section: number;
  /** Bytes from the start of that section. */
  readonly offset: number;
  /** `load64`: a 64-bit immediate load of the symbol's address (R_BPF_64_64). `call`: a call to it (R_BPF_64_32). */
  readonly kind: "load64" | "call" | "data";
  readonly symbol: ObjectSymbol;
}

export interface BpfObject {
  readonly sections: readonly ObjectSection[];
  readonly symbols: readonly ObjectSymbol[];
  readonly relocations: readonly ObjectRelocation[];
}

export type ReadObject =
  | { readonly kind: "ok"; readonly object: BpfObject }
  | { readonly kind: "error"; readonly message: string };

/** Bytes of one BPF instruction; a 64-bit immediate load takes two. */
export const INSTRUCTION_BYTES = 8;

export function readObject(bytes: Uint8Array): ReadObject {
  const reader = byteReader(bytes);
  const complaint = checkHeader(reader);
  if (complaint !== undefined) return { kind: "error", message: complaint };
  const headers = readSectionHeaders(reader);
  if (headers === undefined) return damaged("section headers");
  const sections = nameSections(reader, headers);
  if (sections === undefined) return damaged("sections");
  const symbols = readSymbols(reader, headers);
  if (symbols === undefined) return damaged("symbol table");
  const relocations = readRelocations(reader, headers, symbols);
  if (relocations === undefined) return damaged("relocations");
  return { kind: "ok", object: { sections, symbols, relocations } };
}

/** The first section of that name. */
export function findSection(object: BpfObject, name: string): ObjectSection | undefined {
  return object.sections.find((section) => section.name === name);
}

/** Functions defined in the object, by section, then by place in it. */
export function functionSymbols(object: BpfObject): readonly (ObjectSymbol & { readonly section: number })[] {
  return object.symbols
    .flatMap((symbol) =>
      symbol.kind === "function" && symbol.section !== undefined
        ? [{ ...symbol, section: symbol.section }]
        : [],
    )
    .sort((a, b) => a.section - b.section || a.offset - b.offset);
}

/* Numbers below: the ELF specification (System V ABI, chapter 4) and the kernel's Documentation/bpf/llvm_reloc.rst. */

const ELF_HEADER_BYTES = 64;
const SECTION_HEADER_BYTES = 64;
const SYMBOL_BYTES = 24;
const RELOCATION_BYTES = 16;
const MACHINE_BPF = 247;
const SECTION_SYMBOLS = 2;
const SECTION_WITHOUT_BYTES = 8;
const SECTION_RELOCATIONS = 9;
const FLAG_EXECUTABLE = 4;
/** Section indices from here on have special meanings. */
const RESERVED_SECTIONS = 0xff00;

const symbolKinds: readonly ObjectSymbol["kind"][] = ["none", "object", "function", "section", "file"];
const symbolBindings: readonly ObjectSymbol["binding"][] = ["local", "global", "weak"];

interface SectionHeader {
  readonly name: number;
  readonly type: number;
  readonly flags: number;
  readonly offset: number;
  readonly size: number;
  /** For symbols: the section of their names. For relocations: the section of their symbols. */
  readonly link: number;
  /** For relocations: the section they change. */
  readonly info: number;
  readonly align: number;
}

function damaged(part: string): ReadObject {
  return { kind: "error", message: `the object's ${part} cannot be read` };
}

function checkHeader(reader: ByteReader): string | undefined {
  const isElf = u32(reader, 0) === 0x464c457f && reader.bytes.byteLength >= ELF_HEADER_BYTES;
  if (!isElf) return "this is no ELF file";
  if (u8(reader, 5) === 2) return "this ELF file is of the other byte order (big-endian)";
  if (u8(reader, 4) !== 2 || u8(reader, 5) !== 1) return "this is no 64-bit little-endian ELF file";
  if (u16(reader, 18) !== MACHINE_BPF) return "this ELF file holds no BPF code";
  return undefined;
}

function readSectionHeaders(reader: ByteReader): readonly SectionHeader[] | undefined {
  const table = u64(reader, 40);
  const entryBytes = u16(reader, 58);
  const count = u16(reader, 60);
  if (table === undefined || entryBytes !== SECTION_HEADER_BYTES || count === undefined) return undefined;
  const headers: SectionHeader[] = [];
  for (let index = 0; index < count; index++) {
    const header = readSectionHeader(reader, table + index * SECTION_HEADER_BYTES);
    if (header === undefined) return undefined;
    headers.push(header);
  }
  return headers;
}

function readSectionHeader(reader: ByteReader, at: number): SectionHeader | undefined {
  if (slice(reader, at, SECTION_HEADER_BYTES) === undefined) return undefined;
  const header = {
    name: u32(reader, at),
    type: u32(reader, at + 4),
    flags: u64(reader, at + 8),
    offset: u64(reader, at + 24),
    size: u64(reader, at + 32),
    link: u32(reader, at + 40),
    info: u32(reader, at + 44),
    align: u64(reader, at + 48),
  };
  return isComplete(header) ? header : undefined;
}

function isComplete<T extends object>(record: T): record is { [K in keyof T]: NonNullable<T[K]> } {
  return Object.values(record).every((value) => value !== undefined);
}

function contents(reader: ByteReader, header: SectionHeader | undefined): Uint8Array | undefined {
  if (header === undefined) return undefined;
  return header.type === SECTION_WITHOUT_BYTES
    ? new Uint8Array(0)
    : slice(reader, header.offset, header.size);
}

function nameSections(
  reader: ByteReader,
  headers: readonly SectionHeader[],
): readonly ObjectSection[] | undefined {
  const names = contents(reader, headers[u16(reader, 62) ?? 0]);
  if (names === undefined) return undefined;
  const nameReader = byteReader(names);
  const sections: ObjectSection[] = [];
  for (const [index, header] of headers.entries()) {
    const name = zeroEnded(nameReader, header.name);
    const bytes = contents(reader, header);
    if (name === undefined || bytes === undefined) return undefined;
    const executable = (header.flags & FLAG_EXECUTABLE) !== 0;
    const { type, flags, align, size } = header;
    sections.push({ index, name, type, flags, align, executable, size, bytes });
  }
  return sections;
}

function readSymbols(
  reader: ByteReader,
  headers: readonly SectionHeader[],
): readonly ObjectSymbol[] | undefined {
  const table = headers.find((header) => header.type === SECTION_SYMBOLS);
  if (table === undefined) return [];
  const entries = contents(reader, table);
  const names = contents(reader, headers[table.link]);
  if (entries === undefined || names === undefined) return undefined;
  const entryReader = byteReader(entries);
  const nameReader = byteReader(names);
  const symbols: ObjectSymbol[] = [];
  for (let at = 0; at + SYMBOL_BYTES <= entries.byteLength; at += SYMBOL_BYTES) {
    const symbol = readSymbol(entryReader, at, nameReader);
    if (symbol === undefined) return undefined;
    symbols.push(symbol);
  }
  return symbols;
}

function readSymbol(reader: ByteReader, at: number, names: ByteReader): ObjectSymbol | undefined {
  const info = u8(reader, at + 4) ?? 0;
  const section = u16(reader, at + 6) ?? 0;
  const fields = {
    name: zeroEnded(names, u32(reader, at) ?? 0),
    offset: u64(reader, at + 8),
    size: u64(reader, at + 16),
  };
  if (!isComplete(fields)) return undefined;
  return {
    ...fields,
    kind: symbolKinds[info & 15] ?? "other",
    binding: symbolBindings[info >> 4] ?? "other",
    section: section === 0 || section >= RESERVED_SECTIONS ? undefined : section,
  };
}

function readRelocations(
  reader: ByteReader,
  headers: readonly SectionHeader[],
  symbols: readonly ObjectSymbol[],
): readonly ObjectRelocation[] | undefined {
  const relocations: ObjectRelocation[] = [];
  for (const header of headers.filter((each) => each.type === SECTION_RELOCATIONS)) {
    const entries = contents(reader, header);
    if (entries === undefined) return undefined;
    const entryReader = byteReader(entries);
    for (let at = 0; at + RELOCATION_BYTES <= entries.byteLength; at += RELOCATION_BYTES) {
      const offset = u64(entryReader, at);
      const symbol = symbols[u32(entryReader, at + 12) ?? -1];
      if (offset === undefined || symbol === undefined) return undefined;
      relocations.push({
        section: header.info,
        offset,
        kind: relocationKind(u32(entryReader, at + 8)),
        symbol,
      });
    }
  }
  return relocations;
}

function relocationKind(type: number | undefined): ObjectRelocation["kind"] {
  if (type === 1) return "load64";
  return type === 10 ? "call" : "data";
}
