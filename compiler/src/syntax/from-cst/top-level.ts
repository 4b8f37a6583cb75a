/** The top level of the parser's tree: what was understood is lowered, what was not is read again from the text. */

import type { SyntaxCursor, SyntaxTree } from "@probewright/grammar";

import type { Item, ItemSlot } from "../ast.ts";
import { addComments, type FileComment, ItemDraft, MAX_NESTING, numberNodes } from "../item-draft.ts";
import { malformedAttribute } from "../recover/c-code.ts";
import { recoverItems } from "../recover/recover.ts";
import { itemRules } from "./items.ts";
import { MemoCursor } from "./memo-cursor.ts";
import { isComment, type Reader } from "./reader.ts";
import { rules } from "./rules.ts";

/** A slot that remembers how its item was made. */
export interface LoweredSlot extends ItemSlot {
  /** The tree had an error here; the item was read from the text together with its neighbours. */
  readonly recovered: boolean;
}

/** Where an item ends in the file. */
export function endOf(slot: LoweredSlot): number {
  return slot.start + slot.item.text.length;
}

export function lowerWhole(tree: SyntaxTree): readonly LoweredSlot[] {
  return lowerPart(tree, { old: [], first: 0, behind: 0, shift: 0 }).made;
}

/** Which items of an older version a newer tree has unchanged. */
export interface Part {
  readonly old: readonly LoweredSlot[];
  /** The first item to make anew. */
  readonly first: number;
  /** The first item behind the change, all of the space before it unchanged too. */
  readonly behind: number;
  /** How far the change moved what is behind it. */
  readonly shift: number;
}

/**
 * Lowers a part of a tree, which ends where an old item stands in the tree as it was.
 * @returns what was made, and the part it stands for, which may have grown in both directions
 */
export function lowerPart(
  tree: SyntaxTree,
  part: Part,
): { readonly part: Part; readonly made: readonly LoweredSlot[] } {
  const { old, first } = part;
  const before = old[first - 1];
  const from = before === undefined ? 0 : endOf(before);
  const lowering = new TopLevel(tree);
  const cursor = new MemoCursor(tree.walk());
  let more = cursor.gotoFirstChild();
  while (more && cursor.end <= from) more = cursor.gotoNextSibling();
  // The item before may have taken in something: a `;` that was written behind it, or the comments at the file's end.
  const behind = more && cursor.start < from ? undefined : lowerUntilUnchanged(cursor, more, part, lowering);
  cursor.dispose();
  const isEmpty = lowering.end === undefined && behind === old.length;
  if (first > 0 && (behind === undefined || isEmpty)) return lowerPart(tree, { ...part, first: first - 1 });
  const isEnd = behind === undefined || behind === old.length;
  return { part: { ...part, behind: behind ?? old.length }, made: lowering.finish(isEnd) };
}

/** @returns which old item the cursor stopped at; their number when it came to the end of the file */
function lowerUntilUnchanged(cursor: MemoCursor, start: boolean, part: Part, lowering: TopLevel): number {
  const { old, shift } = part;
  let { behind } = part;
  for (let more = start; more; more = cursor.gotoNextSibling()) {
    while (isBefore(old[behind], cursor.start - shift)) behind += 1;
    if (isAsBefore(cursor, old, behind, shift, lowering)) return behind;
    lowering.add(cursor);
  }
  return old.length;
}

function isBefore(slot: LoweredSlot | undefined, offset: number): boolean {
  return slot !== undefined && slot.start < offset;
}

/** Whether the cursor stands at an old item which, like the item before it, has not changed. */
function isAsBefore(
  cursor: MemoCursor,
  old: readonly LoweredSlot[],
  index: number,
  shift: number,
  lowering: TopLevel,
): boolean {
  const slot = old[index];
  const previous = old[index - 1];
  if (slot === undefined || slot.recovered || cursor.start !== slot.start + shift) return false;
  if (cursor.end !== endOf(slot) + shift || isComment(cursor.kind)) return false;
  if (previous === undefined || lowering.end !== endOf(previous) + shift) return false;
  return lowering.waitsWith(slot.item, cursor.start);
}

/** The items so far, and what waits for the next one. */
class TopLevel {
  readonly #text: string;
  readonly #hasErrors: boolean;
  readonly #slots: LoweredSlot[] = [];
  #comments: FileComment[] = [];
  /** A run of nodes with errors, and the comments before it. */
  #broken: { readonly start: number; end: number; readonly comments: readonly FileComment[] } | undefined;

  constructor(tree: SyntaxTree) {
    this.#text = tree.text;
    this.#hasErrors = tree.hasError;
  }

  /** Where the last node that is no comment ends. */
  end: number | undefined;

  /** Adds the cursor's node. */
  add(cursor: SyntaxCursor): void {
    const { kind, start, end } = cursor;
    if (isComment(kind)) {
      this.#comments.push({ start, end, block: kind === "block_comment" });
      return;
    }
    this.end = end;
    const isBroken = this.#hasErrors && cursor.hasError;
    const isC = kind === "c_definition" || kind === "c_typedef";
    const lower = isBroken && !isC ? undefined : itemRules[kind];
    if (lower === undefined) {
      this.#addBroken(start, end);
      return;
    }
    const draft = new ItemDraft(this.#text, start);
    for (const comment of this.#comments) draft.addComment(comment);
    if (isBroken) reportUnreadableC(cursor, draft);
    const reader: Reader = { cursor, draft, rules, depth: 0, unfinished: false };
    const item = lower(reader);
    if (reader.unfinished) {
      this.#addBroken(start, end);
      return;
    }
    this.#flushBroken();
    this.#comments = [];
    this.#slots.push({ start, item: numberNodes(item), recovered: false });
  }

  /** Whether the comments that wait are the very ones which an item that starts here has before it. */
  waitsWith(item: Item, start: number): boolean {
    const before = item.comments.filter(({ span }) => span.start < 0);
    const same = (own: FileComment, i: number): boolean => {
      const span = before[i]?.span;
      return span?.start === own.start - start && span.end === own.end - start;
    };
    return before.length === this.#comments.length && this.#comments.every(same);
  }

  #addBroken(start: number, end: number): void {
    // Comments between two broken nodes are part of the text that is read again.
    if (this.#broken === undefined) this.#broken = { start, end, comments: this.#comments };
    else this.#broken.end = end;
    this.#comments = [];
  }

  #flushBroken(): void {
    if (this.#broken === undefined) return;
    const { start, end, comments } = this.#broken;
    const recovered = recoverItems(this.#text, { start, end }, comments);
    for (const slot of recovered) this.#slots.push({ ...slot, recovered: true });
    this.#broken = undefined;
  }

  /** @param isEnd the file ends here; otherwise the last comments are those of the next item, which has them */
  finish(isEnd: boolean): readonly LoweredSlot[] {
    this.#flushBroken();
    if (isEnd && this.#comments.length > 0) this.#addTrailingComments(this.#comments);
    return this.#slots;
  }

  /** Comments at the end of the file go to the last item; without one, an empty item holds them. */
  #addTrailingComments(comments: readonly FileComment[]): void {
    const last = this.#slots.pop();
    const start = last?.start ?? comments[0]?.start ?? 0;
    const item: Item =
      last === undefined
        ? numberNodes({ kind: "loose-text", ...new ItemDraft(this.#text, start).parts(start) })
        : last.item;
    const withComments = addComments(item, comments, this.#text, start);
    this.#slots.push({ start, item: withComments, recovered: last?.recovered ?? false });
  }
}

/** C that the grammar only read in part. */
function reportUnreadableC(cursor: SyntaxCursor, draft: ItemDraft): void {
  const { start, end } = cursor;
  const attribute = malformedAttribute(draft.text.slice(start, end));
  if (attribute !== undefined) {
    const { from, to } = attribute;
    draft.report("malformed-attribute", {}, start + from, start + to);
    return;
  }
  const error = firstError(cursor) ?? { start, end };
  const from = error.start + (/^\s*/.exec(draft.text.slice(error.start, end))?.[0].length ?? 0);
  const text = /^(?:\w+|.|$)/su.exec(draft.text.slice(from, end))?.[0] ?? "";
  draft.report("unreadable-c", { text }, from, from + text.length);
}

function firstError(
  cursor: SyntaxCursor,
  depth = 0,
): { readonly start: number; readonly end: number } | undefined {
  if (cursor.kind === "ERROR" || cursor.isMissing) return { start: cursor.start, end: cursor.end };
  let found: { readonly start: number; readonly end: number } | undefined;
  if (depth > MAX_NESTING || !cursor.hasError || !cursor.gotoFirstChild()) return undefined;
  do found ??= firstError(cursor, depth + 1);
  while (cursor.gotoNextSibling());
  cursor.gotoParent();
  return found;
}
