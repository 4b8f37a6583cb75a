/**
 * Runs started from an editor. Each is a child `probewright run` that owns its session and writes the session's event stream;
 * what a script does to it, or how much it prints, never reaches the server's own loop.
 */

import type { Connection } from "vscode-languageserver";

import { loaderCommand } from "../host/loader.ts";
import { startRunProcess, type RunProcess } from "../host/run-process.ts";
import { notifications, type RunRefused, type RunStarted } from "../protocol.ts";

export interface RunRequest {
  readonly uri: string;
  /** Text as it is in the editor. */
  readonly text: string;
  readonly title: string;
  /** Name for messages: the path, when the document has one. */
  readonly script: string;
  /** Keep only this probe, by its index among the probes. */
  readonly probe: number | undefined;
  readonly parameters: readonly string[];
  readonly pid: number | undefined;
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
      const refused = refusal(request);
      if (refused !== undefined) return refused;
      last += 1;
      const run = last;
      const { uri } = request;
      const say = (text: string): void => {
        void connection.sendNotification(notifications.runOutput, { run, uri, text });
      };
      const child = startRunProcess([...executable, ...runWords(request)], request.text, {
        line: (line) => {
          const event = parseEvent(line);
          if (event === undefined) return;
          if ("terminal" in event && typeof event.terminal === "string") say(event.terminal);
          void connection.sendNotification(notifications.runEvent, { run, uri, event });
        },
        stderr: say,
        ended: (exitCode) => {
          running.delete(run);
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

/** The script goes through standard input, so that what runs is what the editor shows, saved or not. */
function runWords({ script, probe, parameters, pid }: RunRequest): readonly string[] {
  return [
    "run",
    "--format=events",
    `--script-name=${script}`,
    ...(probe === undefined ? [] : [`--only-probe=${probe.toString()}`]),
    ...(pid === undefined ? [] : [`--pid=${pid.toString()}`]),
    "-",
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

function parseEvent(line: string): { readonly kind: string } | undefined {
  try {
    const event: unknown = JSON.parse(line);
    const isEvent =
      typeof event === "object" && event !== null && "kind" in event && typeof event.kind === "string";
    return isEvent ? (event as { readonly kind: string }) : undefined; // checked on the line above
  } catch {
    return undefined;
  }
}
