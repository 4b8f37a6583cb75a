/** Who calls whom: probes, macros and subprograms. */

import { walk, type Item, type Span } from "@probewright/compiler";
import { namedAt, namedThings } from "./names.ts";
import { itemAt, type Snapshot } from "./snapshot.ts";

/** A probe, macro or subprogram of the script. */
export interface CallNode {
  readonly kind: "probe" | "macro" | "subprogram";
  readonly name: string;
  readonly span: Span;
  /** The name, or the attach points. */
  readonly selection: Span;
}

export interface CallEdge {
  readonly node: CallNode;
  /** Where the call is written, in the caller. */
  readonly places: readonly Span[];
}

/** The callable whose name is at the offset, or else the item around it. */
export function callNodeAt(snapshot: Snapshot, offset: number): CallNode | undefined {
  const thing = namedAt(snapshot, offset)?.thing;
  if (thing?.kind === "macro" || thing?.kind === "subprogram") {
    for (const { item, start } of snapshot.script.items) {
      const node = nodeOf(item, start);
      if (node?.kind === thing.kind && node.name === thing.name) return node;
    }
  }
  const found = itemAt(snapshot, offset);
  return found === undefined ? undefined : nodeOf(found.item, offset - found.offset);
}

function nodeOf(item: Item, start: number): CallNode | undefined {
  const moved = (span: Span): Span => ({ start: start + span.start, end: start + span.end });
  if (item.kind === "macro" || item.kind === "subprogram")
    return {
      kind: item.kind,
      name: item.name.text,
      span: moved(item.span),
      selection: moved(item.name.span),
    };
  if (item.kind !== "probe") return undefined;
  const name = item.attachPoints.map(({ text }) => text.trim()).join(", ");
  const [first] = item.attachPoints;
  return { kind: "probe", name, span: moved(item.span), selection: moved(first?.span ?? item.span) };
}

export function incomingCalls(snapshot: Snapshot, callee: CallNode): readonly CallEdge[] {
  if (callee.kind === "probe") return [];
  const thing = namedThings(snapshot).find(({ kind, name }) => kind === callee.kind && name === callee.name);
  const places = new Map<Item, Span[]>();
  for (const { item, access, start, end } of thing?.occurrences ?? []) {
    if (access === "declaration") continue;
    const ofItem = places.get(item) ?? [];
    places.set(item, [...ofItem, { start, end }]);
  }
  return [...places].flatMap(([item, spans]) => {
    const node = nodeOf(item, snapshot.starts.get(item) ?? 0);
    return node === undefined ? [] : [{ node, places: spans }];
  });
}

export function outgoingCalls(snapshot: Snapshot, caller: CallNode): readonly CallEdge[] {
  const slot = snapshot.script.items.find(({ start, item }) => start + item.span.start === caller.span.start);
  if (slot === undefined) return [];
  const callees = new Map<string, CallNode>();
  for (const { item, start } of snapshot.script.items) {
    const node = nodeOf(item, start);
    if (node !== undefined && node.kind !== "probe") callees.set(node.name, node);
  }
  const edges = new Map<string, Span[]>();
  const add = (name: string, { start, end }: Span): void => {
    if (!callees.has(name)) return;
    edges.set(name, [...(edges.get(name) ?? []), { start: slot.start + start, end: slot.start + end }]);
  };
  walk(slot.item, (node) => {
    if (node.kind === "call") add(node.callee.text, node.callee.span);
    else if (node.kind === "identifier") add(node.name, node.span);
  });
  return [...edges].flatMap(([name, places]) => {
    const node = callees.get(name);
    return node === undefined ? [] : [{ node, places }];
  });
}
