/** The shape of one rewriting that an editor offers at a selection. */

import type { Item, Span } from "@probewright/compiler";
import type { Edit } from "../code-actions.ts";
import type { Snapshot } from "../snapshot.ts";

export interface Refactoring {
  /** Dotted, as LSP has it: `refactor.extract.macro`. */
  readonly kind: string;
  readonly title: string;
  readonly edits: readonly Edit[];
}

/** What a rewriting looks at: the item that the selection is in, and the selection relative to it. */
export interface Selected {
  readonly snapshot: Snapshot;
  readonly item: Item;
  readonly start: number;
  /** Relative to the item. */
  readonly span: Span;
}

export type Offer = (selected: Selected) => Refactoring | undefined;

/** Source text of a span of the item. */
export function textOf({ item }: Selected, { start, end }: Span): string {
  return item.text.slice(start, end);
}

/** An edit of the item's text. */
export function edit({ start }: Selected, span: Span, text: string): Edit {
  return { start: start + span.start, end: start + span.end, text };
}
