/** Comments and blank lines on lines of their own. */

import type { Sheet } from "./sheet.ts";
import type { Trivia } from "./trivia.ts";

/** @param minimum lines to start at least; blank lines count among them */
export function placeMarks(sheet: Sheet, trivia: Trivia, minimum: number): void {
  for (let line = 0; line < minimum; line += 1) sheet.newLine();
  let blank = 0;
  for (const { comment } of trivia.marks) {
    if (comment !== undefined) sheet.comment(comment).newLine();
    else {
      if (blank >= minimum) sheet.newLine();
      blank += 1;
    }
  }
}

export function placeComments(sheet: Sheet, comments: readonly string[]): void {
  for (const comment of comments) sheet.comment(comment).newLine();
}
