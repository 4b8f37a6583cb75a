/** The names that C declarations define, and where those they use are looked up. */

import type { EnumDefinition, IntegerSize, StructDefinition, StructTable, Type } from "../../types/type.ts";
import type { FunctionPrototype } from "../facts.ts";
import { arraySized, integerSized, type SizedType, type TypeStyle, unknownSized } from "./sized-type.ts";

export interface CProblem {
  /** Number of the text among those read. */
  readonly text: number;
  /** UTF-16 code units from the start of that text. */
  readonly start: number;
  readonly end: number;
  readonly message: string;
}

/** What reading has gathered so far. */
export interface CScope {
  readonly style: TypeStyle;
  readonly origin: StructDefinition["origin"];
  readonly outer: StructTable;
  readonly structs: Map<string, StructDefinition>;
  readonly enums: Map<string, EnumDefinition>;
  readonly typedefs: Map<string, SizedType>;
  readonly constants: Map<string, bigint>;
  readonly functions: Map<string, FunctionPrototype>;
  readonly problems: CProblem[];
  /** Number of the next type without a name. */
  unnamed: number;
}

/** Names that C programs expect of `stdint.h` and the kernel's `types.h`, for where neither BTF nor headers have them. */
const standardIntegers: ReadonlyMap<string, readonly [IntegerSize, boolean]> = new Map([
  ...([1, 2, 4, 8] as const).flatMap((size) => bitNames(size)),
  ["size_t", [8, false]],
  ["ssize_t", [8, true]],
  ["intptr_t", [8, true]],
  ["uintptr_t", [8, false]],
  ["ptrdiff_t", [8, true]],
  ["off_t", [8, true]],
  ["loff_t", [8, true]],
  ["pid_t", [4, true]],
  ["uid_t", [4, false]],
  ["gid_t", [4, false]],
  ["dev_t", [4, false]],
  ["mode_t", [4, false]],
  ["time_t", [8, true]],
]);

/** `int32_t`, `s32`, `__s32` and the names of the language itself. */
function bitNames(size: IntegerSize): readonly [string, readonly [IntegerSize, boolean]][] {
  const bits = size * 8;
  return [
    ...[`int${bits}_t`, `s${bits}`, `__s${bits}`, `int${bits}`].map(
      (name): [string, readonly [IntegerSize, boolean]] => [name, [size, true]],
    ),
    ...[`uint${bits}_t`, `u${bits}`, `__u${bits}`, `uint${bits}`].map(
      (name): [string, readonly [IntegerSize, boolean]] => [name, [size, false]],
    ),
  ];
}

/** A typedef'd name; undefined when nobody knows it. */
export function findTypedef(scope: CScope, name: string): SizedType | undefined {
  const own = scope.typedefs.get(name);
  if (own !== undefined) return { ...own, spelling: name };
  const outer = scope.outer.findTypedef(name);
  if (outer !== undefined) return sizedOf(scope, outer, name);
  const standard = standardIntegers.get(name);
  return standard === undefined ? undefined : integerSized(standard[0], standard[1], name);
}

/** A struct, union or enum by its key, e.g. `struct page`; one that is only declared has no size. */
export function findTagged(scope: CScope, key: string): SizedType {
  return key.startsWith("enum ") ? taggedEnum(scope, key) : taggedStruct(scope, key);
}

function taggedStruct(scope: CScope, key: string): SizedType {
  const definition = scope.structs.get(key) ?? scope.outer.findStruct(key);
  return {
    type: { kind: "struct", name: key },
    size: definition?.size,
    align: definition?.align ?? 1,
    spelling: key,
  };
}

function taggedEnum(scope: CScope, key: string): SizedType {
  const definition = scope.enums.get(key) ?? scope.outer.findEnum(key);
  const size = definition?.size ?? 4;
  const signed = definition?.members.some(({ value }) => value < 0n) ?? false;
  return {
    type: { kind: "integer", size, signed, enumName: key },
    size,
    align: size,
    spelling: key,
  };
}

/** Size and alignment of a type that came from elsewhere. */
function sizedOf(scope: CScope, type: Type, spelling: string): SizedType {
  switch (type.kind) {
    case "integer":
      return { type, size: type.size, align: type.size, spelling };
    case "boolean":
      return { type, size: 1, align: 1, spelling };
    case "pointer":
      return { type, size: 8, align: 8, spelling };
    case "string":
      return { type, size: type.size, align: 1, spelling };
    case "struct":
      return { ...taggedStruct(scope, type.name), spelling };
    case "array": {
      const array = arraySized(sizedOf(scope, type.element, spelling), type.count, scope.style);
      return { ...array, type, spelling };
    }
    default:
      return unknownSized(spelling);
  }
}
