/** Implicit conversion: bringing a value to the type of the place it goes to. */

import type { CoreExpression } from "../../core/core.ts";
import { implicitConversion, literalDoesNotFit, stringDoesNotFit } from "../../diagnostics/catalog/types.ts";
import type { Place } from "../../diagnostics/diagnostic.ts";
import { fits, promote, sameType } from "../../types/relations.ts";
import { show } from "../../types/show.ts";
import type { IntegerType, PointerType, RecordType, TupleType, Type } from "../../types/type.ts";
import { cast, constantOf, isAggregationRead, isLiteral, isUnknown, typedInteger, unknown } from "./nodes.ts";
import { report, type Scope } from "../state/scope.ts";

/**
 * The value with exactly the target's type. Warns where an integer may change by that.
 * @param mismatch called when the value's kind does not fit the target at all
 */
export function coerce(
  value: CoreExpression,
  target: Type,
  scope: Scope,
  mismatch: () => void,
): CoreExpression {
  if (isUnknown(value) || target.kind === "none") return value;
  const from = value.type;
  if (sameType(from, target)) return settled(value, target);
  const convert = conversionFor(from, target);
  if (convert !== undefined) return convert(value, scope, mismatch);
  const common = promote(target, from);
  if (common !== undefined && (sameType(common, target) || common.kind === "buffer")) {
    return cast(value, target, true);
  }
  mismatch();
  return unknown(value.place, target);
}

type Conversion = (value: CoreExpression, scope: Scope, mismatch: () => void) => CoreExpression;

/** The conversion between two types of one kind that has rules of its own. */
function conversionFor(from: Type, to: Type): Conversion | undefined {
  if (from.kind === "integer" && to.kind === "integer") {
    return (value, scope) => coerceInteger(value, from, to, scope);
  }
  if (from.kind === "string" && to.kind === "string") return (value, scope) => coerceString(value, to, scope);
  if (from.kind === "tuple" && to.kind === "tuple") {
    return (value, scope, mismatch) => coerceTuple(value, from, to, scope, mismatch);
  }
  if (from.kind === "record" && to.kind === "record") {
    return (value, scope, mismatch) => coerceRecord(value, from, to, scope, mismatch);
  }
  if (from.kind === "pointer" && to.kind === "pointer") {
    return (value, scope) => coercePointer(value, from, to, scope);
  }
  return undefined;
}

/** The address stays; what is thought to be there may not. */
function coercePointer(
  value: CoreExpression,
  from: PointerType,
  target: PointerType,
  scope: Scope,
): CoreExpression {
  const harmless = [from, target].some(({ to }) => to.kind === "void") || promote(from, target) !== undefined;
  if (!harmless) warnConversion(value.place, from, target, scope);
  return cast(value, target, true);
}

function settled(value: CoreExpression, target: Type): CoreExpression {
  if (value.kind !== "constant" || !isLiteral(value)) return value;
  return { kind: "constant", type: target, place: value.place, value: value.value };
}

function coerceInteger(
  value: CoreExpression,
  from: IntegerType,
  to: IntegerType,
  scope: Scope,
): CoreExpression {
  const constant = constantOf(value);
  if (constant?.kind === "integer" && isLiteral(value)) {
    if (fits(constant.value, to)) return typedInteger(constant.value, to, value.place);
    report(scope, literalDoesNotFit(value.place, { value: constant.value.toString(), type: show(to) }));
    return unknown(value.place, to);
  }
  const sameEnum = from.enumName !== undefined && from.enumName === to.enumName;
  // What all CPUs have counted together is far from where a sign could matter.
  if (isSurprising(from, to) && !sameEnum && !isAggregationRead(value))
    warnConversion(value.place, from, to, scope);
  if (constant?.kind === "integer") return typedInteger(constant.value, to, value.place);
  return cast(value, to, true);
}

/**
 * An operand in the type of its operation. A literal beyond int64 stands for its bits there, as addresses and masks do; where
 * it is kept it would not be what was written.
 */
export function coerceOperand(value: CoreExpression, target: Type, scope: Scope): CoreExpression {
  const constant = constantOf(value);
  const { type } = value;
  if (
    constant?.kind === "integer" &&
    type.kind === "integer" &&
    target.kind === "integer" &&
    isLiteral(value)
  ) {
    if (type.size === 8 && target.size === 8 && !fits(constant.value, target)) {
      warnConversion(value.place, type, target, scope);
      return typedInteger(constant.value, target, value.place);
    }
  }
  return coerce(value, target, scope, () => undefined);
}

function warnConversion(place: Place, from: Type, to: Type, scope: Scope): void {
  const fix = {
    title: `Cast to ${show(to)}`,
    edits: [
      {
        place: { ...place, span: { start: place.span.start, end: place.span.start } },
        text: `(${show(to)})`,
      },
    ],
    automatic: false,
  };
  const fixes = place.expandedFrom === undefined ? [fix] : [];
  report(scope, implicitConversion(place, { from: show(from), to: show(to) }, { fixes }));
}

/** Source of the table: the language reference, types §2.5. */
export function isSurprising(from: IntegerType, to: IntegerType): boolean {
  if (from.flexible === true && from.size <= to.size) return false;
  if (from.signed === to.signed) return from.size > to.size;
  return from.signed || from.size >= to.size;
}

function coerceString(
  value: CoreExpression,
  to: Type & { readonly kind: "string" },
  scope: Scope,
): CoreExpression {
  const from = value.type;
  if (from.kind === "string" && from.size > to.size) {
    report(scope, stringDoesNotFit(value.place, { expected: show(to), got: show(from) }));
    return unknown(value.place, to);
  }
  return value.kind === "constant" ? { ...value, type: to } : cast(value, to, true);
}

function coerceTuple(
  value: CoreExpression,
  from: TupleType,
  to: TupleType,
  scope: Scope,
  mismatch: () => void,
): CoreExpression {
  if (from.elements.length !== to.elements.length || promote(to, from) === undefined) {
    mismatch();
    return unknown(value.place, to);
  }
  if (value.kind === "tuple") {
    const elements = value.elements.map((element, i) =>
      coerce(element, to.elements[i] ?? element.type, scope, mismatch),
    );
    return { ...value, type: to, elements };
  }
  for (const [i, element] of from.elements.entries()) warnNested(value, element, to.elements[i], scope);
  return cast(value, to, true);
}

function coerceRecord(
  value: CoreExpression,
  from: RecordType,
  to: RecordType,
  scope: Scope,
  mismatch: () => void,
): CoreExpression {
  if (promote(to, from) === undefined) {
    mismatch();
    return unknown(value.place, to);
  }
  if (value.kind === "record") {
    const values = value.values.map(({ index, value: part }) => {
      const name = from.fields[index]?.name;
      const newIndex = to.fields.findIndex((field) => field.name === name);
      return {
        index: newIndex,
        value: coerce(part, to.fields[newIndex]?.type ?? part.type, scope, mismatch),
      };
    });
    return { ...value, type: to, values };
  }
  for (const field of from.fields) {
    const target = to.fields.find((other) => other.name === field.name);
    warnNested(value, field.type, target?.type, scope);
  }
  return cast(value, to, true);
}

/** A part of a whole that is converted as one: the same rules, reported at the whole. */
function warnNested(value: CoreExpression, from: Type, to: Type | undefined, scope: Scope): void {
  if (to === undefined) return;
  if (from.kind === "integer" && to.kind === "integer") {
    if (isSurprising(from, to)) warnConversion(value.place, from, to, scope);
  } else if (from.kind === "tuple" && to.kind === "tuple") {
    for (const [i, element] of from.elements.entries()) warnNested(value, element, to.elements[i], scope);
  } else if (from.kind === "record" && to.kind === "record") {
    for (const field of from.fields) {
      warnNested(value, field.type, to.fields.find((other) => other.name === field.name)?.type, scope);
    }
  } else if (from.kind === "string" && to.kind === "string" && from.size > to.size) {
    report(scope, stringDoesNotFit(value.place, { expected: show(to), got: show(from) }));
  }
}
