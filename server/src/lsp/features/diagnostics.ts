/** `textDocument/diagnostic` and `workspace/diagnostic`: for clients that ask; the others are sent what there is. */

import type {
  CancellationToken,
  Diagnostic,
  DocumentDiagnosticParams,
  DocumentDiagnosticReport,
  FullDocumentDiagnosticReport,
  UnchangedDocumentDiagnosticReport,
  WorkspaceDiagnosticReport,
} from "vscode-languageserver";

import { about, MOST_FETCHES, type Feature, type FeatureContext } from "./feature.ts";

/** What was answered last about a document. */
interface Answered {
  readonly resultId: string;
  readonly content: string;
}

type Report = FullDocumentDiagnosticReport | UnchangedDocumentDiagnosticReport;

export const diagnostics: Feature = {
  name: "diagnostics",
  does: "Mistakes as they are typed: those of form at once, types right after, what a run finds when it ends. With related places, tags, a page for each code, and for all scripts of a folder.",
  requests: ["textDocument/publishDiagnostics", "textDocument/diagnostic", "workspace/diagnostic"],
  test: "tests/lsp/features.test.ts",
  capabilities: {
    diagnosticProvider: {
      identifier: "probewright",
      // An import, or a file that imports this one.
      interFileDependencies: true,
      workspaceDiagnostics: true,
    },
  },
  register: (connection, context) => {
    const reports = createReports();
    connection.languages.diagnostics.on(
      about<DocumentDiagnosticParams, DocumentDiagnosticReport>(
        context,
        { kind: "full", items: [] },
        (document, { previousResultId }) =>
          reports.of(document.uri, context.diagnostics(document), previousResultId),
      ),
    );
    connection.languages.diagnostics.onWorkspace(async ({ previousResultIds }, token) => {
      const before = new Map(previousResultIds.map(({ uri, value }) => [uri, value]));
      for (let fetches = 0; ; fetches += 1) {
        const report = await workspaceReport(context, token, (uri, items) =>
          reports.of(uri, items, before.get(uri)),
        );
        if (token.isCancellationRequested || fetches === MOST_FETCHES) return report;
        // What some of them import is read, and they are looked at again.
        if (!(await context.fetchFacts())) return report;
      }
    });
  },
};

function createReports(): {
  readonly of: (uri: string, items: Diagnostic[], previous: string | undefined) => Report;
} {
  const answered = new Map<string, Answered>();
  let last = 0;
  return {
    of: (uri, items, previous) => {
      const content = JSON.stringify(items);
      const known = answered.get(uri);
      if (known?.content === content) {
        const { resultId } = known;
        return resultId === previous ? { kind: "unchanged", resultId } : { kind: "full", resultId, items };
      }
      last += 1;
      const resultId = last.toString();
      answered.set(uri, { resultId, content });
      return { kind: "full", resultId, items };
    },
  };
}

/** One document after the other, with room for other requests in between. */
async function workspaceReport(
  context: FeatureContext,
  token: CancellationToken,
  report: (uri: string, items: Diagnostic[]) => Report,
): Promise<WorkspaceDiagnosticReport> {
  const items: WorkspaceDiagnosticReport["items"] = [];
  for (const { uri, version = null, found } of context.workspace.findings(context.diagnostics)) {
    items.push({ uri, version, ...report(uri, found) });
    if (token.isCancellationRequested) break;
    await context.pace.turn();
  }
  return { items };
}
