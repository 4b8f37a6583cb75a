/** What client and server said to each other, message by message, and what of it is not by the book. */

import { generateSchemas, type MessageSchemas } from "./schemas.ts";
import { validate } from "./validate.ts";

export interface Recorded {
  readonly from: "client" | "server";
  readonly message: Readonly<Record<string, unknown>>;
}

let generated: ReadonlyMap<string, MessageSchemas> | undefined;

/** Requests of ours begin so: the protocol has no types of them. */
const OWN = /^(probewright\/|\$\/)/;

/**
 * Only one side's messages are judged, as the other is whoever it is.
 *
 * @returns in words, what is wrong with each message of `side`, and which requests to it have no answer
 */
export function judge(messages: readonly Recorded[], side: "client" | "server"): readonly string[] {
  const schemas = (generated ??= generateSchemas());
  const open = new Map<unknown, string>();
  const problems: string[] = [];
  for (const { from, message } of messages) {
    const { method, id } = message;
    if (typeof method === "string" && from !== side) {
      if (id !== undefined) open.set(id, method);
    } else if (typeof method === "string") {
      problems.push(...judgeCall(method, message, schemas));
    } else if (from === side) {
      if (message["jsonrpc"] !== "2.0") problems.push(`an answer is not JSON-RPC 2.0`);
      const asked = open.get(id);
      open.delete(id);
      problems.push(...judgeAnswer(asked, message, schemas));
    }
  }
  for (const [id, method] of open) problems.push(`${method} (${String(id)}) has no answer`);
  return problems;
}

function judgeCall(
  method: string,
  message: Recorded["message"],
  schemas: ReadonlyMap<string, MessageSchemas>,
): readonly string[] {
  if (OWN.test(method)) return [];
  const schema = schemas.get(method);
  if (schema === undefined) return [`${method} is not in the protocol`];
  const isRequest = message["id"] !== undefined;
  if (isRequest !== (schema.kind === "request")) return [`${method} is sent as the wrong kind of message`];
  return validate(message["params"], schema.params).map((problem) => `${method}: ${problem}`);
}

function judgeAnswer(
  method: string | undefined,
  message: Recorded["message"],
  schemas: ReadonlyMap<string, MessageSchemas>,
): readonly string[] {
  const { id, error, result } = message;
  if (error !== undefined) {
    const { code, message: text } = error as { readonly code?: unknown; readonly message?: unknown };
    return Number.isInteger(code) && typeof text === "string"
      ? []
      : [`an error of ${String(method)} is not one`];
  }
  if (method === undefined) return [`there is an answer to ${String(id)}, which nobody asked`];
  if (!("result" in message)) return [`the answer to ${method} has neither result nor error`];
  const schema = schemas.get(method);
  return schema === undefined
    ? []
    : validate(result, schema.result).map((problem) => `answer to ${method}: ${problem}`);
}
