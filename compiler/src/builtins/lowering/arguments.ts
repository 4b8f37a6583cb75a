/** Reading the constant arguments of calls. */

import { invariant } from "../../base/invariant.ts";
import type { CoreCall, CoreExpression, CoreMap } from "../../core/core.ts";

export function argument(call: CoreCall, index: number): CoreExpression {
  const found = call.arguments[index];
  invariant(found !== undefined, `${call.name} has argument ${index}`);
  return found;
}

export function textArgument(call: CoreCall, index: number): string | undefined {
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
