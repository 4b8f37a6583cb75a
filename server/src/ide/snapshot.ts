/** An immutable view of one document: its text, its syntax, and what analysis found out. Everything in `ide` works on it. */

import {
  check,
  defaultOptions,
  parseScript,
  type Check,
  type Document,
  type Item,
  type KernelFacts,
  type Place,
  type Script,
  type Span,
} from "@probewright/compiler";
import type { SyntaxParser } from "@probewright/grammar";

export interface Snapshot {
  readonly uri: string;
  /** Of the file, for what is relative to it. */
  readonly path: string;
  readonly version: number;
  readonly text: string;
  readonly script: Script;
  readonly facts: KernelFacts;
  /** Analysis of this version, made when first asked for. */
  readonly analysis: () => Check;
  /** Of this version if it has been made, else of an earlier one. */
  readonly newestAnalysis: () => Check | undefined;
  /** Where each item starts. */
  readonly starts: ReadonlyMap<Item, number>;
}

/** @param previous analysis of an earlier version, by facts that have not changed since */
export function takeSnapshot(
  uri: string,
  version: number,
  document: Pick<Document, "script" | "text">,
  facts: KernelFacts,
  parser: SyntaxParser,
  previous?: Check,
): Snapshot {
  let analysis: Check | undefined;
  // Let go once it has served: what an analysis keeps for later reaches back to here, and from here to all before it.
  let earlier = previous;
  const { script, text } = document;
  const analyse = (): Check => {
    const made = check({
      script,
      sourceName: pathOf(uri),
      facts,
      options: editorOptions,
      parse: (source) => parseScript(source, parser),
      previous: earlier,
    });
    earlier = undefined;
    return made;
  };
  return {
    uri,
    path: pathOf(uri),
    version,
    text,
    script,
    facts,
    analysis: () => (analysis ??= analyse()),
    newestAnalysis: () => analysis ?? earlier,
    starts: new Map(script.items.map(({ item, start }) => [item, start])),
  };
}

/** Imports are relative to the script's folder. */
function pathOf(uri: string): string {
  return uri.startsWith("file://") ? decodeURIComponent(uri.slice("file://".length)) : uri;
}

/** While editing nobody has given parameters or processes; unsafe functions are allowed and marked when run. */
const editorOptions = { ...defaultOptions, unsafe: true };

/** Offsets in the document; undefined for a place in another file. */
export function absolute(snapshot: Pick<Snapshot, "starts">, place: Place): Span | undefined {
  const start = snapshot.starts.get(place.item);
  if (start === undefined)
    return place.expandedFrom === undefined ? undefined : absolute(snapshot, place.expandedFrom);
  return { start: start + place.span.start, end: start + place.span.end };
}

/** The item at an offset, with the offset relative to it. */
export function itemAt(
  snapshot: Snapshot,
  offset: number,
): { readonly item: Item; readonly offset: number } | undefined {
  for (const { item, start } of snapshot.script.items) {
    if (start <= offset && offset <= start + item.text.length) return { item, offset: offset - start };
  }
  return undefined;
}
