/** What signals do to a run. */

import { constants } from "node:os";
import { isatty } from "node:tty";

import type { RunSession } from "@probewright/runtime";
import { writeWithoutWaiting } from "../host/output.ts";

/** A second Ctrl-C means it when it is not the first one's echo: sudo passes on what the terminal sent already. */
const SECOND_INTERRUPT_MS = 500;
/** A shell reports a process that a signal ended with this and the signal's number. */
const SIGNALLED = 128;
const STANDARD_ERROR = 2;

/** The first request to end is carried out in good order; a second one does not wait for that: the loader dies with us. */
export function heedSignals(session: RunSession): void {
  let first: number | undefined;
  for (const signal of ["SIGINT", "SIGTERM"] as const)
    process.on(signal, () => {
      const now = performance.now();
      if (first !== undefined && now - first > SECOND_INTERRUPT_MS) cutShort(signal);
      first ??= now;
      session.interrupt();
    });
  // Node forgets that nohup had this signal ignored. What has no terminal is to outlive it.
  const hasTerminal = [0, 1, 2].some((descriptor) => isatty(descriptor));
  process.on("SIGHUP", () => {
    if (hasTerminal) session.interrupt();
  });
  process.on("SIGUSR1", () => {
    session.triggerSelf();
  });
}

/** Says it only where that takes no time: a reader that takes nothing may be why there is a second request. */
function cutShort(signal: "SIGINT" | "SIGTERM"): never {
  writeWithoutWaiting(
    STANDARD_ERROR,
    "probewright run: ended at once: output that was not written yet is lost, `end` probes may not have run, maps were not printed; nothing stays attached\n",
  );
  process.exit(SIGNALLED + constants.signals[signal]);
}
