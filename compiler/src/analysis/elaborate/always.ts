/** Comparisons and conditions that come out the same whatever happens. */

import type { CoreExpression } from "../../core/core.ts";
import type { ComparisonOperator } from "../../syntax/ast.ts";
import { fits } from "../../types/relations.ts";
import type { IntegerType } from "../../types/type.ts";
import { constantOf, integerValue, isTruthy } from "./nodes.ts";

/** What a comparison always gives, and why. */
export interface Always {
  readonly always: boolean;
  readonly reason: string;
}

const mirrored: Readonly<Record<ComparisonOperator, ComparisonOperator>> = {
  "==": "==",
  "!=": "!=",
  "<": ">",
  "<=": ">=",
  ">": "<",
  ">=": "<=",
};

/** @param type what both sides become before they are compared */
export function alwaysOf(
  operator: ComparisonOperator,
  left: CoreExpression,
  right: CoreExpression,
  type: IntegerType,
): Always | undefined {
  const [a, b] = [integerValue(left), integerValue(right)];
  if (b !== undefined && a === undefined) return againstConstant(operator, left, b, type);
  if (a !== undefined && b === undefined) return againstConstant(mirrored[operator], right, a, type);
  return undefined;
}

function againstConstant(
  operator: ComparisonOperator,
  { type }: CoreExpression,
  value: bigint,
  common: IntegerType,
): Always | undefined {
  // An open type may still become wider, and one that wraps on the way has other limits.
  if (type.kind !== "integer" || type.flexible) return undefined;
  const { least, most } = limitsOf(type);
  if (!fits(least, common) || !fits(most, common) || !fits(value, common)) return undefined;
  const always = outcome(operator, value, least, most);
  if (always === undefined) return undefined;
  const reason =
    least === 0n && value <= 0n ? "an unsigned number is never negative" : limitsReason(type, least, most);
  return { always, reason };
}

function limitsReason({ size, signed }: IntegerType, least: bigint, most: bigint): string {
  const name = `${signed ? "int" : "uint"}${(size * 8).toString()}`;
  return `${name} values go from ${least.toString()} to ${most.toString()}`;
}

function limitsOf({ size, signed }: IntegerType): { readonly least: bigint; readonly most: bigint } {
  const bits = BigInt(size) * 8n;
  return signed
    ? { least: -(1n << (bits - 1n)), most: (1n << (bits - 1n)) - 1n }
    : { least: 0n, most: (1n << bits) - 1n };
}

/** Of `x OPERATOR value` for every x between the limits. */
function outcome(
  operator: ComparisonOperator,
  value: bigint,
  least: bigint,
  most: bigint,
): boolean | undefined {
  const outside = value < least || value > most;
  switch (operator) {
    case "==":
      return outside ? false : undefined;
    case "!=":
      return outside ? true : undefined;
    case "<":
      return value > most ? true : value <= least ? false : undefined;
    case "<=":
      return value >= most ? true : value < least ? false : undefined;
    case ">":
      return value < least ? true : value >= most ? false : undefined;
    case ">=":
      return value <= least ? true : value > most ? false : undefined;
  }
}

/** A condition that is false because of a constant in it. */
export function neverHolds(condition: CoreExpression): boolean {
  const constant = constantOf(condition);
  if (constant !== undefined) return !isTruthy(constant);
  if (condition.kind !== "logical") return false;
  const [left, right] = [neverHolds(condition.left), neverHolds(condition.right)];
  return condition.operator === "&&" ? left || right : left && right;
}
