/** `textDocument/codeLens`. */

import type { Item } from "@probewright/compiler";
import {
  LSPErrorCodes,
  ResponseError,
  type CancellationToken,
  type CodeLens,
  type CodeLensParams,
  type Command,
} from "vscode-languageserver";

import { codeLenses, type Lens, type LensAction, type LensRun } from "../../ide/code-lens.ts";
import { hasProbeCode, probeCode } from "../../ide/probe-code.ts";
import type { Snapshot } from "../../ide/snapshot.ts";
import { commands, viewUri, type RunArguments, type ViewRequest } from "../../protocol.ts";
import type { OpenDocument } from "../documents.ts";
import type { RunState } from "../run-states.ts";
import { toRange } from "../to-proto.ts";
import { about, type Feature, type FeatureContext } from "./feature.ts";

export const codeLens: Feature = {
  name: "code lenses",
  does: "Above each probe: run it, its stack, its instructions, how many places it attaches to.",
  requests: ["textDocument/codeLens"],
  test: "server/src/ide/code-lens.test.ts",
  capabilities: { codeLensProvider: { resolveProvider: false } },
  register: (connection, context) => {
    const answer = about<CodeLensParams, CodeLens[]>(context, [], (document) => {
      const { lensRun, lensCost } = context.settings(document.uri);
      const state = context.runs.of(document.uri);
      const lenses = codeLenses(document.snapshot, {
        run: lensRun,
        cost: lensCost,
        measured: context.measures.of,
        lastRun: state === undefined ? undefined : lensRunOf(state),
      });
      return lenses.map((lens) => toCodeLens(document, lens, context.clientRunsCommands()));
    });
    connection.onCodeLens(async (params, token) => {
      const { uri } = params.textDocument;
      if (context.settings(uri).lensCost) await planProbes(context, uri, token);
      if (token.isCancellationRequested)
        return new ResponseError(LSPErrorCodes.RequestCancelled, "cancelled");
      return answer(params);
    });
  },
};

/** Plans the probes one by one, with room for other requests in between; edits meanwhile are followed. */
async function planProbes(
  { documents, pace }: FeatureContext,
  uri: string,
  token: CancellationToken,
): Promise<void> {
  const current = (): Snapshot | undefined => documents.get(uri)?.snapshot;
  for (let snapshot = current(), next = 0; snapshot !== undefined && !token.isCancellationRequested; ) {
    const items = snapshot.script.items;
    while (next < items.length && !isToPlan(snapshot, items[next]?.item)) next += 1;
    const item = items[next]?.item;
    if (item === undefined) return;
    probeCode(snapshot, item);
    await pace.turn();
    if (snapshot === current()) continue;
    snapshot = current();
    next = 0;
  }
}

function isToPlan(snapshot: Snapshot, item: Item | undefined): boolean {
  return item?.kind === "probe" && !hasProbeCode(snapshot, item);
}

function lensRunOf(state: RunState): LensRun {
  const { run, probe, phase, exitCode, stopped, lines, lost, probes } = state;
  const spell = (count: number): string => count.toLocaleString("en");
  const printed = `${spell(lines)} ${lines === 1 ? "line" : "lines"}`;
  const words =
    phase === "starting"
      ? ["starting"]
      : phase === "running"
        ? // Lenses are not drawn anew for each line: a count of lines would be an old one.
          [`${probes} attached`]
        : [stopped ? "stopped" : `exit ${exitCode ?? 0}`, printed];
  return {
    run,
    probe,
    isRunning: phase !== "ended",
    result: [...words, ...(lost > 0 ? [`${spell(lost)} lost`] : [])].join(", "),
  };
}

/** A client that shows runs itself says so; others get the server's own commands, which work anywhere. */
function toCodeLens({ uri, text }: OpenDocument, lens: Lens, clientRuns: boolean): CodeLens {
  const { title, action } = lens;
  const command: Omit<Command, "title"> =
    action === undefined ? { command: "" } : clientRuns ? ofClient(uri, action) : ofServer(uri, action);
  return { range: toRange(text, lens.span), command: { title, ...command } };
}

function ofServer(uri: string, action: LensAction): Omit<Command, "title"> {
  switch (action.kind) {
    case "run-probe":
      return runCommand({ uri, probe: action.probe });
    case "run-script":
      return runCommand({ uri });
    case "stop":
      return { command: commands.stop, arguments: [action.run] };
    case "view": {
      const request: ViewRequest = { uri, kind: action.view };
      return { command: commands.view, arguments: [request] };
    }
  }
}

function runCommand(args: RunArguments): Omit<Command, "title"> {
  return { command: commands.run, arguments: [args] };
}

function ofClient(uri: string, action: LensAction): Omit<Command, "title"> {
  switch (action.kind) {
    case "run-probe":
      return { command: "probewright.runProbe", arguments: [uri, action.probe] };
    case "run-script":
      return { command: "probewright.runScript", arguments: [uri] };
    case "stop":
      return { command: "probewright.stopRun", arguments: [action.run] };
    case "view":
      return { command: "probewright.openView", arguments: [viewUri({ kind: action.view, subject: uri })] };
  }
}
