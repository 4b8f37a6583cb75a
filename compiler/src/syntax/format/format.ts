/**
 * The formatter: a script in the one layout that all scripts share. It follows the layout of bpftrace's own formatter;
 * where that loses a comment or prints what does not parse, ours does not: `docs/formatter.md`.
 */

import type { ItemSlot, Script } from "../ast.ts";
import { type ItemProblem, scriptProblems } from "../order.ts";
import { layoutExpression } from "./expressions.ts";
import { layoutItem } from "./items.ts";
import { placeMarks } from "./marks.ts";
import { Sheet } from "./sheet.ts";
import { layoutBlock } from "./statements.ts";
import type { Productions, Style } from "./style.ts";
import { readTrivia } from "./trivia.ts";

const productions: Productions = { expression: layoutExpression, block: layoutBlock };

export type Formatted =
  | { readonly ok: true; readonly text: string }
  /** A script with mistakes of form stays as it is. */
  | { readonly ok: false; readonly problems: readonly ItemProblem[] };

/** Lays out a whole script. @param text the text that the script was read from */
export function formatScript(script: Script, text: string): Formatted {
  const problems = scriptProblems(script);
  if (problems.length > 0) return { ok: false, problems };
  return { ok: true, text: layoutItems(script.items, text, 0, text.length) };
}

/** Lays out items and the space around them, from one offset to another. */
export function layoutItems(slots: readonly ItemSlot[], text: string, from: number, to: number): string {
  const trivia = readTrivia(text, slots, from, to);
  const sheet = new Sheet();
  for (const { start, item } of slots) {
    const style: Style = { base: start, lifted: [], productions };
    placeMarks(sheet, trivia.claim(start), 0);
    sheet.append(layoutItem(style, item, trivia)).newLine();
  }
  placeMarks(sheet, trivia, 0);
  return sheet.toString();
}
