/** Types that analysis inferred, shown where a variable or a map is introduced without one. */

import { showType, type Span } from "@probewright/compiler";
import { definitionOf, namedThings, type NamedThing } from "./names.ts";
import type { Snapshot } from "./snapshot.ts";

export interface InlayHint {
  /** The hint stands here, after the name. */
  readonly offset: number;
  readonly label: string;
}

export function inlayHints(snapshot: Snapshot, range: Span): readonly InlayHint[] {
  return namedThings(snapshot)
    .flatMap((thing) => {
      const place = definitionOf(thing);
      const label = labelOf(thing);
      if (place === undefined || label === undefined || place.item.kind === "map-declaration") return [];
      // A type stands there already: `let $x: uint64`, `fn f($x: int64)`.
      if (/^\s*:/.test(snapshot.text.slice(place.end))) return [];
      return [{ offset: place.end, label }];
    })
    .filter(({ offset }) => range.start <= offset && offset <= range.end)
    .sort((left, right) => left.offset - right.offset);
}

function labelOf({ symbol }: NamedThing): string | undefined {
  if (symbol?.kind === "variable") return `: ${showType(symbol.type)}`;
  if (symbol?.kind !== "map") return undefined;
  const value = showType(symbol.value);
  return symbol.key === undefined ? `: ${value}` : `: ${showType(symbol.key)} → ${value}`;
}
