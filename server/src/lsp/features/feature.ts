/** The shape of one feature: what it tells the client at the start, and the requests it answers. */

import type { KernelFacts } from "@probewright/compiler";
import type { ClientCapabilities, Connection, ServerCapabilities } from "vscode-languageserver";

import type { Importable } from "../../ide/importable.ts";
import type { ServerStatus } from "../../protocol.ts";
import type { Documents, OpenDocument } from "../documents.ts";
import type { Runs } from "../runs.ts";

export interface FeatureContext {
  readonly documents: Documents;
  /** Those of the kernel that answers completion and hover. */
  readonly facts: () => KernelFacts;
  /** What the client said it can do. */
  readonly client: () => ClientCapabilities;
  /** Other scripts of the workspace that the script could import. */
  readonly importable: (uri: string) => readonly Importable[];
  readonly runs: Runs;
  readonly status: () => ServerStatus;
  /** The client shows runs itself, with commands of its own. */
  readonly clientRunsCommands: () => boolean;
}

export interface Feature {
  /** One word or two, for the table of features. */
  readonly name: string;
  readonly capabilities: ServerCapabilities;
  readonly register: (connection: Connection, context: FeatureContext) => void;
}

/** A request about a document that is not open, or no longer, gets `otherwise`. */
export function about<Params extends { readonly textDocument: { readonly uri: string } }, Answer>(
  { documents }: FeatureContext,
  otherwise: Answer,
  answer: (document: OpenDocument, params: Params) => Answer,
): (params: Params) => Answer {
  return (params) => {
    const document = documents.get(params.textDocument.uri);
    return document === undefined ? otherwise : answer(document, params);
  };
}
