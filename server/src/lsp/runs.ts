/**
 * Runs started from an editor. Each is a child `probewright run` that owns its session and writes the session's event stream;
 * what a script does to it, or how much it prints, never reaches the server's own loop.
 */

import type { Connection } from "vscode-languageserver";

import { loaderCommand } from "../host/loader.ts";
import { startRunProcess, type RunProcess } from "../host/run-process.ts";
import { notifications, type RunArguments, type RunRefused, type RunStarted } from "../protocol.ts";
import { bpftraceEvents, bpftraceMessage } from "./bpftrace-events.ts";
import { createRunStream, type RunStream } from "./run-stream.ts";

export interface RunRequest extends RunArguments {
  /** Text as it is in the editor. */
  readonly text: string;
  readonly title: string;
  /** Name for messages: the path, when the document has one. */
  readonly script: string;
}

export interface Runs {
  readonly start: (request: RunRequest) => RunStarted | RunRefused;
  readonly stop: (run: number) => boolean;
  readonly stopAll: () => void;
}

export function createRuns(connection: Connection, executable: readonly string[]): Runs {
  const running = new Map<number, RunProcess>();
  let last = 0;
  return {
    start: (request) => {
      const refused = request.bpftrace === undefined ? refusal(request) : undefined;
      if (refused !== undefined) return refused;
      last += 1;
      const run = last;
      const { uri } = request;
      const stream = streamTo(connection, run, request);
      const reading = request.bpftrace === undefined ? ownOutput(stream) : bpftraceOutput(stream, request);
      const command =
        request.bpftrace === undefined
          ? [...executable, ...runWords(request)]
          : bpftraceWords(request.bpftrace, request);
      const child = startRunProcess(command, request.text, {
        ...reading,
        ended: (exitCode) => {
          running.delete(run);
          stream.flush();
          void connection.sendNotification(notifications.runEnded, { run, uri, exitCode });
        },
      });
      running.set(run, child);
      return { kind: "started", run, title: request.title };
    },
    stop: (run) => running.get(run)?.interrupt() ?? false,
    stopAll: () => {
      for (const child of running.values()) child.interrupt();
    },
  };
}

function streamTo(connection: Connection, run: number, { uri, streams }: RunRequest): RunStream {
  const wants = (stream: "text" | "events"): boolean => streams?.includes(stream) ?? true;
  return createRunStream({
    text: wants("text")
      ? (text) => {
          void connection.sendNotification(notifications.runOutput, { run, uri, text });
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

/** The script goes through standard input, so that what runs is what the editor shows, saved or not. */
function runWords(request: RunRequest): readonly string[] {
  const { script, probe, parameters = [], pid, mode, mapInterval, only } = request;
  return [
    "run",
    "--format=events",
    `--script-name=${script}`,
    ...(mode === undefined || mode === "run" ? [] : [`--mode=${mode}`]),
    ...(only === undefined ? [] : [`--probe-filter=^(${mode ?? ""}):(${only.map(literally).join("|")})$`]),
    ...(probe === undefined ? [] : [`--only-probe=${probe.toString()}`]),
    ...(pid === undefined ? [] : [`--pid=${pid.toString()}`]),
    ...(mapInterval === undefined ? [] : [`--map-interval=${mapInterval.toString()}`]),
    "-",
    ...parameters,
  ];
}

function literally(name: string): string {
  return name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

/** It knows nothing of single probes: the whole script runs. Named parameters stand behind `--`. */
function bpftraceWords(
  bpftrace: string,
  { pid, mode, parameters = [], streams }: RunRequest,
): readonly string[] {
  return [
    bpftrace,
    ...(streams?.includes("events") === false ? [] : ["-f", "json"]),
    ...(mode === undefined || mode === "run" ? [] : ["--mode", mode]),
    ...(pid === undefined ? [] : ["-p", pid.toString()]),
    "-",
    ...(parameters.some((word) => word.startsWith("--")) ? ["--"] : []),
    ...parameters,
  ];
}

function refusal({ script }: RunRequest): RunRefused | undefined {
  const loader = loaderCommand();
  if (loader.ok) return undefined;
  const { message, advice } = loader.error;
  const terminalCommand = process.platform === "linux" ? ["run", script] : undefined;
  return { kind: "refused", message, advice, terminalCommand };
}
