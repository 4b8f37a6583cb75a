/** Calls, tuples, records and questions about types in the parser's tree. */

import type {
  Call,
  Expression,
  OffsetOf,
  RecordLiteral,
  Tuple,
  TypeArgument,
  TypeQuery,
  TypeSubject,
} from "../ast.ts";
import type { Name } from "../node.ts";
import { UNNUMBERED } from "../item-draft.ts";
import { checkRepeatedField } from "../targets.ts";
import { lowerExpression, lowerTypeSubject, missingExpression } from "./lower.ts";
import {
  lowerField,
  lowerNamedChildren,
  nameHere,
  type Reader,
  type RuleTable,
  spanHere,
  toFirstChild,
  toNextChild,
} from "./reader.ts";
import { lowerTypeof } from "./types.ts";

export const compoundRules: RuleTable<Expression> = {
  call_expression: lowerCall,
  tuple_expression: lowerTuple,
  record_expression: lowerRecord,
  sizeof_expression: (reader) => lowerTypeQuery(reader, "sizeof"),
  typeinfo_expression: (reader) => lowerTypeQuery(reader, "typeinfo"),
  offsetof_expression: lowerOffsetOf,
};

function lowerCall(reader: Reader): Call {
  const { cursor, draft } = reader;
  const span = spanHere(reader);
  let callee: Name | undefined;
  let lowered: Call["arguments"] = [];
  for (let more = toFirstChild(reader); more; more = toNextChild(reader)) {
    if (cursor.field === "function") callee = nameHere(reader);
    else if (cursor.field === "arguments") lowered = lowerNamedChildren(reader, lowerArgument);
  }
  callee ??= draft.name(cursor.start, cursor.start);
  return { kind: "call", id: UNNUMBERED, span, callee, arguments: lowered };
}

function lowerArgument(reader: Reader): Expression | TypeArgument {
  if (reader.cursor.kind !== "typeof_type") return lowerExpression(reader);
  return { kind: "type-argument", id: UNNUMBERED, span: spanHere(reader), type: lowerTypeof(reader) };
}

function lowerTuple(reader: Reader): Tuple {
  return {
    kind: "tuple",
    id: UNNUMBERED,
    span: spanHere(reader),
    elements: lowerNamedChildren(reader, lowerExpression),
  };
}

function lowerRecord(reader: Reader): RecordLiteral {
  const seen = new Set<string>();
  const fields = lowerNamedChildren(reader, (field) => lowerRecordField(field, seen));
  return { kind: "record", id: UNNUMBERED, span: spanHere(reader), fields };
}

function lowerRecordField(reader: Reader, seen: Set<string>): RecordLiteral["fields"][number] {
  const { cursor, draft } = reader;
  let name: Name | undefined;
  let value: Expression | undefined;
  for (let more = toFirstChild(reader); more; more = toNextChild(reader)) {
    if (cursor.field === "name") {
      name = nameHere(reader);
      checkRepeatedField(draft, seen, { text: name.text, start: cursor.start, end: cursor.end });
    } else if (cursor.field === "value") value = lowerExpression(reader);
  }
  return {
    name: name ?? draft.name(cursor.start, cursor.start),
    value: value ?? missingExpression(reader),
  };
}

function lowerTypeQuery(reader: Reader, query: TypeQuery["query"]): TypeQuery {
  const span = spanHere(reader);
  const subject = lowerField(reader, "argument", lowerTypeSubject) ?? missingSubject(reader);
  return { kind: "type-query", id: UNNUMBERED, span, query, subject };
}

function lowerOffsetOf(reader: Reader): OffsetOf {
  const { cursor } = reader;
  const span = spanHere(reader);
  let subject: TypeSubject | undefined;
  let path: readonly Name[] = [];
  for (let more = toFirstChild(reader); more; more = toNextChild(reader)) {
    if (cursor.field === "argument") subject = lowerTypeSubject(reader);
    else if (cursor.field === "path") path = lowerNamedChildren(reader, nameHere);
  }
  return { kind: "offsetof", id: UNNUMBERED, span, subject: subject ?? missingSubject(reader), path };
}

function missingSubject(reader: Reader): TypeSubject {
  return { kind: "expression", expression: missingExpression(reader) };
}
