/** An object that is put together: sections that grow, symbols, relocations; then its bytes. Layout: System V ABI, chapter 4. */

import type { ObjectSection } from "../object.ts";
import { byteWriter, type ByteWriter } from "./byte-writer.ts";

export interface ImageSection {
  readonly name: string;
  readonly type: number;
  readonly flags: number;
  align: number;
  size: number;
  /** Written where the section starts to be; those of zeros have none. */
  readonly pieces: { readonly at: number; readonly bytes: Uint8Array }[];
}

export interface ImageSymbol {
  readonly name: string;
  readonly kind: "none" | "object" | "function" | "section";
  binding: "local" | "global" | "weak";
  /** Undefined for what the kernel defines. */
  readonly section: ImageSection | undefined;
  readonly offset: number;
  readonly size: number;
}

export interface ImageRelocation {
  readonly section: ImageSection;
  readonly offset: number;
  readonly type: number;
  readonly symbol: ImageSymbol;
}

export interface Image {
  readonly sections: ImageSection[];
  readonly symbols: ImageSymbol[];
  readonly relocations: ImageRelocation[];
}

const ELF_HEADER_BYTES = 64;
const SECTION_HEADER_BYTES = 64;
const SYMBOL_BYTES = 24;
const RELOCATION_BYTES = 16;
const MACHINE_BPF = 247;
const TYPE = { bytes: 1, symbols: 2, strings: 3, zeros: 8, relocations: 9 };
const kinds = ["none", "object", "function", "section"] as const;
const bindings = ["local", "global", "weak"] as const;

/** Puts the section behind what is of its name already. @returns where it went */
export function place(
  image: Image,
  from: ObjectSection,
): { readonly section: ImageSection; readonly start: number } {
  const known = image.sections.find(({ name }) => name === from.name);
  const { name, type, flags } = from;
  const section = known ?? { name, type, flags, align: 1, size: 0, pieces: [] };
  if (known === undefined) image.sections.push(section);
  const align = Math.max(1, from.align);
  section.align = Math.max(section.align, align);
  const start = Math.ceil(section.size / align) * align;
  section.size = start + from.size;
  // Copied, for relocations change it.
  if (type !== TYPE.zeros) section.pieces.push({ at: start, bytes: from.bytes.slice() });
  return { section, start };
}

interface Header {
  readonly name: string;
  readonly type: number;
  readonly flags: number;
  readonly offset: number;
  readonly size: number;
  readonly link: number;
  readonly info: number;
  readonly align: number;
  readonly entryBytes: number;
}

const noHeader: Header = {
  name: "",
  type: 0,
  flags: 0,
  offset: 0,
  size: 0,
  link: 0,
  info: 0,
  align: 0,
  entryBytes: 0,
};

export function writeImage(
  image: Image,
  types: { readonly btf: Uint8Array; readonly ext: Uint8Array },
): Uint8Array {
  const out = byteWriter();
  out.bytes(new Uint8Array(ELF_HEADER_BYTES));
  const headers: Header[] = [noHeader];
  const indexOf = new Map<ImageSection, number>();
  for (const section of image.sections) {
    indexOf.set(section, headers.length);
    headers.push(writeSection(out, section));
  }
  const symbols = image.symbols.toSorted(
    (a, b) => Number(a.binding !== "local") - Number(b.binding !== "local"),
  );
  const numberOf = new Map(symbols.map((symbol, i) => [symbol, i + 1]));
  const changed = image.sections.filter((each) => image.relocations.some(({ section }) => section === each));
  const symbolTable = headers.length + changed.length + 2;
  for (const section of changed) {
    const bytes = byteWriter();
    const own = image.relocations.filter((each) => each.section === section);
    for (const { offset, type, symbol } of own.toSorted((a, b) => a.offset - b.offset)) {
      bytes.u64(offset);
      bytes.u32(type);
      bytes.u32(numberOf.get(symbol) ?? 0);
    }
    const info = indexOf.get(section) ?? 0;
    headers.push({
      ...plain(out, `.rel${section.name}`, bytes.finish()),
      type: TYPE.relocations,
      link: symbolTable,
      info,
      entryBytes: RELOCATION_BYTES,
    });
  }
  headers.push(plain(out, ".BTF", types.btf), plain(out, ".BTF.ext", types.ext));
  writeSymbols(out, headers, symbols, (section) => indexOf.get(section) ?? 0);
  return finish(out, headers);
}

function writeSection(out: ByteWriter, { name, type, flags, align, size, pieces }: ImageSection): Header {
  out.align(Math.max(8, align));
  const offset = out.size();
  if (type !== TYPE.zeros) {
    const bytes = new Uint8Array(size);
    for (const piece of pieces) bytes.set(piece.bytes, piece.at);
    out.bytes(bytes);
  }
  return { ...noHeader, name, type, flags, offset, size, align };
}

function plain(out: ByteWriter, name: string, bytes: Uint8Array): Header {
  out.align(8);
  const offset = out.size();
  out.bytes(bytes);
  return { ...noHeader, name, type: TYPE.bytes, offset, size: bytes.length, align: 8 };
}

/** Local ones come first, after one that is none. */
function writeSymbols(
  out: ByteWriter,
  headers: Header[],
  symbols: readonly ImageSymbol[],
  indexOf: (section: ImageSection) => number,
): void {
  const names = stringTable();
  const table = byteWriter();
  table.bytes(new Uint8Array(SYMBOL_BYTES));
  for (const { name, kind, binding, section, offset, size } of symbols) {
    table.u32(kind === "section" ? 0 : names.add(name));
    table.u8((bindings.indexOf(binding) << 4) | kinds.indexOf(kind));
    table.u8(0);
    table.u16(section === undefined ? 0 : indexOf(section));
    table.u64(offset);
    table.u64(size);
  }
  const locals = symbols.filter(({ binding }) => binding === "local").length;
  headers.push({
    ...plain(out, ".symtab", table.finish()),
    type: TYPE.symbols,
    link: headers.length + 1,
    info: locals + 1,
    entryBytes: SYMBOL_BYTES,
  });
  headers.push({ ...plain(out, ".strtab", names.finish()), type: TYPE.strings });
}

function finish(out: ByteWriter, headers: Header[]): Uint8Array {
  const names = stringTable();
  const placed = headers.map(({ name }) => names.add(name));
  const own = names.add(".shstrtab");
  headers.push({ ...plain(out, ".shstrtab", names.finish()), type: TYPE.strings });
  out.align(8);
  const table = out.size();
  for (const [i, header] of headers.entries()) {
    out.u32(placed[i] ?? own);
    out.u32(header.type);
    out.u64(header.flags);
    out.u64(0);
    out.u64(header.offset);
    out.u64(header.size);
    out.u32(header.link);
    out.u32(header.info);
    out.u64(header.align);
    out.u64(header.entryBytes);
  }
  const bytes = out.finish();
  bytes.set(fileHeader(table, headers.length));
  return bytes;
}

/** A relocatable file for BPF, 64 bits, little-endian. */
function fileHeader(table: number, sections: number): Uint8Array {
  const header = byteWriter();
  header.bytes(Uint8Array.from([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0]));
  header.u16(1);
  header.u16(MACHINE_BPF);
  header.u32(1);
  header.u64(0);
  header.u64(0);
  header.u64(table);
  header.u32(0);
  for (const each of [ELF_HEADER_BYTES, 0, 0, SECTION_HEADER_BYTES, sections, sections - 1]) header.u16(each);
  return header.finish();
}

function stringTable(): { readonly add: (text: string) => number; readonly finish: () => Uint8Array } {
  const bytes = byteWriter();
  bytes.u8(0);
  return {
    add: (text) => {
      if (text === "") return 0;
      const at = bytes.size();
      bytes.bytes(new TextEncoder().encode(`${text}\0`));
      return at;
    },
    finish: bytes.finish,
  };
}
