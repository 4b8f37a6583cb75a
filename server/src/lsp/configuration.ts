/** Settings by folder: asked of clients that can answer, sent by those that cannot. */

import type { ClientCapabilities, Connection, WorkspaceFolder } from "vscode-languageserver";

import { defaultSettings, readSettings, type Settings } from "../settings/read.ts";
import type { Log } from "./log.ts";

export interface Configuration {
  readonly start: (
    capabilities: ClientCapabilities,
    given: unknown,
    folders: readonly WorkspaceFolder[],
  ) => void;
  readonly folders: () => readonly WorkspaceFolder[];
  readonly changeFolders: (
    added: readonly WorkspaceFolder[],
    removed: readonly WorkspaceFolder[],
  ) => Promise<void>;
  /** The innermost folder that holds a document. */
  readonly folderOf: (uri: string) => WorkspaceFolder | undefined;
  readonly of: (uri: string | undefined) => Settings;
  /** Asks the client anew, or takes what it sent. */
  readonly refresh: (sent: unknown) => Promise<void>;
}

/** @param defaults what the command line says; settings come before it */
export function createConfiguration(
  connection: Connection,
  log: Log,
  defaults: Pick<Settings, "kernels">,
): Configuration {
  let folders: readonly WorkspaceFolder[] = [];
  let asks = false;
  let common: Settings = { ...defaultSettings(), ...defaults };
  const byFolder = new Map<string, Settings>();

  const take = (given: unknown): Settings => {
    const { settings, problems } = readSettings(given);
    for (const problem of problems) log.warn(problem);
    const says = typeof given === "object" && given !== null && "kernels" in given;
    return says ? settings : { ...settings, ...defaults };
  };
  const ask = async (): Promise<void> => {
    const items = [
      { section: "probewright" },
      ...folders.map(({ uri }) => ({ scopeUri: uri, section: "probewright" })),
    ];
    const answers: readonly unknown[] = await connection.workspace.getConfiguration(items);
    common = take(answers[0]);
    byFolder.clear();
    for (const [index, { uri }] of folders.entries()) byFolder.set(uri, take(answers[index + 1]));
  };
  const folderOf = (uri: string): WorkspaceFolder | undefined =>
    folders
      .filter((folder) => uri === folder.uri || uri.startsWith(`${folder.uri.replace(/\/$/, "")}/`))
      .sort((left, right) => right.uri.length - left.uri.length)[0];
  return {
    start: (capabilities, given, initial) => {
      asks = capabilities.workspace?.configuration === true;
      folders = initial;
      if (given !== undefined) common = take(given);
    },
    folders: () => folders,
    changeFolders: async (added, removed) => {
      const gone = new Set([...added, ...removed].map(({ uri }) => uri));
      folders = [...folders.filter(({ uri }) => !gone.has(uri)), ...added];
      if (asks) await ask();
    },
    folderOf,
    of: (uri) => byFolder.get((uri === undefined ? undefined : folderOf(uri))?.uri ?? "") ?? common,
    refresh: async (sent) => {
      if (asks) return ask();
      const section =
        typeof sent === "object" && sent !== null && "probewright" in sent ? sent.probewright : sent;
      if (section !== undefined && section !== null) common = take(section);
    },
  };
}
