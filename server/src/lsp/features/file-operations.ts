/** `workspace/willRenameFiles`. */

import type { FileOperationRegistrationOptions, WorkspaceEdit } from "vscode-languageserver";

import { movedPaths } from "../../ide/moved-files.ts";
import { toRange } from "../to-proto.ts";
import { pathOfUri } from "../uris.ts";
import type { Feature } from "./feature.ts";

/** What scripts import or include, and folders, which may hold such files. */
const willRename: FileOperationRegistrationOptions = {
  filters: [
    { scheme: "file", pattern: { glob: "**/*.{bt,h,c}", matches: "file" } },
    { scheme: "file", pattern: { glob: "**", matches: "folder" } },
  ],
};

export const fileOperations: Feature = {
  name: "renamed files",
  does: "Imports and includes follow files and folders that are renamed or moved.",
  requests: ["workspace/willRenameFiles"],
  test: "server/src/ide/moved-files.test.ts",
  capabilities: { workspace: { fileOperations: { willRename } } },
  register: (connection, context) => {
    connection.workspace.onWillRenameFiles(({ files }): WorkspaceEdit | null => {
      const moves = files.map(({ oldUri, newUri }) => ({ from: pathOfUri(oldUri), to: pathOfUri(newUri) }));
      const changes = context.workspace.all().flatMap(({ uri, text, snapshot }) => {
        const edits = movedPaths(snapshot, moves).map((edit) => ({
          range: toRange(text, edit),
          newText: edit.text,
        }));
        return edits.length === 0 ? [] : [[uri, edits] as const];
      });
      return changes.length === 0 ? null : { changes: Object.fromEntries(changes) };
    });
  },
};
