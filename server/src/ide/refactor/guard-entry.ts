/** A guard for map entries that may be missing: the probe then runs only where the entry is there. */

import { findNodeAt, walk, type MapAccess, type SyntaxNode } from "@probewright/compiler";
import { edit, textOf, type Offer, type Selected } from "./refactor.ts";

/** `nsecs - @start[tid]` means nothing for who has no start. */
export const guardMissingEntry: Offer = (selected) => {
  const { item } = selected;
  const access = readAt(selected);
  if (item.kind !== "probe" || access === undefined) return undefined;
  const text = textOf(selected, access.span);
  const { predicate } = item;
  if (predicate !== undefined && textOf(selected, predicate.span).includes(text)) return undefined;
  const at = item.attachPoints.at(-1)?.span.end ?? item.body.span.start;
  return {
    kind: "refactor.rewrite",
    title: `Run only where '${text}' is there`,
    edits: [
      predicate === undefined
        ? edit(selected, { start: at, end: at }, ` /${text}/`)
        : edit(selected, predicate.span, `(${textOf(selected, predicate.span)}) && ${text}`),
    ],
  };
};

/** The entry that is read there, when a predicate could ask for it. */
function readAt({ item, span, snapshot }: Selected): MapAccess | undefined {
  if (item.kind !== "probe" || span.start < item.body.span.start) return undefined;
  const path = findNodeAt(item, span.start);
  const access = path.findLast(isKeyed);
  if (access === undefined) return undefined;
  const parent = path[path.indexOf(access) - 1];
  if (isWrite(access, parent) || !meansTheSameBefore(access)) return undefined;
  const kind = snapshot.analysis().nodeFacts.at(item, access.id)?.type?.kind;
  return kind === "integer" || kind === "pointer" ? access : undefined;
}

function isKeyed(node: SyntaxNode): node is MapAccess {
  return node.kind === "map" && node.keys !== undefined;
}

function isWrite(access: MapAccess, parent: SyntaxNode | undefined): boolean {
  if (parent?.kind === "assignment") return parent.target === access;
  return parent?.kind === "increment" || parent?.kind === "call";
}

/** Variables of the body are not there yet in the predicate. */
function meansTheSameBefore(access: MapAccess): boolean {
  let same = true;
  walk(access, (node) => {
    if (node.kind === "variable" || node.kind === "increment") same = false;
  });
  return same;
}
