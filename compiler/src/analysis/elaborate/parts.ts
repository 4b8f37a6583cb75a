/** What a construct asks for its parts. The walk knows every construct; they do not know one another. */

import type { CoreExpression, CoreStatement } from "../../core/core.ts";
import type { Expression, Statement } from "../../syntax/ast.ts";
import type { Scope } from "../state/scope.ts";

export function elaborate(expression: Expression, scope: Scope): CoreExpression {
  return scope.walk.constructs.expression(expression, scope);
}

export function elaborateStatement(statement: Statement, scope: Scope): readonly CoreStatement[] {
  return scope.walk.constructs.statement(statement, scope);
}

/** An expression in the place of a statement: evaluated, its value dropped. */
export function elaborateEffect(expression: Expression, scope: Scope): readonly CoreStatement[] {
  return scope.walk.constructs.effect(expression, scope);
}
