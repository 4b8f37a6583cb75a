/**
 * A script laid out item by item. What an item comes to depends on itself and on the space before it, so it is kept with the
 * item: after an edit, only what it touched is laid out and compared again.
 */

import type { Item, ItemSlot } from "../ast.ts";
import type { TextEdit } from "../document.ts";
import { lineEdits } from "./edits.ts";
import { layoutCondition, layoutExpression } from "./expressions.ts";
import { layoutItem } from "./items.ts";
import { placeMarks } from "./marks.ts";
import { Sheet } from "./sheet.ts";
import { layoutBlock } from "./statements.ts";
import type { Productions, Style } from "./style.ts";
import { commentsOf, lastBefore, readStretch, readTail, Trivia, type Mark } from "./trivia.ts";

const productions: Productions = {
  expression: layoutExpression,
  condition: layoutCondition,
  block: layoutBlock,
};

/** A part of the text, and the lines that it becomes. */
export interface Piece {
  /** Undefined for what stands behind the last item. */
  readonly item: Item | undefined;
  readonly end: number;
  readonly made: string;
}

/** Lays out items and the space around them, from one offset to another. */
export function layoutPieces(
  slots: readonly ItemSlot[],
  text: string,
  from: number,
  to: number,
): readonly Piece[] {
  const pieces: Piece[] = [];
  let at = from;
  for (const [index, slot] of slots.entries()) {
    const piece = layoutSlot(slot, text, at, slots[index + 1]);
    pieces.push(piece);
    at = piece.end;
  }
  const last = slots.at(-1);
  const tail = new Sheet();
  placeMarks(tail, new Trivia(readTail(text, at, to, last === undefined ? [] : commentsOf(last))), 0);
  return [...pieces, { item: undefined, end: to, made: tail.toString() }];
}

interface LaidOut {
  /** The space before the item, and what it follows. */
  readonly before: string;
  readonly made: string;
}

const laidOut = new WeakMap<Item, LaidOut>();

function layoutSlot(slot: ItemSlot, text: string, from: number, next: ItemSlot | undefined): Piece {
  const { start, item } = slot;
  if (isVerbatim(item)) return layoutVerbatim(slot, text, from, next);
  const end = start + item.text.length;
  const before = lastBefore(text, from) + text.slice(from, start);
  const known = laidOut.get(item);
  if (known?.before === before) return { item, end, made: known.made };
  const { marks } = readStretch(text, slot, from, commentsOf(slot));
  const made = layOut(slot, marks, undefined);
  laidOut.set(item, { before, made });
  return { item, end, made };
}

/** It may end behind its item, at a comment that belongs to the next one. */
function layoutVerbatim(slot: ItemSlot, text: string, from: number, next: ItemSlot | undefined): Piece {
  const { start, item } = slot;
  const comments = [...commentsOf(slot), ...(next === undefined ? [] : commentsOf(next))];
  const { marks, end, verbatimEnd = start + item.text.length } = readStretch(text, slot, from, comments);
  return { item, end, made: layOut(slot, marks, text.slice(start, verbatimEnd).trimEnd()) };
}

function isVerbatim({ kind }: Item): boolean {
  return kind === "shebang" || kind === "c-definition" || kind === "preprocessor-line";
}

function layOut({ start, item }: ItemSlot, marks: readonly Mark[], verbatim: string | undefined): string {
  const trivia = new Trivia(marks);
  const sheet = new Sheet();
  const style: Style = { base: start, verbatim, lifted: [], productions };
  placeMarks(sheet, trivia.claim(start), 0);
  sheet.append(layoutItem(style, item, trivia)).newLine();
  placeMarks(sheet, trivia, 0);
  return sheet.toString();
}

interface Compared {
  readonly old: string;
  readonly made: string;
  /** From the start of `old`. */
  readonly edits: readonly TextEdit[];
}

const compared = new WeakMap<Item, Compared>();

/** Edits of whole lines that make the pieces of the text. */
export function editsOf(pieces: readonly Piece[], text: string): readonly TextEdit[] {
  const edits: TextEdit[] = [];
  let from = 0;
  let made = "";
  for (const piece of pieces) {
    made += piece.made;
    const end = lineEnd(text, piece);
    // With something else on the same line, that is compared together.
    if (end === undefined) continue;
    for (const edit of compare(piece.item, text.slice(from, end), made)) {
      edits.push({ ...edit, start: from + edit.start, end: from + edit.end });
    }
    from = end;
    made = "";
  }
  return edits;
}

/** Behind the line that a piece ends; undefined when it does not end one. */
function lineEnd(text: string, { item, end }: Piece): number | undefined {
  if (item === undefined || text[end - 1] === "\n") return end;
  let at = end;
  while (text[at] === " " || text[at] === "\t" || text[at] === "\r") at += 1;
  return text[at] === "\n" ? at + 1 : undefined;
}

function compare(item: Item | undefined, old: string, made: string): readonly TextEdit[] {
  if (old === made) return [];
  const known = item === undefined ? undefined : compared.get(item);
  if (known?.old === old && known.made === made) return known.edits;
  const edits = lineEdits(old, made);
  if (item !== undefined) compared.set(item, { old, made, edits });
  return edits;
}
