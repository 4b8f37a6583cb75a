/** Trees of plain nodes as indented text: a line a node, its scalars beside its kind, its parts below it. */

import type { Span } from "@probewright/compiler";
import type { LinkedWriter } from "./linked-text.ts";

export interface TreeTextOptions {
  /** Members that are no parts of the tree. */
  readonly leaveOut: ReadonlySet<string>;
  /** Members that refer to something by name. */
  readonly names: ReadonlySet<string>;
  readonly span: (node: TreeNode) => Span | undefined;
  /** What stands at the end of a node's line. */
  readonly remark: (node: TreeNode) => string;
}

export interface TreeNode {
  readonly kind: string;
  readonly [member: string]: unknown;
}

const INDENT = "  ";

export function writeTree(
  node: TreeNode,
  label: string,
  depth: number,
  writer: LinkedWriter,
  options: TreeTextOptions,
): void {
  const members = Object.entries(node).filter(([name]) => name !== "kind" && !options.leaveOut.has(name));
  const scalars = members.flatMap(([name, value]) => spellScalar(name, value, options.names));
  const head = [label === "" ? node.kind : `${label}: ${node.kind}`, ...scalars].join(" ");
  writer.add(INDENT.repeat(depth));
  writer.add(`${head}${options.remark(node)}\n`, options.span(node));
  for (const [name, value] of members) {
    if (options.names.has(name)) continue;
    for (const [part, child] of partsOf(name, value)) writeTree(child, part, depth + 1, writer, options);
  }
}

function spellScalar(name: string, value: unknown, names: ReadonlySet<string>): readonly string[] {
  switch (typeof value) {
    case "string":
      return [
        name === "text" || name === "operator" || name === "name"
          ? JSON.stringify(value)
          : `${name}=${JSON.stringify(value)}`,
      ];
    case "number":
    case "bigint":
      return [`${name}=${value}`];
    case "boolean":
      return value ? [name] : [];
    case "object": {
      if (value === null || !names.has(name)) return [];
      return [`${name}=${nameOf(value)}`];
    }
    default:
      return [];
  }
}

/** How something that is referred to by name is called. */
function nameOf(value: object): string {
  return "name" in value && typeof value.name === "string" ? value.name : "";
}

function partsOf(name: string, value: unknown): readonly (readonly [string, TreeNode])[] {
  if (Array.isArray(value)) {
    return value.flatMap((each: unknown, index) => partsOf(`${name}[${index}]`, each));
  }
  return isNode(value) ? [[name, value]] : [];
}

function isNode(value: unknown): value is TreeNode {
  return typeof value === "object" && value !== null && "kind" in value && typeof value.kind === "string";
}
