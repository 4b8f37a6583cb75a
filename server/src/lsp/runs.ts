/**
 * Runs started from an editor. Each is a child `probewright run` that owns its session and writes the session's event stream;
 * what a script does to it, or how much it prints, never reaches the server's own loop.
 */

import type { Connection, WorkDoneProgressServerReporter } from "vscode-languageserver";

import type { EditorInput } from "../cli/compile-options.ts";
import type { RunProcess } from "../host/run-process.ts";
import type { Snapshot } from "../ide/snapshot.ts";
import {
  notifications,
  type RunArguments,
  type RunRefused,
  type RunStarted,
  type RunStartedParams,
} from "../protocol.ts";
import { bpftraceEvents, bpftraceMessage } from "./bpftrace-events.ts";
import type { OtherProgram, Runner } from "./host.ts";
import { newState, observe, type RunChange, type RunState } from "./run-states.ts";
import { createRunStream, type RunStream } from "./run-stream.ts";

export interface RunRequest extends RunArguments {
  /** Text as it is in the editor. */
  readonly text: string;
  readonly title: string;
  /** Name for messages: the path, when the document has one. */
  readonly script: string;
  readonly snapshot: Snapshot | undefined;
  readonly unsafe: boolean;
  readonly includeDirectories: readonly string[];
  /** Other files that are open, by path: what the script imports runs as the editor shows it. */
  readonly openFiles: Readonly<Record<string, string>>;
  /** Those that it imports and that are not saved, by name. */
  readonly unsaved: readonly string[];
}

export interface Runs {
  readonly start: (request: RunRequest) => RunStarted | RunRefused;
  /** @returns whether it is running */
  readonly stop: (run: number) => boolean;
  /** @returns whether any was running */
  readonly stopAll: () => boolean;
  /** The last run of a script. */
  readonly of: (uri: string) => RunState | undefined;
}

export interface RunsOptions {
  readonly connection: Connection;
  readonly runner: Runner | undefined;
  /** The client shows output itself; others get it in their log, and see the run as progress. */
  readonly clientShowsRuns: () => boolean;
  /** Shows a run that can be stopped, in clients that show progress. */
  readonly progress: (title: string) => Promise<WorkDoneProgressServerReporter> | undefined;
  /** What is shown of the script is out of date. */
  readonly changed: (uri: string, what: RunChange) => void;
}

export function createRuns(options: RunsOptions): Runs {
  const { connection, runner } = options;
  const running = new Map<number, RunProcess>();
  const states = new Map<string, RunState>();
  let last = 0;
  const stop = (run: number): boolean => {
    const child = running.get(run);
    for (const state of states.values()) if (state.run === run) state.stopped = true;
    return child?.interrupt() ?? false;
  };
  const start = (request: RunRequest): RunStarted | RunRefused => {
    const refused = request.bpftrace === undefined ? refusal(request, runner) : undefined;
    if (refused !== undefined || runner === undefined) return refused ?? nowhere;
    last += 1;
    const run = last;
    const { uri, title } = request;
    const state = newState({ ...request, probe: request.probe, run });
    states.set(uri, state);
    const started: RunStartedParams = { kind: "started", run, title, uri, ...probeOf(request) };
    void connection.sendNotification(notifications.runStarted, started);
    const stream = streamTo(options, run, request, state);
    const reading = request.bpftrace === undefined ? ownOutput(stream) : bpftraceOutput(stream, request);
    const words = request.bpftrace === undefined ? runWords(request) : bpftraceWords(request);
    const progress = showProgress(options, request, () => stop(run));
    const handlers = {
      ...reading,
      ended: (exitCode: number) => {
        running.delete(run);
        state.phase = "ended";
        state.exitCode = exitCode;
        stream.flush();
        progress.done();
        void connection.sendNotification(notifications.runEnded, { run, uri, exitCode });
        if (!options.clientShowsRuns()) {
          connection.console.info(`${title} ended with status ${exitCode}`);
        }
        options.changed(uri, "findings");
      },
    };
    running.set(run, runner.start(words, inputOf(request), handlers, otherProgram(request)));
    if (request.bpftrace !== undefined && request.unsaved.length > 0) handlers.stderr(unsavedNote(request));
    options.changed(uri, "findings");
    return { kind: "started", run, title };
  };
  return {
    start,
    stop,
    stopAll: () => {
      const runs = [...running.keys()];
      for (const run of runs) stop(run);
      return runs.length > 0;
    },
    of: (uri) => states.get(uri),
  };
}

const nowhere: RunRefused = {
  kind: "refused",
  message: "scripts do not run in a browser",
  advice: ["open the folder on the machine you want to trace"],
  terminalCommand: undefined,
};

function probeOf({ probe }: RunRequest): { readonly probe?: number } {
  return probe === undefined ? {} : { probe };
}

function showProgress(
  { clientShowsRuns, progress }: RunsOptions,
  { title }: RunRequest,
  stop: () => void,
): { readonly done: () => void } {
  const made = clientShowsRuns() ? undefined : progress(`Running ${title}`);
  let ended = false;
  void made?.then((reporter) => {
    reporter.begin(`Running ${title}`, undefined, undefined, true);
    reporter.token.onCancellationRequested(stop);
    if (ended) reporter.done();
  });
  return {
    done: () => {
      ended = true;
      void made?.then((reporter) => {
        reporter.done();
      });
    },
  };
}

function streamTo(options: RunsOptions, run: number, request: RunRequest, state: RunState): RunStream {
  const { connection, clientShowsRuns, changed } = options;
  const { uri, streams } = request;
  const wants = (stream: "text" | "events"): boolean => streams?.includes(stream) ?? true;
  return createRunStream({
    observe: (event) => {
      const what = observe(state, event);
      if (what !== undefined) changed(uri, what);
    },
    text: wants("text")
      ? (text) => {
          void connection.sendNotification(notifications.runOutput, { run, uri, text });
          if (!clientShowsRuns()) connection.console.log(text.replace(/\n$/, ""));
        }
      : undefined,
    events: wants("events")
      ? (events, skipped) => {
          void connection.sendNotification(notifications.runEvents, { run, uri, events, skipped });
        }
      : undefined,
  });
}

interface Reading {
  readonly line: (line: string) => void;
  readonly stderr: (text: string) => void;
}

/** What is not an event, such as the compiler's messages, is text; a display of events gets it as one. */
function ownOutput(stream: RunStream): Reading {
  return {
    line: stream.line,
    stderr: (text) => {
      stream.event({ kind: "said", text, terminal: text });
    },
  };
}

function bpftraceOutput(stream: RunStream, { streams }: RunRequest): Reading {
  const asText = (text: string): void => {
    stream.event({ kind: "said", text, terminal: text });
  };
  const plain = streams?.includes("events") === false;
  return {
    line: (line) => {
      const events = plain ? undefined : bpftraceEvents(line);
      if (events === undefined) asText(`${line}\n`);
      else for (const event of events) stream.event(event);
    },
    stderr: (text) => {
      for (const line of text.split("\n").filter((each) => each !== "")) {
        const event = bpftraceMessage(line);
        if (event === undefined) asText(`${line}\n`);
        else stream.event(event);
      }
    },
  };
}

/** How often maps are read for hints in the text, unless the client says. */
const MAP_INTERVAL_MS = 500;

/** It sees the script as standard input: what that imports is relative to where it runs. */
function otherProgram({ bpftrace, script }: RunRequest): OtherProgram | undefined {
  if (bpftrace === undefined) return undefined;
  return { path: bpftrace, folder: script.startsWith("/") ? folderOf(script) : undefined };
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(1, path.lastIndexOf("/")));
}

/** What another program imports it takes from the disk. */
function inputOf({ bpftrace, text, openFiles }: RunRequest): string {
  return bpftrace === undefined ? JSON.stringify({ text, files: openFiles } satisfies EditorInput) : text;
}

function unsavedNote({ unsaved }: RunRequest): string {
  return `bpftrace reads ${unsaved.join(", ")} from the disk, without the changes that are not saved\n`;
}

/** The script goes through standard input, so that what runs is what the editor shows, saved or not. */
function runWords(request: RunRequest): readonly string[] {
  const { script, probe, parameters = [], pid, mode, mapInterval = MAP_INTERVAL_MS, unsafe, only } = request;
  const { includeDirectories } = request;
  return [
    "run",
    "--format=events",
    `--script-name=${script}`,
    "--open-files",
    ...includeDirectories.flatMap((folder) => ["-I", folder]),
    ...(mode === undefined || mode === "run" ? [] : [`--mode=${mode}`]),
    ...(only === undefined ? [] : [`--probe-filter=^(${mode ?? ""}):(${only.map(literally).join("|")})$`]),
    ...(probe === undefined ? [] : [`--only-probe=${probe.toString()}`]),
    ...(pid === undefined ? [] : [`--pid=${pid.toString()}`]),
    ...(mapInterval > 0 ? [`--map-interval=${mapInterval.toString()}`] : []),
    ...(unsafe ? ["--unsafe"] : []),
    "-",
    ...parameters,
  ];
}

function literally(name: string): string {
  return name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

/** It knows nothing of single probes: the whole script runs. Named parameters stand behind `--`. */
function bpftraceWords({
  pid,
  mode,
  parameters = [],
  streams,
  includeDirectories,
}: RunRequest): readonly string[] {
  return [
    ...includeDirectories.flatMap((folder) => ["-I", folder]),
    ...(streams?.includes("events") === false ? [] : ["-f", "json"]),
    ...(mode === undefined || mode === "run" ? [] : ["--mode", mode]),
    ...(pid === undefined ? [] : ["-p", pid.toString()]),
    "-",
    ...(parameters.some((word) => word.startsWith("--")) ? ["--"] : []),
    ...parameters,
  ];
}

function refusal({ script }: RunRequest, runner: Runner | undefined): RunRefused | undefined {
  if (runner === undefined) return nowhere;
  const obstacle = runner.obstacle();
  if (obstacle === undefined) return undefined;
  const { message, advice, rootHelps } = obstacle;
  const terminalCommand = rootHelps === true ? runner.terminalCommand(script) : undefined;
  return { kind: "refused", message, advice, terminalCommand };
}
