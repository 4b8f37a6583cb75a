/** The order of map entries by key. */

import type { Value } from "./value.ts";

/** Integers ascending as signed, strings bytewise, tuples element by element; other kinds are left as they came. */
export function compareKeys(left: Value | undefined, right: Value | undefined): number {
  if (left?.kind !== right?.kind || left === undefined || right === undefined) return 0;
  switch (left.kind) {
    case "integer":
    case "enum":
    case "pointer":
      return compareIntegers(
        left.value,
        "value" in right && typeof right.value === "bigint" ? right.value : 0n,
      );
    case "boolean":
      return Number(left.value) - Number(right.kind === "boolean" && right.value);
    case "string":
    case "buffer":
      return "bytes" in right ? Buffer.compare(left.bytes, right.bytes) : 0;
    case "text":
      return right.kind === "text" ? Number(left.text > right.text) - Number(left.text < right.text) : 0;
    case "tuple":
    case "array":
      return "elements" in right ? compareAll(left.elements, right.elements) : 0;
    case "record":
      return right.kind === "record" ? compareAll(left.fields.map(valueOf), right.fields.map(valueOf)) : 0;
    default:
      return 0;
  }
}

function valueOf(field: { readonly value: Value }): Value {
  return field.value;
}

function compareIntegers(left: bigint, right: bigint): number {
  const a = BigInt.asIntN(64, left);
  const b = BigInt.asIntN(64, right);
  return a < b ? -1 : a > b ? 1 : 0;
}

function compareAll(left: readonly Value[], right: readonly Value[]): number {
  for (const [index, element] of left.entries()) {
    const order = compareKeys(element, right[index]);
    if (order !== 0) return order;
  }
  return 0;
}
