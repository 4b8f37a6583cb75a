/** Reads ELF files: headers, sections, symbols and notes; 64-bit little-endian, as all supported architectures are. */

import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { inflateSync } from "node:zlib";

import { err, ok, type BinarySymbol, type Result } from "@probewright/compiler";

/** Bytes of a file, read piece by piece: binaries are large and little of them is needed. */
export interface ByteSource {
  readonly size: number;
  /** Fewer bytes than asked for at the end of the file. @throws what reading the file throws */
  readonly read: (offset: number, length: number) => Buffer;
}

export interface ElfSection {
  readonly name: string;
  readonly type: number;
  readonly flags: number;
  readonly address: bigint;
  readonly offset: number;
  readonly size: number;
  /** Number of the section this one refers to; the strings of a symbol table. */
  readonly link: number;
}

export interface ElfSegment {
  readonly offset: bigint;
  readonly address: bigint;
  readonly fileSize: bigint;
  readonly executable: boolean;
}

export interface ElfFile {
  readonly source: ByteSource;
  /** ET_REL 1, ET_EXEC 2, ET_DYN 3, ET_CORE 4. */
  readonly type: number;
  readonly machine: number;
  readonly sections: readonly ElfSection[];
  /** Loadable ones only. */
  readonly segments: readonly ElfSegment[];
}

export interface ElfError {
  readonly kind: "not-elf" | "unsupported" | "damaged";
  readonly message: string;
}

/** A file as bytes; each read opens it anew, so nothing needs closing. */
export function fileSource(path: string): ByteSource {
  const use = <T>(action: (file: number) => T): T => {
    const file = openSync(path, "r");
    try {
      return action(file);
    } finally {
      closeSync(file);
    }
  };
  const size = use((file) => fstatSync(file).size);
  return {
    size,
    read: (offset, length) =>
      use((file) => {
        const bytes = Buffer.alloc(Math.max(0, Math.min(length, size - offset)));
        return bytes.subarray(0, readSync(file, bytes, 0, bytes.length, offset));
      }),
  };
}

/** A file that is in memory. */
export function memorySource(bytes: Uint8Array): ByteSource {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return { size: buffer.length, read: (offset, length) => buffer.subarray(offset, offset + length) };
}

const HEADER_BYTES = 64;
const SECTION_BYTES = 64;
const SEGMENT_BYTES = 56;
const PT_LOAD = 1;
const PF_X = 1;
const SHT_NOBITS = 8;
const SHF_COMPRESSED = 0x800;
const COMPRESSED_ZLIB = 1;
/** Sections larger than this are taken for damage. */
const MAX_SECTION_BYTES = 1 << 30;
const MAX_SECTIONS = 65536;

export function openElf(source: ByteSource): Result<ElfFile, ElfError> {
  const header = source.read(0, HEADER_BYTES);
  if (header.length < 4 || header.readUInt32BE(0) !== 0x7f454c46) {
    return err({ kind: "not-elf", message: "not an ELF file" });
  }
  if (header.length < HEADER_BYTES) return err({ kind: "damaged", message: "the ELF header is cut off" });
  if (header[4] !== 2 || header[5] !== 1) {
    return err({ kind: "unsupported", message: "not a 64-bit little-endian ELF file" });
  }
  try {
    return ok({
      source,
      type: header.readUInt16LE(16),
      machine: header.readUInt16LE(18),
      sections: readSections(source, header),
      segments: readSegments(source, header),
    });
  } catch (error) {
    // Offsets beyond the file: Buffer throws a RangeError for them.
    return err({ kind: "damaged", message: `damaged ELF file: ${String(error)}` });
  }
}

function readSegments(source: ByteSource, header: Buffer): readonly ElfSegment[] {
  const count = header.readUInt16LE(56);
  const table = source.read(Number(header.readBigUInt64LE(32)), count * SEGMENT_BYTES);
  const segments: ElfSegment[] = [];
  for (let i = 0; i < count; i += 1) {
    const at = i * SEGMENT_BYTES;
    if (table.readUInt32LE(at) !== PT_LOAD) continue;
    segments.push({
      offset: table.readBigUInt64LE(at + 8),
      address: table.readBigUInt64LE(at + 16),
      fileSize: table.readBigUInt64LE(at + 32),
      executable: (table.readUInt32LE(at + 4) & PF_X) !== 0,
    });
  }
  return segments;
}

function readSections(source: ByteSource, header: Buffer): readonly ElfSection[] {
  const start = Number(header.readBigUInt64LE(40));
  if (start === 0) return [];
  const first = source.read(start, SECTION_BYTES);
  // With more sections than fit the header, the first section tells how many.
  const count = header.readUInt16LE(60) || Math.min(MAX_SECTIONS, Number(first.readBigUInt64LE(32)));
  const table = source.read(start, count * SECTION_BYTES);
  const raw = Array.from({ length: Math.floor(table.length / SECTION_BYTES) }, (_, i) => {
    const at = i * SECTION_BYTES;
    return {
      nameOffset: table.readUInt32LE(at),
      type: table.readUInt32LE(at + 4),
      flags: Number(table.readBigUInt64LE(at + 8) & 0xffffffffn),
      address: table.readBigUInt64LE(at + 16),
      offset: Number(table.readBigUInt64LE(at + 24)),
      size: Number(table.readBigUInt64LE(at + 32)),
      link: table.readUInt32LE(at + 40),
    };
  });
  const names = raw[header.readUInt16LE(62)] ?? raw[first.readUInt32LE(40)];
  const strings = names === undefined ? Buffer.alloc(0) : source.read(names.offset, names.size);
  return raw.map(({ nameOffset, ...section }) => ({ ...section, name: stringIn(strings, nameOffset) }));
}

/** A NUL-terminated string; up to the end without NUL. */
export function stringIn(bytes: Buffer, offset: number): string {
  if (offset >= bytes.length) return "";
  const end = bytes.indexOf(0, offset);
  return bytes.toString("latin1", offset, end === -1 ? bytes.length : end);
}

export function findSection(elf: ElfFile, name: string): ElfSection | undefined {
  return elf.sections.find((section) => section.name === name);
}

/** Contents of a section, decompressed; undefined without such a section and for compression that is not zlib's. */
export function sectionBytes(elf: ElfFile, name: string): Buffer | undefined {
  const section = findSection(elf, name);
  return section === undefined ? undefined : bytesOf(elf, section);
}

function bytesOf(elf: ElfFile, section: ElfSection): Buffer | undefined {
  if (section.type === SHT_NOBITS || section.size > MAX_SECTION_BYTES) return undefined;
  const bytes = elf.source.read(section.offset, section.size);
  if ((section.flags & SHF_COMPRESSED) === 0) return bytes;
  if (bytes.length < 24 || bytes.readUInt32LE(0) !== COMPRESSED_ZLIB) return undefined;
  try {
    return inflateSync(bytes.subarray(24), { maxOutputLength: MAX_SECTION_BYTES });
  } catch {
    return undefined;
  }
}

const SYMBOL_BYTES = 24;
const STT_OBJECT = 1;
const STT_FUNC = 2;
const STT_GNU_IFUNC = 10;
const SHN_UNDEF = 0;
/** Names of versions, and other numbers that are no addresses. */
const SHN_ABS = 0xfff1;

/** Functions and objects defined in the file, by address; what is in both tables is given once. */
export function elfSymbols(elf: ElfFile): readonly BinarySymbol[] {
  const symbols: BinarySymbol[] = [];
  const known = new Map<string, bigint>();
  for (const tableName of [".symtab", ".dynsym"]) {
    const table = findSection(elf, tableName);
    const strings = table === undefined ? undefined : elf.sections[table.link];
    if (table === undefined || strings === undefined) continue;
    const bytes = bytesOf(elf, table);
    // Names are cut from one string: far cheaper for 100,000 of them than a conversion each.
    const names = bytesOf(elf, strings)?.toString("latin1");
    if (bytes === undefined || names === undefined) continue;
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    for (let at = 0; at + SYMBOL_BYTES <= bytes.length; at += SYMBOL_BYTES) {
      const symbol = symbolAt(view, at, names);
      if (symbol === undefined || known.get(symbol.name) === symbol.address) continue;
      known.set(symbol.name, symbol.address);
      symbols.push(symbol);
    }
  }
  return symbols.sort(byAddress);
}

function byAddress(left: BinarySymbol, right: BinarySymbol): number {
  return left.address < right.address ? -1 : left.address > right.address ? 1 : 0;
}

function symbolAt(table: DataView, at: number, names: string): BinarySymbol | undefined {
  const type = table.getUint8(at + 4) & 0xf;
  if (type !== STT_OBJECT && type !== STT_FUNC && type !== STT_GNU_IFUNC) return undefined;
  const section = table.getUint16(at + 6, true);
  if (section === SHN_UNDEF || section === SHN_ABS) return undefined;
  const start = table.getUint32(at, true);
  const end = names.indexOf("\0", start);
  const name = names.slice(start, end === -1 ? undefined : end);
  if (name === "") return undefined;
  return {
    name,
    address: table.getBigUint64(at + 8, true),
    size: table.getUint32(at + 16, true) + table.getUint32(at + 20, true) * 2 ** 32,
    kind: type === STT_OBJECT ? "object" : "function",
  };
}

export interface ElfNote {
  readonly owner: string;
  readonly type: number;
  readonly description: Buffer;
}

/** Notes of one section; what is cut off is left out. */
export function notesIn(bytes: Buffer): readonly ElfNote[] {
  const notes: ElfNote[] = [];
  for (let at = 0; at + 12 <= bytes.length; ) {
    const nameSize = bytes.readUInt32LE(at);
    const descriptionSize = bytes.readUInt32LE(at + 4);
    const nameStart = at + 12;
    const start = nameStart + Math.ceil(nameSize / 4) * 4;
    if (start + descriptionSize > bytes.length) break;
    notes.push({
      owner: stringIn(bytes.subarray(nameStart, nameStart + nameSize), 0),
      type: bytes.readUInt32LE(at + 8),
      description: bytes.subarray(start, start + descriptionSize),
    });
    at = start + Math.ceil(descriptionSize / 4) * 4;
  }
  return notes;
}

const NT_GNU_BUILD_ID = 3;

/** In lower-case hexadecimal. */
export function buildId(elf: ElfFile): string | undefined {
  const notes = notesIn(sectionBytes(elf, ".note.gnu.build-id") ?? Buffer.alloc(0));
  return notes
    .find((note) => note.owner === "GNU" && note.type === NT_GNU_BUILD_ID)
    ?.description.toString("hex");
}

/** File offset of a virtual address, by the loadable segments. */
export function fileOffsetOf(elf: ElfFile, address: bigint): bigint | undefined {
  const segment = elf.segments.find(
    ({ address: start, fileSize }) => address >= start && address < start + fileSize,
  );
  return segment === undefined ? undefined : address - segment.address + segment.offset;
}
