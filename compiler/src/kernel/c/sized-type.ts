/** Types of C with what laying them out takes. */

import {
  type AddressSpace,
  boolean,
  integer,
  type IntegerSize,
  none,
  pointer,
  string,
  type Type,
  voidType,
} from "../../types/type.ts";
import type { FunctionPrototype } from "../facts.ts";

export interface SizedType {
  readonly type: Type;
  /** In bytes; undefined for what has none: void, functions, structs that are only declared. */
  readonly size: number | undefined;
  readonly align: number;
  /** As C writes it, without a name. */
  readonly spelling: string;
  /** Set for functions, which become prototypes or, behind a pointer, `void *`. */
  readonly signature?: Signature;
  readonly tags?: readonly string[];
  /** As in `StructField`. */
  readonly unterminated?: true;
}

export interface Signature {
  readonly returns: SizedType;
  readonly parameters: FunctionPrototype["parameters"];
}

/** How the types of one text are made. */
export interface TypeStyle {
  /** Memory that pointers point into; a `user` tag wins. */
  readonly space: AddressSpace;
  /**
   * `char a[N]` in a script is a string of N characters and a terminating NUL, in the kernel's and a binary's own types one
   * of N bytes.
   */
  readonly strings: "terminated" | "exact";
}

export const voidSized: SizedType = { type: voidType, size: undefined, align: 1, spelling: "void" };

export function integerSized(size: IntegerSize, signed: boolean, spelling: string): SizedType {
  return { type: integer(size, signed), size, align: size, spelling };
}

/** Sizes of `long double` and `__int128`, which the language has no type for. */
export function opaqueSized(size: number, spelling: string): SizedType {
  return { type: none, size, align: Math.min(size, 16), spelling };
}

/** A type whose name nobody knows: it takes no place, and using a field of it is an error. */
export function unknownSized(spelling: string): SizedType {
  return { type: none, size: undefined, align: 1, spelling };
}

export function pointerSized(to: SizedType, tags: readonly string[], style: TypeStyle): SizedType {
  const space = tags.includes("user") ? "user" : style.space;
  const target = to.signature !== undefined || to.type.kind === "none" ? voidType : to.type;
  const star = to.spelling.endsWith("*") ? "*" : " *";
  return {
    type: pointer(target, space),
    size: 8,
    align: 8,
    spelling: to.signature === undefined ? `${to.spelling}${star}` : to.spelling.replace(" (", " (*)("),
    ...(tags.length > 0 ? { tags } : {}),
  };
}

/** @param count 0 for a flexible array member */
export function arraySized(element: SizedType, count: number, style: TypeStyle): SizedType {
  const { type } = element;
  const characters = type.kind === "integer" && type.size === 1 && type.signed && isCharacter(element);
  const terminator = style.strings === "terminated" ? 1 : 0;
  return {
    type: characters && count > 0 ? string(count + terminator) : { kind: "array", element: type, count },
    size: element.size === undefined ? undefined : element.size * count,
    align: element.align,
    spelling: withDimension(element.spelling, count),
    ...(characters && count > 0 && terminator > 0 ? { unterminated: true } : {}),
  };
}

function isCharacter({ spelling, type }: SizedType): boolean {
  return type.kind === "integer" && type.enumName === undefined && spelling !== "bool";
}

/** The first dimension stands first: `int[2][3]` is two of `int[3]`. */
function withDimension(spelling: string, count: number): string {
  const dimension = count === 0 ? "[]" : `[${count}]`;
  const at = spelling.search(/(\[\d*\])+$/);
  return at === -1 ? `${spelling}${dimension}` : `${spelling.slice(0, at)}${dimension}${spelling.slice(at)}`;
}

/** An array within an array: its elements keep the distance that C gives them. */
export function nestedArrayElement(element: SizedType): SizedType {
  const { type, size } = element;
  if (type.kind !== "string" || size === undefined) return element;
  const { unterminated: _, ...rest } = element;
  return { ...rest, type: string(size) };
}

const plainWords = new Set([
  "void",
  "char",
  "short",
  "int",
  "long",
  "signed",
  "__signed",
  "__signed__",
  "unsigned",
  "float",
  "double",
  "_Bool",
  "bool",
  "__int128",
  "__int128_t",
  "__uint128_t",
  "_Complex",
  "_Float128",
  "__float128",
  "_Float64",
  "_Float32",
  "_Float16",
  "__bf16",
  "_Float64x",
  "_Float32x",
  "__builtin_va_list",
]);

export function isPlainWord(word: string): boolean {
  return plainWords.has(word);
}

/** The type of words such as `unsigned long int`, in any order. */
export function plainType(words: readonly string[]): SizedType {
  const spelling = words.join(" ");
  const has = (word: string): boolean => words.includes(word);
  if (has("void")) return voidSized;
  if (has("_Bool") || has("bool")) return { type: boolean, size: 1, align: 1, spelling: "bool" };
  const opaque = opaqueSize(has, words);
  if (opaque !== undefined) return opaqueSized(opaque, spelling);
  const size: IntegerSize = has("char") ? 1 : has("short") ? 2 : has("long") ? 8 : 4;
  return integerSized(size, !has("unsigned"), spelling);
}

function opaqueSize(has: (word: string) => boolean, words: readonly string[]): number | undefined {
  if (words.some((word) => word.includes("128"))) return 16;
  if (has("__builtin_va_list")) return 24;
  if (has("_Float16") || has("__bf16")) return 2;
  if (has("float") || has("_Float32")) return has("_Complex") ? 8 : 4;
  if (has("double")) return (has("long") ? 16 : 8) * (has("_Complex") ? 2 : 1);
  if (has("_Float64") || has("_Float32x")) return 8;
  return has("_Float64x") ? 16 : undefined;
}
