/** The shape of a row about a mistake of form: a diagnostic with the facts of its problem, and how to mend it. */

import type { Span } from "../../base/span.ts";
import type { Item } from "../../syntax/ast.ts";
import type { SyntaxProblem } from "../../syntax/node.ts";
import type { ProblemFacts, ProblemKey } from "../../syntax/problems.ts";
import type { Fix } from "../diagnostic.ts";
import { type DiagnosticRow, diagnosticRow, type Raise } from "../row.ts";

/** What a problem of this key looks like: its facts and its span in the item. */
export interface ProblemOf<Key extends ProblemKey> {
  readonly facts: ProblemFacts[Key];
  readonly span: Span;
}

export interface SyntaxRow<Key extends ProblemKey> {
  readonly raise: Raise<ProblemFacts[Key]>;
  readonly fixes: (item: Item, problem: ProblemOf<Key>) => readonly Fix[];
  readonly hints: (facts: ProblemFacts[Key]) => readonly string[];
}

type Definition<Key extends ProblemKey> = Omit<DiagnosticRow<ProblemFacts[Key]>, "severity" | "name"> &
  Partial<Pick<SyntaxRow<Key>, "fixes" | "hints">>;

/** A row named after its problem. All mistakes of form are errors: a program with one does not run. */
export function syntaxRow<Key extends ProblemKey>(
  key: Key,
  { fixes, hints, ...row }: Definition<Key>,
): SyntaxRow<Key> {
  return {
    raise: diagnosticRow<ProblemFacts[Key]>({ ...row, name: key, severity: "error" }),
    fixes: fixes ?? (() => []),
    hints: hints ?? (() => []),
  };
}

export function replacement(title: string, item: Item, span: Span, text: string): Fix {
  return { title, edits: [{ place: { item, span }, text }], automatic: true };
}

export function removal(item: Item, { span }: Pick<SyntaxProblem, "span">): Fix {
  return replacement(`Remove '${item.text.slice(span.start, span.end).trim()}'`, item, span, "");
}

/** Puts a token behind the last one before `offset`: comments and white space stay where they are. */
export function insertion(token: string, item: Item, offset: number): Fix {
  let at = Math.min(offset, item.text.length);
  for (let comment = endingAt(item, blankStart(item, at)); comment !== undefined; ) {
    at = comment.start;
    comment = endingAt(item, blankStart(item, at));
  }
  at = blankStart(item, at);
  return replacement(`Insert '${token}'`, item, { start: at, end: at }, token);
}

function blankStart(item: Item, offset: number): number {
  return item.text.slice(0, offset).trimEnd().length;
}

function endingAt(item: Item, offset: number): Span | undefined {
  return item.comments.find(({ span }) => span.end === offset)?.span;
}

/** A text in a message: in quotes, and not more of it than fits. */
export function quote(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  return `'${line.length > 30 ? `${line.slice(0, 29)}…` : line}'`;
}

/** What was found where something else should be. */
export function foundInstead(found: string): string {
  return found === "" ? "the text ends" : `${quote(found)} stands`;
}
