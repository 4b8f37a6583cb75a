/** `?:`, `if` with a value and without, and blocks as expressions. */

import type { CoreExpression, CoreStatement } from "../../core/core.ts";
import { conditionType, incompatibleBranches } from "../../diagnostics/catalog/control-flow.ts";
import type { Place } from "../../diagnostics/diagnostic.ts";
import type { Block, BlockExpression, Conditional, Expression, If } from "../../syntax/ast.ts";
import { isCondition, isValue, promote } from "../../types/relations.ts";
import { describe } from "../../types/show.ts";
import { none, type Type } from "../../types/type.ts";
import { elaborateBlock, elaborateBody } from "./blocks.ts";
import { decideBranch } from "./comptime.ts";
import { coerce } from "./convert.ts";
import { elaborate, elaborateEffect } from "./parts.ts";
import {
  booleanConstant,
  constantOf,
  isAggregationRead,
  isLiteralTree,
  isTruthy,
  isUnknown,
  typeInScript,
  unknown,
} from "./nodes.ts";
import { placeOf, report, type Scope } from "../state/scope.ts";

/** A condition of `if`, `while`, `?:` or a predicate; a constant string is true when it is not empty. */
export function elaborateCondition(expression: Expression, scope: Scope): CoreExpression {
  const condition = elaborate(expression, scope);
  if (isUnknown(condition)) return condition;
  // `if ()`: that there is none has been said.
  if (condition.kind === "tuple" && condition.elements.length === 0 && scope.item.problems.length > 0)
    return unknown(condition.place);
  const constant = constantOf(condition);
  if (constant?.kind === "string") return booleanConstant(isTruthy(constant), condition.place);
  if (isCondition(condition.type) && !isAggregationRead(condition)) return condition;
  const hints = isAggregationRead(condition) ? ["compare it with a number, as in '@count > 0'"] : [];
  report(scope, conditionType(condition.place, { type: describe(typeInScript(condition)) }, { hints }));
  return unknown(condition.place);
}

export function elaborateConditional(conditional: Conditional, scope: Scope): CoreExpression {
  const place = placeOf(scope, conditional);
  const branch = decideBranch(conditional.condition, scope);
  const thenExpression = conditional.then ?? conditional.condition;
  if (branch === "then") return elaborate(thenExpression, scope);
  if (branch === "else") return elaborate(conditional.otherwise, scope);
  if (branch === "neither") return unknown(place);
  const condition = elaborateCondition(conditional.condition, scope);
  const then = elaborate(thenExpression, scope);
  const otherwise = elaborate(conditional.otherwise, scope);
  return joinBranches(condition, then, otherwise, place, scope);
}

/** `?:` whose value nobody asks for: its branches need nothing in common. */
export function elaborateConditionalStatement(node: Conditional, scope: Scope): readonly CoreStatement[] {
  const branch = decideBranch(node.condition, scope);
  if (branch === "neither") return [];
  const thenExpression = node.then ?? node.condition;
  if (branch === "then") return elaborateEffect(thenExpression, scope);
  if (branch === "else") return elaborateEffect(node.otherwise, scope);
  const condition = elaborateCondition(node.condition, scope);
  const then = elaborateEffect(thenExpression, scope);
  const otherwise = elaborateEffect(node.otherwise, scope);
  return [{ kind: "if", place: placeOf(scope, node), condition, then, otherwise }];
}

function joinBranches(
  condition: CoreExpression,
  then: CoreExpression,
  otherwise: CoreExpression,
  place: Place,
  scope: Scope,
): CoreExpression {
  if (isUnknown(then)) return unknown(place, otherwise.type);
  if (isUnknown(otherwise)) return unknown(place, then.type);
  const decided = constantOf(condition);
  if (decided !== undefined && isLiteralTree(then) && isLiteralTree(otherwise)) {
    return { ...(isTruthy(decided) ? then : otherwise), place };
  }
  if (!isValue(then.type) && !isValue(otherwise.type)) {
    const [a, b] = [asBlock(then), asBlock(otherwise)];
    return { kind: "conditional", type: none, place, condition, then: a, otherwise: b };
  }
  const type = isValue(then.type) && isValue(otherwise.type) ? promote(then.type, otherwise.type) : undefined;
  if (type === undefined) {
    report(
      scope,
      incompatibleBranches(place, { left: describe(then.type), right: describe(otherwise.type) }),
    );
    return unknown(place);
  }
  if (isUnknown(condition)) return unknown(place, type);
  return choose(condition, then, otherwise, { type, place, scope });
}

interface Choice {
  readonly type: Type;
  readonly place: Place;
  readonly scope: Scope;
}

/** The branches in their common type; the one that is taken, where that is known and both are constants. */
function choose(
  condition: CoreExpression,
  then: CoreExpression,
  otherwise: CoreExpression,
  { type, place, scope }: Choice,
): CoreExpression {
  const decided = constantOf(condition);
  const pass = (): void => undefined;
  const [a, b] = [coerce(then, type, scope, pass), coerce(otherwise, type, scope, pass)];
  if (decided !== undefined && constantOf(a) !== undefined && constantOf(b) !== undefined) {
    return { ...(isTruthy(decided) ? a : b), place };
  }
  return { kind: "conditional", type, place, condition, then: a, otherwise: b };
}

/** An expression evaluated for its effect only, as a block without value. */
function asBlock(expression: CoreExpression): CoreExpression {
  if (expression.kind === "block" && expression.value === undefined) return { ...expression, type: none };
  const { place } = expression;
  return {
    kind: "block",
    type: none,
    place,
    statements: [{ kind: "evaluate", place, expression }],
    value: undefined,
  };
}

export function elaborateBlockExpression({ block }: BlockExpression, scope: Scope): CoreExpression {
  return blockValue(block, scope);
}

function blockValue(block: Block, scope: Scope): CoreExpression {
  const place = placeOf(scope, block);
  const { statements, value } = elaborateBlock(block, scope);
  if (value === undefined) return { kind: "block", type: none, place, statements, value: undefined };
  if (isUnknown(value)) return unknown(place, value.type);
  if (statements.length === 0) return value;
  return { kind: "block", type: value.type, place, statements, value };
}

/** `if` whose value nobody asks for. */
export function elaborateIfStatement(node: If, scope: Scope): readonly CoreStatement[] {
  const branch = decideBranch(node.condition, scope);
  if (branch === "neither") return [];
  if (branch === "then") return elaborateBody(node.then, scope);
  if (branch === "else") return elaborateElseStatement(node, scope);
  const condition = elaborateCondition(node.condition, scope);
  const then = elaborateBody(node.then, scope);
  const otherwise = elaborateElseStatement(node, scope);
  return [{ kind: "if", place: placeOf(scope, node), condition, then, otherwise }];
}

function elaborateElseStatement({ otherwise }: If, scope: Scope): readonly CoreStatement[] {
  if (otherwise === undefined) return [];
  return otherwise.kind === "if" ? elaborateIfStatement(otherwise, scope) : elaborateBody(otherwise, scope);
}

/** `if` where a value is wanted; without a last `else` it has none. */
export function elaborateIf(node: If, scope: Scope): CoreExpression {
  const place = placeOf(scope, node);
  if (!hasLastElse(node) && node.condition.kind !== "comptime") {
    const statements = elaborateIfStatement(node, scope);
    return { kind: "block", type: none, place, statements, value: undefined };
  }
  const branch = decideBranch(node.condition, scope);
  if (branch === "neither") return unknown(place);
  if (branch === "then") return blockValue(node.then, scope);
  if (branch === "else") return elaborateElse(node, place, scope);
  const condition = elaborateCondition(node.condition, scope);
  const then = blockValue(node.then, scope);
  const otherwise = elaborateElse(node, place, scope);
  return joinBranches(condition, then, otherwise, place, scope);
}

function hasLastElse({ otherwise }: If): boolean {
  return otherwise !== undefined && (otherwise.kind === "block" || hasLastElse(otherwise));
}

function elaborateElse({ otherwise }: If, place: Place, scope: Scope): CoreExpression {
  if (otherwise === undefined) return { kind: "block", type: none, place, statements: [], value: undefined };
  return otherwise.kind === "if" ? elaborateIf(otherwise, scope) : blockValue(otherwise, scope);
}
