/** Adding a predicate to a probe, and turning a lone `if` into one. */

import type { If, Probe } from "@probewright/compiler";
import { edit, textOf, type Offer, type Selected } from "./refactor.ts";

/** Offered on the attach points. */
export const addPredicate: Offer = (selected) => {
  const { item, span } = selected;
  if (item.kind !== "probe" || item.predicate !== undefined || span.start > item.body.span.start)
    return undefined;
  const [first] = item.attachPoints;
  if (first === undefined || isOnce(first.provider.text)) return undefined;
  const at = item.attachPoints.at(-1)?.span.end ?? item.body.span.start;
  return {
    kind: "refactor.rewrite",
    title: "Add a predicate for one process",
    edits: [edit(selected, { start: at, end: at }, ' /comm == "bash"/')],
  };
};

function isOnce(provider: string): boolean {
  return ["begin", "end", "self", "test", "bench"].includes(provider.toLowerCase());
}

export const ifToPredicate: Offer = (selected) => {
  const { item, span } = selected;
  const lone = item.kind === "probe" && item.predicate === undefined ? loneIf(item) : undefined;
  if (item.kind !== "probe" || lone === undefined) return undefined;
  if (span.end < lone.span.start || span.start > lone.then.span.start) return undefined;
  const condition = withoutParentheses(textOf(selected, lone.condition.span));
  const at = item.attachPoints.at(-1)?.span.end ?? item.body.span.start;
  return {
    kind: "refactor.rewrite",
    title: "Turn 'if' into a predicate",
    edits: [
      // A slash at the outer level would end the predicate.
      edit(selected, { start: at, end: at }, ` /${condition.includes("/") ? `(${condition})` : condition}/`),
      edit(selected, item.body.span, textOf(selected, lone.then.span)),
    ],
  };
};

/** The `if` without `else` that is all a probe does. */
function loneIf({ body: { statements, value } }: Probe): If | undefined {
  if (statements.length + (value === undefined ? 0 : 1) !== 1) return undefined;
  const [only] = statements;
  const lone = only?.kind === "expression-statement" ? only.expression : value;
  if (lone?.kind !== "if" || lone.otherwise !== undefined) return undefined;
  return lone.condition.kind === "comptime" ? undefined : lone;
}

function withoutParentheses(text: string): string {
  const inner = /^\(([^()]*)\)$/.exec(text.trim())?.[1];
  return (inner ?? text).trim();
}

/** A predicate as an `if` around the body. */
export const predicateToIf: Offer = (selected: Selected) => {
  const { item, span } = selected;
  if (item.kind !== "probe" || item.predicate === undefined) return undefined;
  const { predicate, body } = item;
  if (span.end < predicate.span.start || predicate.span.end < span.start) return undefined;
  const between = item.text.slice(item.attachPoints.at(-1)?.span.end ?? 0, body.span.start);
  const open = body.span.start - between.length;
  const inner = textOf(selected, body.span);
  return {
    kind: "refactor.rewrite",
    title: "Turn the predicate into 'if'",
    edits: [
      edit(selected, { start: open, end: body.span.start }, " "),
      edit(selected, body.span, `{ if (${textOf(selected, predicate.span)}) ${inner} }`),
    ],
  };
};
