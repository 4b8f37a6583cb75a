/**
 * The formatter: a script in the one layout that all scripts share. It follows the layout of bpftrace's own formatter;
 * where that loses a comment or prints what does not parse, ours does not: `docs/formatter.md`.
 */

import type { Span } from "../../base/span.ts";
import type { ItemSlot, Script } from "../ast.ts";
import type { TextEdit } from "../document.ts";
import { type ItemProblem, scriptProblems } from "../order.ts";
import { lineEdits } from "./edits.ts";
import { editsOf, layoutPieces } from "./pieces.ts";

export type Formatted =
  | { readonly ok: true; readonly text: string }
  /** A script with mistakes of form stays as it is. */
  | { readonly ok: false; readonly problems: readonly ItemProblem[] };

/** Lays out a whole script. @param text the text that the script was read from */
export function formatScript(script: Script, text: string): Formatted {
  const problems = scriptProblems(script);
  if (problems.length > 0) return { ok: false, problems };
  return { ok: true, text: layoutItems(script.items, text, 0, text.length) };
}

export type FormatEdits =
  | { readonly ok: true; readonly edits: readonly TextEdit[] }
  | { readonly ok: false; readonly problems: readonly ItemProblem[] };

/** As {@link formatScript}, in edits of whole lines. */
export function formatEdits(script: Script, text: string): FormatEdits {
  const problems = scriptProblems(script);
  if (problems.length > 0) return { ok: false, problems };
  return { ok: true, edits: editsOf(layoutPieces(script.items, text, 0, text.length), text) };
}

/** Lays out the items that a range of the text touches, or that an empty one stands behind; what is wrong with others does not matter. */
export function formatRange(script: Script, text: string, range: Span): FormatEdits {
  const slots = script.items.filter(
    // Selected lines end where the next line, and perhaps another item, starts.
    ({ start, item }) =>
      start < Math.max(range.end, range.start + 1) && range.start <= start + item.text.length,
  );
  const [first] = slots;
  const last = slots.at(-1);
  if (first === undefined || last === undefined) return { ok: true, edits: [] };
  const problems = slots.flatMap(({ item }) => item.problems.map((problem) => ({ item, problem })));
  if (problems.length > 0) return { ok: false, problems };
  const end = last.start + last.item.text.length;
  const made = layoutItems(slots, text, first.start, end).trimEnd();
  return { ok: true, edits: lineEdits(text.slice(first.start, end), made, first.start) };
}

/** Lays out items and the space around them, from one offset to another. */
function layoutItems(slots: readonly ItemSlot[], text: string, from: number, to: number): string {
  return layoutPieces(slots, text, from, to)
    .map(({ made }) => made)
    .join("");
}
