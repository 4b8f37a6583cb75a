/** `textDocument/prepareRename`, `rename` and `linkedEditingRange`. */

import {
  LSPErrorCodes,
  ResponseError,
  type LinkedEditingRangeParams,
  type LinkedEditingRanges,
  type PrepareRenameParams,
  type PrepareRenameResult,
  type RenameParams,
  type WorkspaceEdit,
} from "vscode-languageserver";

import { linkedSpans } from "../../ide/linked-editing.ts";
import { prepareRename, rename as findRename } from "../../ide/rename.ts";
import { fileText } from "../locations.ts";
import { toRange } from "../to-proto.ts";
import { about, type Feature } from "./feature.ts";

export const rename: Feature = {
  name: "rename",
  does: "In all scripts that know the name; refused where it would change what a program means.",
  requests: ["textDocument/prepareRename", "textDocument/rename"],
  test: "tests/rename-examples.test.ts",
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
          const others = context.workspace.all().map((other) => other.snapshot);
          const renaming = findRename(snapshot, text.offsetAt(position), newName, others);
          if (renaming.kind === "refused")
            throw new ResponseError(LSPErrorCodes.RequestFailed, renaming.message);
          const changes = renaming.files.map(({ file, text: content, edits }) => {
            const place = file === snapshot.path ? { uri, text } : fileText(context.documents, file, content);
            return [
              place.uri,
              edits.map((edit) => ({ range: toRange(place.text, edit), newText: edit.text })),
            ] as const;
          });
          return { changes: Object.fromEntries(changes) };
        },
      ),
    );
  },
};

/** What a name typed there may consist of; other text ends the editing together. */
const WORD = "[$@]\\w*|\\w+";

export const linkedEditing: Feature = {
  name: "linked editing",
  does: "A variable is edited in its whole probe as it is typed.",
  requests: ["textDocument/linkedEditingRange"],
  test: "server/src/ide/go-to.test.ts",
  capabilities: { linkedEditingRangeProvider: true },
  register: (connection, context) => {
    connection.languages.onLinkedEditingRange(
      about<LinkedEditingRangeParams, LinkedEditingRanges | null>(
        context,
        null,
        ({ text, snapshot }, { position }) => {
          const spans = linkedSpans(snapshot, text.offsetAt(position));
          if (spans === undefined) return null;
          return { ranges: spans.map((span) => toRange(text, span)), wordPattern: WORD };
        },
      ),
    );
  },
};
