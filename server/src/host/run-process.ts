/** A child `probewright run`: lines of its event stream, what it says on standard error, and its end. */

import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

export interface RunProcessHandlers {
  /** One line of standard output. */
  readonly line: (text: string) => void;
  readonly stderr: (text: string) => void;
  readonly ended: (code: number) => void;
}

export interface RunProcess {
  /** As Ctrl-C: the run detaches, prints its maps and ends. */
  readonly interrupt: () => boolean;
}

const KILLED = 255;

/** @param command program and arguments, run in `folder`; `input` becomes its standard input */
export function startRunProcess(
  command: readonly string[],
  input: string,
  folder: string | undefined,
  handlers: RunProcessHandlers,
): RunProcess {
  const [program = process.execPath, ...args] = command;
  const child = spawn(program, args, { stdio: ["pipe", "pipe", "pipe"], cwd: folder });
  createInterface({ input: child.stdout }).on("line", handlers.line);
  child.stderr.on("data", (chunk: Buffer) => {
    handlers.stderr(chunk.toString("utf8"));
  });
  child.on("error", (error) => {
    handlers.stderr(`cannot start ${program}: ${error.message}\n`);
  });
  child.on("close", (code) => {
    handlers.ended(code ?? KILLED);
  });
  // A child that ended early closes its input; its end tells more.
  child.stdin.on("error", () => undefined);
  child.stdin.end(input);
  return { interrupt: () => child.kill("SIGINT") };
}
