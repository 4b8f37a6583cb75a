/** Going through a syntax tree: its nodes in source order, and the way down to an offset. Derived from the child table. */

import type { Item } from "./ast.ts";
import { childKeys, type SyntaxNode } from "./children.ts";

/**
 * Calls `visit` with each direct child, in source order. Every check of a script walks all of it several times, from nothing in
 * code that is not optimised yet: there `for (… of …)` makes an object for each step, and a function that sees `visit` one for
 * each call.
 */
export function forEachChild(node: SyntaxNode, visit: (child: SyntaxNode) => void): void {
  const keys = childKeys.get(node.kind) ?? [];
  let index = 0;
  while (index < keys.length) {
    const key = keys[index] ?? "";
    eachNodeIn((node as unknown as Readonly<Record<string, unknown>>)[key], visit); // keys come from the child table
    index += 1;
  }
}

/** The direct children in source order. */
export function childrenOf(node: SyntaxNode): readonly SyntaxNode[] {
  const children: SyntaxNode[] = [];
  forEachChild(node, (child) => children.push(child));
  return children;
}

/**
 * Visits a node and everything under it in source order.
 * @param enter called before a node's children; `false` leaves them out (`leave` is still called)
 * @param leave called after a node's children
 */
export function walk(
  node: SyntaxNode,
  enter: (node: SyntaxNode) => unknown,
  leave?: (node: SyntaxNode) => void,
): void {
  const visit = (each: SyntaxNode): void => {
    if (enter(each) !== false) forEachChild(each, visit);
    leave?.(each);
  };
  visit(node);
}

/** Every node of an item at the index of its id; a node id without a node (there is none today) is a hole. */
export function nodesById(item: Item): readonly SyntaxNode[] {
  const nodes = new Array<SyntaxNode>(item.nodeCount);
  walk(item, (node) => {
    nodes[node.id] = node;
  });
  return nodes;
}

/**
 * The nodes around an offset, from the item to the innermost. A node counts when the offset is inside it or touches
 * it; between two neighbours that both touch, the one that starts at the offset wins, as a block cursor stands on it.
 * @param offset in UTF-16 code units from the item's start
 * @returns only the item when no part of it is there
 */
export function findNodeAt(item: Item, offset: number): readonly SyntaxNode[] {
  const path: SyntaxNode[] = [item];
  for (;;) {
    const inner = childAt(path[path.length - 1] ?? item, offset);
    if (inner === undefined) return path;
    path.push(inner);
  }
}

function childAt(node: SyntaxNode, offset: number): SyntaxNode | undefined {
  let touching: SyntaxNode | undefined;
  let inside: SyntaxNode | undefined;
  forEachChild(node, (child) => {
    if (child.span.start > offset || child.span.end < offset) return;
    if (offset < child.span.end) inside ??= child;
    else touching ??= child;
  });
  return inside ?? touching;
}

/** Nodes in a child property: a node, a list, or a plain object (a record's field, a type or expression) around nodes. */
function eachNodeIn(value: unknown, visit: (child: SyntaxNode) => void): void {
  if (typeof value !== "object" || value === null) return;
  if (Array.isArray(value)) {
    eachNodeInList(value, visit);
  } else if ("id" in value) {
    visit(value as SyntaxNode); // only nodes have ids
  } else {
    for (const part of Object.values(value)) eachNodeIn(part, visit);
  }
}

function eachNodeInList(list: readonly unknown[], visit: (child: SyntaxNode) => void): void {
  let index = 0;
  while (index < list.length) {
    eachNodeIn(list[index], visit);
    index += 1;
  }
}
