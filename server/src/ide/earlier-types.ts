/** Types of what an edit has left alone, known from the analysis before it: whoever types on does not wait for the next one. */

import {
  findNodeAt,
  type Check,
  type Expression,
  type Item,
  type Script,
  type Span,
  type SyntaxNode,
  type Type,
} from "@probewright/compiler";
import type { Snapshot } from "./snapshot.ts";

export interface Typed {
  readonly type: Type;
  readonly structs: Check["structs"];
}

/**
 * Type of an expression, from the newest analysis there is when nothing but `edited` has changed since, else from one of this
 * version.
 *
 * @param edited from the expression's end, where what is being typed stands, in the item
 */
export function typeOf(
  snapshot: Snapshot,
  item: Item,
  expression: Expression,
  edited: Span,
): Typed | undefined {
  const earlier = earlierType(snapshot, item, expression, edited);
  if (earlier !== undefined) return earlier;
  const { nodeFacts, structs } = snapshot.analysis();
  const type = nodeFacts.at(item, expression.id)?.type;
  return type === undefined ? undefined : { type, structs };
}

function earlierType(
  snapshot: Snapshot,
  item: Item,
  expression: Expression,
  { start, end }: Span,
): Typed | undefined {
  const newest = snapshot.newestAnalysis();
  const main = newest?.files[0];
  if (newest === undefined || main === undefined) return undefined;
  const before = counterpart(snapshot.script, main.script, item);
  if (before === undefined) return undefined;
  const head = item.text.slice(0, start);
  const tail = item.text.slice(end);
  const { text } = before;
  if (text.length < head.length + tail.length || !text.startsWith(head) || !text.endsWith(tail))
    return undefined;
  const same = findNodeAt(before, expression.span.start).find((node) => isAlike(node, expression));
  const type = same === undefined ? undefined : newest.nodeFacts.at(before, same.id)?.type;
  // What was half typed then may have had no type yet.
  return type === undefined || !hasParts(type) ? undefined : { type, structs: newest.structs };
}

/** What the item was in an earlier version; undefined when it is not the only one that has changed. */
function counterpart({ items }: Script, earlier: Script, item: Item): Item | undefined {
  if (items.length !== earlier.items.length) return undefined;
  const at = items.findIndex((each) => each.item === item);
  const isOnly = items.every((each, index) => index === at || each.item === earlier.items[index]?.item);
  const before = earlier.items[at]?.item;
  return isOnly && before?.kind === item.kind ? before : undefined;
}

function isAlike(one: SyntaxNode, other: SyntaxNode): boolean {
  return one.kind === other.kind && one.span.start === other.span.start && one.span.end === other.span.end;
}

function hasParts({ kind }: Type): boolean {
  return kind === "pointer" || kind === "struct" || kind === "record" || kind === "tuple";
}
