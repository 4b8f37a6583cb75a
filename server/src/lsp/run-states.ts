/** What each script's last run is doing or has come to: for lenses, hints, diagnostics and views. */

import type { Snapshot } from "../ide/snapshot.ts";
import { incompleteKinds, type RunEvent } from "../protocol.ts";
import { spellEntry } from "./live-values.ts";
import { lossesOf, noteFindings, text, type RunFinding } from "./run-findings.ts";

/** A map as it was read last. */
export interface LiveMap {
  readonly name: string;
  /** Each in one line, e.g. `bash: 12`; the largest last. */
  readonly entries: readonly string[];
  /** Entries that are not among them. */
  readonly omitted: number;
}

export interface RunState {
  readonly run: number;
  readonly uri: string;
  readonly title: string;
  /** Index of the probe that runs alone. */
  readonly probe: number | undefined;
  /** The script as it was when the run began; undefined when it had been closed. */
  readonly snapshot: Snapshot | undefined;
  /** Name of the script in positions. */
  readonly script: string;
  phase: "starting" | "running" | "ended";
  probes: number;
  exitCode: number | undefined;
  stopped: boolean;
  lines: number;
  lost: number;
  readonly output: OutputTail;
  readonly maps: Map<string, LiveMap>;
  readonly findings: Map<string, RunFinding>;
  verifierLog: string;
}

/** Most characters of output that are kept for the view. */
const MOST_OUTPUT = 256 * 1024;

export interface OutputTail {
  readonly add: (text: string) => void;
  readonly text: () => string;
}

function createOutputTail(): OutputTail {
  let kept = "";
  let dropped = false;
  return {
    add: (text) => {
      kept += text;
      if (kept.length <= 2 * MOST_OUTPUT) return;
      kept = kept.slice(-MOST_OUTPUT);
      dropped = true;
    },
    text: () => (dropped ? `[earlier output is not kept]\n${kept}` : kept),
  };
}

/** What an event made out of date: lenses, hints, or diagnostics and lenses. */
export type RunChange = "state" | "maps" | "findings";

export function observe(state: RunState, event: RunEvent): RunChange | undefined {
  if (typeof event["terminal"] === "string") {
    state.output.add(event["terminal"]);
    for (let at = event["terminal"].indexOf("\n"); at !== -1; at = event["terminal"].indexOf("\n", at + 1)) {
      state.lines += 1;
    }
  }
  switch (event.kind) {
    case "attached":
      state.phase = "running";
      state.probes = Number(event["probes"] ?? 0);
      return "state";
    case "map":
    case "map-values":
      return noteMap(state, event);
    case "verifier":
      state.verifierLog += `${text(event["program"])}:\n${text(event["log"])}\n`;
      return noteFindings(state, event) ? "findings" : undefined;
    case "loss":
      state.lost += lossesOf(event)
        .filter(({ lossKind }) => !incompleteKinds.has(text(lossKind)))
        .reduce((sum, { lost }) => sum + Number(lost ?? 0), 0);
      noteFindings(state, event);
      return "findings";
    default:
      return noteFindings(state, event) ? "findings" : undefined;
  }
}

/** Entries shown of one map. */
const MOST_ENTRIES = 1000;

function noteMap(state: RunState, event: RunEvent): RunChange | undefined {
  const { name, entries } = event;
  if (typeof name !== "string" || !Array.isArray(entries)) return undefined;
  const spelt = (entries as readonly unknown[]).slice(-MOST_ENTRIES).map(spellEntry);
  const omitted = Number(event["omitted"] ?? 0) + entries.length - spelt.length;
  state.maps.set(name, { name, entries: spelt, omitted });
  return "maps";
}

/** Of a run that has just been asked for. */
export function newState({
  run,
  uri,
  title,
  probe,
  snapshot,
  script,
}: Pick<RunState, "run" | "uri" | "title" | "probe" | "snapshot" | "script">): RunState {
  return {
    run,
    uri,
    title,
    probe,
    snapshot,
    script,
    phase: "starting",
    probes: 0,
    exitCode: undefined,
    stopped: false,
    lines: 0,
    lost: 0,
    output: createOutputTail(),
    maps: new Map(),
    findings: new Map(),
    verifierLog: "",
  };
}
