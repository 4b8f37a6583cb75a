/**
 * Comments and blank lines, which the syntax tree does not hold in its nodes. Whoever lays out a construct claims what
 * stands before it, front to back, so that nothing comes twice and nothing is left.
 */

import type { ItemSlot } from "../ast.ts";

/** A comment's line, or an empty line. */
export interface Mark {
  /** Offset in the file. */
  readonly at: number;
  /** Undefined for a blank line. */
  readonly comment: string | undefined;
}

export class Trivia {
  #marks: readonly Mark[];

  constructor(marks: readonly Mark[]) {
    this.#marks = marks;
  }

  get marks(): readonly Mark[] {
    return this.#marks;
  }

  /** Takes out what starts at or before an offset. */
  claim(offset: number): Trivia {
    let count = 0;
    while (count < this.#marks.length && (this.#marks[count]?.at ?? 0) <= offset) count += 1;
    const claimed = new Trivia(this.#marks.slice(0, count));
    this.#marks = this.#marks.slice(count);
    return claimed;
  }

  /** Takes out the comments that start at or before an offset; blank lines stay for whoever comes next. */
  claimComments(offset: number): readonly string[] {
    const isClaimed = ({ at, comment }: Mark): boolean => at <= offset && comment !== undefined;
    const found = this.#marks.filter(isClaimed);
    this.#marks = this.#marks.filter((mark) => !isClaimed(mark));
    return found.map(({ comment = "" }) => comment);
  }

  /** Takes out the comments and drops the blank lines. */
  comments(): readonly string[] {
    const found = this.#marks.flatMap(({ comment }) => (comment === undefined ? [] : [comment]));
    this.#marks = [];
    return found;
  }
}

/** What one item has of a file: the space before it, which holds its comments, and itself. */
export interface Stretch {
  readonly marks: readonly Mark[];
  /** Where the next one starts. */
  readonly end: number;
  /** Where the item ends, when it is kept as it is. */
  readonly verbatimEnd: number | undefined;
}

/**
 * Collects the comments and blank lines of one item.
 * @param from where the stretch of the item before it ends
 * @param comments those of the item, and for one that is kept as it is those that follow, too
 */
export function readStretch(
  text: string,
  { start, item }: ItemSlot,
  from: number,
  comments: readonly FileComment[],
): Stretch {
  const verbatim = verbatimEnd(text, { start, item }, comments);
  const reading: Reading = { text, comments, next: 0, marks: [] };
  const at = readLayout(reading, from, verbatim === undefined ? start + item.text.length : start);
  // The newline that ends a line of its own is part of it.
  const isLine = item.kind !== "c-definition" && text[verbatim ?? at] === "\n";
  const end = isLine && verbatim !== undefined ? verbatim + 1 : (verbatim ?? at);
  return { marks: reading.marks, end, verbatimEnd: verbatim };
}

/** What stands behind the last item. */
export function readTail(
  text: string,
  from: number,
  to: number,
  comments: readonly FileComment[],
): readonly Mark[] {
  const reading: Reading = { text, comments, next: 0, marks: [] };
  readLayout(reading, from, to);
  return reading.marks;
}

/**
 * Where an item that is kept as it is ends: a line of the preprocessor with the comment at its end.
 * @returns undefined for items that are laid out
 */
function verbatimEnd(
  text: string,
  { start, item }: ItemSlot,
  comments: readonly FileComment[],
): number | undefined {
  const end = start + item.text.length;
  if (item.kind === "shebang" || item.kind === "c-definition") return end;
  if (item.kind !== "preprocessor-line") return undefined;
  const newline = text.indexOf("\n", end);
  const lineEnd = newline === -1 ? text.length : newline;
  const lastComment = comments.findLast((comment) => end <= comment.start && comment.start < lineEnd);
  return Math.max(lineEnd, lastComment?.end ?? 0);
}

export interface FileComment {
  readonly start: number;
  readonly end: number;
  readonly block: boolean;
}

interface Reading {
  readonly text: string;
  readonly comments: readonly FileComment[];
  next: number;
  readonly marks: Mark[];
}

export function commentsOf({ start, item }: ItemSlot): readonly FileComment[] {
  return item.comments.map(({ span, block }) => ({
    start: start + span.start,
    end: start + span.end,
    block,
  }));
}

/**
 * Reads up to an offset. A newline ends its line silently behind a comment and behind `;`, `{` and `}`; any other
 * stands for a blank line.
 */
function readLayout(reading: Reading, from: number, to: number): number {
  const { text, comments, marks } = reading;
  let at = from;
  let afterComment = false;
  // Comments inside C went with it.
  while ((comments[reading.next]?.start ?? at) < at) reading.next += 1;
  while (at < to) {
    const comment = comments[reading.next];
    const character = text[at] ?? "";
    if (comment !== undefined && comment.start <= at) {
      marks.push(...commentMarks(text.slice(comment.start, comment.end), comment));
      at = comment.end;
      reading.next += 1;
      afterComment = true;
    } else if (character === '"') {
      at = stringEnd(text, at, to);
      afterComment = false;
    } else {
      const isSilent = character !== "\n" || afterComment || /[;{}]/.test(lastBefore(text, at));
      if (!isSilent) marks.push({ at, comment: undefined });
      if (!/[ \t\r]/.test(character)) afterComment = false;
      at += 1;
    }
  }
  return at;
}

function stringEnd(text: string, start: number, limit: number): number {
  let at = start + 1;
  while (at < limit && text[at] !== '"') at += text[at] === "\\" ? 2 : 1;
  return Math.min(at + 1, limit);
}

/** The last character before an offset that is no blank; a newline counts. */
export function lastBefore(text: string, offset: number): string {
  let at = offset - 1;
  while (at >= 0 && /[ \t\r]/.test(text[at] ?? "")) at -= 1;
  return text[at] ?? "";
}

/** A block comment becomes one mark a line, without the stars that people put in front. */
function commentMarks(text: string, { start, block }: FileComment): readonly Mark[] {
  if (!block) return [{ at: start, comment: text.slice(2).replace(/^ /, "").trimEnd() }];
  const [first = "", ...rest] = text.slice(2).replace(/\*\/$/, "").split("\n");
  const lines = [first.replace(/^ /, ""), ...rest.map((line) => line.replace(/^[ \t\r]*(?:\*+ ?)?/, ""))];
  const trimmed = lines.map((line) => line.trimEnd());
  if (trimmed[0] === "") trimmed.shift();
  if (rest.length > 0 && trimmed.at(-1) === "") trimmed.pop();
  return trimmed.map((comment) => ({ at: start, comment }));
}
