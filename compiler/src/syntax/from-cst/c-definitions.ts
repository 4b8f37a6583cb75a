/**
 * C structures, unions, enumerations and typedefs in the parser's tree. Errors inside them are passed over: what can be
 * read of a definition is better than nothing for the programs that use it.
 */

import type { SyntaxKind } from "@probewright/grammar";

import type { CDeclaration, CField, CType } from "../c-syntax.ts";
import type { Name } from "../node.ts";
import { UNNUMBERED } from "../item-draft.ts";
import { readScriptNumber } from "../numbers.ts";
import { isTooDeep } from "./lower.ts";
import { nameHere, type Reader, spanHere, textHere, toFirstChild, toNextChild } from "./reader.ts";

type Enumerator = CDeclaration["enumerators"][number];

/** The declaration in a `c_definition` or a `c_typedef`. */
export function lowerCDeclaration(reader: Reader): CDeclaration {
  if (reader.cursor.kind === "c_typedef") return lowerTypedef(reader);
  let declaration: CDeclaration | undefined;
  for (let more = toFirstChild(reader); more; more = toNextChild(reader)) {
    if (reader.cursor.field === "definition") declaration = lowerTagged(reader).declaration;
  }
  return declaration ?? { ...emptyDeclaration(reader), tag: "struct" };
}

function emptyDeclaration(reader: Reader) {
  return {
    kind: "c-declaration",
    id: UNNUMBERED,
    span: spanHere(reader),
    name: undefined,
    fields: [],
    enumerators: [],
    packed: false,
  } as const;
}

/** `struct`, `union` or `enum`; without a body it names one that is declared elsewhere. */
function lowerTagged(reader: Reader): { readonly declaration: CDeclaration; readonly hasBody: boolean } {
  const { cursor } = reader;
  const base = emptyDeclaration(reader);
  const tag = TAGS[cursor.kind] ?? "struct";
  let name: Name | undefined;
  let fields: readonly CField[] = [];
  let enumerators: readonly Enumerator[] = [];
  let hasBody = false;
  let packed = false;
  for (let more = toFirstChild(reader); more; more = toNextChild(reader)) {
    const { kind } = cursor;
    if (kind === "type_identifier") name = nameHere(reader);
    else if (kind === "c_field_list") fields = lowerFields(reader);
    else if (kind === "c_enumerator_list") enumerators = lowerEnumerators(reader);
    else if (kind === "c_attribute") packed ||= isPacked(reader);
    hasBody ||= kind === "c_field_list" || kind === "c_enumerator_list";
  }
  return { declaration: { ...base, tag, name, fields, enumerators, packed }, hasBody };
}

const TAGS: Partial<Record<SyntaxKind, "struct" | "union" | "enum">> = {
  c_struct: "struct",
  c_union: "union",
  c_enum: "enum",
};

function isPacked(reader: Reader): boolean {
  let packed = false;
  for (let more = toFirstChild(reader); more; more = toNextChild(reader)) {
    if (reader.cursor.field === "name") packed ||= /^(__)?packed(__)?$/.test(textHere(reader));
  }
  return packed;
}

/** The aliased type is the type of a field for each declared name; the first one names the declaration. */
function lowerTypedef(reader: Reader): CDeclaration {
  const base = emptyDeclaration(reader);
  const fields = lowerMembers(reader);
  return { ...base, tag: "typedef", name: fields[0]?.name, fields };
}

function lowerFields(reader: Reader): readonly CField[] {
  const fields: CField[] = [];
  for (let more = toFirstChild(reader); more; more = toNextChild(reader)) {
    if (reader.cursor.kind === "c_field") fields.push(...lowerMembers(reader));
  }
  return fields;
}

/** One declaration of members: `int a, *b[4];` or an anonymous structure. */
function lowerMembers(reader: Reader): readonly CField[] {
  const { cursor } = reader;
  const span = spanHere(reader);
  let base: CType = { kind: "named", tag: undefined, name: "" };
  const fields: CField[] = [];
  for (let more = toFirstChild(reader); more; more = toNextChild(reader)) {
    if (cursor.field === "type") base = lowerBaseType(reader);
    else if (cursor.field === "declarator") {
      const declared = lowerDeclarator(reader, base);
      fields.push({ kind: "c-field", id: UNNUMBERED, span: spanHere(reader), ...declared });
    }
  }
  if (fields.length > 0) return fields;
  return [{ kind: "c-field", id: UNNUMBERED, span, type: base, name: undefined, bits: undefined }];
}

function lowerBaseType(reader: Reader): CType {
  const tag = TAGS[reader.cursor.kind];
  if (tag === undefined) {
    return { kind: "named", tag: undefined, name: textHere(reader).replace(/\s+/g, " ") };
  }
  if (isTooDeep(reader)) return { kind: "named", tag, name: "" };
  reader.depth += 1;
  const { declaration, hasBody } = lowerTagged(reader);
  reader.depth -= 1;
  return hasBody
    ? { kind: "inline", declaration }
    : { kind: "named", tag, name: declaration.name?.text ?? "" };
}

interface Declared {
  readonly type: CType;
  readonly name: Name | undefined;
  readonly bits: number | undefined;
}

/**
 * Reads a declarator from the outside in, as C means it: what is nearer to the name is further out in the type.
 * @param type the type of what the declarator as a whole declares
 */
function lowerDeclarator(reader: Reader, type: CType): Declared {
  const { cursor } = reader;
  const { kind } = cursor;
  if (kind === "field_identifier") return { type, name: nameHere(reader), bits: undefined };
  if (isTooDeep(reader)) return { type, name: undefined, bits: undefined };
  const outer = wrapped(reader, type);
  let inner: Declared = { type: outer, name: undefined, bits: undefined };
  let bits: number | undefined;
  reader.depth += 1;
  for (let more = toFirstChild(reader); more; more = toNextChild(reader)) {
    if (cursor.field === "declarator") inner = lowerDeclarator(reader, outer);
    else if (cursor.field === "width") bits = lowerWidth(reader);
  }
  reader.depth -= 1;
  return bits === undefined ? inner : { ...inner, bits };
}

/** The type that one level of a declarator makes of `type`. */
function wrapped(reader: Reader, type: CType): CType {
  switch (reader.cursor.kind) {
    case "c_pointer_declarator":
      // A function's type is only ever used through a pointer.
      return type.kind === "function-pointer" ? type : { kind: "pointer", to: type };
    case "c_array_declarator":
      return { kind: "array", element: type, count: lowerSize(reader) };
    case "c_function_declarator":
      return { kind: "function-pointer" };
    default:
      return type;
  }
}

function lowerSize(reader: Reader): string {
  let size = "";
  for (let more = toFirstChild(reader); more; more = toNextChild(reader)) {
    if (reader.cursor.field === "size") size = textHere(reader);
  }
  return size;
}

function lowerWidth(reader: Reader): number {
  const width = readScriptNumber(textHere(reader));
  return width.ok ? Number(width.value) : 0;
}

function lowerEnumerators(reader: Reader): readonly Enumerator[] {
  const enumerators: Enumerator[] = [];
  for (let more = toFirstChild(reader); more; more = toNextChild(reader)) {
    if (reader.cursor.kind === "c_enumerator") enumerators.push(lowerEnumerator(reader));
  }
  return enumerators;
}

function lowerEnumerator(reader: Reader): Enumerator {
  const { cursor, draft } = reader;
  let name: Name | undefined;
  let value: string | undefined;
  for (let more = toFirstChild(reader); more; more = toNextChild(reader)) {
    if (cursor.field === "name") name = nameHere(reader);
    else if (cursor.field === "value") value = textHere(reader);
  }
  return { name: name ?? draft.name(cursor.start, cursor.start), value };
}
