/** Places to go to: in the script, in a file that it imports, or in a document that only the server has. */

import type { Place, Span } from "@probewright/compiler";
import type { Snapshot } from "./snapshot.ts";

export type Target =
  | { readonly kind: "here"; readonly span: Span }
  | { readonly kind: "file"; readonly name: string; readonly text: string; readonly span: Span }
  | {
      readonly kind: "view";
      readonly view: "kernel-type" | "tracepoint-format";
      /** Name of the type or function, or `CATEGORY:EVENT`. */
      readonly subject: string;
      /** 0-based. */
      readonly line: number;
    };

export function here({ start, end }: Span): Target {
  return { kind: "here", span: { start, end } };
}

/** A place in the script or in what it imports; undefined when it is in neither. */
export function inFile(snapshot: Snapshot, { item, span }: Place): Target | undefined {
  const start = snapshot.starts.get(item);
  if (start !== undefined) return here({ start: start + span.start, end: start + span.end });
  for (const { name, text, script } of snapshot.analysis().files.slice(1)) {
    const slot = script.items.find((each) => each.item === item);
    if (slot === undefined || text === undefined) continue;
    return { kind: "file", name, text, span: { start: slot.start + span.start, end: slot.start + span.end } };
  }
  return undefined;
}

/** The start of the file that an import of this path found. */
export function fileOf(snapshot: Snapshot, path: string): Target | undefined {
  const wanted = `/${path.replace(/^\.\//, "")}`;
  const file = snapshot
    .analysis()
    .files.slice(1)
    .find(({ name }) => name === path || `/${name}`.endsWith(wanted));
  if (file?.text === undefined) return undefined;
  return { kind: "file", name: file.name, text: file.text, span: { start: 0, end: 0 } };
}
