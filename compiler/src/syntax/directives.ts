/** Which lines that start with `#` are the C preprocessor's. */

import type { ItemDraft } from "./item-draft.ts";

const directives: ReadonlySet<string> = new Set([
  ...["include", "include_next", "define", "undef", "if", "ifdef", "ifndef", "elif", "elifdef", "elifndef"],
  ...["else", "endif", "error", "warning", "pragma", "line", "ident"],
]);

/** Reports a line that no preprocessor knows, most meant as comments, and one that lacks what it is about. */
export function checkDirective(draft: ItemDraft, line: string, start: number): void {
  const found = /^#[ \t]*([^\s]*)/.exec(line);
  const word = /^\w*/.exec(found?.[1] ?? "")?.[0] ?? "";
  if (word === "include" || word === "define") {
    const rest = line.slice(found?.[0].length).trimStart();
    const from = rest === "" ? start : start + line.length - rest.length;
    draft.report("incomplete-directive", { directive: word }, from, start + line.length);
  }
  if (line === "#" || directives.has(word)) return;
  draft.report("unknown-directive", { text: found?.[0] ?? "#" }, start, start + line.length);
}
