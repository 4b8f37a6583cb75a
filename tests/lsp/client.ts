/** A language client over real stdio, for tests: starts the built executable and speaks LSP to it. */

import { spawn, type ChildProcess } from "node:child_process";
import { fileURLToPath } from "node:url";

import {
  createProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
  type Diagnostic,
  type InitializeResult,
  type ProtocolConnection,
  type PublishDiagnosticsParams,
} from "vscode-languageserver-protocol/node";

import { PATIENCE_MS } from "../harness/patience.ts";

export const executable = fileURLToPath(new URL("../../server/bin/probewright", import.meta.url));

export interface TestClient {
  readonly connection: ProtocolConnection;
  readonly initialized: InitializeResult;
  /** Opens a document and resolves with the first diagnostics about it. */
  readonly open: (uri: string, text: string) => Promise<readonly Diagnostic[]>;
  /** Replaces a range and resolves with the diagnostics about the new version. */
  readonly edit: (uri: string, version: number, range: Range, text: string) => Promise<readonly Diagnostic[]>;
  /** Says that a script was saved. */
  readonly save: (uri: string) => Promise<void>;
  /** Resolves with the next diagnostics about a version. */
  readonly next: (uri: string, version: number) => Promise<readonly Diagnostic[]>;
  /** Asks the server to leave. @returns its exit status */
  readonly close: () => Promise<number | null>;
}

type Range = Diagnostic["range"];

/** @param under a command that the server is run by, such as a tracer with its options */
export async function startClient(
  args: readonly string[] = [],
  initializationOptions: object = {},
  under: readonly string[] = [],
  rootUri: string | null = null,
): Promise<TestClient> {
  const [program = process.execPath, ...words] = [
    ...under,
    process.execPath,
    executable,
    "lsp",
    "--stdio",
    ...args,
  ];
  const child = spawn(program, words, {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const connection = connect(child);
  const waiting: {
    readonly matches: (params: PublishDiagnosticsParams) => boolean;
    readonly resolve: (found: readonly Diagnostic[]) => void;
  }[] = [];
  connection.onNotification("textDocument/publishDiagnostics", (params: PublishDiagnosticsParams) => {
    const index = waiting.findIndex(({ matches }) => matches(params));
    if (index !== -1) waiting.splice(index, 1)[0]?.resolve(params.diagnostics);
  });
  const diagnostics = (uri: string, version: number): Promise<readonly Diagnostic[]> =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        reject(new Error(`no diagnostics for version ${version.toString()} of ${uri}`));
      }, PATIENCE_MS);
      waiting.push({
        matches: (params) => params.uri === uri && params.version === version,
        resolve: (found) => {
          clearTimeout(timer);
          resolve(found);
        },
      });
    });
  connection.listen();
  const initialized = await connection.sendRequest<InitializeResult>("initialize", {
    processId: process.pid,
    rootUri,
    capabilities: {},
    initializationOptions,
  });
  await connection.sendNotification("initialized", {});
  return {
    connection,
    initialized,
    open: async (uri, text) => {
      const found = diagnostics(uri, 1);
      await connection.sendNotification("textDocument/didOpen", {
        textDocument: { uri, languageId: "bpftrace", version: 1, text },
      });
      return found;
    },
    edit: async (uri, version, range, text) => {
      const found = diagnostics(uri, version);
      await connection.sendNotification("textDocument/didChange", {
        textDocument: { uri, version },
        contentChanges: [{ range, text }],
      });
      return found;
    },
    save: (uri) => connection.sendNotification("textDocument/didSave", { textDocument: { uri } }),
    next: diagnostics,
    close: async () => {
      const ended = new Promise<number | null>((resolve) => {
        child.on("exit", resolve);
      });
      await connection.sendRequest("shutdown");
      await connection.sendNotification("exit");
      return ended;
    },
  };
}

function connect({ stdout, stdin }: ChildProcess): ProtocolConnection {
  if (stdout === null || stdin === null) throw new Error("the server has no pipes");
  return createProtocolConnection(new StreamMessageReader(stdout), new StreamMessageWriter(stdin));
}
