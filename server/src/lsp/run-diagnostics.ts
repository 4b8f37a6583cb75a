/** What a run found out, at its places in the text as it is now: an item that was edited since has nothing to show any more. */

import { createLineIndex, diagnosticPage, type Span } from "@probewright/compiler";
import { DiagnosticSeverity, type Diagnostic } from "vscode-languageserver";
import type { TextDocument } from "vscode-languageserver-textdocument";

import { selectionSpans } from "../ide/selection.ts";
import { itemAt, type Snapshot } from "../ide/snapshot.ts";
import type { RunFinding, RunPlace } from "./run-findings.ts";
import type { RunState } from "./run-states.ts";
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
  return [...state.findings.values()].flatMap(({ kind, severity, message, place, code, related }) => {
    const span = currentSpan(state, place, snapshot);
    if (span === undefined) return [];
    const before = related.flatMap((step) => {
      const at = currentSpan(state, step.place, snapshot);
      if (at === undefined) return [];
      return [{ location: { uri: snapshot.uri, range: toRange(text, at) }, message: step.message }];
    });
    return [
      {
        range: toRange(text, span),
        severity: severities[severity],
        code: isOfCatalog(code) ? code : codes[kind],
        ...(isOfCatalog(code) ? { codeDescription: { href: diagnosticPage(code) } } : {}),
        source: "probewright run",
        message,
        ...(before.length > 0 ? { relatedInformation: before } : {}),
      },
    ];
  });
}

function isOfCatalog(code: string | undefined): code is `PW${number}` {
  return code !== undefined && /^PW\d+$/.test(code);
}

/** Undefined when the item at the place has changed since the run began. */
function currentSpan({ snapshot: then }: RunState, place: RunPlace, now: Snapshot): Span | undefined {
  if (then === undefined) return undefined;
  const index = createLineIndex(then.text);
  const start = index.offset({ line: place.startLine, column: place.startColumn });
  const end = index.offset({ line: place.endLine, column: place.endColumn });
  const whole = end - start > 1 ? { start, end } : widened(then, start);
  const found = itemAt(then, start);
  const at = found === undefined ? undefined : now.starts.get(found.item);
  if (found === undefined || at === undefined) return undefined;
  const from = at + found.offset;
  return { start: from, end: Math.min(from + whole.end - start, at + found.item.text.length) };
}

/** Line tables of programs tell where something starts, not where it ends: all that starts there on one line. */
function widened(then: Snapshot, start: number): Span {
  const wholes = selectionSpans(then, start).filter(
    (span) => span.start === start && !then.text.slice(start, span.end).trimEnd().includes("\n"),
  );
  return wholes.at(-1) ?? { start, end: start + 1 };
}
