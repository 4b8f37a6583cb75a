/**
 * What the server and its clients say to each other beyond LSP: names and shapes only, so that clients may import it.
 * Whatever has no answer in a client's own words works through `workspace/executeCommand` all the same.
 */

import type { Position, Range } from "vscode-languageserver";

import type { ViewKindName } from "./views/kinds.ts";

export {
  isViewKind,
  parseViewUri,
  VIEW_SCHEME,
  viewKinds,
  viewUri,
  type ViewKindName,
} from "./views/kinds.ts";

/** Server commands of `workspace/executeCommand`; any client can call them. */
export const commands = {
  /** Arguments: one `RunArguments`. Result: `RunStarted`, or `RunRefused`. */
  run: "probewright.run",
  /** Arguments: one run id, or none for every run. Result: whether there was one. */
  stop: "probewright.stop",
  /** Arguments: none. Result: `ServerStatus`. */
  status: "probewright.status",
  /** Arguments: one `ViewRequest`. Result: `ViewContent`. Shows it, too, in clients that have `window/showDocument`. */
  view: "probewright.view",
  /** Arguments: a path, or none for the user's cache. Result: `ProfileCaptured`; asks for progress to be shown. */
  captureProfile: "probewright.captureProfile",
  /** Arguments: the list of kernels, as of the setting `kernels`, for this session. Result: `ServerStatus`. */
  selectKernels: "probewright.selectKernels",
} as const;

/** Requests from client to server. */
export const requests = {
  /** `ViewContentParams` → `ViewContent`: for clients without `workspace/textDocumentContent`. */
  viewContent: "probewright/view/content",
  /** `ViewPositionsParams` → `ViewPositions`. */
  viewPositions: "probewright/view/positions",
  /** → `ServerStatus` */
  status: "probewright/status/get",
  /** `ScriptParams` → `ScriptFactsResult`, or null when the script is not open. */
  scriptFacts: "probewright/script/facts",
  /** `ScriptParams` → `StackResult`, or null for a script with errors. */
  scriptStack: "probewright/script/stack",
  /** `ExploreProbesParams` → `ProbeNodesResult` */
  exploreProbes: "probewright/explore/probes",
  /** `{ probe }` → what it hands to a script, a line each. */
  probeDetails: "probewright/explore/probe",
  /** `SearchTypesParams` → `TypeNamesResult` */
  searchTypes: "probewright/explore/types",
  /** `{ name }` → `TypeFieldsResult`, or null when there is no such type. */
  typeFields: "probewright/explore/type",
} as const;

/** Notifications from server to client. */
export const notifications = {
  /** `RunStarted` and the script's URI, whoever started it. */
  runStarted: "probewright/run/started",
  /** `RunEventsParams` */
  runEvents: "probewright/run/events",
  /** `RunOutputParams` */
  runOutput: "probewright/run/output",
  /** `RunEndedParams` */
  runEnded: "probewright/run/ended",
  /** `ServerStatus`: at the start, and when it changes. */
  status: "probewright/status",
  /** `ScriptParams`: LLVM's figures of this script are new, so `scriptStack` has another answer. */
  measured: "probewright/script/measured",
  /** `ViewChangedParams`: for clients without `workspace/textDocumentContent/refresh`. */
  viewChanged: "probewright/view/changed",
} as const;

/** What a client may send as `initializationOptions`. */
export interface InitializationOptions {
  /**
   * The client shows runs itself: lenses then name its own commands `probewright.runProbe` (uri, probe),
   * `probewright.runScript` (uri), `probewright.stopRun` (run), `probewright.openView` (view URI), and output comes in
   * notifications only.
   */
  readonly clientRunsCommands?: unknown;
  /** As `workspace/configuration` answers for the section `probewright`; for clients that cannot answer it. */
  readonly settings?: unknown;
}

export interface RunArguments {
  /** Document to run. It is run as it is in the editor, saved or not. */
  readonly uri: string;
  /** Run only this probe, by its index among the document's probes; the whole script without it. */
  readonly probe?: number;
  readonly parameters?: readonly string[];
  readonly pid?: number;
  /** `test` and `bench` run only those probes, and attach nothing. */
  readonly mode?: "run" | "test" | "bench";
  /** What the client shows: text as in a terminal, the events, or both; both without it. */
  readonly streams?: readonly ("text" | "events")[];
  /** Milliseconds from one reading of all maps to the next: 500 without it, never when 0. */
  readonly mapInterval?: number;
  /** For `test` and `bench`: only those with these names. */
  readonly only?: readonly string[];
  /** Path of an installed bpftrace that runs the script instead of our own loader. */
  readonly bpftrace?: string;
}

export interface RunStarted {
  readonly kind: "started";
  readonly run: number;
  readonly title: string;
}

export interface RunStartedParams extends RunStarted {
  readonly uri: string;
  readonly probe?: number;
}

/** The server may not run scripts here: what to say, and the command that would work in a terminal the user sees. */
export interface RunRefused {
  readonly kind: "refused";
  readonly message: string;
  readonly advice: readonly string[];
  readonly terminalCommand: readonly string[] | undefined;
}

/** Kinds of loss after which the rest of the event still came: it is incomplete, not lost. */
export const incompleteKinds: ReadonlySet<string> = new Set([
  "string-truncated",
  "stack-failed",
  "stack-cut",
  "probe-read-failed",
]);

/** One event of the session's stream, as `probewright run -f events` writes it, without its text for a terminal. */
export interface RunEvent {
  readonly kind: string;
  readonly [member: string]: unknown;
}

/** What came since the last notification, in order. */
export interface RunEventsParams {
  readonly run: number;
  readonly uri: string;
  readonly events: readonly RunEvent[];
  /** Pieces of output left out before these, because more came than any display can take. */
  readonly skipped: number;
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
  /** Name of the kernel whose facts answer completion and hover. */
  readonly kernel: string;
  /** What the facts of that kernel lack, in words. */
  readonly gaps: readonly string[];
  /** Every kernel that scripts are checked for, the one above first. */
  readonly kernels: readonly KernelStatus[];
  readonly canRun: boolean;
  readonly whyNot: string | undefined;
  readonly version: string;
}

export interface KernelStatus {
  /** As the setting has it: `live`, `default`, `none`, or a path. */
  readonly choice: string;
  readonly name: string;
  readonly source: "live" | "profile" | "default" | "none";
  readonly architecture: string;
  readonly gaps: readonly string[];
  /** Why this one could not be opened; the others go on without it. */
  readonly problem: string | undefined;
}

export interface ProfileCaptured {
  readonly path: string;
}

export interface ViewRequest {
  /** Script the view is of. */
  readonly uri: string;
  readonly kind: ViewKindName;
  /** Where the cursor is in the script: what is shown opens there. */
  readonly position?: Position;
}

export interface ViewContentParams {
  /** Address of the view. */
  readonly uri: string;
}

export interface ViewContent {
  readonly uri: string;
  readonly title: string;
  readonly language: string;
  readonly text: string;
  /** For a `ViewRequest` with a position: what belongs to it. */
  readonly selection?: Range;
}

/** What belongs together in a script and in a view of it: asked from either side. */
export interface ViewPositionsParams {
  /** Address of the view. */
  readonly view: string;
  /** Which of the two documents `position` is in. */
  readonly from: "script" | "view";
  readonly position: Position;
}

export interface ViewPositions {
  /** Ranges of the other document, innermost first; empty when nothing belongs to the position. */
  readonly ranges: readonly Range[];
}

export interface ViewChangedParams {
  readonly uri: string;
}

export interface ScriptParams {
  readonly uri: string;
}

/** What a client must know of a script before it runs it. */
export interface ScriptFactsResult {
  /** The greatest N of `$N`. */
  readonly positional: number;
  readonly named: readonly {
    readonly name: string;
    readonly kind: "boolean" | "integer" | "string";
    readonly default: string;
    readonly description: string | undefined;
  }[];
  readonly tests: readonly {
    readonly mode: "test" | "bench";
    readonly name: string;
    readonly range: Range;
  }[];
}

/** A row for each function of the object; the limit is 512 bytes for a chain. */
export type StackResult = readonly {
  readonly name: string;
  /** With all that it calls: what LLVM made, once that is known, and until then as planned. */
  readonly stackBytes: number;
  /** As planned, when LLVM made something else of it. */
  readonly plannedBytes: number | undefined;
  readonly scratchBytes: number;
  readonly range: Range | undefined;
  readonly objects: readonly {
    readonly label: string;
    readonly bytes: number;
    readonly placement: "stack" | "scratch";
    readonly range: Range | undefined;
  }[];
}[];

export interface ExploreProbesParams {
  /** Labels from the root. */
  readonly path: readonly string[];
  /** Words that must all stand in an attach point; the path then says nothing. */
  readonly query?: string;
}

export interface ProbeNodesResult {
  readonly nodes: readonly {
    readonly label: string;
    /** An attach point; undefined for a group. */
    readonly probe?: string;
    readonly count?: number;
  }[];
  readonly omitted: number;
}

export interface SearchTypesParams {
  readonly query: string;
}

export interface TypeNamesResult {
  readonly names: readonly string[];
  readonly omitted: number;
}

export type TypeFieldsResult = readonly {
  readonly name: string;
  readonly type: string;
  readonly offset: string;
  readonly target?: string;
}[];
