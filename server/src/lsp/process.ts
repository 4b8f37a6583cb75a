/** The language server as a process: the transport is taken from the command line, and the end of the client is its end. */

import {
  createConnection,
  createServerPipeTransport,
  createServerSocketTransport,
  IPCMessageReader,
  IPCMessageWriter,
  ProposedFeatures,
  StreamMessageReader,
  type ContentTypeDecoder,
  type Message,
  type MessageReader,
  type MessageWriter,
} from "vscode-languageserver/node";

import { watchingClient, watchProcess } from "./client-process.ts";
import type { ServerHost } from "./host.ts";
import { checkedReader, createMessageRules, type MessageRules } from "./message-rules.ts";
import { createPace, type Pace } from "./pace.ts";
import { serve } from "./server.ts";
import { StreamWriter } from "./stream-writer.ts";

export type Transport =
  | { readonly kind: "stdio" | "node-ipc" }
  | { readonly kind: "socket"; readonly port: number }
  | { readonly kind: "pipe"; readonly name: string };

/**
 * Serves until the client has left; the process then ends, with status 0 only after a `shutdown`.
 *
 * @param client its process, where the command line names it
 */
export function serveProcess(
  host: ServerHost,
  transport: Transport,
  client: number | undefined,
): Promise<never> {
  const pace = createPace();
  const { reader, rules } = open(transport, pace);
  const leave = (): void => {
    process.exit(served.isShutDown() ? 0 : 1);
  };
  const connection = createConnection(
    ProposedFeatures.all,
    watchingClient(checkedReader(reader, rules), leave),
    rules.writer,
    rules.options,
  );
  const served = serve(connection, host, pace);
  if (client !== undefined) watchProcess(client, leave);
  reader.onClose(() => {
    rules.whenAnswered(leave);
  });
  process.on("uncaughtException", (error) => {
    served.failed("in the background", error);
  });
  for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const) process.on(signal, leave);
  return new Promise(() => undefined);
}

interface Opened {
  readonly reader: MessageReader;
  readonly rules: MessageRules;
}

function open(transport: Transport, pace: Pace): Opened {
  switch (transport.kind) {
    case "stdio": {
      const writer = new StreamWriter(process.stdout);
      const rules = createMessageRules(writer, pace);
      // What a library prints must not get among the messages.
      console.log = console.info = console.debug = console.error;
      const reader = new StreamMessageReader(process.stdin, { contentTypeDecoder: decoder(rules) });
      return { reader, rules };
    }
    case "node-ipc": {
      const writer = new IPCMessageWriter(process);
      return { reader: new IPCMessageReader(process), rules: createMessageRules(writer, pace) };
    }
    case "socket":
      return opened(createServerSocketTransport(transport.port), pace);
    case "pipe":
      return opened(createServerPipeTransport(transport.name), pace);
  }
}

function opened([reader, writer]: [MessageReader, MessageWriter], pace: Pace): Opened {
  return { reader, rules: createMessageRules(writer, pace) };
}

function decoder(rules: MessageRules): ContentTypeDecoder {
  return {
    name: "application/json",
    decode: (bytes) => {
      try {
        // Whatever it is: the reader's other end checks.
        return Promise.resolve(JSON.parse(Buffer.from(bytes).toString("utf8")) as Message);
      } catch (error) {
        return Promise.resolve(rules.malformed(error instanceof Error ? error.message : "unknown reason"));
      }
    },
  };
}
