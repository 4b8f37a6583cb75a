/** Files that scripts are made from: saved, changed by others, or typed into in the editor. */

import type { FactRequest } from "@probewright/compiler";
import { FileChangeType, type Connection } from "vscode-languageserver";

import type { Checking } from "./checking.ts";
import { readsFiles, type Concerns } from "./concluding.ts";
import type { Documents } from "./documents.ts";
import { takesCompiler, type Kernels } from "./kernels.ts";
import type { OpenImports } from "./open-imports.ts";
import type { Refresher } from "./refresh.ts";
import { pathOfUri } from "./uris.ts";
import type { WorkspaceDocuments } from "./workspace-documents.ts";
import type { WorkspaceScripts } from "./workspace-scripts.ts";

/** What has to know of them. */
export interface Following {
  readonly kernels: Kernels;
  readonly documents: Documents;
  readonly workspace: WorkspaceDocuments;
  readonly scripts: WorkspaceScripts;
  readonly openImports: OpenImports;
  readonly checking: Checking;
  readonly refresher: Refresher;
}

/** Scripts that import what somebody types are looked at again. */
export function importChanged(
  { openImports, documents, workspace, checking }: Following,
  changed: string,
): void {
  if (!openImports.isAsked(changed)) return;
  workspace.forget(readsFiles);
  for (const uri of documents.uris()) {
    if (uri !== changed && /\bimport\b/.test(documents.textOf(uri) ?? "")) checking.outdated(uri);
  }
}

/** Requests that are answered from scripts of the workspace. */
const fromScripts: ReadonlySet<FactRequest["kind"]> = new Set(["import"]);

/** @param readProfiles opens them anew, and looks at all scripts again */
export function followFiles(connection: Connection, following: Following, readProfiles: () => void): void {
  const { kernels, checking, scripts, openImports, refresher } = following;
  /** A script that nothing imports concerns itself alone. */
  const isRead = (uri: string): boolean => !uri.endsWith(".bt") || openImports.isAsked(uri);
  const read = (concerns: Concerns): void => {
    scripts.forget();
    kernels.forget(({ kind }) => fromScripts.has(kind));
    checking.again(concerns);
    refresher.diagnostics();
  };
  connection.onDidChangeWatchedFiles(({ changes: all }) => {
    const changes = all.filter(({ uri }) => !uri.endsWith(".profile"));
    if (changes.length < all.length) readProfiles();
    if (changes.length === 0) return;
    // One that is made or deleted may be in a folder that others import.
    const some = changes.some(({ type, uri }) => type !== FileChangeType.Changed || isRead(uri));
    read(some ? readsFiles : () => false);
  });
  connection.onDidSaveTextDocument(({ textDocument: { uri } }) => {
    const path = pathOfUri(uri);
    kernels.forget((each) => takesCompiler(each) && each.from === path);
    kernels.saved(path);
    read((script) => readsFiles(script) && (script.uri === uri || isRead(uri)));
  });
}
