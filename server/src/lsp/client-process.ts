/** The client's process, with which the server ends: the library looks every three seconds whether it may be signalled. */

import type { InitializeParams, Message, MessageReader } from "vscode-languageserver/node";

import { changingReader } from "./message-rules.ts";

/**
 * The library takes a process that may not be signalled for one that is gone, and would end a server that runs as another user
 * than its client. Such a client is not named to it: it leaves by closing the connection, as all do.
 */
export function watchingOwnClient(reader: MessageReader): MessageReader {
  return changingReader(reader, withOwnClient);
}

function withOwnClient(message: Message): Message {
  if (!("method" in message) || message.method !== "initialize" || !("params" in message)) return message;
  const params = message.params as Partial<InitializeParams> | null; // checked by nobody yet
  const id = params?.processId;
  return typeof id === "number" && isOthers(id)
    ? ({ ...message, params: { ...params, processId: null } } as Message)
    : message;
}

function isOthers(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return false;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
