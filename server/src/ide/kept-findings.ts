/** What the last analysis found, as far as it holds of a text that has been edited since: else it would blink at every key. */

import type { Diagnostic, Item, Span } from "@probewright/compiler";
import { isSyntax } from "./consequences.ts";
import type { Snapshot } from "./snapshot.ts";

/** Findings of items that are the same, and in the one that was edited those before and behind the edit. */
export function keptFindings(analysed: Snapshot, now: Snapshot): readonly Diagnostic[] {
  const gone = analysed.script.items.filter(({ item }) => !now.starts.has(item));
  const made = now.script.items.filter(({ item }) => !analysed.starts.has(item));
  const [old, edited] = [gone[0]?.item, made[0]?.item];
  const isOne = gone.length === 1 && made.length === 1 && old !== undefined && edited !== undefined;
  const move = isOne ? moving(old, edited) : undefined;
  return analysed.analysis().diagnostics.flatMap((found): readonly Diagnostic[] => {
    if (isSyntax(found.code)) return [];
    const { place } = found;
    if (now.starts.has(place.item)) return [found];
    const span = place.item === old ? move?.(place.span) : undefined;
    return span === undefined || edited === undefined ? [] : [{ ...found, place: { item: edited, span } }];
  });
}

/** Where a span of the old text is in the new one; undefined where that was edited. */
function moving(old: Item, edited: Item): (span: Span) => Span | undefined {
  const before = old.text;
  const after = edited.text;
  const most = Math.min(before.length, after.length);
  let head = 0;
  while (head < most && before.charCodeAt(head) === after.charCodeAt(head)) head += 1;
  let tail = 0;
  while (tail < most - head && before.at(-1 - tail) === after.at(-1 - tail)) tail += 1;
  const moved = after.length - before.length;
  return ({ start, end }) => {
    if (end < head) return { start, end };
    return start > before.length - tail ? { start: start + moved, end: end + moved } : undefined;
  };
}
