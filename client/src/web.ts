/** The VS Code extension in a browser: the language server is a worker with the built-in kernel profile; nothing runs here. */

import { commands, type ExtensionContext, Uri, window, workspace } from "vscode";
import { LanguageClient, type LanguageClientOptions } from "vscode-languageclient/browser";

import { serveEmbedded, startWhenWanted } from "./embedded.ts";
import { createWorkbenchParts } from "./workbench.ts";

let client: LanguageClient | undefined;

/** Of the browser, which this file is bundled for. */
declare class Worker {
  constructor(address: string);
  terminate(): void;
}

export async function activate(context: ExtensionContext): Promise<void> {
  const log = window.createOutputChannel("Probewright", { log: true });
  const worker = await startWorker(Uri.joinPath(context.extensionUri, "dist", "web", "server.js"));
  const options: LanguageClientOptions = {
    documentSelector: [{ language: "bpftrace" }],
    outputChannel: log,
    initializationOptions: { clientRunsCommands: ["probewright.openView"] },
  };
  client = new LanguageClient("probewright", "Probewright", worker, options);
  const cannot = (): void => {
    void window.showInformationMessage(
      "Scripts run beside a Linux kernel: open this folder in VS Code there, or over SSH. Checking works in the browser.",
    );
  };
  context.subscriptions.push(
    log,
    serveEmbedded(client),
    ...createWorkbenchParts(client).all,
    ...["runProbe", "runScript", "runForProcess"].map((name) =>
      commands.registerCommand(`probewright.${name}`, cannot),
    ),
    commands.registerCommand("probewright.showLog", () => {
      log.show();
    }),
    commands.registerCommand("probewright.restartServer", async () => {
      await client?.stop();
      await client?.start();
    }),
    {
      dispose: () => {
        worker.terminate();
      },
    },
  );
  context.subscriptions.push(await startWhenWanted(client));
}

/** From its text: a worker may only come from the page's own origin, and extensions are served from others. */
async function startWorker(server: Uri): Promise<Worker> {
  const script = await workspace.fs.readFile(server);
  const address = URL.createObjectURL(new Blob([new Uint8Array(script)], { type: "text/javascript" }));
  return new Worker(address);
}

export async function deactivate(): Promise<void> {
  await client?.stop();
}
