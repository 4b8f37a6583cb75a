/** What debug information tells about a binary: parameters of functions, types, source lines. Each part is read when asked for. */

import type { EnumDefinition, FunctionPrototype, StructDefinition } from "@probewright/compiler";

import type { ElfFile } from "../elf.ts";
import { attribute, tag } from "./constants.ts";
import { buildIndex, type DebugIndex, originOf } from "./index.ts";

import { addressesOfLine } from "./lines.ts";
import { type SplitFiles, withSplitUnits } from "./split.ts";
import { enumDefinition, structDefinition } from "./structs.ts";
import { entryAt, type EntryReader, strippedEntry, structKey, typeOfEntry, UNNAMED } from "./types.ts";
import { childrenOf, type Entry, readSections, readUnits, type Unit } from "./units.ts";

export interface DebugInfo {
  /** By plain, qualified or linkage name. */
  readonly parameters: (functionName: string) => FunctionPrototype | undefined;
  readonly findStruct: (name: string) => StructDefinition | undefined;
  readonly findEnum: (name: string) => EnumDefinition | undefined;
  readonly addressesOfLine: (file: string, line: number, column: number) => readonly bigint[];
}

interface Contents {
  readonly info: Buffer;
  readonly units: readonly Unit[];
  readonly index: DebugIndex;
}

/**
 * @param splitFiles where what was split off the file lies
 * @returns undefined when there is no debug information that can be read
 */
export function openDebugInfo(elf: ElfFile, splitFiles?: SplitFiles): DebugInfo | undefined {
  const sections = readSections(elf);
  if (sections === undefined) return undefined;
  let read: Contents | undefined;
  const contents = (): Contents => {
    if (read === undefined) {
      const own = { info: sections.info, units: readUnits(sections) };
      const { info, units } = splitFiles === undefined ? own : withSplitUnits(own, splitFiles);
      read = { info, units, index: buildIndex({ ...sections, info }, units) };
    }
    return read;
  };
  const reader: EntryReader = {
    get info() {
      return contents().info;
    },
    unitAt: (offset) => unitAt(contents().units, offset),
  };
  const typeNamed = (name: string): Found | undefined => {
    const anonymous = /^\w+ \(anonymous binary (\d+)\)$/.exec(name)?.[1];
    const offset = anonymous === undefined ? contents().index.types.get(name) : Number(anonymous);
    const entry = entryAt(reader, offset);
    if (entry === undefined) return undefined;
    const target = strippedEntry(reader, entry);
    const alias = entry.tag === tag.typedef && UNNAMED.test(structKey(target)) ? name : undefined;
    return { entry: target, alias };
  };
  return {
    parameters: (name) =>
      safely(() => {
        const entries = (contents().index.functions.get(name) ?? [])
          .map((offset) => entryAt(reader, offset))
          .filter((entry) => entry !== undefined);
        const found = entries.find((entry) => entry.hasChildren) ?? entries[0];
        return found === undefined ? undefined : prototypeOf(reader, found, name);
      }),
    findStruct: (name) =>
      safely(() => ifFound(typeNamed(name), ({ entry, alias }) => structDefinition(reader, entry, alias))),
    findEnum: (name) =>
      safely(() => ifFound(typeNamed(name), ({ entry, alias }) => enumDefinition(reader, entry, alias))),
    addressesOfLine: (file, line, column) => addressesOfLine(sections, { file, line, column }),
  };
}

interface Found {
  readonly entry: Entry;
  /** The typedef asked for, when what it stands for has no name. */
  readonly alias: string | undefined;
}

function ifFound<T>(found: Found | undefined, use: (found: Found) => T): T | undefined {
  return found === undefined ? undefined : use(found);
}

/** Damaged debug information tells nothing. */
function safely<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** By bisection: units are in order. */
function unitAt(units: readonly Unit[], offset: number): Unit | undefined {
  let low = 0;
  let high = units.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const unit = units[middle];
    if (unit === undefined) return undefined;
    if (offset < unit.firstEntry) high = middle - 1;
    else if (offset >= unit.end) low = middle + 1;
    else return unit;
  }
  return undefined;
}

function prototypeOf(reader: EntryReader, entry: Entry, name: string): FunctionPrototype {
  const origin = originOf(reader.info, entry);
  const returns = typeOfEntry(reader, entry.attributes.has(attribute.type) ? entry : (origin ?? entry));
  const own = parametersOf(reader, entry);
  return {
    name,
    module: "",
    parameters: own.length > 0 || origin === undefined ? own : parametersOf(reader, origin),
    returns: returns.type,
    returnsCType: returns.spelling,
  };
}

function parametersOf(reader: EntryReader, entry: Entry): FunctionPrototype["parameters"] {
  return childrenOf(reader.info, entry)
    .filter((child) => child.tag === tag.formalParameter)
    .map((child, i) => {
      const source = child.attributes.has(attribute.type) ? child : (originOf(reader.info, child) ?? child);
      const { type, spelling } = typeOfEntry(reader, source);
      const name = child.attributes.get(attribute.name) ?? source.attributes.get(attribute.name);
      return { name: typeof name === "string" ? name : `arg${i}`, type, cType: spelling };
    });
}
