/** What each script's last run is doing or has come to: for lenses, hints, diagnostics and views. */

import type { Snapshot } from "../ide/snapshot.ts";
import type { RunEvent } from "../protocol.ts";

/** A place in the script as it was run; lines and UTF-16 columns from 0. */
export interface RunPlace {
  readonly startLine: number;
  readonly startColumn: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** Something a run found out about a place of the script. */
export interface RunFinding {
  readonly kind: "lost" | "refused" | "failed" | "said";
  readonly severity: "error" | "warning";
  readonly message: string;
  readonly place: RunPlace;
}

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

export function createOutputTail(): OutputTail {
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
    case "loss":
      return noteLosses(state, event["losses"]);
    case "verifier":
      state.verifierLog += `${text(event["program"])}:\n${text(event["log"])}\n`;
      return noteVerifier(state, event);
    case "failed":
      return note(state, "failed", "error", text(event["message"]), event["position"]);
    case "runtime-error":
      return note(state, "failed", "error", text(event["message"]), event["position"]);
    case "message":
      return note(
        state,
        "said",
        event["severity"] === "error" ? "error" : "warning",
        text(event["text"]).trimEnd(),
        event["position"],
      );
    case "notice":
      if (event["severity"] !== "warning") return undefined;
      return note(state, "failed", "warning", text(event["message"]), event["position"]);
    default:
      return undefined;
  }
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function note(
  state: RunState,
  kind: RunFinding["kind"],
  severity: RunFinding["severity"],
  message: string,
  position: unknown,
): RunChange | undefined {
  const place = placeOf(state, position);
  if (place === undefined || message === "") return undefined;
  const key = `${kind} ${place.startLine} ${place.startColumn}`;
  state.findings.set(key, { kind, severity, message, place });
  return "findings";
}

/** Undefined for places in other files. */
function placeOf(state: RunState, position: unknown): RunPlace | undefined {
  if (typeof position !== "object" || position === null) return undefined;
  const { file, startLine, startColumn, endLine, endColumn } = position as Readonly<Record<string, unknown>>;
  if (file !== state.script) return undefined;
  if (typeof startLine !== "number" || typeof startColumn !== "number") return undefined;
  if (typeof endLine !== "number" || typeof endColumn !== "number") return undefined;
  return { startLine, startColumn, endLine, endColumn };
}

function noteLosses(state: RunState, losses: unknown): RunChange | undefined {
  if (!Array.isArray(losses)) return undefined;
  for (const loss of losses as readonly unknown[]) {
    if (typeof loss !== "object" || loss === null) continue;
    const { site, lossKind, position, lostTotal, lost } = loss as Readonly<Record<string, unknown>>;
    state.lost += Number(lost ?? 0);
    note(
      state,
      "lost",
      "warning",
      `lost ${String(lostTotal)} at ${text(site)} (${text(lossKind)})`,
      position,
    );
  }
  return "findings";
}

/** The line that the verifier was at, when its log tells lines; else the probe. */
function noteVerifier(state: RunState, event: RunEvent): RunChange | undefined {
  const line = verifierLine(text(event["log"]), state.script);
  const place =
    line === undefined
      ? event["position"]
      : {
          file: state.script,
          startLine: line,
          startColumn: 0,
          endLine: line,
          endColumn: Number.MAX_SAFE_INTEGER,
        };
  return note(state, "refused", "error", text(event["message"]), place);
}

/** The last `; SOURCE @ FILE:LINE` of the log, counted from 0. */
export function verifierLine(log: string, script: string): number | undefined {
  const name = script.split("/").at(-1) ?? script;
  for (const line of log.split("\n").reverse()) {
    const match = /^\s*;.* @ (.+):(\d+)\s*$/.exec(line);
    if (match?.[1]?.split("/").at(-1) === name) return Number(match[2]) - 1;
  }
  return undefined;
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

function spellEntry(entry: unknown): string {
  if (typeof entry !== "object" || entry === null) return "";
  const { key, text: value } = entry as Readonly<Record<string, unknown>>;
  const line = text(value)
    .trim()
    .replace(/\s*\n[^]*$/, " …");
  return typeof key === "string" ? `${key}: ${line}` : line;
}
