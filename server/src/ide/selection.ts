/** Growing a selection: the nodes around an offset, innermost first, and the whole script last. */

import { findNodeAt, type Span } from "@probewright/compiler";
import { itemAt, type Snapshot } from "./snapshot.ts";

/** Each span lies within the next and differs from it. */
export function selectionSpans(snapshot: Snapshot, offset: number): readonly Span[] {
  const found = itemAt(snapshot, offset);
  const base = offset - (found?.offset ?? offset);
  const nodes = found === undefined ? [] : [...findNodeAt(found.item, found.offset)].reverse();
  const spans: Span[] = [];
  for (const span of [
    ...nodes.map(({ span: { start, end } }) => ({ start: base + start, end: base + end })),
    { start: 0, end: snapshot.text.length },
  ]) {
    const inner = spans.at(-1);
    if (inner === undefined || holds(span, inner)) spans.push(span);
  }
  return spans;
}

/** Does `outer` hold all of `inner`, and more? */
function holds(outer: Span, inner: Span): boolean {
  const same = outer.start === inner.start && outer.end === inner.end;
  return !same && outer.start <= inner.start && inner.end <= outer.end;
}
