/** Addresses that are read although nothing tells whose memory they are of. */

import type { CallSite } from "../../builtins/call-site.ts";
import { spaceOfNumber } from "../../builtins/number-space.ts";
import { addressSpaceUnset } from "../../diagnostics/catalog/access.ts";
import { report, type Scope } from "../state/scope.ts";

/** In probes that trace neither the kernel nor a program; a `fn` may be called from any. */
export function reportUnsetSpace({ arguments: [source], context }: CallSite, scope: Scope): void {
  if (source === undefined || scope.routine.kind !== "probe" || scope.unevaluated) return;
  const { expression, constant } = source;
  const { type } = expression;
  if (context.space !== "none" || constant !== undefined) return;
  const isUnset =
    type.kind === "pointer"
      ? type.space === "none"
      : type.kind === "integer" && spaceOfNumber(expression, context.space) === "none";
  if (isUnset) report(scope, addressSpaceUnset(source.place, {}));
}
