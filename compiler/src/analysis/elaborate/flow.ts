/** Where control can go, by form alone. */

import type { Block, Expression, Statement } from "../../syntax/ast.ts";

/** Does every way through the block end in `return`? */
export function alwaysReturns(block: Block): boolean {
  return (
    block.statements.some(statementReturns) || (block.value !== undefined && expressionReturns(block.value))
  );
}

function statementReturns(statement: Statement): boolean {
  if (statement.kind === "return") return true;
  return statement.kind === "expression-statement" && expressionReturns(statement.expression);
}

function expressionReturns(expression: Expression): boolean {
  if (expression.kind === "block-expression") return alwaysReturns(expression.block);
  if (expression.kind === "call") return expression.callee.text === "exit";
  if (expression.kind !== "if" || expression.otherwise === undefined) return false;
  const { then, otherwise } = expression;
  return (
    alwaysReturns(then) && (otherwise.kind === "if" ? expressionReturns(otherwise) : alwaysReturns(otherwise))
  );
}
