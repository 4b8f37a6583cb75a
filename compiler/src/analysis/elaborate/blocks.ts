/** Blocks: their statements in a scope of their own, and what can be reached of them. */

import type { CoreExpression, CoreStatement } from "../../core/core.ts";
import { unreachableCode, unreachableValue } from "../../diagnostics/catalog/control-flow.ts";
import type { Block, Statement } from "../../syntax/ast.ts";
import { isValue } from "../../types/relations.ts";
import { isUnknown } from "./nodes.ts";
import { elaborate, elaborateEffect, elaborateStatement } from "./parts.ts";
import { childScope, placeOf, report, type Scope } from "../state/scope.ts";

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

/** An expression evaluated for what it does, its value dropped. */
export function evaluate(expression: CoreExpression): CoreStatement {
  return { kind: "evaluate", place: expression.place, expression };
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
