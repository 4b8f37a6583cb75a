/** What a run found out, at its places in the text as it is now: an item that was edited since has nothing to show any more. */

import { createLineIndex, type Span } from "@probewright/compiler";
import { DiagnosticSeverity, type Diagnostic } from "vscode-languageserver";
import type { TextDocument } from "vscode-languageserver-textdocument";

import { itemAt, type Snapshot } from "../ide/snapshot.ts";
import type { RunFinding, RunPlace, RunState } from "./run-states.ts";
import { toRange } from "./to-proto.ts";

const severities = { error: DiagnosticSeverity.Error, warning: DiagnosticSeverity.Warning } as const;

const codes: Readonly<Record<RunFinding["kind"], string>> = {
  lost: "run-lost",
  refused: "run-refused",
  failed: "run-failed",
  said: "run-said",
};

export function runDiagnostics(
  state: RunState | undefined,
  snapshot: Snapshot,
  text: TextDocument,
): readonly Diagnostic[] {
  if (state === undefined) return [];
  return [...state.findings.values()].flatMap(({ kind, severity, message, place }) => {
    const span = currentSpan(state, place, snapshot);
    if (span === undefined) return [];
    return [
      {
        range: toRange(text, span),
        severity: severities[severity],
        code: codes[kind],
        source: "probewright run",
        message,
      },
    ];
  });
}

/** Undefined when the item at the place has changed since the run began. */
function currentSpan({ snapshot: then }: RunState, place: RunPlace, now: Snapshot): Span | undefined {
  if (then === undefined) return undefined;
  const index = createLineIndex(then.text);
  const start = index.offset({ line: place.startLine, column: place.startColumn });
  const end =
    place.endColumn === Number.MAX_SAFE_INTEGER
      ? start + index.line(place.endLine).length
      : index.offset({ line: place.endLine, column: place.endColumn });
  const found = itemAt(then, start);
  const at = found === undefined ? undefined : now.starts.get(found.item);
  if (found === undefined || at === undefined) return undefined;
  const from = at + found.offset;
  return { start: from, end: Math.min(from + end - start, at + found.item.text.length) };
}
