/** Starting a run as a person does it: trust, parameters, where it is shown, and what to do when it is refused. */

import { env, type ExtensionContext, Uri, window, workspace } from "vscode";

import type { RunArguments, RunRefused } from "@probewright/server/protocol";
import { type FindExecutable, sudoLine, type ServerExecutable } from "../server-location.ts";
import { runSettings } from "../settings.ts";
import { askParameters } from "./parameters.ts";
import { createResultsPanels, type ResultsPanel, type ResultsPanels } from "./results-panel.ts";
import type { RunHub, RunListener, ServerConnection } from "./run-hub.ts";
import { fileName } from "./stop-runs.ts";
import { terminalFor } from "./terminal.ts";

export interface StartRequest {
  readonly uri: Uri;
  /** Index among the script's probes; undefined for the whole script. */
  readonly probe?: number;
  readonly pid?: number;
  /** Instead of asking. */
  readonly parameters?: readonly string[];
}

export interface Runs {
  readonly start: (request: StartRequest) => Promise<void>;
  readonly panels: ResultsPanels;
}

export function createRuns(
  context: ExtensionContext,
  server: ServerConnection,
  hub: RunHub,
  executable: FindExecutable,
): Runs {
  const inTurn = createTurns();
  const panels = createResultsPanels(context, (uri) => void start({ uri }));
  const start = async (request: StartRequest): Promise<void> => {
    const { uri } = request;
    if (!(await mayRun())) return;
    // The server runs what it has open.
    const document = await workspace.openTextDocument(uri);
    const parameters =
      request.parameters ?? (await askParameters(server, context.workspaceState, document.uri.toString()));
    if (parameters === undefined) return;
    const again = { ...request, parameters };
    const { show, mapInterval, bpftrace } = runSettings(uri);
    const title = titleOf(again);
    const stop = (run: number): void => {
      void hub.stop(run);
    };
    const panel = show === "terminal" ? undefined : panels.of(uri);
    const listeners: RunListener[] = [];
    if (panel !== undefined) listeners.push(panel.listen(title, { stop, rerun: () => void start(again) }));
    if (show !== "panel") listeners.push(terminalFor(title, stop));
    const args: RunArguments = {
      uri: document.uri.toString(),
      parameters,
      streams: show === "both" ? ["text", "events"] : [show === "panel" ? "events" : "text"],
      ...(request.probe === undefined ? {} : { probe: request.probe }),
      ...(request.pid === undefined ? {} : { pid: request.pid }),
      ...(mapInterval === undefined ? {} : { mapInterval }),
      ...(bpftrace === undefined ? {} : { bpftrace }),
    };
    const answer = await inTurn(args.uri, async () => {
      await endOlder(panel, hub);
      return hub.start(args, listeners);
    });
    if (answer.kind === "refused") await refuse(answer, title, panel, executable());
  };
  return { start, panels };
}

/** @returns what does one thing of a name after the other: whoever presses a key twice starts a run, and then another instead */
function createTurns(): <Result>(name: string, act: () => Promise<Result>) => Promise<Result> {
  const last = new Map<string, Promise<unknown>>();
  return (name, act) => {
    const mine = (last.get(name) ?? Promise.resolve()).then(act, act);
    last.set(name, mine);
    return mine;
  };
}

/** One script, one panel, one run: an older one that nothing shows would go on unseen. */
async function endOlder(panel: ResultsPanel | undefined, hub: RunHub): Promise<void> {
  const older = panel?.running();
  if (older !== undefined) await hub.stop(older);
}

/** Analysis is for any folder; running what somebody else wrote wants somebody's word. */
async function mayRun(): Promise<boolean> {
  if (workspace.isTrusted) return true;
  const manage = "Manage Workspace Trust";
  const picked = await window.showWarningMessage(
    "Probewright runs scripts only in trusted workspaces. Checking works here all the same.",
    manage,
  );
  if (picked === manage) {
    const { commands } = await import("vscode");
    await commands.executeCommand("workbench.trust.manage");
  }
  return false;
}

function titleOf({ uri, probe, pid, parameters = [] }: StartRequest): string {
  return [
    fileName(uri),
    ...(probe === undefined ? [] : [`probe ${(probe + 1).toString()}`]),
    ...(pid === undefined ? [] : [`process ${pid.toString()}`]),
    ...parameters,
  ].join(" ");
}

/** Privilege is asked for in a terminal the user sees, never behind their back. */
async function refuse(
  refused: RunRefused,
  title: string,
  panel: ResultsPanel | undefined,
  executable: ServerExecutable,
): Promise<void> {
  panel?.refuse(title, refused);
  const { terminalCommand, message, advice } = refused;
  const withSudo = "Run with sudo in a Terminal";
  const copy = "Copy the Command";
  const detail = [
    `${message.charAt(0).toUpperCase()}${message.slice(1)}.`,
    ...advice.map((each) => `• ${each}`),
  ].join("\n");
  const choices = terminalCommand === undefined ? [] : [withSudo, copy];
  const picked = await window.showErrorMessage(
    "Probewright cannot run this script",
    { modal: true, detail },
    ...choices,
  );
  if (picked === undefined || terminalCommand === undefined) return;
  const line = sudoLine(executable, terminalCommand);
  if (picked === copy) {
    await env.clipboard.writeText(line);
    return;
  }
  const terminal = window.createTerminal({ name: `sudo: ${title}` });
  terminal.show();
  terminal.sendText(line);
}

/** What a command was given, or the script in front. */
export function scriptOf(given: unknown): Uri | undefined {
  if (given instanceof Uri) return given;
  if (typeof given === "string") return Uri.parse(given);
  const document = window.activeTextEditor?.document;
  if (document?.languageId === "bpftrace") return document.uri;
  return window.visibleTextEditors.find(({ document: { languageId } }) => languageId === "bpftrace")?.document
    .uri;
}
