/** Places to go to as LSP has them. */

import type { Location, PositionEncodingKind } from "vscode-languageserver";
import type { TextDocument } from "vscode-languageserver-textdocument";

import type { Target } from "../ide/target.ts";
import { viewUri } from "../protocol.ts";
import type { Documents } from "./documents.ts";
import { createText } from "./encoded-text.ts";
import { toRange } from "./to-proto.ts";
import { uriOfPath } from "./uris.ts";

/** Undefined for a file of the standard library, which has no place to show. */
export function targetLocation(
  { uri, text }: { readonly uri: string; readonly text: TextDocument },
  target: Target,
  encoding: PositionEncodingKind,
): Location | undefined {
  switch (target.kind) {
    case "here":
      return { uri, range: toRange(text, target.span) };
    case "file": {
      if (!target.name.startsWith("/")) return undefined;
      const other = uriOfPath(target.name);
      return { uri: other, range: toRange(createText(other, 0, target.text, encoding), target.span) };
    }
    case "view": {
      const start = { line: target.line, character: 0 };
      return { uri: viewUri({ kind: target.view, subject: target.subject }), range: { start, end: start } };
    }
  }
}

/** A file of a program by its path, for positions in it: as it is open, when its text is the one the program was made of. */
export function fileText(
  documents: Documents,
  file: string,
  text: string,
): { readonly uri: string; readonly text: TextDocument } {
  const uri = file.startsWith("/") ? uriOfPath(file) : file;
  const open = documents.get(uri);
  if (open?.snapshot.text === text) return { uri, text: open.text };
  return { uri, text: createText(uri, 0, text, documents.encoding()) };
}
