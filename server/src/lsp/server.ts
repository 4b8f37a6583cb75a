/** The language server: what it can do, and which `ide` function answers which request. */

import { basename } from "node:path";
import { fileURLToPath } from "node:url";

import type { KernelFacts } from "@probewright/compiler";
import type { SyntaxParser } from "@probewright/grammar";
import {
  type CodeLens,
  type Connection,
  type InitializeResult,
  ResponseError,
  LSPErrorCodes,
  TextDocumentSyncKind,
} from "vscode-languageserver";

import { codeLenses, type Lens } from "../ide/code-lens.ts";
import { complete } from "../ide/completion.ts";
import { hover } from "../ide/hover.ts";
import { loaderCommand } from "../host/loader.ts";
import { commands, notifications, type RunArguments, type ServerStatus } from "../protocol.ts";
import { VERSION } from "../version.ts";
import { createDocuments, type OpenDocument } from "./documents.ts";
import { createRuns } from "./runs.ts";
import { toCompletionItem, toDiagnostic, toRange } from "./to-proto.ts";

export interface ServerOptions {
  readonly parser: SyntaxParser;
  readonly facts: KernelFacts;
  /** Program and arguments that start this executable again, for runs. */
  readonly executable: readonly string[];
}

/** Types and stack are looked at once typing pauses this long. */
const SETTLE_MS = 15;

const capabilities: InitializeResult["capabilities"] = {
  textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
  hoverProvider: true,
  completionProvider: { triggerCharacters: [".", ":", "$", "@", ">"] },
  codeLensProvider: { resolveProvider: false },
  executeCommandProvider: { commands: Object.values(commands) },
};

/** Serves one client until it leaves. */
export function serve(connection: Connection, options: ServerOptions): void {
  const documents = createDocuments(options.parser, () => options.facts);
  const runs = createRuns(connection, options.executable);
  let clientRunsCommands = false;
  const scheduler = createScheduler((uri) => {
    const document = documents.get(uri);
    if (document !== undefined) publish(connection, document);
  });

  connection.onInitialize(({ initializationOptions }): InitializeResult => {
    clientRunsCommands = hasRunCommands(initializationOptions);
    return { capabilities, serverInfo: { name: "probewright", version: VERSION } };
  });
  connection.onInitialized(() => {
    void connection.sendNotification(notifications.status, statusOf(options.facts));
  });
  connection.onDidOpenTextDocument(({ textDocument }) => {
    documents.open(textDocument.uri, textDocument.version, textDocument.text);
    scheduler.schedule(textDocument.uri);
  });
  connection.onDidChangeTextDocument(({ textDocument, contentChanges }) => {
    documents.change(textDocument.uri, textDocument.version, contentChanges);
    scheduler.schedule(textDocument.uri);
  });
  connection.onDidCloseTextDocument(({ textDocument }) => {
    scheduler.cancel(textDocument.uri);
    documents.close(textDocument.uri);
    void connection.sendDiagnostics({ uri: textDocument.uri, diagnostics: [] });
  });
  connection.onHover(({ textDocument, position }) => {
    const document = documents.get(textDocument.uri);
    const found =
      document === undefined ? undefined : hover(document.snapshot, document.text.offsetAt(position));
    if (document === undefined || found === undefined) return null;
    return { contents: { kind: "markdown", value: found.text }, range: toRange(document.text, found.span) };
  });
  connection.onCompletion(({ textDocument, position }) => {
    const document = documents.get(textDocument.uri);
    if (document === undefined) return { isIncomplete: false, items: [] };
    const offset = document.text.offsetAt(position);
    const { items, incomplete } = complete(document.snapshot, offset);
    return {
      isIncomplete: incomplete,
      items: items.map((item) => toCompletionItem(document.text, offset, item)),
    };
  });
  connection.onCodeLens(({ textDocument }) => {
    const document = documents.get(textDocument.uri);
    if (document === undefined) return [];
    return codeLenses(document.snapshot).map((lens) => toCodeLens(document, lens, clientRunsCommands));
  });
  connection.onExecuteCommand(({ command, arguments: args = [] }) => {
    switch (command) {
      case commands.run:
        return runs.start(runRequest(args[0] as RunArguments, (uri) => documents.get(uri)));
      case commands.stop:
        return runs.stop(Number(args[0]));
      case commands.status:
        return statusOf(options.facts);
      default:
        return new ResponseError(LSPErrorCodes.RequestFailed, `no command '${command}'`);
    }
  });
  connection.onShutdown(() => {
    runs.stopAll();
  });
  connection.listen();
}

function publish(connection: Connection, { uri, text, snapshot }: OpenDocument): void {
  const diagnostics = snapshot
    .analysis()
    .diagnostics.flatMap((diagnostic) => toDiagnostic(snapshot, text, diagnostic) ?? []);
  void connection.sendDiagnostics({ uri, version: text.version, diagnostics });
}

/** A client that shows runs itself says so; others get the server's own command, which works anywhere. */
function toCodeLens({ uri, text }: OpenDocument, lens: Lens, clientRuns: boolean): CodeLens {
  const range = toRange(text, lens.span);
  if (lens.action === undefined) return { range, command: { title: lens.title, command: "" } };
  const probe = lens.action.kind === "run-probe" ? lens.action.probe : undefined;
  if (!clientRuns) {
    const args: RunArguments = { uri, ...(probe === undefined ? {} : { probe }) };
    return { range, command: { title: lens.title, command: commands.run, arguments: [args] } };
  }
  const command = probe === undefined ? "probewright.runScript" : "probewright.runProbe";
  return {
    range,
    command: { title: lens.title, command, arguments: probe === undefined ? [uri] : [uri, probe] },
  };
}

function hasRunCommands(options: unknown): boolean {
  return typeof options === "object" && options !== null && "clientRunsCommands" in options;
}

function runRequest(
  { uri, probe, parameters, pid }: RunArguments,
  get: (uri: string) => OpenDocument | undefined,
): Parameters<ReturnType<typeof createRuns>["start"]>[0] {
  const document = get(uri);
  if (document === undefined) throw new ResponseError(LSPErrorCodes.RequestFailed, `'${uri}' is not open`);
  const script = uri.startsWith("file:") ? fileURLToPath(uri) : uri;
  return {
    uri,
    text: document.text.getText(),
    title: basename(script),
    script,
    probe,
    parameters: parameters ?? [],
    pid,
  };
}

function statusOf(facts: KernelFacts): ServerStatus {
  const loader = loaderCommand();
  return {
    kernel: facts.name,
    gaps: facts.gaps,
    canRun: loader.ok,
    whyNot: loader.ok ? undefined : loader.error.message,
    version: VERSION,
  };
}

/** Runs `work` for a document once its changes have settled; only the last change counts. */
function createScheduler(work: (uri: string) => void): {
  readonly schedule: (uri: string) => void;
  readonly cancel: (uri: string) => void;
} {
  const timers = new Map<string, NodeJS.Timeout>();
  const cancel = (uri: string): void => {
    clearTimeout(timers.get(uri));
    timers.delete(uri);
  };
  return {
    cancel,
    schedule: (uri) => {
      cancel(uri);
      timers.set(
        uri,
        setTimeout(() => {
          timers.delete(uri);
          work(uri);
        }, SETTLE_MS),
      );
    },
  };
}
