/** A bound on macros: two uses of a macro in another double the code at each level. */

import { macroExpansionTooLarge } from "../../diagnostics/catalog/macros.ts";
import type { Place } from "../../diagnostics/diagnostic.ts";
import type { Scope } from "../state/scope.ts";

/** Uses of macros and of their parameters in one walk: more than any readable script needs, and done in a second. */
const MOST_EXPANSIONS = 50_000;

/** Counts one. Past the limit nothing is expanded any more, and that is said once, at the use in the program. */
export function exceedsExpansions(name: string, place: Place, { walk }: Scope): boolean {
  const { progress } = walk;
  progress.expansions += 1;
  if (progress.expansions <= MOST_EXPANSIONS) return false;
  if (progress.expansions > MOST_EXPANSIONS + 1) return true;
  let use = place;
  while (use.expandedFrom !== undefined) use = use.expandedFrom;
  walk.report(macroExpansionTooLarge(use, { name, most: MOST_EXPANSIONS }));
  return true;
}
