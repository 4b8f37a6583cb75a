/** Which `probewright` to start: the configured one, or the one that came with the extension. */

import { join } from "node:path";

import { type ExtensionContext, workspace } from "vscode";

export interface ServerExecutable {
  readonly command: string;
  readonly args: readonly string[];
  /** What must be in its environment. */
  readonly env: Readonly<Record<string, string>>;
}

/** As it is set at the time of the call: settings may come after the extension, and change. */
export type FindExecutable = () => ServerExecutable;

export function serverExecutable(context: ExtensionContext): ServerExecutable {
  const configured = workspace.getConfiguration("probewright").get<string>("server.path", "");
  if (configured !== "") return { command: configured, args: [], env: {} };
  return {
    command: process.execPath,
    args: [join(context.extensionPath, "dist", "server-root", "server", "bin", "probewright")],
    // On a desktop the extension's program is Electron, which is Node only when told so.
    env: process.versions["electron"] === undefined ? {} : { ELECTRON_RUN_AS_NODE: "1" },
  };
}

/** The same command as a line for a shell, with root's privilege. */
export function sudoLine({ command, args, env }: ServerExecutable, words: readonly string[]): string {
  const settings = Object.entries(env).map(([name, value]) => `${name}=${value}`);
  const through = settings.length === 0 ? [] : ["env", ...settings];
  return ["sudo", ...through, command, ...args, ...words].map(quoteForShell).join(" ");
}

function quoteForShell(word: string): string {
  return /^[\w./:=@%+-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
