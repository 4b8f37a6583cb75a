/**
 * The client's process, with which the server ends. The library's own watch takes a process that may not be signalled for one
 * that is gone, and would end a server that runs as another user than its client: so no process is named to it.
 */

import type { InitializeParams, Message, MessageReader } from "vscode-languageserver/node";

import { changingReader } from "./message-rules.ts";

const LOOK_MS = 3000;

/** Watches the client that introduces itself. @param gone called when its process is no more */
export function watchingClient(reader: MessageReader, gone: () => void): MessageReader {
  return changingReader(reader, (message) => {
    if (!("method" in message) || message.method !== "initialize" || !("params" in message)) return message;
    const params = message.params as Partial<InitializeParams> | null; // checked by nobody yet
    const id = params?.processId;
    if (typeof id !== "number") return message;
    watchProcess(id, gone);
    return { ...message, params: { ...params, processId: null } } as Message;
  });
}

export function watchProcess(processId: number, gone: () => void): void {
  const timer = setInterval(() => {
    if (isThere(processId)) return;
    clearInterval(timer);
    gone();
  }, LOOK_MS);
  timer.unref();
}

function isThere(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
