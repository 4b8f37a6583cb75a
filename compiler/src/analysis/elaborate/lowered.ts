/** Calls that code can be generated for. */

import { lowerings } from "../../builtins/lowering/table.ts";
import { notSupported } from "../../diagnostics/catalog/calls.ts";
import type { Place } from "../../diagnostics/diagnostic.ts";
import { report, type Scope } from "../state/scope.ts";

/** Says so where there is no code for a call: the script is in order, and still cannot be compiled. */
export function requireLowering(name: string, place: Place, scope: Scope): void {
  if (!scope.walk.final || scope.unevaluated || name in lowerings) return;
  const facts = { name, reason: "this version cannot generate code for it" };
  report(scope, notSupported(place, facts, { severity: "warning" }));
  scope.walk.progress.incomplete = true;
}
