/** Scripts inside shell scripts and Markdown: the server serves these files too, without becoming their formatter or the like. */

import { Disposable, type TextDocument, workspace } from "vscode";
import {
  type BaseLanguageClient,
  type ServerCapabilities,
  State,
  TextDocumentSyncKind,
} from "vscode-languageclient";

/** Languages of files that may hold scripts. */
const hosts = ["shellscript", "markdown"];
const documentSelector = hosts.map((language) => ({ language }));

/** Keeps the server told of these files, and asked about them, whenever it runs. */
export function serveEmbedded(client: BaseLanguageClient): { readonly dispose: () => void } {
  return client.onDidChangeState(({ newState }) => {
    // It is ready once it has answered; starting what has started only waits for that.
    if (newState === State.Running)
      void client.start().then(() => {
        register(client);
      });
  });
}

/** What helps inside a script, as the server offers it in scripts; all else is for the extensions of these languages. */
function register(client: BaseLanguageClient): void {
  const capabilities: Partial<ServerCapabilities> = client.initializeResult?.capabilities ?? {};
  const data = <Options extends object>(what: string, options: Options) => ({
    id: `scripts in other files: ${what}`,
    registerOptions: { ...options, documentSelector },
  });
  client.getFeature("textDocument/didOpen").register(data("open", {}));
  const syncKind = TextDocumentSyncKind.Incremental;
  client.getFeature("textDocument/didChange").register(data("change", { syncKind }));
  client.getFeature("textDocument/didClose").register(data("close", {}));
  client.getFeature("textDocument/hover").register(data("hover", {}));
  client.getFeature("textDocument/definition").register(data("definition", {}));
  client
    .getFeature("textDocument/completion")
    .register(data("completion", capabilities.completionProvider ?? {}));
  client
    .getFeature("textDocument/signatureHelp")
    .register(data("signature", capabilities.signatureHelpProvider ?? {}));
}

/** Starts the server once there is something for it; requests of the views start it too. @returns what waits for that */
export async function startWhenWanted(client: BaseLanguageClient): Promise<Disposable> {
  const waiting: Disposable[] = [];
  const wait = new Disposable(() => {
    for (const each of waiting.splice(0)) each.dispose();
  });
  const start = async (): Promise<void> => {
    wait.dispose();
    await client.start();
  };
  const see = (document: TextDocument): void => {
    if (isWanted(document)) void start();
  };
  // What is opened while files are looked for must not be missed.
  waiting.push(
    workspace.onDidOpenTextDocument(see),
    workspace.onDidChangeTextDocument(({ document }) => {
      see(document);
    }),
  );
  if (workspace.textDocuments.some(isWanted) || (await isScripted())) await start();
  return wait;
}

/** Whether the folder has scripts, as far as the editor can say: its search may not be ready yet. */
async function isScripted(): Promise<boolean> {
  try {
    return (await workspace.findFiles("**/*.bt", undefined, 1)).length > 0;
  } catch {
    return false;
  }
}

/** A script, or a file that may hold one. */
function isWanted(document: TextDocument): boolean {
  const { languageId } = document;
  if (languageId === "bpftrace") return true;
  return hosts.includes(languageId) && /\b(?:bpftrace|probewright)\b/.test(document.getText());
}
