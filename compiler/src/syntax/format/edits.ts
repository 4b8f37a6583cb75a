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
  // Per number of differences: how far each diagonal (old minus made) got, counted in old lines.
  const rounds: Map<number, number>[] = [];
  let furthest = new Map<number, number>([[1, 0]]);
  for (let differences = 0; differences <= most; differences += 1) {
    rounds.push(new Map(furthest));
    const reached = new Map<number, number>();
    for (let diagonal = -differences; diagonal <= differences; diagonal += 2) {
      const x = walk(old, made, furthest, diagonal, differences);
      reached.set(diagonal, x);
      if (x >= old.length && x - diagonal >= made.length) return traceBack(rounds, old.length, made.length);
    }
    furthest = new Map([...furthest, ...reached]);
  }
  return [];
}

function walk(
  old: readonly string[],
  made: readonly string[],
  furthest: ReadonlyMap<number, number>,
  diagonal: number,
  differences: number,
): number {
  let x = comesFromAbove(furthest, diagonal, differences)
    ? (furthest.get(diagonal + 1) ?? 0)
    : (furthest.get(diagonal - 1) ?? 0) + 1;
  while (x < old.length && x - diagonal < made.length && old[x] === made[x - diagonal]) x += 1;
  return x;
}

/** Whether the best way to a diagonal adds a line, rather than removing one. */
function comesFromAbove(
  furthest: ReadonlyMap<number, number>,
  diagonal: number,
  differences: number,
): boolean {
  if (diagonal === -differences) return true;
  if (diagonal === differences) return false;
  return (furthest.get(diagonal - 1) ?? 0) < (furthest.get(diagonal + 1) ?? 0);
}

function traceBack(
  rounds: readonly ReadonlyMap<number, number>[],
  oldLength: number,
  madeLength: number,
): readonly Match[] {
  const matches: Match[] = [];
  let x = oldLength;
  let y = madeLength;
  for (let differences = rounds.length - 1; differences >= 0 && (x > 0 || y > 0); differences -= 1) {
    const furthest = rounds[differences] ?? new Map<number, number>();
    const diagonal = x - y;
    const above = comesFromAbove(furthest, diagonal, differences);
    const previousDiagonal = above ? diagonal + 1 : diagonal - 1;
    const previousX = differences === 0 ? 0 : (furthest.get(previousDiagonal) ?? 0);
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
