/** The `probewright` executable: finds the verb, reads its options, runs it. */

import { commandLine } from "./cli/command-line.ts";

// A reader that has seen enough closes the pipe; that is no fault of anybody.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(0);
  throw error;
});

void commandLine(process.argv.slice(2), {
  out: (text) => {
    process.stdout.write(text);
  },
  err: (text) => {
    process.stderr.write(text);
  },
  env: process.env,
  color: process.env["NO_COLOR"] === undefined && process.stderr.isTTY,
}).then((code) => {
  process.exitCode = code;
});
