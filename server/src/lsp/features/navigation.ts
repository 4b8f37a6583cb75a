/** `textDocument/definition`, `references`, `documentHighlight`, `prepareRename` and `rename`. */

import {
  DocumentHighlightKind,
  LSPErrorCodes,
  ResponseError,
  type Definition,
  type DocumentHighlight,
  type DocumentHighlightParams,
  type DefinitionParams,
  type Location,
  type PrepareRenameParams,
  type PrepareRenameResult,
  type ReferenceParams,
  type RenameParams,
  type WorkspaceEdit,
} from "vscode-languageserver";
import { TextDocument } from "vscode-languageserver-textdocument";

import { definition as findDefinition, references as findReferences } from "../../ide/navigate.ts";
import { prepareRename, rename as findRename } from "../../ide/rename.ts";
import { toRange } from "../to-proto.ts";
import { about, type Feature } from "./feature.ts";

export const definition: Feature = {
  name: "definition",
  capabilities: { definitionProvider: true },
  register: (connection, context) => {
    connection.onDefinition(
      about<DefinitionParams, Definition | null>(context, null, ({ uri, text, snapshot }, { position }) => {
        const target = findDefinition(snapshot, text.offsetAt(position));
        if (target === undefined) return null;
        const { file, span } = target;
        if (file === undefined) return { uri, range: toRange(text, span) };
        // A name that is no path is a file of the standard library, which has no place to show.
        if (!file.name.startsWith("/")) return null;
        const other = new URL("file://");
        other.pathname = file.name;
        return {
          uri: other.href,
          range: toRange(TextDocument.create(other.href, "bpftrace", 0, file.text), span),
        };
      }),
    );
  },
};

export const references: Feature = {
  name: "references",
  capabilities: { referencesProvider: true },
  register: (connection, context) => {
    connection.onReferences(
      about<ReferenceParams, Location[]>(context, [], ({ uri, text, snapshot }, params) =>
        findReferences(snapshot, text.offsetAt(params.position), params.context.includeDeclaration).map(
          (span) => ({ uri, range: toRange(text, span) }),
        ),
      ),
    );
  },
};

export const highlights: Feature = {
  name: "document highlights",
  capabilities: { documentHighlightProvider: true },
  register: (connection, context) => {
    connection.onDocumentHighlight(
      about<DocumentHighlightParams, DocumentHighlight[]>(context, [], ({ text, snapshot }, { position }) =>
        findReferences(snapshot, text.offsetAt(position), true).map((span) => ({
          range: toRange(text, span),
          kind: span.access === "read" ? DocumentHighlightKind.Read : DocumentHighlightKind.Write,
        })),
      ),
    );
  },
};

export const rename: Feature = {
  name: "rename",
  capabilities: { renameProvider: { prepareProvider: true } },
  register: (connection, context) => {
    connection.onPrepareRename(
      about<PrepareRenameParams, PrepareRenameResult | null>(
        context,
        null,
        ({ text, snapshot }, { position }) => {
          const found = prepareRename(snapshot, text.offsetAt(position));
          return found === undefined ? null : { range: toRange(text, found.span), placeholder: found.text };
        },
      ),
    );
    connection.onRenameRequest(
      about<RenameParams, WorkspaceEdit | null>(
        context,
        null,
        ({ uri, text, snapshot }, { position, newName }) => {
          const renaming = findRename(snapshot, text.offsetAt(position), newName);
          if (renaming.kind === "refused")
            throw new ResponseError(LSPErrorCodes.RequestFailed, renaming.message);
          const edits = renaming.edits.map((edit) => ({ range: toRange(text, edit), newText: edit.text }));
          return { changes: { [uri]: edits } };
        },
      ),
    );
  },
};
