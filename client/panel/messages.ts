/** What the results panel and the extension say to each other. */

import type { RunEvent } from "@probewright/server/protocol";

/** A place in a script, lines and columns counted from zero, as the event stream has it. */
export interface ScriptPosition {
  readonly file: string;
  readonly startLine: number;
  readonly startColumn: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** What the page leaves for the time after the window was loaded anew. */
export interface PanelState {
  /** URI */
  readonly script: string;
}

export type ToPanel =
  /** The page is one that was open when the window was loaded anew; what it showed is gone. */
  | { readonly type: "restored"; readonly title: string }
  /** A run begins; what is shown becomes the previous run. */
  | { readonly type: "run"; readonly run: number; readonly title: string }
  | { readonly type: "events"; readonly events: readonly RunEvent[]; readonly skipped: number }
  | { readonly type: "ended"; readonly exitCode: number }
  /** The script could not be run, and why. */
  | { readonly type: "refused"; readonly message: string; readonly advice: readonly string[] };

export type FromPanel =
  | { readonly type: "ready" }
  | { readonly type: "stop" }
  | { readonly type: "rerun" }
  | { readonly type: "reveal"; readonly position: ScriptPosition }
  | { readonly type: "save"; readonly json: string }
  | { readonly type: "copy"; readonly text: string };
