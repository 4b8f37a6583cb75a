/** Tuple and record literals. */

import type { CoreExpression } from "../../core/core.ts";
import { notStorable } from "../../diagnostics/catalog/types.ts";
import type { RecordLiteral, Tuple } from "../../syntax/ast.ts";
import { isValue } from "../../types/relations.ts";
import { describe } from "../../types/show.ts";
import { elaborate } from "./parts.ts";
import { isUnknown, unknown } from "./nodes.ts";
import { placeOf, report, type Scope } from "../state/scope.ts";

export function elaborateTuple(tuple: Tuple, scope: Scope): CoreExpression {
  const place = placeOf(scope, tuple);
  const elements = tuple.elements.map((element) =>
    elaboratePart(elaborate(element, scope), "a tuple", scope),
  );
  if (elements.some(isUnknown)) return unknown(place);
  return {
    kind: "tuple",
    type: { kind: "tuple", elements: elements.map(({ type }) => type) },
    place,
    elements,
  };
}

export function elaborateRecord(record: RecordLiteral, scope: Scope): CoreExpression {
  const place = placeOf(scope, record);
  const values = record.fields.map(({ value }, index) => ({
    index,
    value: elaboratePart(elaborate(value, scope), "a record", scope),
  }));
  if (values.some(({ value }) => isUnknown(value))) return unknown(place);
  const fields = values.map(({ index, value }) => ({
    name: record.fields[index]?.name.text ?? "",
    type: value.type,
  }));
  return { kind: "record", type: { kind: "record", fields }, place, values };
}

function elaboratePart(value: CoreExpression, where: string, scope: Scope): CoreExpression {
  if (isUnknown(value) || (isValue(value.type) && value.type.kind !== "timestamp-mode")) return value;
  report(scope, notStorable(value.place, { type: describe(value.type), where }));
  return unknown(value.place);
}
