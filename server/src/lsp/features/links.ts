/** `textDocument/documentLink`. */

import type { DocumentLink, DocumentLinkParams } from "vscode-languageserver";

import { scriptLinks } from "../../ide/links.ts";
import { uriOfPath } from "../uris.ts";
import { toRange } from "../to-proto.ts";
import { about, type Feature } from "./feature.ts";

export const links: Feature = {
  name: "document links",
  does: "Imports and includes that were found.",
  requests: ["textDocument/documentLink"],
  test: "server/src/ide/go-to.test.ts",
  capabilities: { documentLinkProvider: { resolveProvider: false } },
  register: (connection, context) => {
    connection.onDocumentLinks(
      about<DocumentLinkParams, DocumentLink[]>(context, [], ({ text, snapshot }) =>
        scriptLinks(snapshot).map(({ file, ...span }) => ({
          range: toRange(text, span),
          target: uriOfPath(file),
        })),
      ),
    );
  },
};
