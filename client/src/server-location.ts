/** Which `probewright` to start: the configured one, or the one that came with the extension. */

import { join } from "node:path";

import { type ExtensionContext, workspace } from "vscode";

export interface ServerExecutable {
  readonly command: string;
  readonly args: readonly string[];
}

export function serverExecutable(context: ExtensionContext): ServerExecutable {
  const configured = workspace.getConfiguration("probewright").get<string>("server.path", "");
  if (configured !== "") return { command: configured, args: [] };
  return {
    command: process.execPath,
    args: [join(context.extensionPath, "dist", "server-root", "server", "bin", "probewright")],
  };
}
