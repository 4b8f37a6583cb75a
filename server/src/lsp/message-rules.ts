/**
 * The book's answers to messages that no handler should see: what is no message, requests before `initialize` and after
 * `shutdown`, and requests that are cancelled before their turn. And `exit` waits for the answers that are under way.
 */

import {
  ErrorCodes,
  LSPErrorCodes,
  Message,
  type ConnectionOptions,
  type DataCallback,
  type MessageReader,
  type MessageWriter,
  type RequestMessage,
  type ResponseMessage,
} from "vscode-languageserver";

import type { Pace } from "./pace.ts";

export interface MessageRules {
  readonly options: ConnectionOptions;
  /** What a reader should hand on for the bytes of one message: a message, if need be one that nobody takes. */
  readonly check: (parsed: unknown) => Message;
  /** For bytes that are no JSON. */
  readonly malformed: (why: string) => Message;
  /** The writer, which notes what has been answered. */
  readonly writer: MessageWriter;
  /** Calls back once all requests have been answered, or nobody can be expected to wait longer. */
  readonly whenAnswered: (then: () => void) => void;
}

/** Clients that leave in a hurry send `exit` right behind `shutdown`, and may stop listening. */
const MOST_WAIT_MS = 500;

/** Nobody handles it, and unknown notifications of this form are ignored by the book. */
const IGNORED = { jsonrpc: "2.0", method: "$/ignored" } as const;

export function createMessageRules(writer: MessageWriter, pace: Pace): MessageRules {
  let phase: "new" | "open" | "shut" | "gone" = "new";
  const answers = createAnswers(writer);
  const refuse = (id: string | number | null, code: number, message: string): Message => {
    void writer.write({ jsonrpc: "2.0", id, error: { code, message } } as ResponseMessage);
    return IGNORED;
  };
  const notification = (message: Message, next: (message: Message) => unknown): void => {
    const method = Message.isNotification(message) ? message.method : undefined;
    if (phase === "gone" || (method !== undefined && phase !== "open" && isHeldBack(method))) return;
    if (method !== "exit") {
      next(message);
      return;
    }
    phase = "gone";
    answers.whenAnswered(() => {
      next(message);
    });
  };
  return {
    ...answers,
    malformed: (why) => refuse(null, ErrorCodes.ParseError, `not JSON: ${why}`),
    check: (parsed) => {
      pace.received();
      if (isMessage(parsed)) return parsed;
      return refuse(idOf(parsed), ErrorCodes.InvalidRequest, "not a message of JSON-RPC 2.0");
    },
    options: {
      connectionStrategy: {
        cancelUndispatched: (message) => (Message.isRequest(message) ? cancelled(message) : undefined),
      },
      messageStrategy: {
        handleMessage: (message, next) => {
          pace.taken();
          if (!Message.isRequest(message)) {
            notification(message, next);
            return;
          }
          const wrong = refusalOf(message, phase);
          if (wrong !== undefined) {
            refuse(message.id, wrong.code, wrong.message);
            return;
          }
          if (message.method === "initialize") phase = "open";
          if (message.method === "shutdown") phase = "shut";
          answers.asked(message.id);
          return next(message);
        },
      },
    },
  };
}

interface Answers extends Pick<MessageRules, "writer" | "whenAnswered"> {
  readonly asked: (id: RequestMessage["id"]) => void;
}

function createAnswers(writer: MessageWriter): Answers {
  const open = new Set<unknown>();
  let waiting: (() => void) | undefined;
  const go = (): void => {
    waiting?.();
    waiting = undefined;
  };
  return {
    asked: (id) => {
      open.add(id);
    },
    whenAnswered: (then) => {
      waiting = then;
      if (open.size === 0) go();
      else setTimeout(go, MOST_WAIT_MS);
    },
    writer: {
      onError: writer.onError,
      onClose: writer.onClose,
      write: async (message) => {
        try {
          await writer.write(message);
        } finally {
          if (Message.isResponse(message)) open.delete(message.id);
          if (open.size === 0) go();
        }
      },
      end: () => {
        writer.end();
      },
      dispose: () => {
        writer.dispose();
      },
    },
  };
}

/** A reader that hands on nothing but messages. */
export function checkedReader(reader: MessageReader, rules: MessageRules): MessageReader {
  return changingReader(reader, rules.check);
}

/** A reader that hands on what is made of each message. */
export function changingReader(reader: MessageReader, change: (message: Message) => Message): MessageReader {
  return {
    onError: reader.onError,
    onClose: reader.onClose,
    onPartialMessage: reader.onPartialMessage,
    listen: (callback: DataCallback) =>
      reader.listen((message) => {
        callback(change(message));
      }),
    dispose: () => {
      reader.dispose();
    },
  };
}

function refusalOf(
  { method }: RequestMessage,
  phase: "new" | "open" | "shut" | "gone",
): { readonly code: number; readonly message: string } | undefined {
  if (phase === "shut" || phase === "gone")
    return { code: ErrorCodes.InvalidRequest, message: "the server has been shut down" };
  if (phase === "new" && method !== "initialize") {
    return { code: ErrorCodes.ServerNotInitialized, message: `'${method}' before 'initialize'` };
  }
  if (phase === "open" && method === "initialize") {
    return { code: ErrorCodes.InvalidRequest, message: "the server is initialized already" };
  }
  return undefined;
}

function isHeldBack(method: string): boolean {
  return method !== "exit" && !method.startsWith("$/");
}

function cancelled(message: RequestMessage): ResponseMessage {
  return {
    jsonrpc: message.jsonrpc,
    id: message.id,
    error: { code: LSPErrorCodes.RequestCancelled, message: "cancelled" },
  };
}

function isMessage(value: unknown): value is Message {
  if (!isObject(value) || value["jsonrpc"] !== "2.0") return false;
  const { id, method, params } = value;
  const hasId = typeof id === "string" || typeof id === "number";
  if (method === undefined) return (hasId || id === null) && ("result" in value || "error" in value);
  if (method === "$/cancelRequest") return isObject(params) && id === undefined;
  return typeof method === "string" && typeof (params ?? {}) === "object" && (id === undefined || hasId);
}

function idOf(value: unknown): string | number | null {
  const id = isObject(value) ? value["id"] : undefined;
  return typeof id === "string" || typeof id === "number" ? id : null;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
