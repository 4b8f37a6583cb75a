/** Types in the parser's tree → type syntax. */

import type { ArrayTypeSyntax, NamedType, PointerTypeSyntax, TypeofSyntax, TypeSyntax } from "../ast.ts";
import { UNNUMBERED } from "../item-draft.ts";
import { readInteger } from "../literals.ts";
import { lowerType, lowerTypeSubject, missingExpression } from "./lower.ts";
import {
  lowerField,
  type Reader,
  type RuleTable,
  spanHere,
  textHere,
  toFirstChild,
  toNextChild,
} from "./reader.ts";

export const typeRules: RuleTable<TypeSyntax> = {
  type_identifier: lowerNamedType,
  tagged_type: lowerTaggedType,
  pointer_type: lowerPointerType,
  array_type: lowerArrayType,
  typeof_type: lowerTypeof,
};

export function lowerTypeof(reader: Reader): TypeofSyntax {
  const span = spanHere(reader);
  const subject = lowerField(reader, "argument", lowerTypeSubject) ?? {
    kind: "expression",
    expression: missingExpression(reader),
  };
  return { kind: "typeof", id: UNNUMBERED, span, subject };
}

function missingType(reader: Reader): TypeSyntax {
  return { kind: "missing-type", id: UNNUMBERED, span: spanHere(reader) };
}

function lowerNamedType(reader: Reader): NamedType {
  return {
    kind: "named-type",
    id: UNNUMBERED,
    span: spanHere(reader),
    tag: undefined,
    name: textHere(reader),
  };
}

function lowerTaggedType(reader: Reader): NamedType {
  const span = spanHere(reader);
  let tag: NamedType["tag"];
  let name = "";
  for (let more = toFirstChild(reader); more; more = toNextChild(reader)) {
    const { kind } = reader.cursor;
    if (kind === "struct" || kind === "union" || kind === "enum") tag = kind;
    else if (kind === "type_identifier") name = textHere(reader);
  }
  return { kind: "named-type", id: UNNUMBERED, span, tag, name };
}

function lowerPointerType(reader: Reader): PointerTypeSyntax {
  const span = spanHere(reader);
  const to = lowerField(reader, "target", lowerType) ?? missingType(reader);
  return { kind: "pointer-type", id: UNNUMBERED, span, to };
}

function lowerArrayType(reader: Reader): ArrayTypeSyntax {
  const { draft, cursor } = reader;
  const span = spanHere(reader);
  let element: TypeSyntax | undefined;
  let count: number | undefined;
  for (let more = toFirstChild(reader); more; more = toNextChild(reader)) {
    if (cursor.field === "element") element = lowerType(reader);
    else if (cursor.field === "size") {
      const { value, problems } = readInteger(textHere(reader));
      draft.reportAll(problems, cursor.start);
      count = Number(value);
    }
  }
  return { kind: "array-type", id: UNNUMBERED, span, element: element ?? missingType(reader), count };
}
