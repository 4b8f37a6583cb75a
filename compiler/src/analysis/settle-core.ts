/**
 * The last touch on a core tree: literals whose sign nothing decided get the signed type of their value, so that no
 * type in the tree is open any more.
 */

import type { CoreExpression, CoreStatement } from "../core/core.ts";
import { settle } from "../types/relations.ts";
import type { Type } from "../types/type.ts";

/** Properties of core nodes that hold other nodes, alone or in a list. */
const childKeys = [
  "left",
  "right",
  "operand",
  "pointer",
  "index",
  "condition",
  "then",
  "otherwise",
  "statements",
  "value",
  "values",
  "object",
  "elements",
  "target",
  "arguments",
  "key",
  "argument",
  "body",
  "expression",
  "start",
  "end",
] as const;

export function settleStatements(statements: readonly CoreStatement[]): readonly CoreStatement[] {
  return statements.map((statement) => settleNode(statement));
}

export function settleExpression(expression: CoreExpression): CoreExpression {
  return settleNode(expression);
}

/** A copy with settled types; nodes are told from variables, maps, constants and places by having kind and place. */
function settleNode<Node extends object>(node: Node): Node {
  const copy: Record<string, unknown> = Object.fromEntries(Object.entries(node));
  const type = copy["type"];
  if (isType(type)) copy["type"] = settle(type);
  if ("literal" in copy) delete copy["literal"];
  for (const key of childKeys) {
    const child = copy[key];
    if (Array.isArray(child)) copy[key] = child.map((each: unknown) => settleChild(each));
    else if (child !== undefined) copy[key] = settleChild(child);
  }
  return copy as Node; // the same properties with values of the same types
}

function settleChild(child: unknown): unknown {
  if (typeof child !== "object" || child === null) return child;
  const isNode = "kind" in child && "place" in child;
  // A record's values and an increment's target wrap nodes without being any.
  const wrapsNode = !("place" in child) && ("value" in child || "key" in child) && !("default" in child);
  if (isNode) return settleNode(child);
  if (!wrapsNode) return child;
  const inner = "kind" in child && !("map" in child);
  return inner ? child : settleNode(child);
}

function isType(value: unknown): value is Type {
  return typeof value === "object" && value !== null && "kind" in value && !("place" in value);
}
