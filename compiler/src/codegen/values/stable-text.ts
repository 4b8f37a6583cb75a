/** Expressions that have the same value all through one run of a program, as texts that tell them apart. */

import type { CoreExpression } from "../../core/core.ts";

/** Builtins that answer the same each time one program asks. */
const stable: ReadonlySet<string> = new Set([
  "pid",
  "tid",
  "uid",
  "gid",
  "comm",
  "curtask",
  "cgroup",
  "cpu",
  "args",
  "argN",
  "retval",
]);

/** @returns undefined when the value may change; equal texts mean equal values */
export function stableText(node: CoreExpression): string | undefined {
  switch (node.kind) {
    case "constant":
      return `${node.value.kind} ${JSON.stringify(node.value.value.toString())}`;
    case "cast": {
      const operand = stableText(node.operand);
      return operand === undefined ? undefined : `cast ${JSON.stringify(node.type, plain)} (${operand})`;
    }
    case "tuple":
      return joined("tuple", node.elements);
    case "call":
      if (!stable.has(node.name) || node.arguments.length > 0) return undefined;
      return `${node.name} ${JSON.stringify(node.detail, plain)}`;
    case "field":
      // Fields of the arguments themselves; what they point to is memory that others write.
      if (node.object.kind !== "call" || node.object.name !== "args") return undefined;
      return `args ${node.field.offset} ${node.field.name}`;
    default:
      return undefined;
  }
}

function joined(word: string, parts: readonly CoreExpression[]): string | undefined {
  const texts = parts.map(stableText);
  return texts.includes(undefined) ? undefined : `${word} (${texts.join(", ")})`;
}

function plain(_key: string, value: unknown): unknown {
  return typeof value === "bigint" ? value.toString() : value;
}
