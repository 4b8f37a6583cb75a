/** `textDocument/codeLens`. */

import type { CodeLens, CodeLensParams } from "vscode-languageserver";

import { codeLenses, type Lens } from "../../ide/code-lens.ts";
import { commands, type RunArguments } from "../../protocol.ts";
import type { OpenDocument } from "../documents.ts";
import { toRange } from "../to-proto.ts";
import { about, type Feature } from "./feature.ts";

export const codeLens: Feature = {
  name: "code lenses",
  capabilities: { codeLensProvider: { resolveProvider: false } },
  register: (connection, context) => {
    connection.onCodeLens(
      about<CodeLensParams, CodeLens[]>(context, [], (document) =>
        codeLenses(document.snapshot).map((lens) => toCodeLens(document, lens, context.clientRunsCommands())),
      ),
    );
  },
};

/** A client that shows runs itself says so; others get the server's own command, which works anywhere. */
function toCodeLens({ uri, text }: OpenDocument, lens: Lens, clientRuns: boolean): CodeLens {
  const range = toRange(text, lens.span);
  if (lens.action === undefined) return { range, command: { title: lens.title, command: "" } };
  const probe = lens.action.kind === "run-probe" ? lens.action.probe : undefined;
  if (!clientRuns) {
    const args: RunArguments = { uri, ...(probe === undefined ? {} : { probe }) };
    return { range, command: { title: lens.title, command: commands.run, arguments: [args] } };
  }
  const command = probe === undefined ? "probewright.runScript" : "probewright.runProbe";
  return {
    range,
    command: { title: lens.title, command, arguments: probe === undefined ? [uri] : [uri, probe] },
  };
}
