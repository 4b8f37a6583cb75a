/** Formatting for editors: the whole script, a range of it, and what was just finished by typing. */

import {
  formatEdits,
  formatRange,
  walk,
  type FormatEdits,
  type Span,
  type TextEdit,
} from "@probewright/compiler";
import { itemAt, type Snapshot } from "./snapshot.ts";

/** Typing one of these may finish something. */
export const formatTriggers = ["}", ";", "\n"] as const;

/** Nothing is touched while the script has mistakes of form. */
export function formatDocument({ script, text }: Snapshot): FormatEdits {
  return formatEdits(script, text);
}

/** The items that a range touches, whatever is wrong with others. */
export function formatSpan({ script, text }: Snapshot, span: Span): FormatEdits {
  return formatRange(script, text, span);
}

/**
 * What typing `character` just before `offset` finished: behind `}` the block or item, behind `;` its line, behind a
 * new line the one before it. Nothing else moves, and nothing at all while the item is not well-formed.
 */
export function formatTyped(snapshot: Snapshot, offset: number, character: string): readonly TextEdit[] {
  const finished = finishedBy(snapshot, offset, character);
  if (finished === undefined) return [];
  const formatted = formatSpan(snapshot, finished);
  if (!formatted.ok) return [];
  return formatted.edits
    .flatMap((edit) => lineByLine(snapshot.text, edit))
    .filter(({ start, end }) => finished.start <= start && end <= finished.end);
}

/** An edit of several lines, cut into edits of one line where it is clear which line became which. */
function lineByLine(text: string, edit: TextEdit): readonly TextEdit[] {
  const old = linesOf(text.slice(edit.start, edit.end));
  const made = linesOf(edit.text);
  let paired = 0;
  while (paired < made.length && isSameLine(old[paired], made[paired], old.length === made.length))
    paired += 1;
  const edits: TextEdit[] = [];
  let { start } = edit;
  for (let line = 0; line < paired; line += 1) {
    const end = start + (old[line] ?? "").length;
    edits.push({ start, end, text: made[line] ?? "" });
    start = end;
  }
  return [...edits, { start, end: edit.end, text: made.slice(paired).join("") }];
}

/** @param isOneToOne there are as many lines as before */
function isSameLine(old: string | undefined, made: string | undefined, isOneToOne: boolean): boolean {
  return isOneToOne || old?.replaceAll(/\s/g, "") === made?.replaceAll(/\s/g, "");
}

/** Lines with their ends. */
function linesOf(text: string): readonly string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

function finishedBy(snapshot: Snapshot, offset: number, character: string): Span | undefined {
  const { text } = snapshot;
  if (character === "}") return blockBefore(snapshot, offset);
  return character === "\n" ? lineAround(text, offset - 1) : lineAround(text, offset);
}

/** The lines of the largest block or item that ends at `offset`. */
function blockBefore(snapshot: Snapshot, offset: number): Span | undefined {
  const found = itemAt(snapshot, offset);
  if (found === undefined) return undefined;
  const start = offset - found.offset;
  let first: number | undefined;
  if (start + found.item.text.length === offset) first = 0;
  else {
    walk(found.item, ({ kind, span }) => {
      if (kind === "block" && span.end === found.offset) first ??= span.start;
    });
  }
  if (first === undefined) return undefined;
  return {
    start: lineAround(snapshot.text, start + first).start,
    end: lineAround(snapshot.text, offset).end,
  };
}

/** A line with its end. */
function lineAround(text: string, offset: number): Span {
  const end = text.indexOf("\n", offset);
  return { start: text.lastIndexOf("\n", offset - 1) + 1, end: end === -1 ? text.length : end + 1 };
}
