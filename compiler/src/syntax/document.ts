/**
 * A file that is being edited: its text, the parser's tree and the script. An edit parses and lowers what it touched;
 * every other item stays the very object it was, so what was learnt about it stays valid.
 */

import type { SyntaxParser, SyntaxTree } from "@probewright/grammar";

import type { Span } from "../base/span.ts";
import type { Item, Script } from "./ast.ts";
import { endOf, type LoweredSlot, lowerPart, lowerWhole } from "./from-cst/top-level.ts";

export interface Document {
  readonly text: string;
  readonly script: Script;
  /** Belongs to the document: it ends with it, or with the edit that makes the next version. */
  readonly tree: SyntaxTree;
  readonly slots: readonly LoweredSlot[];
}

/** Replaces `[start, end)` of the text by another one. */
export interface TextEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

export function openDocument(text: string, parser: SyntaxParser): Document {
  const tree = parser.parse(text);
  return makeDocument(tree, lowerWhole(tree));
}

export function closeDocument(document: Document): void {
  document.tree.dispose();
}

/** Parses and lowers a text of which no next version is wanted. */
export function parseScript(text: string, parser: SyntaxParser): Script {
  const document = openDocument(text, parser);
  closeDocument(document);
  return document.script;
}

/**
 * The document after an edit. The given one's script stays usable, its tree does not.
 * Edits of one change that do not follow each other are made by calling this once for each.
 */
export function applyEdit(document: Document, edit: TextEdit, parser: SyntaxParser): Document {
  const { tree, slots } = document;
  tree.edit({ start: edit.start, oldEnd: edit.end, inserted: edit.text });
  const newer = parser.parse(tree.text, tree);
  const shift = edit.text.length - (edit.end - edit.start);
  const { start, end } = changedRange(tree, newer, edit);
  tree.dispose();
  const first = firstTouched(slots, start);
  const behind = firstUntouched(slots, end - shift, first);
  const { part, made } = lowerPart(newer, { old: slots, first, behind, shift });
  const tail = slots.slice(part.behind);
  return makeDocument(newer, [
    ...slots.slice(0, part.first),
    ...keepEqual(made, slots.slice(part.first, part.behind)),
    ...(shift === 0 ? tail : tail.map((slot) => ({ ...slot, start: slot.start + shift }))),
  ]);
}

/**
 * What the edit changed, in the newer text. Without errors an item's tree depends on nothing but its text, so that the
 * edit itself is all; with errors, other text may be skipped than before.
 */
function changedRange(older: SyntaxTree, newer: SyntaxTree, edit: TextEdit): Span {
  let { start } = edit;
  let end = edit.start + edit.text.length;
  if (!older.hasError && !newer.hasError) return { start, end };
  for (const range of older.changedRanges(newer)) {
    start = Math.min(start, range.start);
    end = Math.max(end, range.end);
  }
  return { start, end };
}

function makeDocument(tree: SyntaxTree, slots: readonly LoweredSlot[]): Document {
  return { text: tree.text, script: { items: slots }, tree, slots };
}

/** The first item that ends at or behind `start`, or was read together with such a one. */
function firstTouched(slots: readonly LoweredSlot[], start: number): number {
  // The comments at the end of the file are the last item's while there is no next one.
  const last = slots.at(-1);
  const holdsTail = last !== undefined && (last.item.comments.at(-1)?.span.end ?? 0) > last.item.text.length;
  let first = slots.findIndex((slot) => endOf(slot) >= start || (slot === last && holdsTail));
  if (first === -1) first = slots.length;
  while (slots[first - 1]?.recovered === true) first -= 1;
  return first;
}

/** The first item behind `end` that has all of the space before it, which holds its comments, behind `end` too. */
function firstUntouched(slots: readonly LoweredSlot[], end: number, from: number): number {
  let behind = Math.max(from, 1);
  while (behind < slots.length && endsBy(slots[behind - 1], end)) behind += 1;
  while (slots[behind]?.recovered === true) behind += 1;
  return behind;
}

function endsBy(slot: LoweredSlot | undefined, offset: number): boolean {
  return slot !== undefined && endOf(slot) <= offset;
}

/** Items that came out as they were are the old objects: compared from both ends of the part that was lowered. */
function keepEqual(made: readonly LoweredSlot[], old: readonly LoweredSlot[]): readonly LoweredSlot[] {
  const kept = [...made];
  let front = 0;
  for (; front < made.length && front < old.length; front += 1) {
    if (!keep(kept, front, old[front])) break;
  }
  for (let back = 1; back <= made.length - front && back <= old.length - front; back += 1) {
    if (!keep(kept, made.length - back, old[old.length - back])) break;
  }
  return kept;
}

function keep(slots: LoweredSlot[], index: number, old: LoweredSlot | undefined): boolean {
  const slot = slots[index];
  if (slot === undefined || old === undefined || !isEqual(slot.item, old.item)) return false;
  slots[index] = { ...slot, item: old.item };
  return true;
}

/** Items of equal text have equal trees; comments before them and problems may differ. */
function isEqual(a: Item, b: Item): boolean {
  return (
    a.text === b.text &&
    a.kind === b.kind &&
    a.nodeCount === b.nodeCount &&
    JSON.stringify([a.comments, a.problems]) === JSON.stringify([b.comments, b.problems])
  );
}
