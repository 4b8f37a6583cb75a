/** Fields, elements and indices. */

import { nearest } from "../../base/nearest.ts";
import type { CoreExpression } from "../../core/core.ts";
import {
  commonTracepointField,
  fieldOnNonStruct,
  fractionWritten,
  indexOutOfBounds,
  indexType,
  notIndexable,
  tupleIndex,
  unknownField,
  unknownStruct,
  unsupportedPointerTag,
  voidPointer,
} from "../../diagnostics/catalog/access.ts";
import { indexCheckDiffers } from "../../diagnostics/catalog/lints.ts";
import type { Place } from "../../diagnostics/diagnostic.ts";
import type { FieldAccess, Index, TupleAccess } from "../../syntax/ast.ts";
import type { Name } from "../../syntax/node.ts";
import { describe, show } from "../../types/show.ts";
import {
  int8,
  type AddressSpace,
  type RecordType,
  type StructDefinition,
  type StructField,
  type Type,
} from "../../types/type.ts";
import { hiddenTypes, nearestType } from "./suggest.ts";
import { pointerPlus } from "./arithmetic.ts";
import { elaborate } from "./parts.ts";
import { integerLiteral, integerValue, isUnknown, unknown } from "./nodes.ts";
import { placeOf, report, type Scope, note } from "../state/scope.ts";
import { dereference, inSpace } from "./unary.ts";

export function elaborateField(access: FieldAccess, scope: Scope): CoreExpression {
  const object = elaborate(access.object, scope);
  // A name that is missing has been complained about.
  if (isUnknown(object) || access.field.text === "") return unknown(placeOf(scope, access));
  return buildField(object, access.field, placeOf(scope, access), scope);
}

/** `object.field` through any number of pointers. */
export function buildField(object: CoreExpression, field: Name, place: Place, scope: Scope): CoreExpression {
  let at = object;
  while (at.type.kind === "pointer" && at.type.to.kind !== "void") {
    at = dereference(at, { ...place, span: object.place.span }, scope);
  }
  if (at.type.kind === "record") return recordField(at, at.type, field, place, scope);
  if (at.type.kind === "struct") return structField(at, at.type.name, field, place, scope);
  const isNumber = object.type.kind === "integer";
  const hints = isNumber
    ? ["cast a number first, in parentheses of its own: '((struct file *)arg0)->f_flags'"]
    : [];
  const facts = { field: field.text, type: describe(object.type) };
  report(scope, fieldOnNonStruct(placeOf(scope, field), facts, { hints }));
  return unknown(place);
}

function recordField(
  object: CoreExpression,
  type: RecordType,
  field: Name,
  place: Place,
  scope: Scope,
): CoreExpression {
  const index = type.fields.findIndex(({ name }) => name === field.text);
  const found = type.fields[index];
  if (found === undefined) {
    const names = type.fields.map(({ name }) => name);
    reportUnknownField("the record", field, names, scope);
    return unknown(place);
  }
  if (object.kind === "record") {
    const value = object.values.find((candidate) => candidate.index === index)?.value;
    if (value?.kind === "constant") return { ...value, place };
  }
  return { kind: "element", type: found.type, place, object, index };
}

const RESULT = /^(?:ret|rc|retval|return)$/;

/** So many are named where none is like the one that was asked for. */
const FEW_FIELDS = 8;

function reportUnknownField(owner: string, field: Name, names: readonly string[], scope: Scope): void {
  const near = nearest(field.text, names);
  const place = placeOf(scope, field);
  const fixes =
    near === undefined
      ? []
      : [{ title: `Change to ${near}`, edits: [{ place, text: near }], automatic: false }];
  const isShort = names.length > 0 && names.length <= FEW_FIELDS;
  const known = isShort ? [`it has ${names.join(", ")}`] : [];
  const isResult = /^args of f(?:entry|exit):/.test(owner) && RESULT.test(field.text);
  const hints = isResult
    ? ["the return value is 'retval', in fexit probes"]
    : near === undefined
      ? known
      : [];
  report(scope, unknownField(place, { owner, field: field.text, nearest: near }, { fixes, hints }));
}

function structField(
  object: CoreExpression,
  name: string,
  field: Name,
  place: Place,
  scope: Scope,
): CoreExpression {
  const { walk } = scope;
  const definition = walk.program.structs.findStruct(name);
  if (definition === undefined) {
    walk.progress.incomplete = true;
    if (walk.final && !walk.program.lenient) {
      const near = nearestType(name, walk.program.facts);
      const hints = hiddenTypes(walk.program.facts);
      report(scope, unknownStruct(placeOf(scope, field), { name, nearest: near }, { hints }));
    }
    return unknown(place);
  }
  const found = definition.fields.find((candidate) => candidate.name === field.text);
  if (found === undefined) {
    reportMissing(definition, field, scope);
    return unknown(place);
  }
  if (!checkField(found, field, scope)) return unknown(place);
  note(scope, field, { field: { struct: name, field: found }, type: found.type });
  return { kind: "field", type: inSpace(found.type, spaceOfMemory(object)), place, object, field: found };
}

function reportMissing(definition: StructDefinition, field: Name, scope: Scope): void {
  const place = placeOf(scope, field);
  if (definition.name.startsWith("args tracepoint:") && field.text.startsWith("common_")) {
    report(scope, commonTracepointField(place, { field: field.text }));
    return;
  }
  // A probe may have many targets, and only some of them lack the field.
  const owner = definition.name.startsWith("args ")
    ? `args of ${definition.name.slice("args ".length)}`
    : definition.name;
  reportUnknownField(
    owner,
    field,
    definition.fields.map(({ name }) => name),
    scope,
  );
}

const readableTags = new Set(["user", "percpu", "rcu"]);

function checkField(found: StructField, field: Name, scope: Scope): boolean {
  const tag = found.tags?.find((name) => !readableTags.has(name));
  if (tag !== undefined && found.type.kind === "pointer") {
    report(scope, unsupportedPointerTag(placeOf(scope, field), { field: field.text, tag }));
    return false;
  }
  return true;
}

/** Where the memory of an expression lies, for the pointers found in it; undefined for values already copied. */
function spaceOfMemory(object: CoreExpression): AddressSpace | undefined {
  switch (object.kind) {
    case "dereference":
      return object.pointer.type.space;
    case "field":
    case "index":
      return spaceOfMemory(object.object);
    default:
      return undefined;
  }
}

export function elaborateTupleAccess(access: TupleAccess, scope: Scope): CoreExpression {
  const place = placeOf(scope, access);
  const object = elaborate(access.object, scope);
  if (isUnknown(object)) return unknown(place);
  // '1.5' is read as an element of the number 1.
  if (object.kind === "constant" && object.type.kind === "integer") {
    report(scope, fractionWritten(place, {}));
    return unknown(place);
  }
  if (object.type.kind !== "tuple") {
    report(
      scope,
      fieldOnNonStruct(placeOf(scope, { span: access.indexSpan }), {
        field: access.index.toString(),
        type: describe(object.type),
      }),
    );
    return unknown(place);
  }
  return tupleElement(object, access.index, placeOf(scope, { span: access.indexSpan }), place, scope);
}

function tupleElement(
  object: CoreExpression,
  index: number,
  indexPlace: Place,
  place: Place,
  scope: Scope,
): CoreExpression {
  if (object.type.kind !== "tuple") return unknown(place);
  const type = object.type.elements[index];
  if (type === undefined) {
    report(scope, tupleIndex(indexPlace, { index: index.toString(), count: object.type.elements.length }));
    return unknown(place);
  }
  const value = object.kind === "tuple" ? object.elements[index] : undefined;
  if (value?.kind === "constant") return { ...value, place };
  return { kind: "element", type, place, object, index };
}

export function elaborateIndex(node: Index, scope: Scope): CoreExpression {
  const place = placeOf(scope, node);
  const object = elaborate(node.object, scope);
  const index = elaborate(node.index, scope);
  if (isUnknown(object) || isUnknown(index)) return unknown(place);
  switch (object.type.kind) {
    case "array":
    case "string":
      return indexRun(object, index, place, scope);
    case "pointer":
      return indexPointer(object, index, place, scope);
    case "tuple": {
      const position = integerValue(index);
      if (position === undefined || position < 0n) {
        const facts = { index: "a computed number", count: object.type.elements.length };
        report(scope, tupleIndex(index.place, facts));
        return unknown(place);
      }
      return tupleElement(object, Number(position), index.place, place, scope);
    }
    default:
      report(scope, notIndexable(object.place, { type: describe(object.type) }));
      return unknown(place);
  }
}

/** An element of an array, or a character of a string. */
function indexRun(object: CoreExpression, index: CoreExpression, place: Place, scope: Scope): CoreExpression {
  const { type } = object;
  const [element, count] = type.kind === "array" ? [type.element, type.count] : [int8, sizeOfString(type)];
  if (!checkIndex(index, scope)) return unknown(place, element);
  const known = integerValue(index);
  // A flexible array member has no bound.
  if (known !== undefined && (known < 0n || (count > 0 && known >= BigInt(count)))) {
    report(scope, indexOutOfBounds(index.place, { index: known.toString(), count }));
    return unknown(place, element);
  }
  if (object.kind === "constant" && object.value.kind === "string" && known !== undefined) {
    const code = object.value.value.charCodeAt(Number(known));
    return integerLiteral(BigInt(Number.isNaN(code) ? 0 : code), place);
  }
  if (known === undefined && count > 0) report(scope, indexCheckDiffers(index.place, { count }));
  return { kind: "index", type: inSpace(element, spaceOfMemory(object)), place, object, index };
}

function sizeOfString(type: Type): number {
  return type.kind === "string" ? type.size : 0;
}

function checkIndex(index: CoreExpression, scope: Scope): boolean {
  const { type } = index;
  const known = integerValue(index);
  if (type.kind === "integer" && (known !== undefined || !type.signed || type.flexible === true)) return true;
  report(scope, indexType(index.place, { type: type.kind === "integer" ? show(type) : describe(type) }));
  return false;
}

function indexPointer(
  object: CoreExpression,
  index: CoreExpression,
  place: Place,
  scope: Scope,
): CoreExpression {
  if (object.type.kind !== "pointer") return unknown(place);
  if (object.type.to.kind === "void") {
    report(scope, voidPointer(object.place, { operation: "indexed" }));
    return unknown(place);
  }
  const known = integerValue(index);
  if (known !== undefined && known < 0n) {
    report(scope, indexType(index.place, { type: known.toString() }));
    return unknown(place);
  }
  if (!checkIndex(index, scope)) return unknown(place);
  return dereference(pointerPlus("+", object, index, place, scope), place, scope);
}
