/** The VS Code extension: starts the language server, runs probes in a terminal, shows the server's state. */

import {
  commands as vscodeCommands,
  type ExtensionContext,
  languages,
  LanguageStatusSeverity,
  window,
} from "vscode";
import {
  LanguageClient,
  type LanguageClientOptions,
  type ServerOptions,
  TransportKind,
} from "vscode-languageclient/node";

import { notifications, type ServerStatus } from "@probewright/server/protocol";
import { createRuns } from "./runs.ts";
import { serverExecutable } from "./server-location.ts";

let client: LanguageClient | undefined;

export async function activate(context: ExtensionContext): Promise<void> {
  const log = window.createOutputChannel("Probewright", { log: true });
  context.subscriptions.push(log);
  const server = serverExecutable(context);
  const run = {
    command: server.command,
    args: [...server.args, "lsp", "--stdio"],
    transport: TransportKind.stdio,
  };
  const serverOptions: ServerOptions = { run, debug: run };
  const clientOptions: LanguageClientOptions = {
    documentSelector: [{ language: "bpftrace" }],
    outputChannel: log,
    initializationOptions: { clientRunsCommands: ["probewright.runProbe", "probewright.runScript"] },
  };
  client = new LanguageClient("probewright", "Probewright", serverOptions, clientOptions);
  const runs = createRuns(client, server);
  context.subscriptions.push(
    runs,
    vscodeCommands.registerCommand("probewright.runProbe", (uri: string, probe: number) =>
      runs.start(uri, probe),
    ),
    vscodeCommands.registerCommand("probewright.runScript", (uri?: unknown) =>
      runs.start(
        typeof uri === "string" ? uri : (window.activeTextEditor?.document.uri.toString() ?? ""),
        undefined,
      ),
    ),
    vscodeCommands.registerCommand("probewright.stopRun", () => {
      runs.stopLast();
    }),
    vscodeCommands.registerCommand("probewright.restartServer", () => client?.restart()),
    vscodeCommands.registerCommand("probewright.showLog", () => {
      log.show();
    }),
    statusItem(client),
  );
  await client.start();
}

export async function deactivate(): Promise<void> {
  await client?.stop();
}

/** One item: which kernel facts are in use, what they lack, and whether scripts can run here. */
function statusItem(languageClient: LanguageClient): { dispose: () => void } {
  const item = languages.createLanguageStatusItem("probewright.status", { language: "bpftrace" });
  item.name = "Probewright";
  item.text = "starting";
  item.busy = true;
  item.command = { title: "Log", command: "probewright.showLog" };
  languageClient.onNotification(notifications.status, (status: ServerStatus) => {
    item.busy = false;
    item.text = status.kernel;
    item.detail = [
      ...status.gaps,
      ...(status.canRun ? [] : [status.whyNot ?? "scripts cannot run here"]),
    ].join("; ");
    item.severity =
      status.gaps.length > 0 || !status.canRun
        ? LanguageStatusSeverity.Warning
        : LanguageStatusSeverity.Information;
  });
  return item;
}
