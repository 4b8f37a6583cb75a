/** Places to go to as LSP has them. */

import type { Location } from "vscode-languageserver";
import { TextDocument } from "vscode-languageserver-textdocument";

import type { Target } from "../ide/target.ts";
import { viewUri } from "../protocol.ts";
import { toRange } from "./to-proto.ts";
import { uriOfPath } from "./uris.ts";

/** Undefined for a file of the standard library, which has no place to show. */
export function targetLocation(
  { uri, text }: { readonly uri: string; readonly text: TextDocument },
  target: Target,
): Location | undefined {
  switch (target.kind) {
    case "here":
      return { uri, range: toRange(text, target.span) };
    case "file": {
      if (!target.name.startsWith("/")) return undefined;
      const other = fileUri(target.name);
      return {
        uri: other,
        range: toRange(TextDocument.create(other, "bpftrace", 0, target.text), target.span),
      };
    }
    case "view": {
      const start = { line: target.line, character: 0 };
      return { uri: viewUri({ kind: target.view, subject: target.subject }), range: { start, end: start } };
    }
  }
}

export function fileUri(path: string): string {
  return uriOfPath(path);
}
