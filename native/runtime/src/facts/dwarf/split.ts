/**
 * Debug information that compilers split off (`-gsplit-dwarf`): a file NAME.dwo for each unit, or all of them in one NAME.dwp.
 * Source: DWARF 5, section 7.3, and its forerunner in GCC's wiki (DebugFission), which version 4 uses.
 */

import { type ElfFile, sectionBytes } from "../elf.ts";
import { attribute } from "./constants.ts";
import { readEntry, readUnits, type Sections, type Unit } from "./units.ts";

export interface SplitFiles {
  /** Opens the file that has all units of this binary. */
  readonly openPackage: () => ElfFile | undefined;
  /** Opens the file of one unit, by the name and the folder that the compiler noted. */
  readonly openUnit: (name: string, folder: string) => ElfFile | undefined;
}

interface UnitsAndBytes {
  readonly info: Buffer;
  readonly units: readonly Unit[];
}

/** More files than these are not read, and not more bytes. */
const MOST_FILES = 4096;
const MOST_BYTES = 1 << 29;

/** Puts what was split off behind the file's own entries, so that an offset still names one entry. */
export function withSplitUnits(own: UnitsAndBytes, files: SplitFiles): UnitsAndBytes {
  const links = own.units.flatMap((unit) => linkOf(own.info, unit));
  if (links.length === 0) return own;
  const packaged = files.openPackage();
  const parts =
    packaged === undefined
      ? links.slice(0, MOST_FILES).flatMap((link) => partOfFile(link, files))
      : partsOfPackage(packaged, new Set(links.map(({ id }) => id)));
  const buffers = [own.info];
  const units = [...own.units];
  const starts: { readonly part: Sections; readonly start: number }[] = [];
  let length = own.info.length;
  for (const part of parts) {
    if (length + part.info.length > MOST_BYTES) break;
    starts.push({ part, start: length });
    buffers.push(part.info);
    length += part.info.length;
  }
  const info = Buffer.concat(buffers);
  for (const { part, start } of starts)
    units.push(...readUnits({ ...part, info }, start, start + part.info.length));
  return { info, units };
}

interface Link {
  readonly name: string;
  readonly folder: string;
  readonly id: bigint;
}

function linkOf(info: Buffer, unit: Unit): readonly Link[] {
  const attributes = readEntry(info, unit, unit.firstEntry)?.attributes;
  const name = attributes?.get(attribute.dwoName) ?? attributes?.get(attribute.gnuDwoName);
  const id = splitIdOf(info, unit);
  if (typeof name !== "string" || id === undefined) return [];
  const folder = attributes?.get(attribute.compDir);
  return [{ name, folder: typeof folder === "string" ? folder : "", id }];
}

function splitIdOf(info: Buffer, unit: Unit): bigint | undefined {
  if (unit.splitId !== undefined) return unit.splitId;
  const id = readEntry(info, unit, unit.firstEntry)?.attributes.get(attribute.gnuDwoId);
  return typeof id === "bigint" ? id : undefined;
}

/** A file of another build would tell wrong places. */
function partOfFile({ name, folder, id }: Link, { openUnit }: SplitFiles): readonly Sections[] {
  const file = openUnit(name, folder);
  const part = file === undefined ? undefined : splitSections(file);
  if (part === undefined) return [];
  return readUnits(part).some((unit) => splitIdOf(part.info, unit) === id) ? [part] : [];
}

const none = Buffer.alloc(0);

function splitSections(elf: ElfFile): Sections | undefined {
  const info = sectionBytes(elf, ".debug_info.dwo");
  const abbreviations = sectionBytes(elf, ".debug_abbrev.dwo");
  if (info === undefined || abbreviations === undefined) return undefined;
  return {
    info,
    abbreviations,
    strings: sectionBytes(elf, ".debug_str.dwo") ?? none,
    lineStrings: none,
    stringOffsets: sectionBytes(elf, ".debug_str_offsets.dwo") ?? none,
    lines: none,
  };
}

/** Columns of a package's index, alike in both versions. */
const COLUMN_INFO = 1;
const COLUMN_ABBREVIATIONS = 3;
const COLUMN_STRING_OFFSETS = 6;

/** Each unit has its own stretch of most sections. */
function partsOfPackage(elf: ElfFile, wanted: ReadonlySet<bigint>): readonly Sections[] {
  const whole = splitSections(elf);
  const index = sectionBytes(elf, ".debug_cu_index");
  if (whole === undefined || index === undefined || index.length < INDEX_HEAD_BYTES) return [];
  const rows = readIndex(index);
  return rows
    .filter(({ id }) => wanted.has(id))
    .map(({ stretch }) => ({
      ...whole,
      info: stretch(whole.info, COLUMN_INFO),
      abbreviations: stretch(whole.abbreviations, COLUMN_ABBREVIATIONS),
      stringOffsets: stretch(whole.stringOffsets, COLUMN_STRING_OFFSETS),
    }));
}

const INDEX_HEAD_BYTES = 16;

interface IndexRow {
  readonly id: bigint;
  readonly stretch: (section: Buffer, column: number) => Buffer;
}

/** A hash table of ids, rows by the same slots, then names of columns, offsets and sizes by row. */
function readIndex(index: Buffer): readonly IndexRow[] {
  const [columns, units, slots] = [index.readUInt32LE(4), index.readUInt32LE(8), index.readUInt32LE(12)];
  const ids = INDEX_HEAD_BYTES;
  const rowsAt = ids + slots * 8;
  const names = rowsAt + slots * 4;
  const offsets = names + columns * 4;
  const sizes = offsets + units * columns * 4;
  if (sizes + units * columns * 4 > index.length) return [];
  const columnOf = new Map(
    Array.from({ length: columns }, (_, at) => [index.readUInt32LE(names + at * 4), at] as const),
  );
  return Array.from({ length: slots }, (_, slot) => slot).flatMap((slot): readonly IndexRow[] => {
    const row = index.readUInt32LE(rowsAt + slot * 4);
    if (row === 0 || row > units) return [];
    const stretch = (section: Buffer, column: number): Buffer => {
      const at = columnOf.get(column);
      if (at === undefined) return none;
      const cell = ((row - 1) * columns + at) * 4;
      const start = index.readUInt32LE(offsets + cell);
      return section.subarray(start, start + index.readUInt32LE(sizes + cell));
    };
    return [{ id: index.readBigUInt64LE(ids + slot * 8), stretch }];
  });
}
