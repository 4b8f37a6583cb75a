/** `textDocument/codeAction`: quick fixes, rewritings, and `source.fixAll` for the fixes that are safe unseen. */

import { parseScript } from "@probewright/compiler";
import type { SyntaxParser } from "@probewright/grammar";
import { CodeActionKind, type CodeAction, type CodeActionParams } from "vscode-languageserver";

import { fixAll, quickFixes, type Edit } from "../../ide/code-actions.ts";
import { refactorings } from "../../ide/refactorings.ts";
import type { OpenDocument } from "../documents.ts";
import { toDiagnostic, toRange } from "../to-proto.ts";
import { about, type Feature } from "./feature.ts";

export const codeActions: Feature = {
  name: "code actions",
  does: "Fixes of diagnostics, all safe ones at once, former spellings brought up to date, and rewritings: extract a macro, inline a variable, predicates, guards for missing entries.",
  requests: ["textDocument/codeAction"],
  test: "server/src/ide/refactorings.test.ts",
  capabilities: {
    codeActionProvider: {
      codeActionKinds: [
        CodeActionKind.QuickFix,
        CodeActionKind.RefactorExtract,
        CodeActionKind.RefactorInline,
        CodeActionKind.RefactorRewrite,
        CodeActionKind.SourceFixAll,
      ],
    },
  },
  register: (connection, context) => {
    connection.onCodeAction(
      about<CodeActionParams, CodeAction[]>(context, [], (document, { range, context: { only } }) => {
        const wants = (kind: string): boolean =>
          only?.some((each) => kind === each || kind.startsWith(`${each}.`)) ?? true;
        return [
          ...(wants(CodeActionKind.QuickFix) ? fixesAt(document, range) : []),
          ...refactoringsAt(document, range, context.host.parser).filter(
            ({ kind }) => kind !== undefined && wants(kind),
          ),
          ...(wants(CodeActionKind.SourceFixAll) ? fixesOfAll(document) : []),
        ];
      }),
    );
  },
};

function fixesAt(document: OpenDocument, range: CodeActionParams["range"]): readonly CodeAction[] {
  const { text, snapshot } = document;
  const span = { start: text.offsetAt(range.start), end: text.offsetAt(range.end) };
  return quickFixes(snapshot, span).map(({ title, diagnostic, edits, automatic }) => {
    const marked = toDiagnostic(snapshot, text, diagnostic);
    return {
      title,
      kind: CodeActionKind.QuickFix,
      isPreferred: automatic,
      ...(marked === undefined ? {} : { diagnostics: [marked] }),
      edit: toEdit(document, edits),
    };
  });
}

function refactoringsAt(
  document: OpenDocument,
  range: CodeActionParams["range"],
  parser: SyntaxParser,
): readonly CodeAction[] {
  const { text, snapshot } = document;
  const span = { start: text.offsetAt(range.start), end: text.offsetAt(range.end) };
  return refactorings(snapshot, span, (source) => parseScript(source, parser)).map(
    ({ title, kind, edits }) => ({
      title,
      kind,
      edit: toEdit(document, edits),
    }),
  );
}

function fixesOfAll(document: OpenDocument): readonly CodeAction[] {
  const edits = fixAll(document.snapshot);
  if (edits.length === 0) return [];
  return [{ title: "Fix all", kind: CodeActionKind.SourceFixAll, edit: toEdit(document, edits) }];
}

function toEdit({ uri, text }: OpenDocument, edits: readonly Edit[]): NonNullable<CodeAction["edit"]> {
  return {
    changes: { [uri]: edits.map((edit) => ({ range: toRange(text, edit), newText: edit.text })) },
  };
}
