/** What is being waited for while a run starts: lines with -v, one line that goes away on a terminal when it takes long. */

import type { SessionEvent } from "@probewright/runtime";

export interface RunProgress {
  /** A step that is about to begin. */
  readonly step: (message: string) => void;
  readonly show: (event: SessionEvent) => void;
  /** Takes the line away. */
  readonly clear: () => void;
}

/** A start that is over before this shows nothing. */
const PATIENCE_MS = 400;

export interface ProgressOptions {
  readonly err: (text: string) => void;
  readonly verbose: boolean;
  readonly terminal: boolean;
  /** Milliseconds since the command started. */
  readonly elapsed: () => number;
}

export function runProgress({ err, verbose, terminal, elapsed }: ProgressOptions): RunProgress {
  let shown = false;
  const clear = (): void => {
    if (shown) err("\r\u001b[K");
    shown = false;
  };
  const step = (message: string, detail = false): void => {
    if (verbose) err(`${message}\n`);
    else if (terminal && !detail && elapsed() > PATIENCE_MS) {
      err(`\r\u001b[K${message} …`);
      shown = true;
    }
  };
  return {
    clear,
    step,
    show: (event) => {
      if (event.kind === "progress") step(event.message, event.detail);
      else clear();
    },
  };
}
