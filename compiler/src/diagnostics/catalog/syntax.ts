/** Mistakes of form as diagnostics: the row of every problem, codes PW1xxx. */

import type { Item, Script } from "../../syntax/ast.ts";
import type { SyntaxProblem } from "../../syntax/node.ts";
import { rightPlace, scriptProblems } from "../../syntax/order.ts";
import type { ProblemKey } from "../../syntax/problems.ts";
import { invariant } from "../../base/invariant.ts";
import type { Diagnostic, Fix } from "../diagnostic.ts";
import { foreignRows } from "./syntax-foreign.ts";
import { itemRows } from "./syntax-items.ts";
import { literalRows } from "./syntax-literals.ts";
import type { SyntaxRow } from "./syntax-row.ts";
import { tokenRows } from "./syntax-tokens.ts";

/** A row for every problem, named by its key: a problem without one does not compile. */
export const syntaxRows: { readonly [Key in ProblemKey]: SyntaxRow<Key> } = {
  ...tokenRows,
  ...literalRows,
  ...itemRows,
  ...foreignRows,
};

const byKey: ReadonlyMap<string, SyntaxRow<ProblemKey>> = new Map(
  // A problem's facts are those of its key: `problem` makes them so.
  Object.entries(syntaxRows) as unknown as readonly (readonly [string, SyntaxRow<ProblemKey>])[],
);

/** All mistakes of form of a script, in the order of its items. */
export function syntaxDiagnostics(script: Script): readonly Diagnostic[] {
  return scriptProblems(script).map(({ item, problem }) => {
    const before = rightPlace(script, item, problem.problem);
    const moves = before === undefined ? [] : [moving(item, before)];
    const found = syntaxDiagnostic(item, problem);
    return moves.length === 0 ? found : { ...found, fixes: [...found.fixes, ...moves] };
  });
}

/** With its comments, to the start of the line of another item. */
function moving(item: Item, before: Item): Fix {
  const text = item.text.trimEnd();
  return {
    title: "Move to where it belongs",
    edits: [
      { place: { item: before, span: { start: 0, end: 0 } }, text: `${text}\n\n` },
      { place: { item, span: { start: 0, end: text.length } }, text: "" },
    ],
    automatic: false,
  };
}

function syntaxDiagnostic(item: Item, problem: SyntaxProblem): Diagnostic {
  const row = byKey.get(problem.problem);
  invariant(row !== undefined, `the catalog has a row for '${problem.problem}'`);
  const facts = problem.facts as Parameters<typeof row.raise>[1]; // as above
  const place = { item, span: problem.span };
  return row.raise(place, facts, {
    fixes: row.fixes(item, { facts, span: problem.span }),
    hints: row.hints(facts),
  });
}
