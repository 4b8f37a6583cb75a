/** The `probewright` executable: finds the verb, reads its options, runs it. */

import { isatty } from "node:tty";

import { commandLine, OUR_FAULT } from "./cli/command-line.ts";
import { reasonOf } from "./host/output.ts";

const terminals = [0, 1, 2].filter((descriptor) => isatty(descriptor));

/** Node aborts when it cannot put a terminal back in order; so this ends as what a closed terminal leaves behind does. */
function leaveClosedTerminal(): void {
  if (terminals.every((descriptor) => isatty(descriptor))) return;
  process.removeAllListeners("SIGHUP");
  process.kill(process.pid, "SIGHUP");
}

/** What the environment asks for; else color where all that is written goes to a terminal. */
function wantsColor(): boolean {
  const asked = process.env["BPFTRACE_COLOR"];
  if (asked === "always" || asked === "never") return asked === "always";
  if (asked !== undefined && asked !== "auto")
    process.stderr.write(`warning: BPFTRACE_COLOR is '${asked}': one of auto, always, never\n`);
  return process.env["NO_COLOR"] === undefined && process.stdout.isTTY && process.stderr.isTTY;
}

// A reader that has seen enough closes the pipe; that is no fault of anybody.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  leaveClosedTerminal();
  if (error.code === "EPIPE") process.exit(0);
  process.stderr.write(`probewright: cannot write the output: ${reasonOf(error)}\n`);
  process.exit(1);
});
// Who does not read what is said misses it; the work goes on.
process.stderr.on("error", () => undefined);

void commandLine(process.argv.slice(2), {
  out: (text) => {
    process.stdout.write(text);
  },
  err: (text) => {
    process.stderr.write(text);
  },
  env: process.env,
  color: wantsColor(),
}).then((code) => {
  leaveClosedTerminal();
  // What was under way then, a loader with probes attached perhaps, would go on for ever.
  if (code === OUR_FAULT) process.exit(code);
  process.exitCode = code;
});
