/** The shape of one feature: what it tells the client at the start, and the requests it answers. */

import type { Item, KernelFacts } from "@probewright/compiler";
import type {
  ClientCapabilities,
  Connection,
  Diagnostic,
  Position,
  ServerCapabilities,
  WorkspaceFolder,
} from "vscode-languageserver";

import type { Importable } from "../../ide/importable.ts";
import type { ServerStatus } from "../../protocol.ts";
import type { Settings } from "../../settings/read.ts";
import type { Documents, OpenDocument } from "../documents.ts";
import type { HostDocuments } from "../host-documents.ts";
import type { ServerHost } from "../host.ts";
import type { OpenedKernel } from "../kernels.ts";
import type { Measure } from "../measures.ts";
import type { Pace } from "../pace.ts";
import type { Runs } from "../runs.ts";
import type { WorkspaceDocuments } from "../workspace-documents.ts";

export interface FeatureContext {
  readonly pace: Pick<Pace, "turn">;
  readonly documents: Documents;
  /** Scripts inside other files. */
  readonly hosts: HostDocuments;
  /** Those of the kernel that answers completion and hover, for what belongs to no document. */
  readonly facts: () => KernelFacts;
  /** All kernels that a document is checked for. */
  readonly kernels: (uri: string | undefined) => readonly [OpenedKernel, ...OpenedKernel[]];
  /** Whatever the settings say, from now on; what they know is read anew. */
  readonly selectKernels: (choices: readonly string[]) => void;
  /** Reads these kernels anew: there is more or something else to know of them. */
  readonly readKernels: (which: (choice: string) => boolean) => void;
  /** Fetches facts that were asked for and not there. @returns whether there were any: then ask again */
  readonly fetchFacts: () => Promise<boolean>;
  /** All scripts: those that are open, and the others of the workspace's folders. */
  readonly workspace: WorkspaceDocuments;
  /** Other scripts of the workspace that the script could import. */
  readonly importable: (uri: string) => readonly Importable[];
  readonly runs: Runs;
  readonly measures: { readonly of: (probe: Item) => Measure | undefined };
  readonly host: ServerHost;
  readonly status: () => ServerStatus;
  /** What the client said of itself. */
  readonly client: () => ClientCapabilities;
  /** Those of a document's folder. */
  readonly settings: (uri: string | undefined) => Settings;
  readonly folders: () => readonly WorkspaceFolder[];
  /** The one that a document is in. */
  readonly folderOf: (uri: string) => WorkspaceFolder | undefined;
  /** The client shows runs and views itself, with commands of its own. */
  readonly clientRunsCommands: () => boolean;
  /** Everything that is known of a document, as it is published. */
  readonly diagnostics: (document: OpenDocument) => Diagnostic[];
  /** The client has this view open: it is told when it changes. */
  readonly viewed: (uri: string) => void;
  /** We are wrong about something: said in the log. */
  readonly failed: (where: string, error: unknown) => void;
}

export interface Feature {
  /** One word or two, for the table of features. */
  readonly name: string;
  /** For the table of features: what a user gets. Markdown. */
  readonly does: string;
  /** The protocol's requests and notifications that it answers or sends. */
  readonly requests: readonly string[];
  /** The test that shows it, as a path in the repository. */
  readonly test: string;
  readonly capabilities: ServerCapabilities;
  readonly register: (connection: Connection, context: FeatureContext) => void;
}

interface AboutDocument {
  readonly textDocument: { readonly uri: string };
  readonly position?: Position;
}

/** One fact leads to the next: where a program is, then what is in it. */
export const MOST_FETCHES = 4;

/**
 * A request about a document that is not open, or no longer, gets `otherwise`. Facts that the answer asked for and that were
 * not there are fetched, and the document as it then is is asked again.
 */
export function about<Params extends AboutDocument, Answer>(
  { documents, hosts, fetchFacts }: FeatureContext,
  otherwise: Answer,
  answer: (document: OpenDocument, params: Params) => Answer,
): (params: Params) => Promise<Answer> {
  const find = ({ textDocument: { uri }, position }: AboutDocument): OpenDocument | undefined =>
    documents.get(uri) ?? (position === undefined ? undefined : hosts.at(uri, position));
  return async (params) => {
    for (let fetches = 0; ; fetches += 1) {
      const document = find(params);
      if (document === undefined) return otherwise;
      const found = answer(document, params);
      if (fetches === MOST_FETCHES || !(await fetchFacts())) return found;
    }
  };
}
