/**
 * The last touch on a core tree: literals whose sign nothing decided get the signed type of their value, so that no
 * type in the tree is open any more.
 */

import type { CoreExpression, CoreStatement } from "../core/core.ts";
import { settle } from "../types/relations.ts";
import type { Type } from "../types/type.ts";

type CoreNode = CoreExpression | CoreStatement;

/** Properties that hold other nodes, alone or in a list, by kind of node. */
const childKeys: Readonly<Record<CoreNode["kind"], readonly string[]>> = {
  constant: [],
  variable: [],
  "map-read": ["key"],
  "map-reference": [],
  arithmetic: ["left", "right"],
  comparison: ["left", "right"],
  logical: ["left", "right"],
  negation: ["operand"],
  "pointer-arithmetic": ["pointer", "index"],
  conditional: ["condition", "then", "otherwise"],
  block: ["statements", "value"],
  dereference: ["pointer"],
  field: ["object"],
  index: ["object", "index"],
  element: ["object"],
  tuple: ["elements"],
  record: ["values"],
  cast: ["operand"],
  increment: ["target"],
  "address-of": [],
  call: ["arguments"],
  "subprogram-call": ["arguments"],
  evaluate: ["expression"],
  "assign-variable": ["value"],
  "assign-map": ["key", "value"],
  aggregate: ["key", "argument"],
  if: ["condition", "then", "otherwise"],
  while: ["condition", "body"],
  unroll: ["body"],
  "for-range": ["start", "end", "body"],
  "for-map": ["body"],
  jump: [],
  return: ["value"],
};

export function settleStatements(statements: readonly CoreStatement[]): readonly CoreStatement[] {
  return statements.map((statement) => settleNode(statement));
}

type Parts = Readonly<Record<string, unknown>>;

/** The node itself where nothing in it is open, else a copy that is settled. */
function settleNode<Node extends CoreNode>(node: Node): Node {
  const parts = node as unknown as Parts; // read by the names of the table
  let copy: Record<string, unknown> | undefined;
  if ("type" in node) {
    const type: Type = settle(node.type);
    if (type !== node.type) copy = { ...parts, type };
  }
  if ("literal" in node) {
    // A constant like any other from here on.
    copy ??= { ...parts };
    delete copy["literal"];
  }
  for (const key of childKeys[node.kind]) {
    const child = parts[key];
    if (child === undefined) continue;
    const settled = Array.isArray(child) ? settleList(child) : settleChild(child);
    if (settled === child) continue;
    copy ??= { ...parts };
    copy[key] = settled;
  }
  return copy === undefined ? node : (copy as unknown as Node); // the same properties with values of the same types
}

function settleList(children: readonly unknown[]): readonly unknown[] {
  let copy: unknown[] | undefined;
  for (const [i, child] of children.entries()) {
    const settled = settleChild(child);
    if (settled === child) continue;
    copy ??= [...children];
    copy[i] = settled;
  }
  return copy ?? children;
}

interface FieldValue {
  readonly index: number;
  readonly value: CoreExpression;
}

type Target = Extract<CoreExpression, { readonly kind: "increment" }>["target"];

/** A node, or what wraps one: a field's value in a record, the target of an increment. */
function settleChild(child: unknown): unknown {
  const part = child as CoreNode | FieldValue | Target; // what the table's properties hold
  if (!("kind" in part)) {
    const value = settleNode(part.value);
    return value === part.value ? part : { ...part, value };
  }
  if ("place" in part) return settleNode(part);
  if (part.kind === "variable" || part.key === undefined) return part;
  const key = settleNode(part.key);
  return key === part.key ? part : { ...part, key };
}
