/** Statements, one function a construct. */

import type { CoreExpression, CoreStatement } from "../../core/core.ts";
import { discardedValue } from "../../diagnostics/catalog/control-flow.ts";
import { unstableFeature, unstableFeatureDisabled } from "../../diagnostics/catalog/config.ts";
import type { Expression, Statement } from "../../syntax/ast.ts";
import { isValue, settle } from "../../types/relations.ts";
import { show } from "../../types/show.ts";
import { elaborateAssignment, elaborateDeclaration } from "./assignment.ts";
import { elaborateBody, evaluate } from "./blocks.ts";
import { elaborateConditionalStatement, elaborateIfStatement } from "./branches.ts";
import { elaborate } from "./parts.ts";
import { elaborateJump, elaborateReturn } from "./jumps.ts";
import { elaborateFor, elaborateUnroll, elaborateWhile } from "./loops.ts";
import { isUnknown } from "./nodes.ts";
import { placeOf, report, type Scope } from "../state/scope.ts";

export function elaborateAnyStatement(statement: Statement, scope: Scope): readonly CoreStatement[] {
  switch (statement.kind) {
    case "expression-statement":
      return elaborateExpressionStatement(statement.expression, scope);
    case "assignment":
      return elaborateAssignment(statement, scope);
    case "variable-declaration":
      return elaborateDeclaration(statement, scope);
    case "discard": {
      const expression = elaborate(statement.value, scope);
      return isUnknown(expression)
        ? []
        : [{ kind: "evaluate", place: placeOf(scope, statement), expression }];
    }
    case "while":
      return elaborateWhile(statement, scope);
    case "unroll":
      return elaborateUnroll(statement, scope);
    case "for":
      return elaborateFor(statement, scope);
    case "break":
    case "continue":
      return elaborateJump(statement, scope);
    case "return":
      return elaborateReturn(statement, scope);
    case "import-statement": {
      const facts = { feature: "an import inside a block", key: "unstable_import_statement" };
      const policy = scope.walk.program.unstable.importStatement;
      if (policy === "warn") report(scope, unstableFeature(placeOf(scope, statement), facts));
      if (policy === "error") report(scope, unstableFeatureDisabled(placeOf(scope, statement), facts));
      return [];
    }
  }
}

/** An expression in the place of a statement: evaluated, its value dropped. */
export function elaborateExpressionStatement(expression: Expression, scope: Scope): readonly CoreStatement[] {
  if (expression.kind === "if") return elaborateIfStatement(expression, scope);
  if (expression.kind === "conditional") return elaborateConditionalStatement(expression, scope);
  if (expression.kind === "block-expression") return elaborateBody(expression.block, scope);
  const value = elaborate(expression, scope);
  if (isUnknown(value)) return [];
  warnDiscarded(expression, value, scope);
  if (value.kind === "block" && value.value === undefined) return value.statements;
  return value.kind === "constant" ? [] : [evaluate(value)];
}

function warnDiscarded(expression: Expression, value: CoreExpression, scope: Scope): void {
  if (expression.kind === "increment" || !isValue(value.type)) return;
  const place = placeOf(scope, expression);
  const fix = {
    title: "Discard the value on purpose",
    edits: [{ place: { ...place, span: { start: place.span.start, end: place.span.start } }, text: "_ = " }],
    automatic: false,
  };
  // Within `?:` and parentheses there is no place for a statement.
  const isStatement = !/[?:(]\s*$/.test(place.item.text.slice(0, place.span.start));
  report(
    scope,
    discardedValue(place, { type: show(settle(value.type)) }, { fixes: isStatement ? [fix] : [] }),
  );
}
