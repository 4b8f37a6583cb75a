/** All scripts of the workspace as documents: those that are open as the editor has them, the others as they are on disk. */

import type { KernelFacts } from "@probewright/compiler";
import type { SyntaxParser } from "@probewright/grammar";
import type { Diagnostic } from "vscode-languageserver";

import { takeSnapshot } from "../ide/snapshot.ts";
import { concluding, notingLacks, type Concerns, type Lacked } from "./concluding.ts";
import type { Documents, OpenDocument } from "./documents.ts";
import { createText } from "./encoded-text.ts";
import type { WorkspaceScript, WorkspaceScripts } from "./workspace-scripts.ts";

/** What was concluded of a script that is not open. */
interface Closed {
  readonly script: WorkspaceScript;
  readonly facts: KernelFacts;
  document?: OpenDocument;
  found?: Diagnostic[];
  /** Facts were missing. */
  lacks: boolean;
}

/** What is found in one script. */
export interface FoundIn {
  readonly uri: string;
  /** Undefined for a script that is not open. */
  readonly version: number | undefined;
  readonly found: Diagnostic[];
}

export interface WorkspaceDocuments {
  /** Made anew at each call; what has not changed on disk is the same object as before. */
  readonly all: () => readonly OpenDocument[];
  /** One script after the other, when its turn comes. Of those that are not open the findings are kept, and nothing else. */
  readonly findings: (find: (document: OpenDocument) => Diagnostic[]) => Iterable<FoundIn>;
  /** What was concluded of scripts that are not open and are concerned is made again when asked for. @returns whether there are any */
  readonly forget: (concerns: Concerns) => boolean;
}

export interface WorkspaceOptions {
  readonly documents: Documents;
  readonly scripts: WorkspaceScripts;
  readonly parser: SyntaxParser;
  readonly factsOf: (uri: string) => KernelFacts;
  readonly lacked: Lacked;
}

export function createWorkspaceDocuments(options: WorkspaceOptions): WorkspaceDocuments {
  const { documents, scripts, factsOf, lacked } = options;
  const closed = new Map<string, Closed>();
  const closedOf = (script: WorkspaceScript): Closed => {
    const facts = factsOf(script.uri);
    const known = closed.get(script.uri);
    if (known?.script === script && known.facts === facts) return known;
    const entry: Closed = { script, facts, lacks: false };
    closed.set(script.uri, entry);
    return entry;
  };
  const notOpen = (): readonly WorkspaceScript[] => {
    const all = scripts.all();
    const there = new Set(all.map(({ uri }) => uri));
    for (const uri of closed.keys()) if (!there.has(uri)) closed.delete(uri);
    return all.filter(({ uri }) => documents.textOf(uri) === undefined);
  };
  function* findings(find: (document: OpenDocument) => Diagnostic[]): Generator<FoundIn> {
    for (const uri of documents.uris()) {
      const document = documents.get(uri);
      if (document !== undefined) yield { uri, version: document.text.version, found: find(document) };
    }
    for (const script of notOpen()) {
      const entry = closedOf(script);
      entry.found ??= concluding(
        lacked,
        () => find(entry.document ?? opened(entry, options)),
        () => (entry.lacks = true),
      );
      yield { uri: script.uri, version: undefined, found: entry.found };
    }
  }
  return {
    all: () => [
      ...documents.uris().flatMap((uri) => documents.get(uri) ?? []),
      ...notOpen().map((script) => {
        const entry = closedOf(script);
        return (entry.document ??= opened(entry, options));
      }),
    ],
    findings,
    forget: (concerns) => {
      const concerned = [...closed].filter(([uri, { script, lacks }]) =>
        concerns({ uri, text: script.text, lacks }),
      );
      for (const [uri] of concerned) closed.delete(uri);
      return concerned.length > 0;
    },
  };
}

function opened(entry: Closed, { documents, parser, lacked }: WorkspaceOptions): OpenDocument {
  const { script, facts } = entry;
  const { uri, text } = script;
  const snapshot = takeSnapshot(uri, 0, script, facts, parser);
  return {
    uri,
    text: createText(uri, 0, text, documents.encoding()),
    snapshot: notingLacks(snapshot, lacked, () => (entry.lacks = true)),
  };
}
