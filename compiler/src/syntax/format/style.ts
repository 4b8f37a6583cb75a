/** What laying out depends on, and the productions that hold each other. */

import type { Block, Expression } from "../ast.ts";
import type { Sheet } from "./sheet.ts";
import type { Trivia } from "./trivia.ts";

/** Columns that a line should not exceed. */
export const LINE_WIDTH = 90;
export const INDENT = 2;

export interface Style {
  /** Where the item starts in the file: trivia have offsets of the file, nodes those of their item. */
  readonly base: number;
  /** The text of an item that is kept as it is. */
  readonly verbatim: string | undefined;
  /** Comments from inside expressions that have no place there; they go before the statement. */
  readonly lifted: string[];
  readonly productions: Productions;
}

/** Handed along because files do not import each other in a ring. */
export interface Productions {
  readonly expression: (style: Style, expression: Expression, room: Room) => Sheet;
  /** The condition of `if` or `while`. */
  readonly condition: (style: Style, condition: Expression, room: Room) => Sheet;
  readonly block: (style: Style, block: Block, room: Room, mode: BlockMode) => Sheet;
}

/**
 * What becomes of a last expression without `;`: the value of the block, or a statement like the others. `nested` makes
 * statements of those in the blocks inside, too.
 */
export type BlockMode = "value" | "statements" | "nested";

/** Where something is laid out. */
export interface Room {
  readonly trivia: Trivia;
  /** Columns left; once they are used up, there is no limit any more. */
  readonly width: number;
  /** Parentheses around the whole would say nothing. */
  readonly bare: boolean;
  /** How the blocks of an `if` or of a block expression are laid out; `value` unless said otherwise. */
  readonly mode?: BlockMode;
}

/** A room with less width. */
export function narrower(width: number, by: number): number {
  return width < by ? Number.POSITIVE_INFINITY : width - by;
}
