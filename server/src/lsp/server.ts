/** The language server: what a client says about itself and its documents, diagnostics, and the features around them. */

import type { KernelFacts } from "@probewright/compiler";
import {
  DidChangeWatchedFilesNotification,
  TextDocumentSyncKind,
  type ClientCapabilities,
  type Connection,
  type InitializeParams,
  type InitializeResult,
  type WorkspaceFolder,
} from "vscode-languageserver";

import { hostLanguage } from "../ide/embedded.ts";
import { notifications, requests, type InitializationOptions } from "../protocol.ts";
import { VERSION } from "../version.ts";
import { createChecking, type Checking } from "./checking.ts";
import { createConfiguration, type Configuration } from "./configuration.ts";
import { createDocuments, type Documents } from "./documents.ts";
import { chooseEncoding } from "./encoded-text.ts";
import type { FeatureContext } from "./features/feature.ts";
import { features, mergedCapabilities } from "./features/index.ts";
import { followFiles, importChanged } from "./follow-files.ts";
import { createHostDocuments, type HostDocuments } from "./host-documents.ts";
import type { ServerHost } from "./host.ts";
import { createKernels, isProfile, type Kernels } from "./kernels.ts";
import { createLog, type Log } from "./log.ts";
import { createMeasures, type Measures } from "./measures.ts";
import { createOpenImports, type OpenImports } from "./open-imports.ts";
import { otherKernelFindings } from "./other-kernels.ts";
import type { Pace } from "./pace.ts";
import { prepareCompletion } from "./prepare.ts";
import { createRefresher, pullsDiagnostics, type Refresher } from "./refresh.ts";
import { runDiagnostics } from "./run-diagnostics.ts";
import type { RunChange } from "./run-states.ts";
import { createRuns, type Runs } from "./runs.ts";
import { statusOf } from "./status.ts";
import { folderPath, nameOf, uriOfPath } from "./uris.ts";
import { createWorkspaceDocuments, type WorkspaceDocuments } from "./workspace-documents.ts";
import { createWorkspaceScripts, type WorkspaceScripts } from "./workspace-scripts.ts";

export interface Served {
  readonly isShutDown: () => boolean;
  /** We are wrong about something: said in the log, and life goes on. */
  readonly failed: (where: string, error: unknown) => void;
}

interface Client {
  capabilities: ClientCapabilities;
  options: InitializationOptions;
}

interface Base {
  readonly connection: Connection;
  readonly host: ServerHost;
  readonly pace: Pace;
  readonly log: Log;
  readonly configuration: Configuration;
  readonly kernels: Kernels;
  readonly kernelsOf: (uri: string | undefined) => ReturnType<Kernels["choose"]>;
  readonly documents: Documents;
  readonly hosts: HostDocuments;
  readonly scripts: WorkspaceScripts;
  readonly workspace: WorkspaceDocuments;
  readonly openImports: OpenImports;
  readonly client: Client;
}

interface Parts {
  readonly failed: Served["failed"];
  readonly refresher: Refresher;
  readonly runs: Runs;
  readonly measures: Measures;
  readonly checking: Checking;
}

/** What the handlers of the connection share. */
interface Server extends Base, Parts {
  readonly context: FeatureContext;
}

/** Serves one client until it leaves. */
export function serve(connection: Connection, host: ServerHost, pace: Pace): Served {
  const server = createServer(connection, host, pace);
  let shut = false;
  connection.onInitialize((params) => initialize(server, params));
  connection.onInitialized(() => initialized(server));
  synchronise(server);
  followFiles(connection, server, () => {
    server.context.readKernels(isProfile);
  });
  for (const feature of features) feature.register(connection, server.context);
  connection.onRequest(requests.status, () => server.context.status());
  connection.onShutdown(() => {
    shut = true;
    server.context.runs.stopAll();
  });
  connection.listen();
  return { isShutDown: () => shut, failed: server.context.failed };
}

function createServer(connection: Connection, host: ServerHost, pace: Pace): Server {
  const log = createLog(connection, host.log);
  const client: Client = { capabilities: {}, options: {} };
  const configuration = createConfiguration(connection, log, { kernels: host.defaultKernels });
  const openImports = createOpenImports(() => documents);
  const kernels = createKernels(host, openImports.over);
  const kernelsOf = (uri: string | undefined): ReturnType<Kernels["choose"]> => {
    const folder = uri === undefined ? configuration.folders()[0] : configuration.folderOf(uri);
    return kernels.choose(configuration.of(uri), folder === undefined ? undefined : folderPath(folder.uri));
  };
  const factsOf = (uri: string): KernelFacts => kernelsOf(uri)[0].facts;
  const documents = createDocuments(host.parser, factsOf, kernels.lacked);
  const hosts = createHostDocuments(host.parser, factsOf, documents.encoding);
  const scripts = createWorkspaceScripts(host.files, host.parser, () => configuration.folders());
  const { lacked } = kernels;
  const workspace = createWorkspaceDocuments({ documents, scripts, parser: host.parser, factsOf, lacked });
  const base = {
    connection,
    host,
    pace,
    log,
    configuration,
    kernels,
    kernelsOf,
    documents,
    hosts,
    scripts,
    workspace,
    openImports,
    client,
  };
  const parts = createParts(base);
  const server: Server = { ...base, ...parts, context: createContext(base, parts, () => server) };
  return server;
}

/** What follows the documents: their diagnostics, runs and measures. */
function createParts({
  connection,
  host,
  pace,
  log,
  configuration,
  kernels,
  documents,
  hosts,
  workspace,
  client,
  kernelsOf,
}: Base): Parts {
  const failed = (where: string, error: unknown): void => {
    const what = error instanceof Error ? (error.stack ?? error.message) : String(error);
    log.error(`${where}: ${what}`);
  };
  const tell = (where: string) => failed.bind(undefined, where);
  const refresher = createRefresher(connection, () => client.capabilities);
  const runs = createRuns({
    connection,
    runner: host.runner,
    clientShowsRuns: () => client.options.clientRunsCommands !== undefined,
    progress: () =>
      client.capabilities.window?.workDoneProgress === true
        ? connection.window.createWorkDoneProgress()
        : undefined,
    changed: (uri, what) => {
      runChanged({ refresher, workspace, checking }, uri, what);
    },
  });
  const measures = createMeasures(host.builder, pace, (uri) => {
    refresher.measured(uri);
  });
  const checking = createChecking({
    connection,
    pace,
    documents,
    hosts,
    others: (document) => [
      ...otherKernelFindings(document, kernelsOf(document.uri).slice(1), host.parser, documents),
      ...runDiagnostics(runs.of(document.uri), document.snapshot, document.text),
    ],
    pulled: () => pullsDiagnostics(client.capabilities),
    stale: (concerns, some) => {
      if (workspace.forget(concerns) || some) refresher.all();
    },
    // Not only once it has settled: who opens a script may type on without a pause.
    analysed: ({ uri }) => {
      prepareCompletion(kernelsOf(uri)[0].facts, pace).catch(tell("preparing completion"));
    },
    settled: ({ uri, snapshot }) => {
      if (configuration.of(uri).measure) measures.measure(snapshot).catch(tell("measuring"));
      refresher.scriptViews(uri);
    },
    fetchFacts: () => kernels.fetch(),
    failed,
  });
  return { failed, refresher, runs, measures, checking };
}

/** What is shown of a run is out of date. */
function runChanged(
  { refresher, workspace, checking }: Pick<Server, "refresher" | "workspace" | "checking">,
  uri: string,
  what: RunChange,
): void {
  refresher.hints();
  refresher.view("run-output", uri);
  if (what === "maps") return;
  refresher.lenses();
  refresher.view("verifier-log", uri);
  if (what !== "findings") return;
  workspace.forget((script) => script.uri === uri);
  checking.changed(uri);
  refresher.diagnostics();
}

function createContext(base: Base, parts: Parts, server: () => Server): FeatureContext {
  const { host, pace, configuration, kernels, kernelsOf, documents, hosts, scripts, workspace, client } =
    base;
  const { failed, refresher, runs, measures, checking } = parts;
  return {
    pace,
    documents,
    hosts,
    facts: () => kernelsOf(undefined)[0].facts,
    runs,
    measures,
    host,
    client: () => client.capabilities,
    settings: (uri) => configuration.of(uri),
    folders: () => configuration.folders(),
    folderOf: configuration.folderOf,
    kernels: kernelsOf,
    selectKernels: (choices) => {
      kernels.select(choices);
      factsChanged(server());
    },
    readKernels: (which) => {
      kernels.reopen(which);
      factsChanged(server());
    },
    fetchFacts: async () => {
      const fetched = await kernels.fetch();
      if (fetched) checking.fetched();
      return fetched;
    },
    status: () => statusOf(kernelsOf(undefined), host.runner),
    clientRunsCommands: () => client.options.clientRunsCommands !== undefined,
    workspace,
    importable: scripts.importable,
    diagnostics: checking.diagnosticsOf,
    viewed: refresher.viewed,
    failed,
  };
}

function initialize(server: Server, params: InitializeParams): InitializeResult {
  const { client, configuration, documents } = server;
  client.capabilities = params.capabilities;
  client.options = isObject(params.initializationOptions) ? params.initializationOptions : {};
  const folders = params.workspaceFolders ?? olderFolder(params);
  configuration.start(params.capabilities, client.options.settings, folders);
  documents.encode(chooseEncoding(params.capabilities.general?.positionEncodings));
  const { diagnosticProvider, ...own } = mergedCapabilities();
  // Who would not ask again when facts or runs change what there is to tell is better sent it.
  const isSent =
    params.capabilities.textDocument?.diagnostic !== undefined && !pullsDiagnostics(params.capabilities);
  return {
    capabilities: {
      ...own,
      ...(isSent || diagnosticProvider === undefined ? {} : { diagnosticProvider }),
      positionEncoding: documents.encoding(),
      textDocumentSync: {
        openClose: true,
        change: TextDocumentSyncKind.Incremental,
        save: { includeText: false },
      },
      workspace: {
        ...own.workspace,
        workspaceFolders: { supported: true, changeNotifications: true },
      },
    },
    serverInfo: { name: "probewright", version: VERSION },
  };
}

/** Older clients name one folder, in one of two older ways. */
function olderFolder(params: object): readonly WorkspaceFolder[] {
  const { rootUri, rootPath } = params as { readonly rootUri?: unknown; readonly rootPath?: unknown };
  const uri =
    typeof rootUri === "string" ? rootUri : typeof rootPath === "string" ? uriOfPath(rootPath) : undefined;
  return uri === undefined ? [] : [{ uri, name: nameOf(uri) }];
}

async function initialized(server: Server): Promise<void> {
  const { connection, client, configuration, log } = server;
  const { workspace } = client.capabilities;
  if (workspace?.didChangeWatchedFiles?.dynamicRegistration === true) {
    void connection.client
      .register(DidChangeWatchedFilesNotification.type, {
        watchers: [{ globPattern: "**/*.{bt,c,h,profile}" }],
      })
      .catch((error: unknown) => {
        log.warn(`files are not watched: ${String(error)}`);
      });
  }
  if (workspace?.workspaceFolders === true) {
    connection.workspace.onDidChangeWorkspaceFolders(async ({ added, removed }) => {
      await configuration.changeFolders(added, removed);
      server.scripts.forget();
      settingsChanged(server);
    });
  }
  await readSettings(server, undefined);
  const { kernel, gaps } = server.context.status();
  log.info(`probewright ${VERSION}, kernel ${kernel}${gaps.map((gap) => `; lacks ${gap}`).join("")}`);
}

async function readSettings(server: Server, sent: unknown): Promise<void> {
  try {
    await server.configuration.refresh(sent);
  } catch (error) {
    server.log.warn(`the client does not tell its settings: ${String(error)}`);
  }
  settingsChanged(server);
}

function settingsChanged(server: Server): void {
  server.log.setLevel(server.configuration.of(undefined).logLevel);
  factsChanged(server);
}

function factsChanged(server: Server): void {
  server.checking.again();
  void server.connection.sendNotification(notifications.status, server.context.status());
}

function synchronise(server: Server): void {
  const { connection, configuration, documents, hosts, checking } = server;
  connection.onDidChangeConfiguration(({ settings }: { readonly settings: unknown }) =>
    readSettings(server, settings),
  );
  connection.onDidOpenTextDocument(({ textDocument: { uri, languageId, version, text } }) => {
    const language = hostLanguage(languageId, uri);
    if (language === undefined) documents.open(uri, version, text);
    else if (configuration.of(uri).embedded) hosts.open(uri, version, text, language);
    else return;
    checking.changed(uri);
    importChanged(server, uri);
  });
  connection.onDidChangeTextDocument(({ textDocument, contentChanges }) => {
    const { uri, version } = textDocument;
    if (!hosts.change(uri, version, contentChanges)) documents.change(uri, version, contentChanges);
    checking.changed(uri);
    importChanged(server, uri);
  });
  connection.onDidCloseTextDocument(({ textDocument }) => {
    checking.closed(textDocument.uri);
    documents.close(textDocument.uri);
    hosts.close(textDocument.uri);
    importChanged(server, textDocument.uri);
    void connection.sendDiagnostics({ uri: textDocument.uri, diagnostics: [] });
  });
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
