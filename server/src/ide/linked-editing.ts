/** Names that are edited together as they are typed: where every place is in one item, so that nothing out of sight changes. */

import type { Span } from "@probewright/compiler";
import { namedAt } from "./names.ts";
import type { Snapshot } from "./snapshot.ts";

/** All places of the variable or macro parameter at the offset, with their sigil; undefined for what other items know. */
export function linkedSpans(snapshot: Snapshot, offset: number): readonly Span[] | undefined {
  const thing = namedAt(snapshot, offset)?.thing;
  if (thing === undefined || (thing.kind !== "variable" && thing.kind !== "macro-parameter"))
    return undefined;
  if (thing.occurrences.length < 2) return undefined;
  return thing.occurrences.map(({ start, end }) => ({ start, end }));
}
