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

type WorkspaceItem = WorkspaceDiagnosticReport["items"][number];

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
      workDoneProgress: true,
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
    connection.languages.diagnostics.onWorkspace(async ({ previousResultIds }, token, progress, partial) => {
      const before = new Map(previousResultIds.map(({ uri, value }) => [uri, value]));
      const report = (uri: string, items: Diagnostic[]): Report => reports.of(uri, items, before.get(uri));
      const told = new Map<string, WorkspaceItem>();
      const tell = (items: readonly WorkspaceItem[]): void => {
        const news = items.filter(({ uri, resultId }) => told.get(uri)?.resultId !== resultId);
        for (const each of news) told.set(each.uri, each);
        partial?.report({ items: news });
        progress.report(`${told.size} looked at`);
      };
      progress.begin("Checking scripts");
      for (let fetches = 0; ; fetches += 1) {
        await lookAtAll(context, token, report, tell);
        const isLast = token.isCancellationRequested || fetches === MOST_FETCHES;
        // What some of them import is read, and they are looked at again.
        if (isLast || !(await context.fetchFacts())) break;
      }
      progress.done();
      return { items: partial === undefined ? [...told.values()] : [] };
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

const SCRIPTS_AT_ONCE = 20;

/** One script after the other, with room for other requests in between. */
async function lookAtAll(
  context: FeatureContext,
  token: CancellationToken,
  report: (uri: string, items: Diagnostic[]) => Report,
  tell: (items: readonly WorkspaceItem[]) => void,
): Promise<void> {
  let items: WorkspaceItem[] = [];
  for (const { uri, version = null, found } of context.workspace.findings(context.diagnostics)) {
    items.push({ uri, version, ...report(uri, found) });
    if (token.isCancellationRequested) break;
    if (items.length === SCRIPTS_AT_ONCE) {
      tell(items);
      items = [];
    }
    await context.pace.turn();
  }
  tell(items);
}
