/** Going from a name to where it is introduced, and to all its uses. */

import type { Item, Span } from "@probewright/compiler";
import { definitionOf, namedAt, type Occurrence } from "./names.ts";
import { itemAt, type Snapshot } from "./snapshot.ts";

/** A place in this document, or in a file that it imports. */
export interface Target {
  readonly span: Span;
  /** The imported file; undefined for this document. */
  readonly file: { readonly name: string; readonly text: string } | undefined;
}

export function definition(snapshot: Snapshot, offset: number): Target | undefined {
  const named = namedAt(snapshot, offset);
  if (named === undefined) return importedFile(snapshot, offset);
  const { thing } = named;
  const declared = thing.occurrences.find(({ access }) => access === "declaration");
  if (declared !== undefined) return { span: declared, file: undefined };
  const place =
    thing.symbol !== undefined && "declaration" in thing.symbol ? thing.symbol.declaration : undefined;
  const elsewhere = place === undefined ? undefined : inImports(snapshot, place.item, place.span);
  if (elsewhere !== undefined) return elsewhere;
  const first = definitionOf(thing);
  return first === undefined ? undefined : { span: first, file: undefined };
}

/** The file an import names. */
function importedFile(snapshot: Snapshot, offset: number): Target | undefined {
  const item = itemAt(snapshot, offset)?.item;
  if (item?.kind !== "import" || item.path.kind === "missing") return undefined;
  const path = item.path.value;
  const file = snapshot
    .analysis()
    .files.slice(1)
    .find(({ name }) => name === path || name.endsWith(`/${path.replace(/^\.\//, "")}`));
  if (file?.text === undefined) return undefined;
  return { span: { start: 0, end: 0 }, file: { name: file.name, text: file.text } };
}

function inImports(snapshot: Snapshot, item: Item, span: Span): Target | undefined {
  for (const { name, text, script } of snapshot.analysis().files.slice(1)) {
    const slot = script.items.find((each) => each.item === item);
    if (slot === undefined || text === undefined) continue;
    return {
      span: { start: slot.start + span.start, end: slot.start + span.end },
      file: { name, text },
    };
  }
  return undefined;
}

/** Every place of the name at the offset, in order; without its declaration when that is not asked for. */
export function references(
  snapshot: Snapshot,
  offset: number,
  withDeclaration: boolean,
): readonly Occurrence[] {
  const named = namedAt(snapshot, offset);
  if (named === undefined) return [];
  const { occurrences } = named.thing;
  return withDeclaration ? occurrences : occurrences.filter(({ access }) => access !== "declaration");
}
