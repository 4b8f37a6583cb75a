/**
 * The last touch on a core tree: literals whose sign nothing decided get the signed type of their value, so that no
 * type in the tree is open any more.
 */

import type { CoreStatement } from "../core/core.ts";
import { settle } from "../types/relations.ts";
import type { Type } from "../types/type.ts";

/** Properties of core nodes that hold other nodes, alone or in a list. */
const childKeys: ReadonlySet<string> = new Set([
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
]);

export function settleStatements(statements: readonly CoreStatement[]): readonly CoreStatement[] {
  return statements.map((statement) => settleNode(statement));
}

/** The node itself where nothing in it is open, else a copy that is settled. */
function settleNode<Node extends object>(node: Node): Node {
  if ("literal" in node) return settleNode(withoutMark(node));
  let changes: Record<string, unknown> | undefined;
  for (const key in node) {
    if (key !== "type" && !childKeys.has(key)) continue;
    const value: unknown = node[key];
    const settled = key === "type" ? settle(value as Type) : settleChild(value); // a node's `type` is a type
    if (settled !== value) changes = { ...changes, [key]: settled };
  }
  return changes === undefined ? node : { ...node, ...changes };
}

/** A literal is a constant like any other from here on. */
function withoutMark<Node extends object>(node: Node): Node {
  const copy = { ...node };
  Reflect.deleteProperty(copy, "literal");
  return copy;
}

function settleChild(child: unknown): unknown {
  if (Array.isArray(child)) {
    const settled = child.map(settleChild);
    return settled.every((each, i) => each === child[i]) ? child : settled;
  }
  if (typeof child !== "object" || child === null) return child;
  if ("kind" in child && "place" in child) return settleNode(child);
  return wrapsNodes(child) ? settleNode(child) : child;
}

/** A record's values and the map an increment is for hold nodes without being any; constants and variables do not. */
function wrapsNodes(value: object): boolean {
  return ("index" in value && "value" in value) || ("map" in value && "key" in value);
}
