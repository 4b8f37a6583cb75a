/** Finds functions and types of debug information by name: one pass over the entries that are not inside functions. */

import { attribute, tag } from "./constants.ts";
import { cursorAt } from "./cursor.ts";
import {
  abbreviationAt,
  type Entry,
  readEntry,
  type Sections,
  skipAttributes,
  skipChildren,
  type Unit,
} from "./units.ts";

export interface DebugIndex {
  /** Offsets of entries by name; those in namespaces and classes also as `space::name`. */
  readonly functions: ReadonlyMap<string, readonly number[]>;
  /**
   * By `struct x`, `union x`, `enum x`, with and without namespaces; classes count as structs;
   * typedefs by their bare name. The first one wins.
   */
  readonly types: ReadonlyMap<string, number>;
}

/** Entries looked at; the debug information of the largest programs has fewer outside their functions. */
const MAX_ENTRIES = 20_000_000;

interface Building {
  readonly sections: Sections;
  readonly functions: Map<string, number[]>;
  readonly types: Map<string, number>;
  left: number;
}

export function buildIndex(sections: Sections, units: readonly Unit[]): DebugIndex {
  const building: Building = { sections, functions: new Map(), types: new Map(), left: MAX_ENTRIES };
  for (const unit of units) {
    try {
      indexUnit(building, unit);
    } catch {
      // A damaged unit ends here; those after it have their own offsets.
    }
  }
  return building;
}

/** Tags whose children are names too. */
const scopes: ReadonlySet<number> = new Set<number>([
  tag.compileUnit,
  tag.partialUnit,
  tag.namespace,
  tag.classType,
  tag.structureType,
  tag.unionType,
]);
const wanted: ReadonlySet<number> = new Set<number>([
  ...scopes,
  tag.subprogram,
  tag.enumerationType,
  tag.typedef,
]);

function indexUnit(building: Building, unit: Unit): void {
  const cursor = cursorAt(building.sections.info, unit.firstEntry);
  const path: string[] = [];
  while (cursor.at < unit.end && building.left > 0) {
    building.left -= 1;
    const start = cursor.at;
    const abbreviation = abbreviationAt(cursor, unit);
    if (abbreviation === undefined) {
      if (path.pop() === undefined) return;
      continue;
    }
    if (!wanted.has(abbreviation.tag)) {
      skipAttributes(cursor, abbreviation, unit);
      if (abbreviation.hasChildren) skipChildren(cursor, unit);
      continue;
    }
    const entry = readEntry(building.sections.info, unit, start);
    if (entry === undefined) return;
    cursor.at = entry.children;
    const name = record(building, entry, path);
    if (!entry.hasChildren) continue;
    if (scopes.has(entry.tag)) path.push(name);
    else skipChildren(cursor, unit);
  }
}

/** @returns what the names of its children start with: empty for units and entries without a name */
function record(building: Building, entry: Entry, path: readonly string[]): string {
  const name = entry.attributes.get(attribute.name);
  const isDeclaration = entry.attributes.has(attribute.declaration);
  if (entry.tag === tag.subprogram) {
    recordFunction(building, entry, path);
    return "";
  }
  if (typeof name !== "string" || entry.tag === tag.compileUnit || entry.tag === tag.partialUnit) return "";
  if (entry.tag === tag.namespace || isDeclaration) return name;
  const kind = typeKind(entry.tag);
  const prefix = kind === undefined ? "" : `${kind} `;
  for (const key of [`${prefix}${name}`, `${prefix}${qualified(path, name)}`]) {
    if (!building.types.has(key)) building.types.set(key, entry.offset);
  }
  return name;
}

export function typeKind(entryTag: number): "struct" | "union" | "enum" | undefined {
  switch (entryTag) {
    case tag.structureType:
    case tag.classType:
      return "struct";
    case tag.unionType:
      return "union";
    case tag.enumerationType:
      return "enum";
    default:
      return undefined;
  }
}

function qualified(path: readonly string[], name: string): string {
  return [...path.filter((part) => part !== ""), name].join("::");
}

/** A definition may have its name in a declaration; a declaration without a body says nothing about parameters' names. */
function recordFunction({ sections, functions }: Building, entry: Entry, path: readonly string[]): void {
  if (entry.attributes.has(attribute.declaration)) return;
  const origin = originOf(sections.info, entry);
  const names = [entry, ...(origin === undefined ? [] : [origin])].flatMap(({ attributes }) => [
    attributes.get(attribute.name),
    attributes.get(attribute.linkageName),
  ]);
  for (const name of new Set(names)) {
    if (typeof name !== "string") continue;
    add(functions, name, entry.offset);
    const full = qualified(path, name);
    if (full !== name) add(functions, full, entry.offset);
  }
}

function add(functions: Map<string, number[]>, name: string, offset: number): void {
  const found = functions.get(name);
  if (found === undefined) functions.set(name, [offset]);
  else found.push(offset);
}

/** The declaration or abstract instance that an entry completes, when it is in the same unit. */
export function originOf(info: Buffer, { unit, attributes }: Entry): Entry | undefined {
  const at = attributes.get(attribute.specification) ?? attributes.get(attribute.abstractOrigin);
  if (typeof at !== "number" || at < unit.firstEntry || at >= unit.end) return undefined;
  try {
    return readEntry(info, unit, at);
  } catch {
    return undefined;
  }
}
