/** What the compiler makes of a script, beside it: where the cursor is in one, its counterpart is marked in the other. */

import {
  commands,
  Disposable,
  EventEmitter,
  Range,
  type TextDocumentContentProvider,
  type TextEditor,
  type TextEditorDecorationType,
  TextEditorRevealType,
  ThemeColor,
  Uri,
  ViewColumn,
  window,
  workspace,
} from "vscode";

import {
  notifications,
  parseViewUri,
  requests,
  VIEW_SCHEME,
  viewKinds,
  viewUri,
  type ViewContent,
  type ViewKindName,
  type ViewPositions,
} from "@probewright/server/protocol";
import type { ServerConnection } from "../runs/run-hub.ts";

/** Commands for views of the script in front. */
const viewCommands: Readonly<Record<string, ViewKindName>> = {
  "probewright.showIr": "llvm-ir",
  "probewright.showAssembly": "assembly",
  "probewright.showStackPlan": "stack-plan",
  "probewright.showTypedTree": "typed-tree",
  "probewright.showMacroExpansion": "macro-expansion",
};

export function createLinkedViews(server: ServerConnection): Disposable {
  const changed = new EventEmitter<Uri>();
  const provider: TextDocumentContentProvider = {
    onDidChange: changed.event,
    provideTextDocumentContent: async (uri) => {
      try {
        return (await server.sendRequest<ViewContent>(requests.viewContent, { uri: uri.toString() })).text;
      } catch (error) {
        return `${error instanceof Error ? error.message : String(error)}\n`;
      }
    },
  };
  const mark = window.createTextEditorDecorationType({
    backgroundColor: new ThemeColor("editor.wordHighlightStrongBackground"),
    borderColor: new ThemeColor("editor.wordHighlightStrongBorder"),
    overviewRulerColor: new ThemeColor("editorOverviewRuler.wordHighlightStrongForeground"),
  });
  const open = async (uri: Uri): Promise<void> => {
    await openView(uri);
    const subject = subjectOf(uri);
    const script = window.visibleTextEditors.find(({ document }) => document.uri.toString() === subject);
    if (script !== undefined) await follow(script, server, mark);
  };
  const all = [
    changed,
    mark,
    workspace.registerTextDocumentContentProvider(VIEW_SCHEME, provider),
    server.onNotification(notifications.viewChanged, ({ uri }: { readonly uri: string }) => {
      changed.fire(Uri.parse(uri));
    }),
    refreshAfterEdits(changed),
    window.onDidChangeTextEditorSelection(({ textEditor, kind }) => {
      // What we revealed ourselves is no wish of the user.
      if (kind !== undefined) void follow(textEditor, server, mark);
    }),
    commands.registerCommand("probewright.openView", (address: string) => open(Uri.parse(address))),
    ...Object.entries(viewCommands).map(([command, kind]) =>
      commands.registerCommand(command, () => {
        const document = window.activeTextEditor?.document;
        if (document?.languageId !== "bpftrace") return undefined;
        return open(Uri.parse(viewUri({ kind, subject: document.uri.toString() })));
      }),
    ),
  ];
  return Disposable.from(...all);
}

const SETTLE_MS = 400;

/** Views of a script that changed are asked for anew. */
function refreshAfterEdits(changed: EventEmitter<Uri>): Disposable {
  let timer: NodeJS.Timeout | undefined;
  const edits = workspace.onDidChangeTextDocument(({ document }) => {
    if (document.languageId !== "bpftrace") return;
    clearTimeout(timer);
    timer = setTimeout(() => {
      for (const { document: view } of window.visibleTextEditors) {
        if (subjectOf(view.uri) === document.uri.toString()) changed.fire(view.uri);
      }
    }, SETTLE_MS);
  });
  return Disposable.from(
    edits,
    new Disposable(() => {
      clearTimeout(timer);
    }),
  );
}

async function openView(uri: Uri): Promise<void> {
  const address = parseViewUri(uri.toString());
  const document = await workspace.openTextDocument(uri);
  if (address !== undefined) await setLanguage(document.uri, viewKinds[address.kind].language);
  await window.showTextDocument(document, {
    viewColumn: ViewColumn.Beside,
    preserveFocus: true,
    preview: true,
  });
}

async function setLanguage(uri: Uri, language: string): Promise<void> {
  const { languages } = await import("vscode");
  const document = await workspace.openTextDocument(uri);
  const known = await languages.getLanguages();
  if (known.includes(language)) await languages.setTextDocumentLanguage(document, language);
}

function subjectOf(view: Uri): string | undefined {
  return view.scheme === VIEW_SCHEME ? parseViewUri(view.toString())?.subject : undefined;
}

/** Marks and reveals in the other editors what belongs to the cursor of this one. */
async function follow(
  editor: TextEditor,
  server: ServerConnection,
  mark: TextEditorDecorationType,
): Promise<void> {
  const here = editor.document.uri.toString();
  const subject = subjectOf(editor.document.uri);
  const position = editor.selection.active;
  for (const other of window.visibleTextEditors) {
    const there = other.document.uri.toString();
    const fromView = subject !== undefined && there === subject;
    if (!fromView && subjectOf(other.document.uri) !== here) continue;
    const view = fromView ? here : there;
    const from = fromView ? "view" : "script";
    try {
      const { ranges } = await server.sendRequest<ViewPositions>(requests.viewPositions, {
        view,
        from,
        position,
      });
      const found = ranges.map(
        ({ start, end }) => new Range(start.line, start.character, end.line, end.character),
      );
      // An answer to where the cursor was is no longer wanted.
      if (!editor.selection.active.isEqual(position)) return;
      other.setDecorations(mark, found);
      if (found[0] !== undefined) other.revealRange(found[0], TextEditorRevealType.InCenterIfOutsideViewport);
    } catch {
      other.setDecorations(mark, []); // The view has no positions: nothing to mark.
    }
  }
}
