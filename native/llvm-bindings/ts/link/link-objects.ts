/**
 * Puts objects that are compiled already behind the script's own: their functions, maps and data become parts of it that nobody
 * else can name. Their programs and license stay out. Pure; the kernel's types and fields are left for libbpf to look up.
 */

import {
  findSection,
  INSTRUCTION_BYTES,
  readObject,
  type BpfObject,
  type ObjectRelocation,
  type ObjectSection,
  type ObjectSymbol,
} from "../object.ts";
import { place, writeImage, type Image, type ImageSection, type ImageSymbol } from "./image.ts";
import { mapsSection, mergeTypes, type TypeInput } from "./merge-btf.ts";
import { mergeExt } from "./merge-ext.ts";
import { externalNames, isBrought } from "./names.ts";
import { noTypes } from "./type-section.ts";

export type LinkResult =
  | { readonly kind: "ok"; readonly object: Uint8Array }
  | { readonly kind: "error"; readonly message: string };

interface PlacedSection {
  readonly section: ImageSection;
  readonly start: number;
}

interface Part {
  /** As messages call it. */
  readonly name: string;
  readonly object: BpfObject;
  readonly isScript: boolean;
  /** By index of the section in the part. */
  readonly placed: ReadonlyMap<number, PlacedSection>;
  readonly symbols: Map<ObjectSymbol, ImageSymbol>;
  readonly renamed: Map<string, string>;
}

class Refusal extends Error {}

const RELOCATION = { load64: 1, data: 2, call: 10 };
const ALLOCATED = 2;
/** A page: nothing that a C compiler makes wants more. */
const MOST_ALIGN = 4096;

/** @param others objects of C files that a compiler made with type information */
export function linkObjects(script: Uint8Array, others: readonly Uint8Array[]): LinkResult {
  try {
    return { kind: "ok", object: link(script, others) };
  } catch (error) {
    if (error instanceof Refusal) return { kind: "error", message: error.message };
    throw error;
  }
}

function link(script: Uint8Array, others: readonly Uint8Array[]): Uint8Array {
  const image: Image = { sections: [], symbols: [], relocations: [] };
  const parts = [script, ...others].map((bytes, i) => openPart(bytes, i === 0, image));
  const taken = new Set<string>();
  for (const part of parts) for (const symbol of part.object.symbols) define(part, symbol, image, taken);
  const definitions = sharedDefinitions(parts);
  const externals = new Map<string, ImageSymbol>();
  const resolve = (part: Part, symbol: ObjectSymbol): ImageSymbol => {
    const own = part.symbols.get(symbol);
    const isShared = !part.isScript && symbol.binding === "weak";
    const found = own !== undefined && !isShared ? own : (definitions.get(symbol.name)?.symbol ?? own);
    return found ?? external(part, symbol, externals, image);
  };
  for (const part of parts) for (const each of part.object.relocations) relocate(part, each, resolve, image);
  // Of what LLVM linked only names that nothing defines are left to be found.
  return others.length === 0 ? script : writeImage(image, mergedTypes(parts, image));
}

interface Definition {
  readonly symbol: ImageSymbol;
  readonly isWeak: boolean;
  readonly of: Part;
}

/** What objects have for each other and for the script, by name. */
function sharedDefinitions(parts: readonly Part[]): ReadonlyMap<string, Definition> {
  const definitions = new Map<string, Definition>();
  for (const part of parts.filter(({ isScript }) => !isScript)) {
    for (const [{ name, binding }, symbol] of part.symbols) {
      const isWeak = binding === "weak";
      if (!isWeak && binding !== "global") continue;
      const known = definitions.get(name);
      if (known?.isWeak === false && !isWeak)
        throw new Refusal(`'${name}' is defined in '${known.of.name}' and in '${part.name}'`);
      if (known === undefined || (known.isWeak && !isWeak))
        definitions.set(name, { symbol, isWeak, of: part });
    }
  }
  return definitions;
}

function openPart(bytes: Uint8Array, isScript: boolean, image: Image): Part {
  const read = readObject(bytes);
  if (read.kind === "error") throw new Refusal(read.message);
  const { object } = read;
  const name = object.symbols.find(({ kind }) => kind === "file")?.name ?? "an object";
  const placed = new Map<number, PlacedSection>();
  for (const section of object.sections.filter((each) => belongs(each, isScript))) {
    const known = image.sections.find((each) => each.name === section.name);
    if (section.align > MOST_ALIGN || (known !== undefined && known.type !== section.type))
      throw new Refusal(`the section '${section.name}' of '${name}' is of an odd kind`);
    placed.set(section.index, place(image, section));
  }
  return { name, object, isScript, placed, symbols: new Map(), renamed: new Map() };
}

function belongs(section: ObjectSection, isScript: boolean): boolean {
  return isScript ? (section.flags & ALLOCATED) !== 0 : isBrought(section);
}

/** What the part has at the symbol, in the image; nothing for what is not linked. */
function define(part: Part, symbol: ObjectSymbol, image: Image, taken: Set<string>): void {
  const at = symbol.section === undefined ? undefined : part.placed.get(symbol.section);
  if (at === undefined) return;
  const { kind } = symbol;
  if (kind === "file" || kind === "other") return;
  if (kind === "section") {
    part.symbols.set(symbol, sectionSymbol(image, at.section));
    return;
  }
  // libbpf takes maps that are global only, and by their name.
  const isMap = at.section.name === mapsSection && kind === "object";
  const isLocal = symbol.binding === "local" || (!part.isScript && !isMap);
  const name = isMap ? freeName(symbol.name, taken) : symbol.name;
  if (isMap) taken.add(name);
  if (name !== symbol.name) part.renamed.set(symbol.name, name);
  const made: ImageSymbol = {
    name,
    kind,
    binding: isLocal ? "local" : "global",
    section: at.section,
    offset: at.start + symbol.offset,
    size: symbol.size,
  };
  part.symbols.set(symbol, made);
  image.symbols.push(made);
}

/** One for each section of the image. */
function sectionSymbol(image: Image, section: ImageSection): ImageSymbol {
  const known = image.symbols.find((each) => each.kind === "section" && each.section === section);
  if (known !== undefined) return known;
  const made: ImageSymbol = { name: "", kind: "section", binding: "local", section, offset: 0, size: 0 };
  image.symbols.push(made);
  return made;
}

/** An object's maps are its own: that the script has one of the name, too, is nobody's mistake. */
function freeName(name: string, taken: ReadonlySet<string>): string {
  let free = name;
  for (let i = 2; taken.has(free); i += 1) free = `${name}_${i}`;
  return free;
}

/** What the kernel or its configuration defines, which types say. */
function external(
  part: Part,
  symbol: ObjectSymbol,
  externals: Map<string, ImageSymbol>,
  image: Image,
): ImageSymbol {
  const { name, section } = symbol;
  const holder = section === undefined ? undefined : part.object.sections[section]?.name;
  if (holder !== undefined)
    throw new Refusal(`'${part.name}' needs its section '${holder}', which is not linked`);
  if (!externalNames(part.object).has(name))
    throw new Refusal(`'${name}' is used${part.isScript ? "" : ` in '${part.name}'`} and defined nowhere`);
  const known = externals.get(name);
  const binding = symbol.binding === "weak" ? "weak" : "global";
  if (known !== undefined) {
    if (binding === "global") known.binding = binding;
    return known;
  }
  const made: ImageSymbol = { name, kind: "none", binding, section: undefined, offset: 0, size: 0 };
  externals.set(name, made);
  image.symbols.push(made);
  return made;
}

function relocate(
  part: Part,
  { section, offset, kind, symbol }: ObjectRelocation,
  resolve: (part: Part, symbol: ObjectSymbol) => ImageSymbol,
  image: Image,
): void {
  const at = part.placed.get(section);
  if (at === undefined) return;
  if (kind === "data" && at.section.name !== mapsSection)
    throw new Refusal(
      `'${part.name}' keeps addresses in its section '${at.section.name}', which nothing fills in`,
    );
  const target = resolve(part, symbol);
  const moved = symbol.kind === "section" ? part.placed.get(symbol.section ?? -1)?.start : undefined;
  if (moved !== undefined && moved !== 0) moveTarget(at, offset, kind, moved);
  image.relocations.push({
    section: at.section,
    offset: at.start + offset,
    type: RELOCATION[kind],
    symbol: target,
  });
}

/** Where something lies in its section stands in the instruction or in the data; calls count instructions. */
function moveTarget(
  { section, start }: PlacedSection,
  offset: number,
  kind: ObjectRelocation["kind"],
  by: number,
): void {
  const piece = section.pieces.find(({ at }) => at === start);
  if (piece === undefined) return;
  const view = new DataView(piece.bytes.buffer, piece.bytes.byteOffset, piece.bytes.byteLength);
  const field = kind === "data" ? offset : offset + 4;
  if (field + 4 > view.byteLength)
    throw new Refusal("a relocation of the object lies outside of its section");
  view.setInt32(field, view.getInt32(field, true) + (kind === "call" ? by / INSTRUCTION_BYTES : by), true);
}

function mergedTypes(
  parts: readonly Part[],
  image: Image,
): { readonly btf: Uint8Array; readonly ext: Uint8Array } {
  const inputs = parts.map((part) => typeInput(part));
  const btf = mergeTypes(
    inputs,
    (name) => image.sections.find((section) => section.name === name)?.size ?? 0,
  );
  if (btf === undefined) throw new Refusal("the type information of an object (.BTF) cannot be read");
  const ext = mergeExt(
    parts.flatMap((part, i) => {
      const [bytes, moved] = [findSection(part.object, ".BTF.ext")?.bytes, btf.moved[i]];
      const types = inputs[i]?.bytes;
      if (bytes === undefined || moved === undefined || types === undefined) return [];
      const startOf = (name: string): number | undefined =>
        part.placed.get(findSection(part.object, name)?.index ?? -1)?.start;
      return [{ bytes, types, moved, startOf }];
    }),
  );
  if (ext === undefined) throw new Refusal("what an object says of its lines (.BTF.ext) cannot be read");
  return { btf: btf.bytes, ext };
}

function typeInput(part: Part): TypeInput {
  const bytes = findSection(part.object, ".BTF")?.bytes ?? (part.isScript ? noTypes : undefined);
  if (bytes === undefined)
    throw new Refusal(`'${part.name}' has no type information (.BTF); compile it with -g`);
  const places = new Map(
    part.object.symbols.map((symbol) => [symbol.kind === "object" ? symbol.name : "", symbol]),
  );
  return {
    bytes,
    isPrivate: !part.isScript,
    renamed: part.renamed,
    placeOf: (section, variable) => {
      const symbol = places.get(variable);
      const placed = symbol === undefined ? undefined : part.symbols.get(symbol);
      return placed?.section?.name === section ? placed.offset : undefined;
    },
  };
}
