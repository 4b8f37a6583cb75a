/** The language server as a process: the transport is taken from the command line, and the end of the client is its end. */

import { createConnection, ProposedFeatures } from "vscode-languageserver/node";

import { serve, type ServerOptions } from "./server.ts";

/** Resolves with the exit status when the client has left. */
export function serveProcess(options: ServerOptions): Promise<number> {
  const connection = createConnection(ProposedFeatures.all);
  return new Promise((resolve) => {
    connection.onExit(() => {
      resolve(0);
    });
    serve(connection, options);
  });
}
