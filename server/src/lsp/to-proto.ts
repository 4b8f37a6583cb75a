/** Plain data of `ide` and the compiler to LSP shapes; the only place that spells them. */

import { diagnosticPage, expansions, type Diagnostic, type Severity } from "@probewright/compiler";
import {
  DiagnosticSeverity,
  DiagnosticTag,
  type Diagnostic as LspDiagnostic,
  type Range,
} from "vscode-languageserver";
import type { TextDocument } from "vscode-languageserver-textdocument";

import { absolute, type Snapshot } from "../ide/snapshot.ts";

export function toRange(text: TextDocument, span: { readonly start: number; readonly end: number }): Range {
  return { start: text.positionAt(span.start), end: text.positionAt(span.end) };
}

const severities: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  hint: DiagnosticSeverity.Hint,
};

const tags = { unnecessary: DiagnosticTag.Unnecessary, deprecated: DiagnosticTag.Deprecated } as const;

export function toDiagnostic(
  snapshot: Snapshot,
  text: TextDocument,
  diagnostic: Diagnostic,
): LspDiagnostic | undefined {
  const span = absolute(snapshot, diagnostic.place);
  if (span === undefined) return undefined;
  const expanded = expansions(diagnostic.place).map((place) => ({ place, message: "expanded from here" }));
  const related = [...expanded, ...diagnostic.related].flatMap(({ place, message }) => {
    const other = absolute(snapshot, place);
    return other === undefined
      ? []
      : [{ location: { uri: snapshot.uri, range: toRange(text, other) }, message }];
  });
  const hints = diagnostic.hints.map((hint) => `\n${hint}`).join("");
  return {
    range: toRange(text, span),
    severity: severities[diagnostic.severity],
    code: diagnostic.code,
    codeDescription: { href: diagnosticPage(diagnostic.code) },
    source: "probewright",
    message: `${diagnostic.message}${hints}`,
    ...(related.length > 0 ? { relatedInformation: related } : {}),
    ...(diagnostic.tags.length > 0 ? { tags: diagnostic.tags.map((tag) => tags[tag]) } : {}),
  };
}
