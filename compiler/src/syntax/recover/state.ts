/**
 * Where the recovering parser stands in the text, and its rule for problems: one a statement. After a problem it keeps
 * quiet until a `;` or a new line says that something new begins.
 */

import type { Span } from "../../base/span.ts";
import type { Block, Expression } from "../ast.ts";
import type { Name } from "../node.ts";
import { type FileComment, ItemDraft } from "../item-draft.ts";
import type { ProblemFacts, ProblemKey } from "../problems.ts";

/** Productions that hold each other; handed along because files do not import each other in a ring. */
export interface Productions {
  readonly expression: (state: RecoveryState) => Expression;
  readonly unary: (state: RecoveryState) => Expression;
  readonly block: (state: RecoveryState) => Block;
}

/** A piece of text with its offsets in the file. */
export interface Found {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

const WORD = /[A-Za-z_][A-Za-z0-9_]*/y;
const LAYOUT = /\s+/y;

export class RecoveryState {
  readonly text: string;
  /** Where the text to read ends. */
  readonly end: number;
  readonly productions: Productions;
  at: number;
  /** The last token taken. */
  lastStart: number;
  lastEnd: number;
  /** Where the statement or item that is being read began. */
  statementStart = -1;
  depth = 0;
  /** A string of this item is not closed. */
  hasOpenString = false;
  /** Inside a predicate, where a `{` behind an operator starts the body. */
  inPredicate = false;
  /** The last pair of parentheses around a whole expression. */
  group: Span = { start: -1, end: -1 };
  /** The opening brace that a closing one further left suggests was forgotten. */
  suspect: number | undefined;
  /** Opening brackets that were found to have no closing one: looking for it again would take time squared. */
  readonly unclosed = new Set<number>();
  /** A brace was found unclosed: blocks end without asking for theirs. */
  unwinding = false;
  draft: ItemDraft;
  #comments: FileComment[];
  #commentsReadTo: number;
  #problemAt = -1;
  /** Where a comment starts that is never closed. */
  #openComment: number | undefined;

  /** @param comments those before `start` that belong to the first item */
  constructor(text: string, range: Span, productions: Productions, comments: readonly FileComment[]) {
    this.text = text;
    this.at = range.start;
    this.lastStart = range.start;
    this.lastEnd = range.start;
    this.end = range.end;
    this.productions = productions;
    this.draft = new ItemDraft(text, range.start);
    this.#comments = [...comments];
    this.#commentsReadTo = range.start;
  }

  /** A problem was reported and its statement is not over. */
  get quiet(): boolean {
    return this.draft.quiet;
  }

  set quiet(quiet: boolean) {
    this.draft.quiet = quiet;
  }

  /** Starts a new item here. */
  startItem(): void {
    this.skip();
    const { quiet } = this;
    this.draft = new ItemDraft(this.text, this.at);
    this.quiet = quiet;
    this.suspect = undefined;
    this.hasOpenString = false;
    this.unwinding = false;
    this.settle();
  }

  /** What the item has whatever its kind. The comments up to its end are its own; those behind, the next one's. */
  finishItem(): ReturnType<ItemDraft["parts"]> {
    for (const comment of this.#comments) {
      if (comment.start < this.lastEnd) this.draft.addComment(comment);
    }
    this.#comments = this.#comments.filter((comment) => comment.start >= this.lastEnd);
    return this.draft.parts(this.lastEnd);
  }

  /** Comments that no item has taken. */
  get comments(): readonly FileComment[] {
    return this.#comments;
  }

  /** Goes past white space and comments. */
  skip(): void {
    for (;;) {
      LAYOUT.lastIndex = this.at;
      if (LAYOUT.test(this.text)) this.at = LAYOUT.lastIndex;
      if (this.at >= this.end) {
        this.at = this.end;
        return;
      }
      const block = this.text.startsWith("/*", this.at);
      if (!block && !this.text.startsWith("//", this.at)) return;
      const start = this.at;
      this.at = block ? this.#blockCommentEnd() : this.lineEnd(this.at);
      if (start < this.#commentsReadTo) continue;
      this.#comments.push({ start, end: this.at, block });
      this.#commentsReadTo = this.at;
    }
  }

  /** One that is never closed runs to the end of the file. */
  #blockCommentEnd(): number {
    const close = this.text.indexOf("*/", this.at + 2);
    if (close === -1) this.#openComment = this.at;
    return Math.min(close === -1 ? this.end : close + 2, this.end);
  }

  lineEnd(offset: number): number {
    const newline = this.text.indexOf("\n", offset);
    return newline === -1 ? this.end : Math.min(newline, this.end);
  }

  /** The next character that is no layout; empty at the end. */
  peek(): string {
    this.skip();
    return this.at < this.end ? (this.text[this.at] ?? "") : "";
  }

  atEnd(): boolean {
    return this.peek() === "";
  }

  looksAt(token: string): boolean {
    this.skip();
    return this.at + token.length <= this.end && this.text.startsWith(token, this.at);
  }

  /** The text from here on matches a sticky expression; layout first. */
  match(pattern: RegExp): string | undefined {
    this.skip();
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0];
    return found !== undefined && this.at + found.length <= this.end ? found : undefined;
  }

  /** The word that starts here; empty when none does. */
  word(): string {
    return this.match(WORD) ?? "";
  }

  /** Takes a token of the given length. */
  advance(length: number): Found {
    this.skip();
    const start = this.at;
    this.at = Math.min(this.at + length, this.end);
    this.lastStart = start;
    this.lastEnd = this.at;
    return { text: this.text.slice(start, this.at), start, end: this.at };
  }

  take(token: string): boolean {
    if (!this.looksAt(token)) return false;
    this.advance(token.length);
    return true;
  }

  /** Takes a `=` that is not the start of `==`. */
  takeEquals(): boolean {
    return !this.looksAt("==") && this.take("=");
  }

  takeWord(word: string): boolean {
    if (this.word() !== word) return false;
    this.advance(word.length);
    return true;
  }

  /** Goes back to an earlier place, after a look ahead. */
  rewind(to: { readonly at: number; readonly lastStart: number; readonly lastEnd: number }): void {
    this.at = to.at;
    this.lastStart = to.lastStart;
    this.lastEnd = to.lastEnd;
  }

  mark(): { readonly at: number; readonly lastStart: number; readonly lastEnd: number } {
    return { at: this.at, lastStart: this.lastStart, lastEnd: this.lastEnd };
  }

  /** Whether these tokens come next; a pattern stands for what it matches. Nothing is taken. */
  comesNext(...tokens: readonly (string | RegExp)[]): boolean {
    const mark = this.mark();
    const all = tokens.every((token) => {
      const text = typeof token === "string" ? (this.looksAt(token) ? token : undefined) : this.match(token);
      if (text !== undefined) this.advance(text.length);
      return text !== undefined;
    });
    this.rewind(mark);
    return all;
  }

  /** The span in the item from `start` to the last token taken. */
  spanFrom(start: number): Span {
    return this.draft.span(start, Math.max(start, this.lastEnd));
  }

  name(found: Found): Name {
    return this.draft.name(found.start, found.end);
  }

  /** What stands here instead of what should: a word, or one character. Nothing at the end. */
  found(): Found {
    this.skip();
    const first = this.text.codePointAt(this.at);
    if (this.at >= this.end || first === undefined) return { text: "", start: this.at, end: this.at };
    const text = this.word() || String.fromCodePoint(first);
    return { text, start: this.at, end: this.at + text.length };
  }

  /**
   * Where to complain that something is missing: at what stands there instead, or behind the last token when that is
   * on another line.
   */
  gap(): Found {
    const found = this.found();
    if (found.text !== "" && (!this.onNewLine() || this.lastEnd <= this.draft.start)) return found;
    return { text: found.text, start: this.lastEnd, end: Math.min(this.lastEnd + 1, this.text.length) };
  }

  /** Reports a problem unless one was reported in this statement. */
  fail<Key extends ProblemKey>(key: Key, facts: ProblemFacts[Key], at: Omit<Found, "text">): void {
    this.draft.report(key, facts, at.start, at.end);
    this.quiet = true;
    this.#problemAt = this.at;
  }

  /**
   * Reports a brace that is never closed. Said even after another problem, because it explains why the rest looks
   * wrong; but the closing one may have been taken for part of a string.
   */
  failUnclosed(open: number): void {
    this.quiet = this.hasOpenString;
    const comment = this.#openComment;
    if (comment !== undefined) {
      this.fail("unclosed-delimiter", { open: "/*", close: "*/" }, { start: comment, end: comment + 2 });
      return;
    }
    this.fail("unclosed-delimiter", { open: "{", close: "}" }, { start: open, end: open + 1 });
  }

  failMissing(expected: string): void {
    const after = this.text.slice(this.lastStart, this.lastEnd);
    this.fail("missing-token", { expected, after }, this.gap());
  }

  /** Takes a token or complains about its absence. */
  expect(token: string): boolean {
    if (this.take(token)) return true;
    this.failMissing(token);
    return false;
  }

  /** A statement or item begins: the last one's problem is forgotten, unless this is still its line. */
  settle(): void {
    this.skip();
    this.statementStart = this.at;
    if (!this.text.slice(this.#problemAt, this.at).includes("\n") && this.#problemAt >= 0) return;
    this.quiet = false;
  }

  /** A `;` was taken: whatever was wrong, it is over. */
  separated(): void {
    this.quiet = false;
    this.#problemAt = -1;
  }

  /** Whether what stands here is on another line than the last token. */
  onNewLine(): boolean {
    this.skip();
    return this.text.slice(this.lastEnd, this.at).includes("\n");
  }

  /** Whether what stands here is the first thing on its line. */
  startsLine(): boolean {
    this.skip();
    const line = this.text.lastIndexOf("\n", this.at - 1) + 1;
    return /^\s*$/.test(this.text.slice(line, this.at));
  }
}
