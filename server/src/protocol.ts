/** What the server and its clients say to each other beyond LSP: names and shapes only, so that clients may import it. */

/** Server commands of `workspace/executeCommand`; any client can call them. */
export const commands = {
  /** Arguments: one `RunArguments`. Result: `RunStarted`, or `RunRefused`. */
  run: "probewright.run",
  /** Arguments: one run id. */
  stop: "probewright.stop",
  /** Arguments: none. Result: `ServerStatus`. */
  status: "probewright.status",
} as const;

/** Notifications from server to client. */
export const notifications = {
  runEvent: "probewright/run/event",
  runOutput: "probewright/run/output",
  runEnded: "probewright/run/ended",
  status: "probewright/status",
} as const;

export interface RunArguments {
  /** Document to run. It is run as it is in the editor, saved or not. */
  readonly uri: string;
  /** Run only this probe, by its index among the document's probes; the whole script without it. */
  readonly probe?: number;
  readonly parameters?: readonly string[];
  readonly pid?: number;
}

export interface RunStarted {
  readonly kind: "started";
  readonly run: number;
  readonly title: string;
}

/** The server may not run scripts here: what to say, and the command that would work in a terminal the user sees. */
export interface RunRefused {
  readonly kind: "refused";
  readonly message: string;
  readonly advice: readonly string[];
  readonly terminalCommand: readonly string[] | undefined;
}

/** One event of the session's stream, as `probewright run -f events` writes it. */
export interface RunEventParams {
  readonly run: number;
  readonly uri: string;
  readonly event: { readonly kind: string; readonly [member: string]: unknown };
}

/** Text as it would stand in a terminal. */
export interface RunOutputParams {
  readonly run: number;
  readonly uri: string;
  readonly text: string;
}

export interface RunEndedParams {
  readonly run: number;
  readonly uri: string;
  readonly exitCode: number;
}

/** What the status item of an editor shows. */
export interface ServerStatus {
  readonly kernel: string;
  readonly gaps: readonly string[];
  readonly canRun: boolean;
  readonly whyNot: string | undefined;
  readonly version: string;
}
