/** Blocks: their statements in a scope of their own, and what can be reached of them. */

import type { CoreExpression, CoreStatement } from "../../core/core.ts";
import { discardedValue, unreachableCode, unreachableValue } from "../../diagnostics/catalog/control-flow.ts";
import type { Block, Expression, Statement } from "../../syntax/ast.ts";
import { isValue, settle } from "../../types/relations.ts";
import { show } from "../../types/show.ts";
import { elaborate } from "./expression.ts";
import { isUnknown } from "./nodes.ts";
import { childScope, placeOf, report, type Scope } from "../state/scope.ts";
import { elaborateIfStatement, elaborateStatement } from "./statements.ts";

export interface ElaboratedBlock {
  readonly statements: readonly CoreStatement[];
  readonly value: CoreExpression | undefined;
}

/** A block whose last expression may be its value. */
export function elaborateBlock(block: Block, outer: Scope): ElaboratedBlock {
  const scope = childScope(outer);
  const { statements, stopped } = elaborateStatements(block.statements, scope);
  if (block.value === undefined) return { statements, value: undefined };
  const value = elaborate(block.value, scope);
  if (stopped !== undefined) report(scope, unreachableValue(placeOf(scope, block.value), { after: stopped }));
  if (isValue(value.type) || isUnknown(value)) return { statements, value };
  return { statements: [...statements, evaluate(value)], value: undefined };
}

/** A block whose last expression is a statement like any other. */
export function elaborateBody(block: Block, outer: Scope): readonly CoreStatement[] {
  const scope = childScope(outer);
  const { statements, stopped } = elaborateStatements(block.statements, scope);
  if (block.value === undefined) return statements;
  if (stopped !== undefined) report(scope, unreachableCode(placeOf(scope, block.value), { after: stopped }));
  return [...statements, ...elaborateEffect(block.value, scope)];
}

/** An expression in the place of a statement: evaluated, its value dropped. */
export function elaborateEffect(expression: Expression, scope: Scope): readonly CoreStatement[] {
  if (expression.kind === "if") return elaborateIfStatement(expression, scope);
  const value = elaborate(expression, scope);
  if (isUnknown(value)) return [];
  warnDiscarded(expression, value, scope);
  if (value.kind === "block" && value.value === undefined) return value.statements;
  return value.kind === "constant" ? [] : [evaluate(value)];
}

function evaluate(expression: CoreExpression): CoreStatement {
  return { kind: "evaluate", place: expression.place, expression };
}

function warnDiscarded(expression: Expression, value: CoreExpression, scope: Scope): void {
  if (expression.kind === "increment" || !isValue(value.type)) return;
  const place = placeOf(scope, expression);
  const fix = {
    title: "Discard the value on purpose",
    edits: [{ place: { ...place, span: { start: place.span.start, end: place.span.start } }, text: "_ = " }],
    automatic: false,
  };
  report(scope, discardedValue(place, { type: show(settle(value.type)) }, { fixes: [fix] }));
}

interface ElaboratedStatements {
  readonly statements: readonly CoreStatement[];
  /** The jump that ends the block before its end. */
  readonly stopped: string | undefined;
}

/** What follows a jump is typed and checked, but no code. */
function elaborateStatements(statements: readonly Statement[], scope: Scope): ElaboratedStatements {
  const result: CoreStatement[] = [];
  let stopped: string | undefined;
  let warned = false;
  for (const statement of statements) {
    if (stopped !== undefined && !warned) {
      report(scope, unreachableCode(placeOf(scope, statement), { after: stopped }));
      warned = true;
    }
    const elaborated = elaborateStatement(statement, scope);
    if (stopped !== undefined) continue;
    result.push(...elaborated);
    stopped = jumpOf(elaborated.at(-1), statement);
  }
  return { statements: result, stopped };
}

function jumpOf(last: CoreStatement | undefined, statement: Statement): string | undefined {
  if (last === undefined) return undefined;
  if (last.kind === "jump") return last.to;
  if (last.kind !== "return") return undefined;
  return statement.kind === "return" ? "return" : "exit()";
}
