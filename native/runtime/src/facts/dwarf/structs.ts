/** Structs, unions, classes and enums of debug information, with their layout. */

import type { EnumDefinition, StructDefinition, StructField } from "@probewright/compiler";

import { attribute, PLUS_UCONST, tag } from "./constants.ts";
import { cursorAt, uleb } from "./cursor.ts";
import { typeKind } from "./index.ts";
import {
  entryAt,
  type EntryReader,
  integerSize,
  number,
  strippedEntry,
  structKey,
  typeOfEntry,
} from "./types.ts";
import { childrenOf, type Entry } from "./units.ts";

/** Anonymous members and base classes within each other. */
const MAX_DEPTH = 24;
const MAX_FIELDS = 20_000;

/**
 * @param alias the typedef a struct without a name is known by
 * @returns undefined when the entry is no struct, union or class
 */
export function structDefinition(
  reader: EntryReader,
  entry: Entry,
  alias?: string,
): StructDefinition | undefined {
  const size = number(entry, attribute.byteSize);
  const kind = typeKind(entry.tag);
  if (size === undefined || kind === undefined || kind === "enum") return undefined;
  const fields: StructField[] = [];
  addFields(reader, entry, 0, fields, 0);
  const name = alias ?? structKey(entry);
  const align = alignOf(reader, entry, 0);
  return { name, size, align, fields: fields.sort(byPlace), origin: "binary" };
}

function byPlace(left: StructField, right: StructField): number {
  return left.offset - right.offset || (left.bitfield?.shift ?? 0) - (right.bitfield?.shift ?? 0);
}

/** In bytes. */
function alignOf(reader: EntryReader, given: Entry, depth: number): number {
  const entry = strippedEntry(reader, given);
  const stated = number(entry, attribute.alignment);
  if (stated !== undefined || depth > MAX_DEPTH) return stated ?? 1;
  const size = number(entry, attribute.byteSize) ?? 8;
  if (entry.tag === tag.arrayType) {
    const element = entryAt(reader, entry.attributes.get(attribute.type));
    return element === undefined ? 1 : alignOf(reader, element, depth + 1);
  }
  const kind = typeKind(entry.tag);
  const hasMembers = kind === "struct" || kind === "union";
  return hasMembers ? structAlign(reader, entry, size, depth) : Math.max(1, Math.min(size, 16));
}

/** A struct whose members are not at their natural places is packed and aligned to 1. */
function structAlign(reader: EntryReader, entry: Entry, size: number, depth: number): number {
  let align = 1;
  for (const member of childrenOf(reader.info, entry)) {
    if (member.tag !== tag.member && member.tag !== tag.inheritance) continue;
    const type = entryAt(reader, member.attributes.get(attribute.type));
    const memberAlign = type === undefined ? 1 : alignOf(reader, type, depth + 1);
    const isBits = member.attributes.has(attribute.bitSize);
    if (!isBits && memberOffset(member) % memberAlign !== 0) return 1;
    align = Math.max(align, memberAlign);
  }
  return size % align === 0 ? align : 1;
}

function addFields(
  reader: EntryReader,
  entry: Entry,
  base: number,
  into: StructField[],
  depth: number,
): void {
  for (const child of childrenOf(reader.info, entry)) {
    if (into.length >= MAX_FIELDS) return;
    if (child.tag !== tag.member && child.tag !== tag.inheritance) continue;
    const name = child.attributes.get(attribute.name);
    const start = base + memberOffset(child);
    if (child.tag === tag.member && typeof name === "string") {
      const field = fieldOf(reader, child, name, base, start);
      if (field !== undefined) into.push(field);
      continue;
    }
    // Unnamed members and base classes: their fields count as this struct's.
    const target = entryAt(reader, child.attributes.get(attribute.type));
    if (target !== undefined && depth < MAX_DEPTH) addFields(reader, target, start, into, depth + 1);
  }
}

/** In bytes; 0 for the members of unions and for places that are computed. */
function memberOffset(member: Entry): number {
  const place = member.attributes.get(attribute.dataMemberLocation);
  if (typeof place === "number") return place;
  if (typeof place === "bigint") return Number(place);
  if (!(place instanceof Buffer) || place[0] !== PLUS_UCONST) return 0;
  return uleb(cursorAt(place, 1));
}

/** @returns undefined for static members, which are no part of the layout */
function fieldOf(
  reader: EntryReader,
  member: Entry,
  name: string,
  base: number,
  start: number,
): StructField | undefined {
  if (member.attributes.has(attribute.declaration)) return undefined;
  const { type, spelling, size } = typeOfEntry(reader, member);
  const shared = { name, type, cType: spelling };
  const width = number(member, attribute.bitSize);
  if (width === undefined) return { ...shared, offset: start };
  const unit = Math.max(1, size);
  const fromStart = number(member, attribute.dataBitOffset);
  const fromTop = number(member, attribute.bitOffset);
  // Before version 4 the place counts from the most significant bit of the storage unit.
  const bits =
    fromStart === undefined
      ? start * 8 + (fromTop === undefined ? 0 : unit * 8 - fromTop - width)
      : base * 8 + fromStart;
  const offset = Math.floor(bits / (unit * 8)) * unit;
  return { ...shared, offset, bitfield: { shift: bits - offset * 8, width } };
}

/** @returns undefined when the entry is no enum */
export function enumDefinition(
  reader: EntryReader,
  entry: Entry,
  alias?: string,
): EnumDefinition | undefined {
  if (entry.tag !== tag.enumerationType) return undefined;
  const size = integerSize(number(entry, attribute.byteSize) ?? 4);
  if (size === undefined) return undefined;
  const members = childrenOf(reader.info, entry)
    .filter((child) => child.tag === tag.enumerator)
    .flatMap((child) => {
      const name = child.attributes.get(attribute.name);
      const value = child.attributes.get(attribute.constValue);
      const valid = typeof name === "string" && (typeof value === "bigint" || typeof value === "number");
      return valid ? [{ name, value: BigInt(value) }] : [];
    });
  return { name: alias ?? structKey(entry), size, members };
}
