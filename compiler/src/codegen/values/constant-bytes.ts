/** The bytes of values known while compiling: such keys and values need neither stack nor code. */

import { bytesOf } from "../../base/utf8.ts";
import type { CoreExpression } from "../../core/core.ts";
import { layoutOf, partsOf, sizeOf } from "../../types/layout.ts";
import type { StructTable } from "../../types/type.ts";
import { littleEndian } from "../program/program.ts";

/** @returns undefined when any part is not constant */
export function constantBytesOf(node: CoreExpression, structs: StructTable): Uint8Array | undefined {
  const size = sizeOf(node.type, structs);
  switch (node.kind) {
    case "constant": {
      const { value } = node;
      if (value.kind === "integer") return littleEndian(value.value, size);
      if (value.kind === "boolean") return littleEndian(value.value ? 1 : 0, size);
      const bytes = new Uint8Array(size);
      bytes.set(bytesOf(value.value).subarray(0, size));
      return bytes;
    }
    case "tuple":
      return aggregateBytes(
        node,
        node.elements.map((value, index) => ({ index, value })),
        structs,
      );
    case "record":
      return aggregateBytes(node, node.values, structs);
    case "cast": {
      if (node.type.kind !== "string" || node.operand.type.kind !== "string") return undefined;
      const operand = constantBytesOf(node.operand, structs);
      if (operand === undefined || operand.length > size) return undefined;
      const bytes = new Uint8Array(size);
      bytes.set(operand);
      return bytes;
    }
    default:
      return undefined;
  }
}

function aggregateBytes(
  node: CoreExpression,
  values: readonly { readonly index: number; readonly value: CoreExpression }[],
  structs: StructTable,
): Uint8Array | undefined {
  if (node.type.kind !== "tuple" && node.type.kind !== "record") return undefined;
  const layout = layoutOf(partsOf(node.type), structs);
  const bytes = new Uint8Array(layout.size);
  for (const { index, value } of values) {
    const part = constantBytesOf(value, structs);
    if (part === undefined) return undefined;
    bytes.set(part, layout.offsets[index] ?? 0);
  }
  return bytes;
}
