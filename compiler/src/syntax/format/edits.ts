/** From one text to another in small edits, whole lines each: editors keep cursors, marks and folds where nothing changed. */

import type { TextEdit } from "../document.ts";

/** More differing lines than this are replaced as one piece: comparing them closer would take too long. */
const MOST_DIFFERENCES = 1500;

/**
 * Edits that make `after` of `before`, in order and apart from each other.
 * @param offset where `before` starts in the file
 */
export function lineEdits(before: string, after: string, offset = 0): readonly TextEdit[] {
  const old = splitLines(before);
  const made = splitLines(after);
  let first = 0;
  while (first < old.length && first < made.length && old[first] === made[first]) first += 1;
  let tail = 0;
  while (tail < old.length - first && tail < made.length - first && old.at(-1 - tail) === made.at(-1 - tail))
    tail += 1;
  const oldMiddle = old.slice(first, old.length - tail);
  const madeMiddle = made.slice(first, made.length - tail);
  const start = offset + lengthOf(old.slice(0, first));
  return replaceRuns(oldMiddle, madeMiddle, commonLines(oldMiddle, madeMiddle), start);
}

/** Lines with their ends. */
function splitLines(text: string): readonly string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

function lengthOf(lines: readonly string[]): number {
  return lines.reduce((sum, line) => sum + line.length, 0);
}

/** A pair of equal lines, by their indexes. */
type Match = readonly [old: number, made: number];

/** One edit for each run of lines between matches. */
function replaceRuns(
  old: readonly string[],
  made: readonly string[],
  matches: readonly Match[],
  start: number,
): readonly TextEdit[] {
  const edits: TextEdit[] = [];
  let oldAt = 0;
  let madeAt = 0;
  let offset = start;
  for (const [oldNext, madeNext] of [...matches, [old.length, made.length] as const]) {
    const removed = lengthOf(old.slice(oldAt, oldNext));
    const text = made.slice(madeAt, madeNext).join("");
    if (removed > 0 || text !== "") edits.push({ start: offset, end: offset + removed, text });
    offset += removed + (old[oldNext]?.length ?? 0);
    oldAt = oldNext + 1;
    madeAt = madeNext + 1;
  }
  return edits;
}

/**
 * A longest common subsequence, by walking ever more differences along the diagonals until the end is reached.
 * @returns no matches when there are too many differences
 */
function commonLines(old: readonly string[], made: readonly string[]): readonly Match[] {
  const most = Math.min(old.length + made.length, MOST_DIFFERENCES);
  const furthest = new Int32Array(2 * most + 3);
  const before: Int32Array[] = [];
  for (let differences = 0; differences <= most; differences += 1) {
    // What this round reads of the one before it: its own diagonals and one more on each side.
    before.push(furthest.slice(most - differences, most + differences + 3));
    for (let diagonal = -differences; diagonal <= differences; diagonal += 2) {
      const x = walk(old, made, { furthest, middle: most + 1 }, diagonal, differences);
      furthest[most + 1 + diagonal] = x;
      if (x >= old.length && x - diagonal >= made.length) return traceBack(before, old.length, made.length);
    }
  }
  return [];
}

/** How far each diagonal (old minus made) got, counted in old lines; diagonal 0 stands at `middle`. */
interface Reached {
  readonly furthest: Int32Array;
  readonly middle: number;
}

function reachedAt({ furthest, middle }: Reached, diagonal: number): number {
  return furthest[middle + diagonal] ?? 0;
}

function walk(
  old: readonly string[],
  made: readonly string[],
  reached: Reached,
  diagonal: number,
  differences: number,
): number {
  let x = comesFromAbove(reached, diagonal, differences)
    ? reachedAt(reached, diagonal + 1)
    : reachedAt(reached, diagonal - 1) + 1;
  while (x < old.length && x - diagonal < made.length && old[x] === made[x - diagonal]) x += 1;
  return x;
}

/** Whether the best way to a diagonal adds a line, rather than removing one. */
function comesFromAbove(reached: Reached, diagonal: number, differences: number): boolean {
  if (diagonal === -differences) return true;
  if (diagonal === differences) return false;
  return reachedAt(reached, diagonal - 1) < reachedAt(reached, diagonal + 1);
}

function traceBack(before: readonly Int32Array[], oldLength: number, madeLength: number): readonly Match[] {
  const matches: Match[] = [];
  let x = oldLength;
  let y = madeLength;
  for (let differences = before.length - 1; differences >= 0 && (x > 0 || y > 0); differences -= 1) {
    const reached = { furthest: before[differences] ?? new Int32Array(), middle: differences + 1 };
    const diagonal = x - y;
    const above = comesFromAbove(reached, diagonal, differences);
    const previousDiagonal = above ? diagonal + 1 : diagonal - 1;
    const previousX = differences === 0 ? 0 : reachedAt(reached, previousDiagonal);
    const previousY = differences === 0 ? 0 : previousX - previousDiagonal;
    while (x > previousX && y > previousY) {
      x -= 1;
      y -= 1;
      matches.push([x, y]);
    }
    x = previousX;
    y = previousY;
  }
  return matches.reverse();
}
