/** `textDocument/inlayHint`. */

import { InlayHintKind, type InlayHint, type InlayHintParams } from "vscode-languageserver";

import { inlayHints as findHints } from "../../ide/inlay-hints.ts";
import { about, type Feature } from "./feature.ts";

export const inlayHints: Feature = {
  name: "inlay hints",
  capabilities: { inlayHintProvider: true },
  register: (connection, context) => {
    connection.languages.inlayHint.on(
      about<InlayHintParams, InlayHint[]>(context, [], ({ text, snapshot }, { range }) => {
        const span = { start: text.offsetAt(range.start), end: text.offsetAt(range.end) };
        return findHints(snapshot, span).map(({ offset, label }) => ({
          position: text.positionAt(offset),
          label,
          kind: InlayHintKind.Type,
        }));
      }),
    );
  },
};
