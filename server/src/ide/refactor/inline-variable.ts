/** Putting a variable's value where the variable is read, when it is assigned once. */

import {
  findNodeAt,
  walk,
  type Assignment,
  type Expression,
  type SyntaxNode,
  type VariableDeclaration,
} from "@probewright/compiler";
import { namedAt } from "../names.ts";
import { edit, textOf, type Offer } from "./refactor.ts";

export const inlineVariable: Offer = (selected) => {
  const { snapshot, item, start, span } = selected;
  const thing = namedAt(snapshot, start + span.start)?.thing;
  if (thing?.kind !== "variable") return undefined;
  const writes = thing.occurrences.filter(({ access }) => access !== "read");
  const reads = thing.occurrences.filter(({ access }) => access === "read");
  const [write] = writes;
  if (write?.item !== item || writes.length !== 1 || reads.length === 0) return undefined;
  const statement = findNodeAt(item, write.start - start).findLast(isAssignment);
  const value = statement?.value;
  if (statement === undefined || value === undefined || !mayMove(value, reads.length)) return undefined;
  const text = textOf(selected, value.span);
  const inserted = isSimple(value) ? text : `(${text})`;
  return {
    kind: "refactor.inline",
    title: `Inline '$${thing.name}'`,
    edits: [
      edit(selected, wholeLine(item.text, statement.span), ""),
      ...reads.map((read) => ({ start: read.start, end: read.end, text: inserted })),
    ],
  };
};

function isAssignment(node: SyntaxNode): node is Assignment | VariableDeclaration {
  return node.kind === "assignment" || node.kind === "variable-declaration";
}

/** Whether it means the same later, and as often as it is read: what may change in between stays where it is. */
function mayMove(value: Expression, times: number): boolean {
  let moves = true;
  walk(value, (node) => {
    if (node.kind === "map" || node.kind === "variable" || node.kind === "increment") moves = false;
    if (node.kind === "call" && times > 1) moves = false;
    if (node.kind === "identifier" && /^nsecs|elapsed|rand/.test(node.name)) moves = false;
    if (node.kind === "call" && /^(?:nsecs|rand|strftime)$/.test(node.callee.text)) moves = false;
    if (node.kind === "block-expression" || node.kind === "if") moves = false;
  });
  return moves;
}

function isSimple({ kind }: Expression): boolean {
  return !["binary", "conditional", "cast", "unary"].includes(kind);
}

/** The statement with its semicolon, and its line when nothing else is on it. */
function wholeLine(
  text: string,
  span: { readonly start: number; readonly end: number },
): { start: number; end: number } {
  const behind = /^\s*;?[ \t]*/.exec(text.slice(span.end))?.[0].length ?? 0;
  const end = span.end + behind;
  const lineStart = text.lastIndexOf("\n", span.start - 1) + 1;
  const alone = text.slice(lineStart, span.start).trim() === "" && text.charAt(end) === "\n" && lineStart > 0;
  return alone ? { start: lineStart, end: end + 1 } : { start: span.start, end };
}
