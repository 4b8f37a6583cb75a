/** Small constructors and tests for core nodes, and the stand-in for what could not be typed. */

import type {
  Constant,
  CoreBlock,
  CoreConstant,
  CoreExpression,
  CoreSubprogramCall,
} from "../../core/core.ts";
import type { Place } from "../../diagnostics/diagnostic.ts";
import { literalType, wrap } from "../../types/relations.ts";
import { boolean, none, string, type IntegerType, type Type } from "../../types/type.ts";

/**
 * A literal of the script or what was folded from literals alone: it takes the type of whatever it meets, as long as
 * its value fits.
 */
interface Literal extends CoreConstant {
  readonly literal: true;
}

interface Unknown extends CoreBlock {
  readonly unknown: true;
}

/**
 * Stands for an expression whose type is not known: nothing has decided it yet, or its mistake has been reported
 * already. Rules let it pass, so that one mistake is one finding.
 */
export function unknown(place: Place, type: Type = none): CoreExpression {
  const node: Unknown = { kind: "block", type, place, statements: [], value: undefined, unknown: true };
  return node;
}

export function isUnknown(expression: CoreExpression): boolean {
  return "unknown" in expression;
}

/** A call of the script's own function or of an imported one; unknown where an argument is. */
export function functionCall(
  subprogram: CoreSubprogramCall["subprogram"],
  args: readonly CoreExpression[],
  returns: Type,
  place: Place,
): CoreExpression {
  if (args.some(isUnknown)) return unknown(place, returns);
  return { kind: "subprogram-call", type: returns, place, subprogram, arguments: args };
}

/**
 * The value of an aggregation, reduced over all CPUs for an integer to be had. Operators, casts to integers, assignments
 * and printing take it so; what needs an integer of its own does not, here as upstream.
 */
export function isAggregationRead(
  expression: CoreExpression,
): expression is Extract<CoreExpression, { readonly kind: "map-read" }> {
  return expression.kind === "map-read" && expression.map.value.kind === "aggregation";
}

/** The type as its author thinks of it: that of the aggregation, not of the integer it is reduced to. */
export function typeInScript(expression: CoreExpression): Type {
  return isAggregationRead(expression) ? expression.map.value : expression.type;
}

export function isLiteral(expression: CoreExpression): expression is Literal {
  return "literal" in expression;
}

export function integerLiteral(value: bigint, place: Place): Literal {
  return {
    kind: "constant",
    type: literalType(value),
    place,
    value: { kind: "integer", value },
    literal: true,
  };
}

export function booleanConstant(value: boolean, place: Place): CoreConstant {
  return { kind: "constant", type: boolean, place, value: { kind: "boolean", value } };
}

/** A string is kept as bytes: one character is one byte. */
export function stringConstant(value: string, place: Place): CoreConstant {
  return {
    kind: "constant",
    type: string(value.length + 1),
    place,
    value: { kind: "string", value },
  };
}

/** An integer constant that has its type from a cast, an enum or a target, no longer from its value. */
export function typedInteger(value: bigint, type: IntegerType, place: Place): CoreConstant {
  return { kind: "constant", type, place, value: { kind: "integer", value: wrap(value, type) } };
}

export function constantOf(expression: CoreExpression): Constant | undefined {
  return expression.kind === "constant" ? expression.value : undefined;
}

export function integerValue(expression: CoreExpression): bigint | undefined {
  const constant = constantOf(expression);
  if (constant?.kind === "integer") return constant.value;
  if (constant?.kind === "boolean") return constant.value ? 1n : 0n;
  return undefined;
}

/** A constant, or a tuple or record of nothing else. */
export function isConstantTree(expression: CoreExpression): boolean {
  if (expression.kind === "constant") return true;
  if (expression.kind === "tuple") return expression.elements.every(isConstantTree);
  if (expression.kind === "record") return expression.values.every(({ value }) => isConstantTree(value));
  return false;
}

/** A literal of any type, or a tuple or record of nothing else: what is chosen between before types are compared. */
export function isLiteralTree(expression: CoreExpression): boolean {
  if (expression.kind === "constant") return expression.value.kind !== "integer" || isLiteral(expression);
  if (expression.kind === "tuple") return expression.elements.every(isLiteralTree);
  if (expression.kind === "record") return expression.values.every(({ value }) => isLiteralTree(value));
  return false;
}

export function isTruthy(constant: Constant): boolean {
  switch (constant.kind) {
    case "integer":
      return constant.value !== 0n;
    case "boolean":
      return constant.value;
    case "string":
      return constant.value !== "";
  }
}

export function cast(operand: CoreExpression, type: Type, implicit: boolean): CoreExpression {
  return { kind: "cast", type, place: operand.place, operand, implicit };
}
