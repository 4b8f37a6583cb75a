/** `textDocument/signatureHelp`. */

import type { SignatureHelp, SignatureHelpParams } from "vscode-languageserver";

import { signatureHelp as findHelp } from "../../ide/signature-help.ts";
import { about, type Feature } from "./feature.ts";

export const signatureHelp: Feature = {
  name: "signature help",
  does: "The parameters of the call around the cursor; for an argument of printf, its conversion; for a map, its keys.",
  requests: ["textDocument/signatureHelp"],
  test: "server/src/ide/signature-help.test.ts",
  capabilities: {
    signatureHelpProvider: { triggerCharacters: ["(", ",", "["], retriggerCharacters: [")", "]"] },
  },
  register: (connection, context) => {
    connection.onSignatureHelp(
      about<SignatureHelpParams, SignatureHelp | null>(context, null, ({ text, snapshot }, { position }) => {
        const found = findHelp(snapshot, text.offsetAt(position));
        if (found === undefined) return null;
        const signatures = found.signatures.map(({ label, parameters, documentation, active }) => ({
          label,
          documentation: { kind: "markdown" as const, value: documentation },
          parameters: parameterRanges(label, parameters).map((range) => ({ label: range })),
          // Behind the last one: no parameter is being written.
          activeParameter: active ?? parameters.length,
        }));
        const activeParameter = signatures[found.active]?.activeParameter ?? 0;
        return { signatures, activeSignature: found.active, activeParameter };
      }),
    );
  },
};

/** Where each parameter stands in the label, one after the other. */
function parameterRanges(label: string, parameters: readonly string[]): [number, number][] {
  let from = label.search(/[([]/) + 1;
  return parameters.map((parameter) => {
    const start = Math.max(from, label.indexOf(parameter, from));
    from = start + parameter.length;
    return [start, from];
  });
}
