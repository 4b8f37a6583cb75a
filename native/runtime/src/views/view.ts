/** What shows a session's events to somebody: text on a terminal, JSON lines, or the raw stream. */

import type { SessionEvent } from "../session/events.ts";

export interface View {
  readonly show: (event: SessionEvent) => void;
  /** Writes out what is buffered. */
  readonly flush: () => void;
}

/** Where bytes go. Writing must keep order and may buffer. */
export interface Output {
  readonly write: (bytes: Uint8Array | string) => void;
}

export interface ViewOptions {
  /** Output of the script. */
  readonly out: Output;
  /** Banner, warnings, losses. */
  readonly err: Output;
  readonly quiet: boolean;
  readonly warnings: boolean;
  /** Also the accounts of a run without losses, and the verifier's words. */
  readonly verbose: boolean;
  readonly truncationTrailer: string;
  /** Renders a message at its place in the script; the source lines are the caller's. */
  readonly renderMessage: (
    severity: "error" | "warning",
    text: string,
    event: Extract<SessionEvent, { kind: "message" | "runtime-error" }>,
  ) => string;
}
