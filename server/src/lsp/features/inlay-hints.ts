/** `textDocument/inlayHint` and `inlayHint/resolve`. */

import { InlayHintKind, type InlayHint, type InlayHintParams } from "vscode-languageserver";

import { hintTooltip, inlayHints as findHints, type InlayHint as Hint } from "../../ide/inlay-hints.ts";
import { liveHints } from "../live-hints.ts";
import { about, type Feature } from "./feature.ts";

/** What a hint brings back when it is resolved. */
interface HintData {
  readonly uri: string;
  readonly version: number;
  readonly hint: Hint;
}

export const inlayHints: Feature = {
  name: "inlay hints",
  does: "Inferred types, what literal arguments are for, and the values of maps while a script runs.",
  requests: ["textDocument/inlayHint", "inlayHint/resolve"],
  test: "server/src/ide/inlay-hints.test.ts",
  capabilities: { inlayHintProvider: { resolveProvider: true } },
  register: (connection, context) => {
    connection.languages.inlayHint.on(
      about<InlayHintParams, InlayHint[]>(context, [], (document, { range }) => {
        const { uri, text, snapshot } = document;
        const { hintTypes, hintParameters, hintLiveMaps } = context.settings(uri);
        const span = { start: text.offsetAt(range.start), end: text.offsetAt(range.end) };
        const own = findHints(snapshot, span)
          .filter(({ kind }) => (kind === "type" ? hintTypes : hintParameters))
          .map((hint): InlayHint => {
            const data: HintData = { uri, version: text.version, hint };
            return {
              position: text.positionAt(hint.offset),
              label: hint.label,
              kind: hint.kind === "type" ? InlayHintKind.Type : InlayHintKind.Parameter,
              ...(hint.kind === "parameter" ? { paddingRight: true } : {}),
              data,
            };
          });
        return [...own, ...(hintLiveMaps ? liveHints(document, span, context.runs.of(uri)) : [])];
      }),
    );
    connection.languages.inlayHint.resolve((item) => {
      const data = item.data as HintData | undefined; // ours: given with the hint
      const document = data === undefined ? undefined : context.documents.get(data.uri);
      if (data === undefined || document?.text.version !== data.version) return item;
      const value = hintTooltip(document.snapshot, data.hint);
      return value === undefined ? item : { ...item, tooltip: { kind: "markdown", value } };
    });
  },
};
