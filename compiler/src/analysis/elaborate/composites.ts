/** Tuple and record literals. */

import type { CoreExpression } from "../../core/core.ts";
import { notStorable, tooManyParts } from "../../diagnostics/catalog/types.ts";
import type { Place } from "../../diagnostics/diagnostic.ts";
import type { RecordLiteral, Tuple } from "../../syntax/ast.ts";
import { isValue } from "../../types/relations.ts";
import { describe } from "../../types/show.ts";
import type { Type } from "../../types/type.ts";
import { elaborate } from "./parts.ts";
import { isUnknown, unknown } from "./nodes.ts";
import { placeOf, report, type Scope } from "../state/scope.ts";

export function elaborateTuple(tuple: Tuple, scope: Scope): CoreExpression {
  const place = placeOf(scope, tuple);
  const elements = tuple.elements.map((element) =>
    elaboratePart(elaborate(element, scope), "a tuple", scope),
  );
  if (elements.some(isUnknown)) return unknown(place);
  const type = { kind: "tuple", elements: elements.map((element) => element.type) } as const;
  if (isTooLarge(type, place, scope)) return unknown(place);
  return { kind: "tuple", type, place, elements };
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
  const type = { kind: "record", fields } as const;
  if (isTooLarge(type, place, scope)) return unknown(place);
  return { kind: "record", type, place, values };
}

/** What is put into itself doubles each time. */
const MOST_PARTS = 4096;

function isTooLarge(type: Type, place: Place, scope: Scope): boolean {
  if (partsOf(type) <= MOST_PARTS) return false;
  report(scope, tooManyParts(place, { most: MOST_PARTS }));
  return true;
}

function partsOf(type: Type): number {
  if (type.kind === "tuple") return type.elements.reduce((sum, element) => sum + partsOf(element), 1);
  if (type.kind === "record") return type.fields.reduce((sum, field) => sum + partsOf(field.type), 1);
  return 1;
}

function elaboratePart(value: CoreExpression, where: string, scope: Scope): CoreExpression {
  if (isUnknown(value) || (isValue(value.type) && value.type.kind !== "timestamp-mode")) return value;
  report(scope, notStorable(value.place, { type: describe(value.type), where }));
  return unknown(value.place);
}
