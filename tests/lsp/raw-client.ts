/** A client that says anything, right or wrong, and keeps a record of both sides. */

import { spawn } from "node:child_process";

import { PATIENCE_MS } from "../harness/patience.ts";
import { executable } from "./client.ts";
import type { Recorded } from "./schema/recording.ts";
import { frame, splitMessages } from "./wire.ts";

type Message = Recorded["message"];

export interface RawClient {
  readonly pid: number;
  readonly record: readonly Recorded[];
  /** Resolves with the answer, whatever it is. */
  readonly request: (method: string, params?: unknown) => Promise<Message> & { readonly id: number };
  readonly notify: (method: string, params?: unknown) => void;
  /** Bytes as they are. */
  readonly write: (bytes: string) => void;
  /** Requests without an answer so far. */
  readonly waiting: () => number;
  /** Messages of the server that match, from now on. */
  readonly next: (matches: (message: Message) => boolean) => Promise<Message>;
  /** Whatever it does: for tests that failed. */
  readonly kill: () => void;
  /** Resolves with the exit status. */
  readonly ended: Promise<number | null>;
}

/**
 * @param settings what the client answers when it is asked for them
 * @param through a command that starts the server with what it is to have, and its words
 */
export function startRawClient(
  args: readonly string[] = [],
  settings: () => unknown = () => null,
  through: readonly string[] = [],
): RawClient {
  const [program = "", ...words] = [...through, process.execPath, executable, "lsp", "--stdio", ...args];
  const child = spawn(program, words, {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const record: Recorded[] = [];
  const answers = new Map<unknown, (answer: Message) => void>();
  const watchers = new Set<(message: Message) => void>();
  let last = 0;
  const send = (message: Message): void => {
    record.push({ from: "client", message });
    child.stdin.write(frame(JSON.stringify(message)));
  };
  const splitter = splitMessages((text) => {
    const message = JSON.parse(text) as Message; // judged later
    record.push({ from: "server", message });
    for (const watch of watchers) watch(message);
    if (message["method"] === undefined) {
      answers.get(message["id"])?.(message);
      answers.delete(message["id"]);
    } else if (message["id"] !== undefined) {
      send({ jsonrpc: "2.0", id: message["id"], result: answerTo(message, settings) });
    }
  });
  child.stdout.on("data", splitter.push);
  child.stdin.on("error", () => undefined);
  return {
    pid: child.pid ?? 0,
    record,
    request: (method, params) => {
      last += 1;
      const id = last;
      const answer = new Promise<Message>((resolve) => {
        answers.set(id, resolve);
      });
      send({ jsonrpc: "2.0", id, method, ...(params === undefined ? {} : { params }) });
      return Object.assign(answer, { id });
    },
    notify: (method, params) => {
      send({ jsonrpc: "2.0", method, ...(params === undefined ? {} : { params }) });
    },
    write: (bytes) => {
      child.stdin.write(bytes);
    },
    waiting: () => answers.size,
    next: (matches) => {
      const awaited = new Promise<Message>((resolve, reject) => {
        const timer = setTimeout(() => {
          const said = record.slice(-10).map((each) => JSON.stringify(each).slice(0, 300));
          reject(new Error(`the server never said what is waited for; last were:\n${said.join("\n")}`));
        }, PATIENCE_MS).unref();
        const watch = (message: Message): void => {
          if (!matches(message)) return;
          watchers.delete(watch);
          clearTimeout(timer);
          resolve(message);
        };
        watchers.add(watch);
      });
      // Whoever waits hears of it; some only want to see that nothing comes.
      awaited.catch(() => undefined);
      return awaited;
    },
    kill: () => {
      child.kill("SIGKILL");
    },
    ended: new Promise((resolve) => {
      child.on("exit", resolve);
    }),
  };
}

/** What a friendly client says to a server that asks. */
function answerTo({ method, params }: Message, settings: () => unknown): unknown {
  if (method !== "workspace/configuration") return null;
  const { items } = params as { readonly items: readonly unknown[] };
  return items.map(settings);
}

/** Everything that a server may take into account. */
export const fullCapabilities = {
  general: { positionEncodings: ["utf-16"] },
  window: { workDoneProgress: true, showDocument: { support: true } },
  workspace: {
    configuration: true,
    workspaceFolders: true,
    didChangeWatchedFiles: { dynamicRegistration: true },
    codeLens: { refreshSupport: true },
    inlayHint: { refreshSupport: true },
    semanticTokens: { refreshSupport: true },
    diagnostics: { refreshSupport: true },
    textDocumentContent: { dynamicRegistration: false },
  },
  textDocument: {
    completion: {
      completionItem: {
        snippetSupport: true,
        commitCharactersSupport: true,
        labelDetailsSupport: true,
        tagSupport: { valueSet: [1] },
      },
      completionList: { itemDefaults: ["commitCharacters", "editRange"] },
    },
    publishDiagnostics: {
      relatedInformation: true,
      codeDescriptionSupport: true,
      tagSupport: { valueSet: [1, 2] },
    },
    codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: [] } } },
    hover: { contentFormat: ["markdown"] },
  },
};

/** Begins a session of a client that takes everything into account, and opens a script in it. */
export async function startWithScript(client: RawClient, uri: string, text: string): Promise<void> {
  await client.request("initialize", {
    processId: process.pid,
    rootUri: null,
    capabilities: fullCapabilities,
  });
  client.notify("initialized", {});
  client.notify("textDocument/didOpen", { textDocument: { uri, languageId: "bpftrace", version: 1, text } });
}
