/** Kernel types to search and to open: fields with their offsets. */

import { showType, type KernelFacts, type StructField } from "@probewright/compiler";

export interface TypeField {
  readonly name: string;
  readonly type: string;
  /** Bytes from the start of the type; for members of an enum their value. */
  readonly offset: string;
  /** The type to go on with, as `typeNames` has it. */
  readonly target?: string;
}

export interface TypeNames {
  readonly names: readonly string[];
  readonly omitted: number;
}

const MOST_NAMES = 500;

/** Names in which all words stand; those that begin with the last word come first, then the shorter ones. */
export function searchTypes(query: string, facts: KernelFacts): TypeNames {
  const words = query
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "");
  const begins = (name: string): number =>
    name.slice(name.indexOf(" ") + 1).startsWith(words.at(-1) ?? "") ? 0 : 1;
  const found = facts
    .typeNames()
    .filter((name) => words.every((word) => name.toLowerCase().includes(word)))
    .sort(
      (left, right) => begins(left) - begins(right) || left.length - right.length || (left < right ? -1 : 1),
    );
  return { names: found.slice(0, MOST_NAMES), omitted: Math.max(0, found.length - MOST_NAMES) };
}

/** Undefined when the kernel has no such type. */
export function fieldsOf(name: string, facts: KernelFacts): readonly TypeField[] | undefined {
  const struct = facts.findStruct(name);
  if (struct !== undefined && struct !== "missing") return struct.fields.map(fieldOf);
  const found = facts.findEnum(name.replace(/^enum /, "")) ?? facts.findEnum(name);
  if (found === undefined || found === "missing") return undefined;
  return found.members.map((member) => ({ name: member.name, type: "", offset: member.value.toString() }));
}

function fieldOf({ name, type, cType, offset, bitfield }: StructField): TypeField {
  const bits = bitfield === undefined ? "" : `, ${bitfield.width.toString()} bits`;
  const inner = type.kind === "pointer" ? type.to : type.kind === "array" ? type.element : type;
  const target = inner.kind === "struct" ? inner.name : undefined;
  return {
    name,
    type: cType ?? showType(type),
    offset: `${offset.toString()}${bits}`,
    ...(target === undefined ? {} : { target }),
  };
}
