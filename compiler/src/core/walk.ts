/** The children of each node of the core tree, in order of evaluation. */

import type { CoreExpression, CoreStatement } from "./core.ts";

/** Anything a walk comes by. */
export type CoreNode = CoreExpression | CoreStatement;

export function childrenOf(node: CoreNode): readonly CoreNode[] {
  switch (node.kind) {
    case "constant":
    case "variable":
    case "map-reference":
    case "address-of":
    case "jump":
      return [];
    case "map-read":
      return present(node.key);
    case "arithmetic":
    case "comparison":
    case "logical":
      return [node.left, node.right];
    case "negation":
    case "cast":
      return [node.operand];
    case "pointer-arithmetic":
      return [node.pointer, node.index];
    case "conditional":
      return [node.condition, node.then, node.otherwise];
    case "block":
      return [...node.statements, ...present(node.value)];
    case "dereference":
      return [node.pointer];
    case "field":
    case "element":
      return [node.object];
    case "index":
      return [node.object, node.index];
    case "tuple":
      return node.elements;
    case "record":
      return node.values.map(({ value }) => value);
    case "increment":
      return node.target.kind === "map" ? present(node.target.key) : [];
    case "call":
    case "subprogram-call":
      return node.arguments;
    default:
      return statementChildren(node);
  }
}

function statementChildren(node: Exclude<CoreStatement, { readonly kind: "jump" }>): readonly CoreNode[] {
  switch (node.kind) {
    case "evaluate":
      return [node.expression];
    case "assign-variable":
      return [node.value];
    case "assign-map":
      return [...present(node.key), node.value];
    case "aggregate":
      return [...present(node.key), ...present(node.argument)];
    case "if":
      return [node.condition, ...node.then, ...node.otherwise];
    case "while":
      return [node.condition, ...node.body];
    case "unroll":
    case "for-map":
      return node.body;
    case "for-range":
      return [node.start, node.end, ...node.body];
    case "return":
      return present(node.value);
  }
}

function present(node: CoreExpression | undefined): readonly CoreExpression[] {
  return node === undefined ? [] : [node];
}

/** Calls `visit` on each node below and including `nodes`, parents first; answering false leaves out the children. */
export function walk(nodes: readonly CoreNode[], visit: (node: CoreNode) => boolean): void {
  // In code that is not optimised yet `for (… of …)` makes an object for each step; `forEach` makes none.
  nodes.forEach((node) => {
    if (visit(node)) walk(childrenOf(node), visit);
  });
}
