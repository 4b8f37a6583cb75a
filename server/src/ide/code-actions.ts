/** Fixes of diagnostics as edits of the document. */

import type { Diagnostic, Fix, Span } from "@probewright/compiler";
import { absolute, type Snapshot } from "./snapshot.ts";

export type Edit = Span & { readonly text: string };

export interface QuickFix {
  readonly title: string;
  readonly diagnostic: Diagnostic;
  readonly edits: readonly Edit[];
  readonly automatic: boolean;
}

/** Fixes of what is marked within or at a range; a fix that would change an imported file is left out. */
export function quickFixes(snapshot: Snapshot, range: Span): readonly QuickFix[] {
  return snapshot.analysis().diagnostics.flatMap((diagnostic) => {
    const span = absolute(snapshot, diagnostic.place);
    if (span === undefined || span.end < range.start || range.end < span.start) return [];
    return diagnostic.fixes.flatMap((fix) => {
      const edits = editsOf(snapshot, fix);
      return edits === undefined ? [] : [{ title: fix.title, diagnostic, edits, automatic: fix.automatic }];
    });
  });
}

/** All fixes that are safe unseen; of two that touch the same text, the first. */
export function fixAll(snapshot: Snapshot): readonly Edit[] {
  const taken: Edit[] = [];
  for (const { automatic, edits } of quickFixes(snapshot, { start: 0, end: snapshot.text.length })) {
    const clashes = edits.some((edit) => taken.some((other) => overlap(edit, other)));
    if (automatic && !clashes) taken.push(...edits);
  }
  return taken.sort((left, right) => left.start - right.start);
}

function overlap(left: Span, right: Span): boolean {
  return left.start === right.start || (left.start < right.end && right.start < left.end);
}

function editsOf(snapshot: Snapshot, { edits }: Fix): readonly Edit[] | undefined {
  const found: Edit[] = [];
  for (const { place, text } of edits) {
    const start = snapshot.starts.get(place.item);
    if (start === undefined) return undefined;
    found.push({ start: start + place.span.start, end: start + place.span.end, text });
  }
  return found;
}
