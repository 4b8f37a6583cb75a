/** Reading the constant arguments of calls. */

import { invariant } from "../../base/invariant.ts";
import { fromUtf8 } from "../../base/utf8.ts";
import type { CoreCall, CoreExpression, CoreMap } from "../../core/core.ts";

export function argument(call: CoreCall, index: number): CoreExpression {
  const found = call.arguments[index];
  invariant(found !== undefined, `${call.name} has argument ${index}`);
  return found;
}

/** A constant string as text, for people and for names. */
export function textArgument(call: CoreCall, index: number): string | undefined {
  const bytes = bytesArgument(call, index);
  return bytes === undefined ? undefined : fromUtf8(bytes);
}

/** A constant string as the kernel sees it, one character (0–255) a byte. */
export function bytesArgument(call: CoreCall, index: number): string | undefined {
  const found = call.arguments[index];
  return found?.kind === "constant" && found.value.kind === "string" ? found.value.value : undefined;
}

export function integerArgument(call: CoreCall, index: number): bigint | undefined {
  const found = call.arguments[index];
  return found?.kind === "constant" && found.value.kind === "integer" ? found.value.value : undefined;
}

export function mapArgument(call: CoreCall, index: number): CoreMap {
  const found = call.arguments[index];
  invariant(found?.kind === "map-reference", `argument ${index} of ${call.name} is a map`);
  return found.map;
}

export function formatOf({ detail }: CoreCall): string {
  return detail.kind === "format" ? detail.format : "";
}
