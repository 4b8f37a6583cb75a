/** Rewritings that keep what the script means, or add what one often wants; each looks whether it fits the selection. */

import type { Script, Span } from "@probewright/compiler";
import { extractMacro } from "./refactor/extract-macro.ts";
import { guardMissingEntry } from "./refactor/guard-entry.ts";
import { inlineVariable } from "./refactor/inline-variable.ts";
import { laidOut } from "./refactor/lay-out.ts";
import { addPredicate, ifToPredicate, predicateToIf } from "./refactor/predicate.ts";
import type { Offer, Refactoring } from "./refactor/refactor.ts";
import { itemAt, type Snapshot } from "./snapshot.ts";

export type { Refactoring } from "./refactor/refactor.ts";

const offers: readonly Offer[] = [
  extractMacro,
  inlineVariable,
  guardMissingEntry,
  ifToPredicate,
  predicateToIf,
  addPredicate,
];

/** What could be done with a selection, or at the cursor. @param parse reads what became of the item, to lay it out */
export function refactorings(
  snapshot: Snapshot,
  range: Span,
  parse: (text: string) => Script,
): readonly Refactoring[] {
  const found = itemAt(snapshot, range.start);
  if (found === undefined) return [];
  const { item, offset } = found;
  // Code with holes in it is not understood well enough to be rewritten.
  if (item.problems.length > 0) return [];
  const span = { start: offset, end: Math.min(offset + range.end - range.start, item.text.length) };
  const selected = { snapshot, item, start: range.start - offset, span };
  return offers.flatMap((offer) => {
    const offered = offer(selected);
    return offered === undefined ? [] : [laidOut(selected, offered, parse)];
  });
}
