/**
 * BTF types as types of the language. The mapping of C types: integers by size and sign, `_Bool` as bool, enums as named
 * integers, `char` arrays as strings, function and void pointers as pointers to void, floats and 128-bit integers as `none`.
 */

import {
  boolean,
  integer,
  type IntegerSize,
  none,
  pointer,
  string,
  struct,
  type Type,
  voidType,
} from "../../types/type.ts";
import { type BtfType, btfVoid, typeAt } from "./model.ts";
import { type Btf, kindOf, nameOf, ownerOf, referenceOf } from "./reader.ts";

/** Typedefs and qualifiers in a row, or pointers and arrays in each other; a longer chain is a loop in corrupt data. */
const MAX_DEPTH = 48;

/** A type without its typedefs and qualifiers. */
export interface Stripped {
  readonly id: number;
  readonly type: BtfType;
  /** Id of the typedef nearest to the type, for structs and enums without a name of their own; 0 for none. */
  readonly alias: number;
  /** Names of the type tags passed, e.g. `user`. */
  readonly tags: readonly string[];
}

/** Follows typedefs, qualifiers and type tags to the type they stand for. */
export function strip(btf: Btf, id: number): Stripped {
  let alias = 0;
  let tags: readonly string[] = noTags;
  let current = id;
  for (let depth = 0; depth < MAX_DEPTH; depth += 1) {
    switch (kindOf(btf, current)) {
      case "typedef":
        alias = current;
        break;
      case "type-tag":
        tags = [...tags, nameOf(btf, current)];
        break;
      case "const":
      case "volatile":
      case "restrict":
        break;
      default:
        return { id: current, type: typeAt(btf, current), alias, tags };
    }
    current = referenceOf(btf, current);
  }
  return { id: 0, type: btfVoid, alias: 0, tags: noTags };
}

const noTags: readonly string[] = [];

/** The type of the language that stands for a C type; `none` where there is none. */
export function typeOf(btf: Btf, id: number, depth = 0): Type {
  const stripped = strip(btf, id);
  const { type } = stripped;
  if (depth > MAX_DEPTH) return none;
  switch (type.kind) {
    case "void":
      return voidType;
    case "integer":
      return integerType(type);
    case "pointer":
      return pointerType(btf, type.type, depth);
    case "array":
      return arrayType(btf, type, depth);
    case "struct":
    case "union":
    case "forward":
      return struct(structKey(btf, stripped));
    case "enum":
    case "enum64":
      return enumType(btf, stripped);
    case "typedef":
    case "volatile":
    case "const":
    case "restrict":
    case "type-tag":
    case "function":
    case "function-prototype":
    case "variable":
    case "data-section":
    case "float":
    case "declaration-tag":
      return none;
  }
}

/** The size as one of the language's integer sizes; undefined for what no integer has, e.g. 16. */
export function integerSize(bytes: number): IntegerSize | undefined {
  return bytes === 1 || bytes === 2 || bytes === 4 || bytes === 8 ? bytes : undefined;
}

/** Plain `char` is signed here, although kernels are built with `-funsigned-char` since 6.2: scripts ran before that. */
function integerType(type: BtfType & { readonly kind: "integer" }): Type {
  const size = integerSize(type.size);
  if (size === undefined) return none;
  if (type.boolean && size === 1) return boolean;
  return integer(size, type.signed || type.name === "char");
}

function enumType(btf: Btf, { id, type, alias }: Stripped): Type {
  if (type.kind !== "enum" && type.kind !== "enum64") return none;
  const size = integerSize(type.size);
  if (size === undefined) return none;
  return {
    kind: "integer",
    size,
    signed: type.signed,
    enumName: taggedName(btf, "enum", type.name, alias, id),
  };
}

function pointerType(btf: Btf, pointee: number, depth: number): Type {
  const { type, tags } = strip(btf, pointee);
  const space = tags.includes("user") ? "user" : "kernel";
  if (type.kind === "function-prototype") return pointer(voidType, space);
  const to = typeOf(btf, pointee, depth + 1);
  return pointer(to.kind === "none" ? voidType : to, space);
}

function arrayType(btf: Btf, type: BtfType & { readonly kind: "array" }, depth: number): Type {
  const element = strip(btf, type.type).type;
  if (element.kind === "integer" && element.size === 1 && !element.boolean && type.count > 0) {
    if (element.signed || element.name === "char") return string(type.count);
  }
  return { kind: "array", element: typeOf(btf, type.type, depth + 1), count: type.count };
}

/** The name under which a struct's or union's definition is found. */
export function structKey(btf: Btf, { id, type, alias }: Stripped): string {
  if (type.kind === "forward") return `${type.union ? "union" : "struct"} ${type.name}`;
  if (type.kind !== "struct" && type.kind !== "union") return "";
  return taggedName(btf, type.kind, type.name, alias, id);
}

/**
 * @param alias id of a typedef, 0 for none
 * @returns `struct x`, the typedef of an unnamed struct, or `struct (anonymous vmlinux 123)`; the last is found again by
 * `anonymousId`.
 */
export function taggedName(
  btf: Btf,
  tag: "struct" | "union" | "enum",
  name: string,
  alias: number,
  id: number,
): string {
  if (name !== "" && name !== "(anon)") return `${tag} ${name}`;
  if (alias !== 0) return nameOf(btf, alias);
  return `${tag} (anonymous ${ownerOf(btf, id).module} ${id})`;
}

/** Module and id in a name that `taggedName` made for an unnamed type. */
export function anonymousId(name: string): { readonly module: string; readonly id: number } | undefined {
  const match = /^(?:struct|union|enum) \(anonymous (\S+) (\d+)\)$/.exec(name);
  return match?.[1] === undefined ? undefined : { module: match[1], id: Number(match[2]) };
}
