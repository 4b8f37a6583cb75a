/** Literals and names in the parser's tree, and parentheses, which leave nothing behind. */

import type { Expression, IntegerLiteral, MapAccess, MapName, StringLiteral, Variable } from "../ast.ts";
import { UNNUMBERED } from "../item-draft.ts";
import { readInteger, readPositionalParameter, readString } from "../literals.ts";
import { lowerExpression, missingExpression } from "./lower.ts";
import { lowerField, type Reader, type RuleTable, spanHere, textHere } from "./reader.ts";

export const leafRules: RuleTable<Expression> = {
  parenthesized_expression: (reader) =>
    lowerField(reader, "expression", lowerExpression) ?? missingExpression(reader),
  integer_literal: lowerInteger,
  string_literal: lowerString,
  boolean_literal: (reader) => ({ ...leaf(reader, "boolean"), value: textHere(reader) === "true" }),
  identifier: (reader) => ({ ...leaf(reader, "identifier"), name: textHere(reader) }),
  builtin: (reader) => ({ ...leaf(reader, "identifier"), name: textHere(reader) }),
  variable: lowerVariable,
  map: lowerMap,
  positional_parameter: lowerPositionalParameter,
  parameter_count: (reader) => leaf(reader, "parameter-count"),
};

function leaf<Kind extends string>(reader: Reader, kind: Kind) {
  return { kind, id: UNNUMBERED, span: spanHere(reader) };
}

export function lowerInteger(reader: Reader): IntegerLiteral {
  const text = textHere(reader);
  const { value, problems } = readInteger(text);
  reader.draft.reportAll(problems, reader.cursor.start);
  return { kind: "integer", id: UNNUMBERED, span: spanHere(reader), value, text };
}

export function lowerString(reader: Reader): StringLiteral {
  const text = textHere(reader);
  const { value, problems } = readString(text);
  reader.draft.reportAll(problems, reader.cursor.start);
  return { kind: "string", id: UNNUMBERED, span: spanHere(reader), value, text };
}

export function lowerMapName(reader: Reader): MapName {
  return { kind: "map-name", id: UNNUMBERED, span: spanHere(reader), name: textHere(reader).slice(1) };
}

export function lowerVariable(reader: Reader): Variable {
  return { kind: "variable", id: UNNUMBERED, span: spanHere(reader), name: textHere(reader).slice(1) };
}

/** A map without keys in an expression. */
function lowerMap(reader: Reader): MapAccess {
  return { kind: "map", id: UNNUMBERED, span: spanHere(reader), map: lowerMapName(reader), keys: undefined };
}

function lowerPositionalParameter(reader: Reader): Expression {
  const { value, problems } = readPositionalParameter(textHere(reader));
  reader.draft.reportAll(problems, reader.cursor.start);
  return { ...leaf(reader, "positional-parameter"), index: value };
}
