/** `workspace/executeCommand`: running scripts, stopping them, and the server's status. */

import { basename } from "node:path";
import { fileURLToPath } from "node:url";

import { LSPErrorCodes, ResponseError } from "vscode-languageserver";

import { commands as names, type RunArguments } from "../../protocol.ts";
import type { OpenDocument } from "../documents.ts";
import type { RunRequest } from "../runs.ts";
import type { Feature } from "./feature.ts";

export const commands: Feature = {
  name: "commands",
  capabilities: { executeCommandProvider: { commands: Object.values(names) } },
  register: (connection, { documents, runs, status }) => {
    connection.onExecuteCommand(({ command, arguments: args = [] }) => {
      switch (command) {
        case names.run:
          // The protocol says what the one argument is; a wrong uri is refused below.
          return runs.start(runRequest(args[0] as RunArguments, documents.get));
        case names.stop:
          return runs.stop(Number(args[0]));
        case names.status:
          return status();
        default:
          return new ResponseError(LSPErrorCodes.RequestFailed, `no command '${command}'`);
      }
    });
  },
};

function runRequest(args: RunArguments, get: (uri: string) => OpenDocument | undefined): RunRequest {
  const { uri } = args;
  const document = get(uri);
  if (document === undefined) throw new ResponseError(LSPErrorCodes.RequestFailed, `'${uri}' is not open`);
  const script = uri.startsWith("file:") ? fileURLToPath(uri) : uri;
  return { ...args, text: document.text.getText(), title: basename(script), script };
}
