/** Places the members of structs and unions as the C ABI of x86-64 and arm64 does. */

import type { StructDefinition, StructField } from "../../types/type.ts";
import { bitFieldPlace } from "../btf/layout.ts";
import type { SizedType } from "./sized-type.ts";

export interface CMember {
  /** Undefined for an anonymous struct or union, and for bit-fields that only fill. */
  readonly name: string | undefined;
  readonly sized: SizedType;
  /** Of a bit-field, in bits. */
  readonly width: number | undefined;
  readonly packed: boolean;
  /** From `aligned(n)`, in bytes; 0 for none. */
  readonly minimumAlign: number;
  /** Fields to merge, for an anonymous struct or union. */
  readonly merged: readonly StructField[];
}

export interface CStruct {
  readonly name: string;
  readonly tag: "struct" | "union";
  readonly members: readonly CMember[];
  readonly packed: boolean;
  readonly minimumAlign: number;
  readonly origin: StructDefinition["origin"];
}

interface Position {
  /** In bits. */
  at: number;
  align: number;
  readonly fields: StructField[];
}

/** A member of unknown size takes no place, so that one unknown type does not hide the fields before it. */
export function layOutStruct({
  name,
  tag,
  members,
  packed,
  minimumAlign,
  origin,
}: CStruct): StructDefinition {
  const position: Position = { at: 0, align: Math.max(1, minimumAlign), fields: [] };
  let largest = 0;
  for (const member of members) {
    if (tag === "union") position.at = 0;
    if (member.width === undefined) placeMember(member, packed || member.packed, position);
    else placeBits(member, member.width, packed || member.packed, position);
    largest = Math.max(largest, position.at);
  }
  const bytes = Math.ceil(largest / 8);
  return {
    name,
    size: roundUp(bytes, position.align),
    align: position.align,
    fields: [...position.fields].sort(byPlace),
    origin,
  };
}

function byPlace(left: StructField, right: StructField): number {
  return left.offset - right.offset || (left.bitfield?.shift ?? 0) - (right.bitfield?.shift ?? 0);
}

function roundUp(value: number, to: number): number {
  return Math.ceil(value / to) * to;
}

function placeMember(member: CMember, packed: boolean, position: Position): void {
  const { sized } = member;
  const align = Math.max(packed ? 1 : sized.align, member.minimumAlign);
  const start = roundUp(position.at, align * 8);
  position.align = Math.max(position.align, align);
  position.at = start + (sized.size ?? 0) * 8;
  const offset = start / 8;
  if (member.name === undefined) {
    position.fields.push(...member.merged.map((field) => ({ ...field, offset: field.offset + offset })));
    return;
  }
  position.fields.push({ ...described(member, member.name), type: sized.type, offset });
}

function described(member: CMember, name: string): Omit<StructField, "type" | "offset"> {
  const { spelling, tags, unterminated } = member.sized;
  return {
    name,
    cType: spelling,
    ...(tags === undefined ? {} : { tags }),
    ...(unterminated === undefined ? {} : { unterminated }),
  };
}

/** A bit-field does not cross a boundary of its type unless packed; one of width 0 ends the unit. */
function placeBits(member: CMember, width: number, packed: boolean, position: Position): void {
  const { sized, name } = member;
  const unit = Math.max(1, sized.size ?? 1) * 8;
  if (width === 0) {
    position.at = roundUp(position.at, unit);
    return;
  }
  const crosses = Math.floor(position.at / unit) !== Math.floor((position.at + width - 1) / unit);
  const start = crosses && !packed ? roundUp(position.at, unit) : position.at;
  position.at = start + width;
  if (name === undefined) return;
  if (!packed) position.align = Math.max(position.align, sized.align);
  position.fields.push({
    ...described(member, name),
    ...bitFieldPlace(sized.type, sized.size ?? 1, start, width),
  });
}
