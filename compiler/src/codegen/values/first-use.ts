/** Whether a variable can be read before it was assigned, and so must start as zero. */

import type { CoreExpression, CoreStatement, CoreVariable } from "../../core/core.ts";
import { walk } from "../../core/walk.ts";

/** @param body of the function that the variable lives in; false only when an assignment surely comes first */
export function needsZero(variable: CoreVariable, body: readonly CoreStatement[]): boolean {
  const first = body.findIndex((statement) => mentions(variable, [statement]));
  const statement = body[first];
  if (statement === undefined) return false;
  if (statement.kind === "assign-variable" && statement.variable === variable) {
    return mentions(variable, [statement.value]);
  }
  if (mentions(variable, body.slice(first + 1))) return true;
  return needsZeroWithin(variable, statement);
}

/** The statement is the only one that mentions the variable. */
function needsZeroWithin(variable: CoreVariable, statement: CoreStatement): boolean {
  switch (statement.kind) {
    case "if":
      if (mentions(variable, [statement.condition])) return true;
      return needsZero(variable, statement.then) || needsZero(variable, statement.otherwise);
    case "while":
      return mentions(variable, [statement.condition]) || needsZero(variable, statement.body);
    case "unroll":
      return needsZero(variable, statement.body);
    case "evaluate":
      if (statement.expression.kind !== "block") return true;
      if (mentions(variable, statement.expression.value === undefined ? [] : [statement.expression.value]))
        return true;
      return needsZero(variable, statement.expression.statements);
    default:
      return true;
  }
}

function mentions(variable: CoreVariable, nodes: readonly (CoreExpression | CoreStatement)[]): boolean {
  let found = false;
  walk(nodes, (node) => {
    const named =
      (node.kind === "variable" && node.variable === variable) ||
      (node.kind === "assign-variable" && node.variable === variable) ||
      (node.kind === "increment" && node.target.kind === "variable" && node.target.variable === variable) ||
      (node.kind === "address-of" && node.of.kind === "variable" && node.of.variable === variable);
    if (named) found = true;
    return !found;
  });
  return found;
}
