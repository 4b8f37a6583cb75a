/** Somebody who types into one script over real stdio, and waits for what the server says. */

import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import {
  createProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
  type Position,
  type PublishDiagnosticsParams,
} from "vscode-languageserver-protocol/node";
import { TextDocument } from "vscode-languageserver-textdocument";

import { environment } from "../environment.ts";

const executable = fileURLToPath(new URL("../../../server/bin/probewright", import.meta.url));
const uri = "file:///bench/script.bt";

/** Of completion what VS Code and Neovim say; diagnostics are pushed. */
const capabilities = {
  textDocument: {
    completion: {
      completionItem: {
        snippetSupport: true,
        commitCharactersSupport: true,
        labelDetailsSupport: true,
        resolveSupport: { properties: ["documentation", "detail", "additionalTextEdits"] },
      },
      completionList: { itemDefaults: ["commitCharacters", "editRange", "insertTextFormat", "data"] },
    },
  },
};

export interface Found {
  readonly code: string;
  readonly error: boolean;
}

/** Milliseconds. */
export interface Timed {
  readonly wall: number;
  /** What the server's main thread was at work meanwhile: the figure to look at while the machine has other things to do. */
  readonly busy: number;
}

export interface Typist {
  readonly pid: number;
  /** Resolves with the first diagnostics. */
  readonly open: (text: string) => Promise<void>;
  /** Replaces the first occurrence; text that is not there is a mistake of the benchmark. */
  readonly replace: (what: string, by: string) => void;
  readonly append: (text: string) => void;
  /** Takes away what was appended last. */
  readonly undo: (text: string) => void;
  /** Resolves once diagnostics of the current version are as wanted. */
  readonly diagnostics: (wanted: (found: readonly Found[]) => boolean) => Promise<void>;
  readonly ask: (method: string, where: string, into: number, more?: object) => Promise<unknown>;
  readonly askAtEnd: (method: string) => Promise<unknown>;
  readonly askWhole: (method: string, more?: object) => Promise<unknown>;
  /** Undefined when the request is refused. */
  readonly timed: (action: () => Promise<unknown>) => Promise<Timed | undefined>;
  /** Processor time of the server's main thread since it was started, in milliseconds. */
  readonly busy: () => number;
  /** Waits for the server to be idle. */
  readonly settle: () => Promise<void>;
  readonly close: () => Promise<void>;
}

const SETTLE_MS = 30;

export async function startTypist(args: readonly string[]): Promise<Typist> {
  const child = spawn(process.execPath, [executable, "lsp", "--stdio", ...args], {
    env: environment,
    stdio: ["pipe", "pipe", "inherit"],
  });
  const connection = createProtocolConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  let text = TextDocument.create(uri, "bpftrace", 1, "");
  let wanted: ((found: readonly Found[]) => boolean) | undefined;
  let resolveWanted: () => void = () => undefined;
  connection.onNotification("textDocument/publishDiagnostics", (params: PublishDiagnosticsParams) => {
    if (params.version !== text.version || wanted === undefined) return;
    const found = params.diagnostics.map(({ code, severity }) => ({
      code: String(code),
      error: severity === 1,
    }));
    if (wanted(found)) resolveWanted();
  });
  connection.listen();
  await connection.sendRequest("initialize", { processId: process.pid, rootUri: null, capabilities });
  await connection.sendNotification("initialized", {});

  const edit = (start: number, end: number, replacement: string): void => {
    const change = {
      range: { start: text.positionAt(start), end: text.positionAt(end) },
      text: replacement,
    };
    text = TextDocument.update(text, [change], text.version + 1);
    void connection.sendNotification("textDocument/didChange", {
      textDocument: { uri, version: text.version },
      contentChanges: [change],
    });
  };
  const positionOf = (where: string, into: number): Position => {
    const at = text.getText().indexOf(where);
    if (at === -1) throw new Error(`the script has no '${where}'`);
    return text.positionAt(at + into);
  };
  const diagnostics = (matches: (found: readonly Found[]) => boolean): Promise<void> =>
    new Promise((resolve) => {
      wanted = matches;
      resolveWanted = resolve;
    });
  const ask = (method: string, more: object): Promise<unknown> =>
    connection.sendRequest(method, { textDocument: { uri }, ...more });
  return {
    pid: child.pid ?? 0,
    open: async (source) => {
      text = TextDocument.create(uri, "bpftrace", 1, source);
      const first = diagnostics(() => true);
      await connection.sendNotification("textDocument/didOpen", {
        textDocument: { uri, languageId: "bpftrace", version: 1, text: source },
      });
      await first;
    },
    replace: (what, by) => {
      const at = text.getText().indexOf(what);
      if (at === -1) throw new Error(`the script has no '${what}'`);
      edit(at, at + what.length, by);
    },
    append: (more) => {
      edit(text.getText().length, text.getText().length, more);
    },
    undo: (last) => {
      edit(text.getText().length - last.length, text.getText().length, "");
    },
    diagnostics,
    ask: (method, where, into, more = {}) => ask(method, { position: positionOf(where, into), ...more }),
    askAtEnd: (method) => ask(method, { position: text.positionAt(text.getText().length) }),
    askWhole: (method, more = {}) => ask(method, more),
    timed: async (action) => {
      const start = performance.now();
      const before = busyMs(child.pid);
      try {
        await action();
        return { wall: performance.now() - start, busy: busyMs(child.pid) - before };
      } catch {
        return undefined;
      }
    },
    busy: () => busyMs(child.pid),
    settle: () => new Promise((resolve) => setTimeout(resolve, SETTLE_MS)),
    close: async () => {
      const ended = new Promise((resolve) => child.on("exit", resolve));
      await connection.sendRequest("shutdown");
      await connection.sendNotification("exit");
      await ended;
    },
  };
}

/** Processor time of a process's main thread, in milliseconds. */
function busyMs(pid: number | undefined): number {
  return Number(readFileSync(`/proc/${pid ?? 0}/schedstat`, "utf8").split(" ")[0]) / 1e6;
}
