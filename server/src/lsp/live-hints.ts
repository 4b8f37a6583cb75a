/** The values of maps while a script runs, and as it left them: at the end of each line that writes the map. */

import type { Span } from "@probewright/compiler";
import type { InlayHint } from "vscode-languageserver";

import { namedThings } from "../ide/names.ts";
import type { OpenDocument } from "./documents.ts";
import type { LiveMap, RunState } from "./run-states.ts";

/** Entries in the hint itself, and in what it shows when the pointer rests on it. */
const MOST_SHOWN = 3;
const MOST_LISTED = 20;
const MOST_LENGTH = 80;

export function liveHints(
  { text, snapshot }: OpenDocument,
  range: Span,
  state: RunState | undefined,
): readonly InlayHint[] {
  if (state === undefined || state.maps.size === 0) return [];
  const source = snapshot.text;
  const seen = new Set<string>();
  return namedThings(snapshot).flatMap(({ symbol, occurrences }) => {
    const map = symbol?.kind === "map" ? state.maps.get(symbol.name) : undefined;
    if (map === undefined) return [];
    return occurrences.flatMap(({ access, start }): readonly InlayHint[] => {
      if (access === "read" || start < range.start || start > range.end) return [];
      const end = source.indexOf("\n", start);
      const at = end === -1 ? source.length : end;
      const key = `${at} ${map.name}`;
      if (seen.has(key)) return [];
      seen.add(key);
      return [
        { position: text.positionAt(at), label: labelOf(map), tooltip: tooltipOf(map), paddingLeft: true },
      ];
    });
  });
}

/** The largest come first. */
function labelOf({ name, entries, omitted }: LiveMap): string {
  const shown = entries.slice(-MOST_SHOWN).reverse();
  const more = entries.length - shown.length + omitted;
  const text = `@${name} = ${shown.join(", ")}${more > 0 ? `, … ${more} more` : ""}`;
  return text.length > MOST_LENGTH ? `${text.slice(0, MOST_LENGTH - 1)}…` : text;
}

function tooltipOf({ name, entries, omitted }: LiveMap): string {
  const listed = entries.slice(-MOST_LISTED).reverse();
  const more = entries.length - listed.length + omitted;
  return [`@${name}`, ...listed, ...(more > 0 ? [`… ${more} more`] : [])].join("\n");
}
