/** Statements, one function a construct. */

import type { CoreStatement } from "../../core/core.ts";
import { unstableFeature, unstableFeatureDisabled } from "../../diagnostics/catalog/config.ts";
import type { If, Statement } from "../../syntax/ast.ts";
import { elaborateAssignment, elaborateDeclaration } from "./assignment.ts";
import { elaborateBody, elaborateEffect } from "./blocks.ts";
import { elaborateCondition } from "./branches.ts";
import { decideBranch } from "./comptime.ts";
import { elaborate } from "./expression.ts";
import { elaborateJump, elaborateReturn } from "./jumps.ts";
import { elaborateFor, elaborateUnroll, elaborateWhile } from "./loops.ts";
import { isUnknown } from "./nodes.ts";
import { placeOf, report, type Scope } from "../state/scope.ts";

export function elaborateStatement(statement: Statement, scope: Scope): readonly CoreStatement[] {
  switch (statement.kind) {
    case "expression-statement":
      return elaborateEffect(statement.expression, scope);
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

/** `if` whose value nobody asks for. */
export function elaborateIfStatement(node: If, scope: Scope): readonly CoreStatement[] {
  const branch = decideBranch(node.condition, scope);
  if (branch === "neither") return [];
  if (branch === "then") return elaborateBody(node.then, scope);
  if (branch === "else") return elaborateElse(node, scope);
  const condition = elaborateCondition(node.condition, scope);
  const then = elaborateBody(node.then, scope);
  const otherwise = elaborateElse(node, scope);
  return [{ kind: "if", place: placeOf(scope, node), condition, then, otherwise }];
}

function elaborateElse({ otherwise }: If, scope: Scope): readonly CoreStatement[] {
  if (otherwise === undefined) return [];
  return otherwise.kind === "if" ? elaborateIfStatement(otherwise, scope) : elaborateBody(otherwise, scope);
}
