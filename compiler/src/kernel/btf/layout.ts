/** Sizes, alignments and the fields of structs and unions, from BTF. */

import type { EnumDefinition, StructDefinition, StructField, Type } from "../../types/type.ts";
import { type BtfMember, type BtfType, typeAt } from "./model.ts";
import type { Btf } from "./reader.ts";
import { spellDeclaration } from "./spelling.ts";
import { integerSize, type Stripped, strip, structKey, taggedName, typeOf } from "./to-type.ts";

/** Structs within structs; deeper is a loop in corrupt data. */
const MAX_NESTING = 32;
/** Members of one struct and of those merged into it; what corrupt data could multiply stops here. */
const MOST_MEMBERS = 65_536;

/** In bytes; 0 for void, functions and structs without a definition. */
export function sizeOf(btf: Btf, id: number, depth = 0): number {
  const { type } = strip(btf, id);
  if (depth > MAX_NESTING) return 0;
  switch (type.kind) {
    case "pointer":
      return 8;
    case "array":
      return type.count * sizeOf(btf, type.type, depth + 1);
    case "integer":
    case "struct":
    case "union":
    case "enum":
    case "enum64":
    case "float":
    case "data-section":
      return type.size;
    default:
      return 0;
  }
}

/** Alignments of structs already known, by id: they are asked for again by every struct that contains them. */
export type Alignments = Map<number, number>;

/** In bytes; a struct that is not laid out at its members' natural alignment is packed and aligned to 1. */
export function alignOf(btf: Btf, given: number, known: Alignments, depth = 0): number {
  const { id, type } = strip(btf, given);
  if (depth > MAX_NESTING) return 1;
  switch (type.kind) {
    case "pointer":
      return 8;
    case "array":
      return alignOf(btf, type.type, known, depth + 1);
    case "integer":
    case "enum":
    case "enum64":
    case "float":
      return Math.max(1, Math.min(type.size, 16));
    case "struct":
    case "union": {
      const align = known.get(id);
      return align ?? learnAlign(btf, id, type, known, depth);
    }
    default:
      return 1;
  }
}

function learnAlign(
  btf: Btf,
  id: number,
  type: BtfType & { readonly kind: "struct" | "union" },
  known: Alignments,
  depth: number,
): number {
  // What one that holds itself finds within itself: only corrupt data has it.
  known.set(id, 1);
  const align = structAlign(btf, type, known, depth);
  known.set(id, align);
  return align;
}

function structAlign(
  btf: Btf,
  type: BtfType & { readonly kind: "struct" | "union" },
  known: Alignments,
  depth: number,
): number {
  let align = 1;
  for (const member of type.members) {
    const memberAlign = alignOf(btf, member.type, known, depth + 1);
    if (member.bitWidth === 0 && member.bitOffset % (memberAlign * 8) !== 0) return 1;
    align = Math.max(align, memberAlign);
  }
  return type.size % align === 0 ? align : 1;
}

/** The definition of a struct or union; undefined for other types and for mere declarations. */
export function structDefinition(btf: Btf, id: number, known: Alignments): StructDefinition | undefined {
  const stripped = strip(btf, id);
  const { type } = stripped;
  if (type.kind !== "struct" && type.kind !== "union") return undefined;
  const fields: StructField[] = [];
  addFields({ btf, fields, left: MOST_MEMBERS }, type.members, 0, 0);
  fields.sort(byPosition);
  return {
    name: structKey(btf, stripped),
    size: type.size,
    // Of use only within another struct, and to be found by looking at all that the members are made of.
    get align() {
      return alignOf(btf, stripped.id, known);
    },
    fields,
    origin: "kernel",
  };
}

function byPosition(left: StructField, right: StructField): number {
  return left.offset - right.offset || (left.bitfield?.shift ?? 0) - (right.bitfield?.shift ?? 0);
}

interface Merging {
  readonly btf: Btf;
  readonly fields: StructField[];
  /** How many members may still be looked at. */
  left: number;
}

function addFields(merging: Merging, members: readonly BtfMember[], baseBits: number, depth: number): void {
  const { btf, fields } = merging;
  for (const member of members) {
    if (merging.left <= 0) return;
    merging.left -= 1;
    const bitOffset = baseBits + member.bitOffset;
    if (member.name !== "" && member.name !== "(anon)") {
      fields.push(fieldOf(btf, member, bitOffset));
      continue;
    }
    const { type } = strip(btf, member.type);
    if ((type.kind === "struct" || type.kind === "union") && depth < MAX_NESTING) {
      addFields(merging, type.members, bitOffset, depth + 1);
    }
  }
}

function fieldOf(btf: Btf, member: BtfMember, bitOffset: number): StructField {
  const stripped = strip(btf, member.type);
  const tags = stripped.type.kind === "pointer" ? strip(btf, stripped.type.type).tags : [];
  const type = typeOf(btf, member.type);
  const width = bitWidthOf(member, stripped);
  const start = stripped.type.kind === "integer" ? bitOffset + stripped.type.bitOffset : bitOffset;
  const place =
    width === undefined
      ? { type, offset: Math.floor(bitOffset / 8) }
      : bitFieldPlace(type, sizeOf(btf, member.type), start, width);
  let spelt: string | undefined;
  return {
    name: member.name,
    // A struct may have hundreds of fields, and few are ever shown: those again and again, as somebody types.
    get cType() {
      return (spelt ??= spellDeclaration(btf, member.type, ""));
    },
    ...(tags.length > 0 ? { tags } : {}),
    ...place,
  };
}

/** Older objects say the width of a bit-field in an integer type of its own. */
function bitWidthOf(member: BtfMember, { type }: Stripped): number | undefined {
  if (member.bitWidth > 0) return member.bitWidth;
  return type.kind === "integer" && type.bits > 0 && type.bits !== type.size * 8 ? type.bits : undefined;
}

/**
 * The storage unit that a bit-field is read from: one of its own type where the bits do not cross two of them, else the
 * smallest that holds them all.
 */
export function bitFieldPlace(
  type: Type,
  unitBytes: number,
  bitOffset: number,
  width: number,
): Pick<StructField, "type" | "offset" | "bitfield"> {
  const unitBits = Math.max(1, unitBytes) * 8;
  const unitStart = Math.floor(bitOffset / unitBits) * unitBits;
  if (bitOffset + width <= unitStart + unitBits) {
    return { type, offset: unitStart / 8, bitfield: { shift: bitOffset - unitStart, width } };
  }
  const offset = Math.floor(bitOffset / 8);
  const shift = bitOffset - offset * 8;
  const bytes = [1, 2, 4, 8].find((size) => shift + width <= size * 8) ?? 8;
  const size = integerSize(bytes) ?? 8;
  const wider: Type = type.kind === "integer" ? { ...type, size } : type;
  return { type: wider, offset, bitfield: { shift, width } };
}

/** The definition of an enum; undefined for other types. */
export function enumDefinition(btf: Btf, id: number): EnumDefinition | undefined {
  const stripped = strip(btf, id);
  const { type, alias } = stripped;
  if (type.kind !== "enum" && type.kind !== "enum64") return undefined;
  const size = integerSize(type.size);
  if (size === undefined) return undefined;
  return {
    name: taggedName(btf, "enum", type.name, alias, stripped.id),
    size,
    members: type.enumerators.map(({ name, value }) => ({ name, value })),
  };
}

/** The enumerator with this number in an enum. */
export function enumerator(
  btf: Btf,
  id: number,
  index: number,
): { readonly enum: string; readonly value: bigint } | undefined {
  const type = typeAt(btf, id);
  if (type.kind !== "enum" && type.kind !== "enum64") return undefined;
  const found = type.enumerators[index];
  if (found === undefined) return undefined;
  return { enum: taggedName(btf, "enum", type.name, 0, id), value: found.value };
}
