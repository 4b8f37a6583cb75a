/** The top level of the parser's tree: what was understood is lowered, what was not is read again from the text. */

import type { SyntaxCursor, SyntaxTree } from "@probewright/grammar";

import type { Item, ItemSlot } from "../ast.ts";
import { addComments, type FileComment, ItemDraft, MAX_NESTING, numberNodes } from "../item-draft.ts";
import { malformedAttribute } from "../recover/c-code.ts";
import { recoverItems } from "../recover/recover.ts";
import { itemRules } from "./items.ts";
import { isComment, type Reader } from "./reader.ts";
import { rules } from "./rules.ts";

/** A slot that remembers how its item was made. */
export interface LoweredSlot extends ItemSlot {
  /** The tree had an error here; the item was read from the text together with its neighbours. */
  readonly recovered: boolean;
}

/**
 * Lowers the items of a part of the file.
 * @param from where the item before the part ends
 * @param to where the last item of the part ends at the latest
 * @returns undefined when an item reaches beyond `to`
 */
export function lowerTopLevel(
  tree: SyntaxTree,
  from: number,
  to: number,
): readonly LoweredSlot[] | undefined {
  const lowering = new TopLevel(tree);
  const cursor = tree.walk();
  let within = true;
  if (cursor.gotoFirstChild()) {
    let more = true;
    while (more && cursor.end <= from && from > 0) more = cursor.gotoNextSibling();
    while (more && within && cursor.start < to) {
      within = cursor.end <= to;
      lowering.add(cursor);
      more = cursor.gotoNextSibling();
    }
  }
  cursor.dispose();
  return within ? lowering.finish() : undefined;
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

  /** Adds the cursor's node. */
  add(cursor: SyntaxCursor): void {
    const { kind, start, end } = cursor;
    if (isComment(kind)) {
      this.#comments.push({ start, end, block: kind === "block_comment" });
      return;
    }
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

  finish(): readonly LoweredSlot[] {
    this.#flushBroken();
    if (this.#comments.length > 0) this.#addTrailingComments(this.#comments);
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
