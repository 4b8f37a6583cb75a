/**
 * Reads the C type of one field or parameter, such as `const char *`, `unsigned long[6]` or `struct file *`. Only what
 * kernels write in tracepoint formats: no function pointers.
 */

import {
  type AddressSpace,
  boolean,
  integer,
  type IntegerType,
  none,
  pointer,
  string,
  struct,
  type Type,
  voidType,
} from "../types/type.ts";

export interface CTypeName {
  /** `struct x`, `enum x` or the words of a plain type in the order written, without qualifiers. */
  readonly base: string;
  readonly pointers: number;
  /** Type tags such as `user`, written `__user` or as an attribute. */
  readonly tags: readonly string[];
  /** Text between the brackets of each dimension. */
  readonly dimensions: readonly string[];
}

const ignored = new Set([
  "const",
  "volatile",
  "restrict",
  "__restrict",
  "__seg_gs",
  "__seg_fs",
  "__force",
  "register",
  "static",
  "extern",
]);
const spaceTags = new Map([
  ["__user", "user"],
  ["__percpu", "percpu"],
  ["__rcu", "rcu"],
  ["__kernel", "kernel"],
  ["__iomem", "iomem"],
]);
const ATTRIBUTE = /__attribute__\s*\(\((?:[^()]|\([^()]*\))*\)\)/g;
const TYPE_TAG = /btf_type_tag\("(\w+)"\)/;

/** Reads a C type written without a name. Never fails: what is not understood ends up in `base`. */
export function parseCTypeName(text: string): CTypeName {
  const tags: string[] = [];
  const plain = text.replace(ATTRIBUTE, (attribute) => {
    const tag = TYPE_TAG.exec(attribute)?.[1];
    if (tag !== undefined) tags.push(tag);
    return " ";
  });
  const dimensions = [...plain.matchAll(/\[([^\]]*)\]/g)].map((match) => (match[1] ?? "").trim());
  const words: string[] = [];
  let pointers = 0;
  for (const word of plain.replace(/\[[^\]]*\]/g, "").match(/\*|[\w.]+/g) ?? []) {
    const tag = spaceTags.get(word);
    if (word === "*") pointers += 1;
    else if (tag !== undefined) tags.push(tag);
    else if (!ignored.has(word)) words.push(word);
  }
  return { base: words.join(" "), pointers, tags, dimensions };
}

/** How names of types are resolved. */
export interface CTypeNames {
  /** A typedef, or an integer by its C name. */
  readonly findTypedef: (name: string) => Type | undefined;
  readonly findEnum: (name: string) => { readonly size: 1 | 2 | 4 | 8 } | undefined;
  readonly space: AddressSpace;
}

/**
 * The type of a C type name; undefined when its base is not known. `elementCount` stands for a dimension that is no number.
 */
export function typeOfCTypeName(
  parsed: CTypeName,
  names: CTypeNames,
  elementCount: (elementSize: Type) => number,
): Type | undefined {
  const base = baseType(parsed.base, names);
  if (base === undefined && parsed.pointers === 0) return undefined;
  const space = parsed.tags.includes("user") ? "user" : names.space;
  let type = base ?? voidType;
  for (let i = 0; i < parsed.pointers; i += 1) type = pointer(type, space);
  for (const dimension of [...parsed.dimensions].reverse()) {
    type = arrayOf(type, count(dimension) ?? elementCount(type), parsed);
  }
  return type;
}

function count(dimension: string): number | undefined {
  return /^\d+$/.test(dimension) ? Number(dimension) : undefined;
}

/** Arrays of plain or signed `char` are strings, as in BTF. */
function arrayOf(element: Type, size: number, { base, pointers }: CTypeName): Type {
  const character = pointers === 0 && (base === "char" || base === "signed char");
  return character && element.kind === "integer" && size > 0
    ? string(size)
    : { kind: "array", element, count: size };
}

function baseType(base: string, names: CTypeNames): Type | undefined {
  const tagged = /^(struct|union|enum) (\w+)$/.exec(base);
  if (tagged?.[1] === "enum") {
    const size = names.findEnum(base)?.size ?? 4;
    return { kind: "integer", size, signed: false, enumName: base };
  }
  if (tagged !== null) return struct(base);
  return plainCType(base) ?? kernelIntegers.get(base) ?? names.findTypedef(base);
}

/**
 * Integers that all kernels name so, on machines of 64 bits. Asking a kernel's types for these alone would mean to read
 * megabytes for a script of three tracepoints. Source: include/linux/types.h and include/uapi/asm-generic/posix_types.h.
 */
const kernelIntegers: ReadonlyMap<string, Type> = new Map(
  (
    [
      [integer(1, false), "u8 __u8 uint8_t"],
      [integer(1, true), "s8 __s8 int8_t"],
      [integer(2, false), "u16 __u16 uint16_t umode_t"],
      [integer(2, true), "s16 __s16 int16_t"],
      [integer(4, false), "u32 __u32 uint32_t uint dev_t uid_t gid_t gfp_t qid_t"],
      [integer(4, true), "s32 __s32 int32_t pid_t key_t key_serial_t clockid_t timer_t mqd_t rwf_t"],
      [integer(8, false), "u64 __u64 uint64_t size_t ino_t sector_t aio_context_t"],
      [integer(8, true), "s64 __s64 int64_t ssize_t loff_t off_t time64_t"],
    ] as const
  ).flatMap(([type, names]) => names.split(" ").map((name) => [name, type] as const)),
);

/** A type that C itself names, such as `unsigned long`; words in any order. */
export function plainCType(base: string): Type | undefined {
  const words = base.split(" ");
  if (base === "void") return voidType;
  if (base === "bool" || base === "_Bool") return boolean;
  const known = words.every((word) => /^(unsigned|signed|char|short|int|long|float|double)$/.test(word));
  if (!known || base === "") return undefined;
  if (words.includes("float") || words.includes("double")) return none;
  return integer(plainSize(words), !words.includes("unsigned"));
}

function plainSize(words: readonly string[]): IntegerType["size"] {
  if (words.includes("char")) return 1;
  if (words.includes("short")) return 2;
  return words.includes("long") ? 8 : 4;
}
