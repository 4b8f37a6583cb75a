/** The units of `.debug_info` and the entries in them. */

import { type ElfFile, sectionBytes } from "../elf.ts";
import { attribute } from "./constants.ts";
import { type Cursor, cursorAt, offset, skip, sleb, u16, u32, u64, u8, uleb } from "./cursor.ts";
import { type AttributeValue, type FormContext, fixedSize, readForm, skipForm } from "./forms.ts";

interface AttributeSpec {
  readonly name: number;
  readonly form: number;
  readonly implicit: bigint | undefined;
}

export interface Abbreviation {
  readonly tag: number;
  readonly hasChildren: boolean;
  readonly attributes: readonly AttributeSpec[];
  /** Bytes of all attributes together; undefined when they vary. */
  readonly size: number | undefined;
}

export interface Unit {
  readonly context: FormContext;
  /** Where the entries start and end in `.debug_info`. */
  readonly firstEntry: number;
  readonly end: number;
  readonly abbreviations: ReadonlyMap<number, Abbreviation>;
  /** What a unit and the one that was split from it have in common, where the unit's head tells. */
  readonly splitId: bigint | undefined;
}

/** One entry; `children` is where those start when it has any. */
export interface Entry {
  readonly offset: number;
  readonly unit: Unit;
  readonly tag: number;
  readonly hasChildren: boolean;
  readonly attributes: ReadonlyMap<number, AttributeValue>;
  readonly children: number;
}

export interface Sections {
  readonly info: Buffer;
  readonly abbreviations: Buffer;
  readonly strings: Buffer;
  readonly lineStrings: Buffer;
  readonly stringOffsets: Buffer;
  readonly lines: Buffer;
}

const none = Buffer.alloc(0);

/** Undefined when there is no debug information or it is compressed in a way this platform cannot read. */
export function readSections(elf: ElfFile): Sections | undefined {
  const info = sectionBytes(elf, ".debug_info");
  const abbreviations = sectionBytes(elf, ".debug_abbrev");
  if (info === undefined || abbreviations === undefined) return undefined;
  return {
    info,
    abbreviations,
    strings: sectionBytes(elf, ".debug_str") ?? none,
    lineStrings: sectionBytes(elf, ".debug_line_str") ?? none,
    stringOffsets: sectionBytes(elf, ".debug_str_offsets") ?? none,
    lines: sectionBytes(elf, ".debug_line") ?? none,
  };
}

const WIDE_MARK = 0xffffffff;
const UNIT_TYPE = 2;
const UNIT_SKELETON = 4;
const UNIT_SPLIT_COMPILE = 5;
const UNIT_SPLIT_TYPE = 6;

/** All units between two offsets, in order; one that is damaged ends the list. */
export function readUnits(sections: Sections, from = 0, to: number = sections.info.length): readonly Unit[] {
  const units: Unit[] = [];
  const signatures = new Map<bigint, number>();
  const tables = new Map<string, ReadonlyMap<number, Abbreviation>>();
  const cursor = cursorAt(sections.info, from);
  while (cursor.at < to) {
    try {
      const unit = readUnit(cursor, { sections, from, signatures, tables });
      if (unit !== undefined) units.push(unit);
    } catch {
      break;
    }
  }
  return units;
}

interface Reading {
  readonly sections: Sections;
  readonly from: number;
  readonly signatures: Map<bigint, number>;
  readonly tables: Map<string, ReadonlyMap<number, Abbreviation>>;
}

/** Leaves the cursor behind the unit. Units of versions that are not known are passed over. */
function readUnit(cursor: Cursor, { sections, from, signatures, tables }: Reading): Unit | undefined {
  const unitStart = cursor.at;
  const first = u32(cursor);
  const wide = first === WIDE_MARK;
  const length = wide ? Number(u64(cursor)) : first;
  const end = cursor.at + length;
  const head = readHead(cursor, wide, unitStart, signatures);
  const body = cursor.at;
  if (end <= unitStart || end > sections.info.length) throw new RangeError("a unit is cut off");
  cursor.at = end;
  if (head === undefined) return undefined;
  const context: FormContext = {
    version: head.version,
    wide,
    addressSize: head.addressSize,
    unitStart,
    infoStart: from,
    strings: sections.strings,
    lineStrings: sections.lineStrings,
    stringOffsets: sections.stringOffsets,
    // Before version 5 the section has no head.
    stringOffsetsBase: head.version < 5 ? 0 : wide ? 16 : 8,
    typeBySignature: (signature) => signatures.get(signature),
  };
  // Sizes of forms depend on the unit, so units share a table only when they are alike.
  const key = `${head.abbreviations} ${head.version} ${head.addressSize} ${wide}`;
  const table = tables.get(key) ?? readAbbreviations(sections.abbreviations, head.abbreviations, context);
  tables.set(key, table);
  const unit = { context, firstEntry: body, end, abbreviations: table, splitId: head.splitId };
  const base = readEntry(sections.info, unit, body)?.attributes.get(attribute.strOffsetsBase);
  return typeof base === "number" ? { ...unit, context: { ...context, stringOffsetsBase: base } } : unit;
}

interface Head {
  readonly version: number;
  readonly addressSize: number;
  /** Offset into `.debug_abbrev`. */
  readonly abbreviations: number;
  readonly splitId: bigint | undefined;
}

function readHead(
  cursor: Cursor,
  wide: boolean,
  unitStart: number,
  signatures: Map<bigint, number>,
): Head | undefined {
  const version = u16(cursor);
  if (version < 2 || version > 5) return undefined;
  if (version < 5) {
    const abbreviations = offset(cursor, wide);
    return { version, abbreviations, addressSize: u8(cursor), splitId: undefined };
  }
  const kind = u8(cursor);
  const addressSize = u8(cursor);
  const abbreviations = offset(cursor, wide);
  if (kind === UNIT_TYPE || kind === UNIT_SPLIT_TYPE) {
    const signature = u64(cursor);
    signatures.set(signature, unitStart + offset(cursor, wide));
  }
  const splitId = kind === UNIT_SKELETON || kind === UNIT_SPLIT_COMPILE ? u64(cursor) : undefined;
  return { version, addressSize, abbreviations, splitId };
}

function readAbbreviations(
  bytes: Buffer,
  start: number,
  context: FormContext,
): ReadonlyMap<number, Abbreviation> {
  const table = new Map<number, Abbreviation>();
  const cursor = cursorAt(bytes, start);
  for (let code = uleb(cursor); code !== 0; code = uleb(cursor)) {
    const entryTag = uleb(cursor);
    const hasChildren = u8(cursor) === 1;
    const attributes: AttributeSpec[] = [];
    for (;;) {
      const name = uleb(cursor);
      const kind = uleb(cursor);
      const implicit = kind === 0x21 ? sleb(cursor) : undefined;
      if (name === 0 && kind === 0) break;
      attributes.push({ name, form: kind, implicit });
    }
    table.set(code, { tag: entryTag, hasChildren, attributes, size: totalSize(attributes, context) });
  }
  return table;
}

function totalSize(attributes: readonly AttributeSpec[], context: FormContext): number | undefined {
  let total = 0;
  for (const { form: kind } of attributes) {
    const size = fixedSize(kind, context);
    if (size === undefined) return undefined;
    total += size;
  }
  return total;
}

/** The entry at an offset; undefined for the mark that ends a list of children. @throws RangeError when damaged */
export function readEntry(info: Buffer, unit: Unit, at: number): Entry | undefined {
  const cursor = cursorAt(info, at);
  const abbreviation = abbreviationAt(cursor, unit);
  if (abbreviation === undefined) return undefined;
  const attributes = new Map<number, AttributeValue>();
  for (const spec of abbreviation.attributes) {
    attributes.set(spec.name, readForm(cursor, spec.form, unit.context, spec.implicit));
  }
  const { tag: entryTag, hasChildren } = abbreviation;
  return { offset: at, unit, tag: entryTag, hasChildren, attributes, children: cursor.at };
}

/** @throws RangeError for a code that the table lacks */
export function abbreviationAt(cursor: Cursor, unit: Unit): Abbreviation | undefined {
  const code = uleb(cursor);
  if (code === 0) return undefined;
  const abbreviation = unit.abbreviations.get(code);
  if (abbreviation === undefined) throw new RangeError(`abbreviation ${code}`);
  return abbreviation;
}

export function skipAttributes(cursor: Cursor, abbreviation: Abbreviation, unit: Unit): void {
  if (abbreviation.size !== undefined) {
    skip(cursor, abbreviation.size);
    return;
  }
  for (const { form: kind } of abbreviation.attributes) skipForm(cursor, kind, unit.context);
}

/** Passes over the children that start here, and theirs. */
export function skipChildren(cursor: Cursor, unit: Unit): void {
  for (let depth = 1; depth > 0 && cursor.at < unit.end; ) {
    const abbreviation = abbreviationAt(cursor, unit);
    if (abbreviation === undefined) {
      depth -= 1;
      continue;
    }
    skipAttributes(cursor, abbreviation, unit);
    if (abbreviation.hasChildren) depth += 1;
  }
}

/** Children of one entry; more than any compiler writes for one are not read. */
const MAX_CHILDREN = 100_000;

export function childrenOf(info: Buffer, entry: Entry): readonly Entry[] {
  const children: Entry[] = [];
  if (!entry.hasChildren) return children;
  const cursor = cursorAt(info, entry.children);
  while (cursor.at < entry.unit.end && children.length < MAX_CHILDREN) {
    const child = readEntry(info, entry.unit, cursor.at);
    if (child === undefined) break;
    children.push(child);
    cursor.at = child.children;
    if (child.hasChildren) skipChildren(cursor, entry.unit);
  }
  return children;
}
