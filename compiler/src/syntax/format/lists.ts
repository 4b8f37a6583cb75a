/** Lists: on one line when they fit, else in lines as few as can be. */

import { Sheet } from "./sheet.ts";
import { narrower } from "./style.ts";

/**
 * Lays out the elements with separators between them.
 * @param elements each makes its sheet for a width
 */
export function layoutList(
  elements: readonly ((width: number) => Sheet)[],
  separator: string,
  width: number,
): Sheet {
  const last = elements.length - 1;
  const sheets = elements.map((layout, index) =>
    index === last ? layout(width) : layout(narrower(width, 1)).text(separator),
  );
  const widths = sheets.map((sheet) => sheet.width);
  const total = widths.reduce((sum, each) => sum + each, 0);
  const breaks = total < width ? new Set<number>() : lineStarts(widths, width);
  const list = new Sheet();
  sheets.forEach((sheet, index) => {
    if (breaks.has(index)) list.newLine();
    list.append(sheet);
  });
  return list;
}

/** Which elements start a line: the last line takes as many as fit, then the line before it. None when one is too wide. */
function lineStarts(widths: readonly number[], width: number): ReadonlySet<number> {
  const starts = new Set<number>();
  if (widths.some((each) => each > width)) return starts;
  let used = 0;
  for (let index = widths.length - 1; index >= 0; index -= 1) {
    const each = widths[index] ?? 0;
    if (used + each > width) {
      starts.add(index + 1);
      used = 0;
    }
    used += each;
  }
  return starts;
}
