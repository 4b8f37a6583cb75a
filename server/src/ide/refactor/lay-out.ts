/** A rewriting of an item that was laid out by the formatter leaves it laid out. */

import { formatEdits, type Script } from "@probewright/compiler";
import type { Edit } from "../code-actions.ts";
import { startOfLeading } from "./extract-macro.ts";
import type { Refactoring, Selected } from "./refactor.ts";

/** @param parse reads a script; only the item is read, as this is asked for at every move of a cursor */
export function laidOut(
  selected: Selected,
  refactoring: Refactoring,
  parse: (text: string) => Script,
): Refactoring {
  const { snapshot, item, start } = selected;
  const from = startOfLeading(selected);
  const end = start + item.text.length;
  const { edits } = refactoring;
  if (edits.some((edit) => edit.start < from || edit.end > end)) return refactoring;
  const before = snapshot.text.slice(from, end);
  const layOut = (text: string): string | undefined => {
    const formatted = formatEdits(parse(text), text);
    return formatted.ok ? applied(text, formatted.edits, 0).trimEnd() : undefined;
  };
  if (layOut(before) !== before) return refactoring;
  const after = layOut(applied(before, edits, from));
  return after === undefined ? refactoring : { ...refactoring, edits: [difference(before, after, from)] };
}

function applied(text: string, edits: readonly Edit[], offset: number): string {
  return edits
    .toSorted((left, right) => right.start - left.start)
    .reduce(
      (sum, each) => sum.slice(0, each.start - offset) + each.text + sum.slice(each.end - offset),
      text,
    );
}

/** The one edit that makes `after` of `before`. */
function difference(before: string, after: string, offset: number): Edit {
  const most = Math.min(before.length, after.length);
  let head = 0;
  while (head < most && before.charAt(head) === after.charAt(head)) head += 1;
  let tail = 0;
  while (tail < most - head && before.at(-1 - tail) === after.at(-1 - tail)) tail += 1;
  return {
    start: offset + head,
    end: offset + before.length - tail,
    text: after.slice(head, after.length - tail),
  };
}
