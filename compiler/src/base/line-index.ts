/** Offsets of a text to lines and columns and back, in the three encodings of LSP. */

/** How columns are counted. Offsets are always UTF-16 code units. */
export type ColumnEncoding = "utf-8" | "utf-16" | "utf-32";

/** Both from 0. */
export interface LineColumn {
  readonly line: number;
  readonly column: number;
}

export interface LineIndex {
  readonly lineCount: number;
  /** Offsets behind the end count as the end. */
  readonly position: (offset: number, encoding?: ColumnEncoding) => LineColumn;
  /** Columns behind the end of a line count as its end. */
  readonly offset: (position: LineColumn, encoding?: ColumnEncoding) => number;
  /** The line's text without its end. */
  readonly line: (line: number) => string;
}

export function createLineIndex(text: string): LineIndex {
  const starts = [0];
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  const startOf = (line: number): number => starts[line] ?? text.length;
  const lineText = (line: number): string =>
    text.slice(startOf(line), startOf(line + 1)).replace(/\r?\n$/, "");
  return {
    lineCount: starts.length,
    line: lineText,
    position: (offset, encoding = "utf-16") => {
      const at = Math.max(0, Math.min(offset, text.length));
      const line = lineOf(starts, at);
      return { line, column: width(text.slice(startOf(line), at), encoding) };
    },
    offset: ({ line, column }, encoding = "utf-16") => {
      if (line < 0) return 0;
      if (line >= starts.length) return text.length;
      return startOf(line) + unitsFor(lineText(line), column, encoding);
    },
  };
}

/** The last line that starts at or before the offset. */
function lineOf(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

function width(text: string, encoding: ColumnEncoding): number {
  if (encoding === "utf-16") return text.length;
  let columns = 0;
  for (const character of text) columns += encoding === "utf-32" ? 1 : utf8Length(character);
  return columns;
}

function utf8Length(character: string): number {
  const code = character.codePointAt(0) ?? 0;
  return code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
}

/** UTF-16 code units of the text's first `column` columns. */
function unitsFor(text: string, column: number, encoding: ColumnEncoding): number {
  if (encoding === "utf-16") return Math.min(column, text.length);
  let columns = 0;
  let units = 0;
  for (const character of text) {
    if (columns >= column) break;
    columns += encoding === "utf-32" ? 1 : utf8Length(character);
    units += character.length;
  }
  return units;
}
