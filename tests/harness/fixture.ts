/** Test programs with their expectations written inside them. */

/** A claim made by a test program about the code on the line above it. */
export interface Claim {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** A program with the markup taken out, and what the markup said. Offsets count UTF-16 code units. */
export interface Fixture {
  readonly source: string;
  /** Where `<|>` stood: the editor's cursor. */
  readonly cursor: number | undefined;
  readonly claims: readonly Claim[];
}

const CURSOR = "<|>";
const CLAIM = /^\s*\/\/\s*(\^+)\s?(.*)$/;
const FILE = /^\s*\/\/- (\S+)\s*$/;

/**
 * Reads a program such as
 *
 *     kprobe:f { time(1); }
 *     //              ^ error BT2003
 *
 * Claim lines are removed from the source, so offsets are those of the program as a user would write it. The
 * indentation that all program lines share is removed too; a claim about a line's first two columns stands two
 * columns to the left of the program:
 *
 *       kprob:f { }
 *     //^^^^^ error BT2001
 *
 * @throws Error when a claim has no line above it or reaches past its line, or there are two cursors
 */
export function readFixture(marked: string): Fixture {
  return readLines(withoutOuterBlankLines(marked));
}

/**
 * Reads several files from one text: each starts at a line `//- PATH`. Keys are the paths as written, in order.
 *
 * @throws Error when a line precedes the first `//- PATH`, or a path comes twice
 */
export function readFiles(marked: string): ReadonlyMap<string, Fixture> {
  const linesByPath = new Map<string, string[]>();
  let current: string[] | undefined;
  for (const line of withoutOuterBlankLines(marked)) {
    const path = FILE.exec(line)?.[1];
    if (path !== undefined) {
      if (linesByPath.has(path)) throw new Error(`two files named ${path}`);
      current = [];
      linesByPath.set(path, current);
      continue;
    }
    if (current === undefined) throw new Error(`before the first //- PATH: ${line}`);
    current.push(line);
  }
  return new Map([...linesByPath].map(([path, lines]) => [path, readLines(lines)]));
}

function readLines(lines: readonly string[]): Fixture {
  const indent = sharedIndent(lines.filter((line) => !CLAIM.test(line)));
  const kept: string[] = [];
  const claims: Claim[] = [];
  let nextLineStart = 0;
  let cursor: number | undefined;

  for (const line of lines) {
    const claim = CLAIM.exec(line);
    if (claim !== null) {
      const column = line.indexOf("^") - indent;
      const above = kept.at(-1);
      claims.push(
        readClaim(claim, { line, column, above, aboveStart: nextLineStart - (above?.length ?? 0) - 1 }),
      );
      continue;
    }
    const program = line.slice(indent);
    const at = program.indexOf(CURSOR);
    if (at !== -1 && (cursor !== undefined || program.includes(CURSOR, at + 1)))
      throw new Error("two cursors");
    if (at !== -1) cursor = nextLineStart + at;
    const bare = program.replace(CURSOR, "");
    kept.push(bare);
    nextLineStart += bare.length + 1;
  }
  return { source: kept.join("\n"), cursor, claims };
}

interface ClaimPlace {
  readonly line: string;
  readonly column: number;
  readonly above: string | undefined;
  readonly aboveStart: number;
}

function readClaim(claim: RegExpExecArray, { line, column, above, aboveStart }: ClaimPlace): Claim {
  const length = (claim[1] ?? "").length;
  if (above === undefined) throw new Error(`nothing above the claim: ${line}`);
  if (column < 0) throw new Error(`the claim starts left of the program: ${line}`);
  // One past the end is a place too: that of a missing token.
  if (column + length > above.length + 1) throw new Error(`the claim reaches past its line: ${line}`);
  return { start: aboveStart + column, end: aboveStart + column + length, text: claim[2] ?? "" };
}

function withoutOuterBlankLines(text: string): readonly string[] {
  return text
    .replace(/^[ \t]*\n/, "")
    .trimEnd()
    .split("\n");
}

function sharedIndent(lines: readonly string[]): number {
  const indents = lines
    .filter((line) => line.trim() !== "")
    .map((line) => line.length - line.trimStart().length);
  return indents.length === 0 ? 0 : Math.min(...indents);
}
