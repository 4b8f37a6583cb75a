/** Types of debug information as types of the language, and as C writes them. */

import type { IntegerSize, Type } from "@probewright/compiler";

import { attribute, encoding, tag } from "./constants.ts";
import { typeKind } from "./index.ts";
import { childrenOf, type Entry, readEntry, type Unit } from "./units.ts";

/** The entries of one binary. */
export interface EntryReader {
  readonly info: Buffer;
  /** The unit that holds an offset. */
  readonly unitAt: (offset: number) => Unit | undefined;
}

export interface DebugType {
  readonly type: Type;
  readonly spelling: string;
  /** In bytes; 0 when it has none. */
  readonly size: number;
}

/** Pointers, arrays and typedefs within each other; more is a loop in damaged data. */
const MAX_DEPTH = 40;
const voidType: DebugType = { type: { kind: "void" }, spelling: "void", size: 0 };
const unknown: DebugType = { type: { kind: "none" }, spelling: "?", size: 0 };

/** @returns undefined when there is no entry there */
export function entryAt(reader: EntryReader, offset: unknown): Entry | undefined {
  if (typeof offset !== "number") return undefined;
  const unit = reader.unitAt(offset);
  try {
    return unit === undefined ? undefined : readEntry(reader.info, unit, offset);
  } catch {
    return undefined;
  }
}

/** The type an entry says it has; without one it is void. */
export function typeOfEntry(reader: EntryReader, entry: Entry, depth = 0): DebugType {
  const offset = entry.attributes.get(attribute.type);
  if (offset === undefined) return voidType;
  const target = entryAt(reader, offset);
  return target === undefined || depth > MAX_DEPTH ? unknown : debugType(reader, target, depth + 1);
}

function debugType(reader: EntryReader, entry: Entry, depth: number): DebugType {
  const size = number(entry, attribute.byteSize) ?? 0;
  const name = entry.attributes.get(attribute.name);
  switch (entry.tag) {
    case tag.baseType:
      return baseType(entry, size);
    case tag.pointerType:
    case tag.referenceType:
    case tag.rvalueReferenceType:
      return pointerType(reader, entry, depth);
    case tag.typedef:
      return aliased(typeOfEntry(reader, entry, depth), text(name));
    case tag.constType:
      return qualified("const", typeOfEntry(reader, entry, depth));
    case tag.volatileType:
      return qualified("volatile", typeOfEntry(reader, entry, depth));
    case tag.restrictType:
    case tag.atomicType:
      return typeOfEntry(reader, entry, depth);
    case tag.arrayType:
      return arrayType(reader, entry, depth);
    case tag.structureType:
    case tag.classType:
    case tag.unionType: {
      const key = structKey(entry);
      return { type: { kind: "struct", name: key }, spelling: key, size };
    }
    case tag.enumerationType:
      return enumType(reader, entry, size);
    case tag.subroutineType:
      return {
        type: { kind: "none" },
        spelling: `${typeOfEntry(reader, entry, depth).spelling} ()`,
        size: 0,
      };
    default:
      return entry.tag === tag.unspecifiedType ? { ...voidType, spelling: text(name) } : { ...unknown, size };
  }
}

/** An attribute that is a number; undefined when it is none. */
export function number(entry: Entry, name: number): number | undefined {
  const value = entry.attributes.get(name);
  if (typeof value === "bigint") return Number(value);
  return typeof value === "number" ? value : undefined;
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

export const UNNAMED = /^(?:struct|union|enum) \(anonymous binary \d+\)$/;

/** A struct or enum without a name is known by the typedef nearest to it. */
function aliased(inner: DebugType, alias: string): DebugType {
  const { type } = inner;
  if (type.kind === "struct" && UNNAMED.test(type.name)) {
    return { ...inner, type: { kind: "struct", name: alias }, spelling: alias };
  }
  if (type.kind === "integer" && type.enumName !== undefined && UNNAMED.test(type.enumName)) {
    return { ...inner, type: { ...type, enumName: alias }, spelling: alias };
  }
  return { ...inner, spelling: alias };
}

/** The entry behind typedefs and qualifiers. */
export function strippedEntry(reader: EntryReader, entry: Entry): Entry {
  let found = entry;
  for (let depth = 0; depth < MAX_DEPTH; depth += 1) {
    const transparent =
      found.tag === tag.typedef ||
      found.tag === tag.constType ||
      found.tag === tag.volatileType ||
      found.tag === tag.atomicType;
    const next = transparent ? entryAt(reader, found.attributes.get(attribute.type)) : undefined;
    if (next === undefined) return found;
    found = next;
  }
  return found;
}

function qualified(word: string, inner: DebugType): DebugType {
  const spelling = inner.spelling.endsWith("*") ? `${inner.spelling}${word}` : `${word} ${inner.spelling}`;
  return { ...inner, spelling };
}

export function integerSize(size: number): IntegerSize | undefined {
  return size === 1 || size === 2 || size === 4 || size === 8 ? size : undefined;
}

function baseType(entry: Entry, size: number): DebugType {
  const spelling = text(entry.attributes.get(attribute.name));
  const kind = number(entry, attribute.encoding);
  const bytes = integerSize(size);
  if (kind === encoding.boolean && size === 1) return { type: { kind: "boolean" }, spelling, size };
  if (bytes === undefined || kind === encoding.float) return { type: { kind: "none" }, spelling, size };
  const signed = kind === encoding.signed || kind === encoding.signedChar;
  return { type: { kind: "integer", size: bytes, signed }, spelling, size };
}

function pointerType(reader: EntryReader, entry: Entry, depth: number): DebugType {
  const to = typeOfEntry(reader, entry, depth);
  const target: Type = to.type.kind === "none" ? { kind: "void" } : to.type;
  const mark = entry.tag === tag.pointerType ? "*" : entry.tag === tag.referenceType ? "&" : "&&";
  const spelling = to.spelling.endsWith("()")
    ? to.spelling.replace(/\(\)$/, "(*)()")
    : `${to.spelling}${to.spelling.endsWith("*") ? "" : " "}${mark}`;
  return { type: { kind: "pointer", to: target, space: "user" }, spelling, size: 8 };
}

function arrayType(reader: EntryReader, entry: Entry, depth: number): DebugType {
  const element = typeOfEntry(reader, entry, depth);
  const counts = childrenOf(reader.info, entry)
    .filter((child) => child.tag === tag.subrangeType)
    .map(elementCount);
  const spelling = `${element.spelling}${counts.map((count) => (count === 0 ? "[]" : `[${count}]`)).join("")}`;
  let { type, size } = element;
  let innermost = true;
  for (const count of [...counts].reverse()) {
    const characters = innermost && type.kind === "integer" && type.size === 1 && type.signed && count > 0;
    type = characters ? { kind: "string", size: count } : { kind: "array", element: type, count };
    size *= count;
    innermost = false;
  }
  return { type, spelling, size };
}

/** 0 for a flexible array member, which has neither count nor bound. */
function elementCount(subrange: Entry): number {
  const count = number(subrange, attribute.count);
  const bound = number(subrange, attribute.upperBound);
  const elements = count ?? (bound === undefined ? 0 : bound + 1);
  return Number.isSafeInteger(elements) && elements > 0 && elements < 2 ** 32 ? elements : 0;
}

function enumType(reader: EntryReader, entry: Entry, size: number): DebugType {
  const bytes = integerSize(size) ?? 4;
  const key = structKey(entry);
  const underlying = typeOfEntry(reader, entry).type;
  const signed = underlying.kind === "integer" && underlying.signed && hasNegative(reader, entry);
  return { type: { kind: "integer", size: bytes, signed, enumName: key }, spelling: key, size };
}

function hasNegative(reader: EntryReader, entry: Entry): boolean {
  return childrenOf(reader.info, entry).some((child) => {
    const value = child.attributes.get(attribute.constValue);
    return typeof value === "bigint" && value < 0n;
  });
}

/** `struct x`, or by its place when it has no name. */
export function structKey(entry: Entry): string {
  const kind = typeKind(entry.tag) ?? "struct";
  const name = entry.attributes.get(attribute.name);
  return typeof name === "string" ? `${kind} ${name}` : `${kind} (anonymous binary ${entry.offset})`;
}
