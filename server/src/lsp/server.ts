/** The language server: document synchronisation, diagnostics, and the features around them. */

import type { KernelFacts } from "@probewright/compiler";
import type { SyntaxParser } from "@probewright/grammar";
import {
  type ClientCapabilities,
  type Connection,
  type InitializeResult,
  type ServerCapabilities,
  TextDocumentSyncKind,
} from "vscode-languageserver";

import { loaderCommand } from "../host/loader.ts";
import { notifications, type ServerStatus } from "../protocol.ts";
import { VERSION } from "../version.ts";
import { createDocuments, type OpenDocument } from "./documents.ts";
import type { FeatureContext } from "./features/feature.ts";
import { features, mergedCapabilities } from "./features/index.ts";
import { createRuns } from "./runs.ts";
import { toDiagnostic } from "./to-proto.ts";

export interface ServerOptions {
  readonly parser: SyntaxParser;
  readonly facts: KernelFacts;
  /** Program and arguments that start this executable again, for runs. */
  readonly executable: readonly string[];
}

/** Types and stack are looked at once typing pauses this long. */
const SETTLE_MS = 15;

/** Serves one client until it leaves. */
export function serve(connection: Connection, options: ServerOptions): void {
  const documents = createDocuments(options.parser, () => options.facts);
  const runs = createRuns(connection, options.executable);
  let clientRunsCommands = false;
  let client: ClientCapabilities = {};
  const context: FeatureContext = {
    documents,
    facts: () => options.facts,
    client: () => client,
    importable: () => [],
    runs,
    status: () => statusOf(options.facts),
    clientRunsCommands: () => clientRunsCommands,
  };
  const scheduler = createScheduler((uri) => {
    const document = documents.get(uri);
    if (document !== undefined) publish(connection, document);
  });

  connection.onInitialize(({ initializationOptions, capabilities: abilities }): InitializeResult => {
    client = abilities;
    const capabilities: ServerCapabilities = {
      textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
      ...mergedCapabilities(),
    };
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
  for (const feature of features) feature.register(connection, context);
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

function hasRunCommands(options: unknown): boolean {
  return typeof options === "object" && options !== null && "clientRunsCommands" in options;
}

function statusOf(facts: KernelFacts): ServerStatus {
  const loader = loaderCommand();
  return {
    kernel: facts.name,
    gaps: facts.gaps,
    kernels: [],
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
