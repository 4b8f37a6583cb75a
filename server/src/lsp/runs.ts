/**
 * Runs started from an editor. Each is a child `probewright run` that owns its session and writes the session's event stream;
 * what a script does to it, or how much it prints, never reaches the server's own loop.
 */

import { spawn, type ChildProcess } from "node:child_process";
import { createInterface } from "node:readline";

import type { Connection } from "vscode-languageserver";

import { loaderCommand } from "../host/loader.ts";
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
  const children = new Map<number, ChildProcess>();
  let last = 0;
  return {
    start: (request) => {
      const refused = refusal(request);
      if (refused !== undefined) return refused;
      last += 1;
      const run = last;
      const [program = process.execPath, ...args] = executable;
      const child = spawn(program, [...args, ...runWords(request)], { stdio: ["pipe", "pipe", "pipe"] });
      children.set(run, child);
      forward(connection, child, run, request.uri);
      child.on("close", (code) => {
        children.delete(run);
        void connection.sendNotification(notifications.runEnded, {
          run,
          uri: request.uri,
          exitCode: code ?? 255,
        });
      });
      child.stdin.on("error", () => undefined);
      child.stdin.end(request.text);
      return { kind: "started", run, title: request.title };
    },
    stop: (run) => children.get(run)?.kill("SIGINT") ?? false,
    stopAll: () => {
      for (const child of children.values()) child.kill("SIGINT");
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

function forward(connection: Connection, child: ChildProcess, run: number, uri: string): void {
  if (child.stdout === null || child.stderr === null) return;
  createInterface({ input: child.stdout }).on("line", (line) => {
    const event = parseEvent(line);
    if (event === undefined) return;
    if ("terminal" in event && typeof event.terminal === "string") {
      void connection.sendNotification(notifications.runOutput, { run, uri, text: event.terminal });
    }
    void connection.sendNotification(notifications.runEvent, { run, uri, event });
  });
  child.stderr.on("data", (chunk: Buffer) => {
    void connection.sendNotification(notifications.runOutput, { run, uri, text: chunk.toString("utf8") });
  });
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
