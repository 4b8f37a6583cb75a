/** All scripts of the workspace as documents: those that are open as the editor has them, the others as they are on disk. */

import type { KernelFacts } from "@probewright/compiler";
import type { SyntaxParser } from "@probewright/grammar";

import { takeSnapshot } from "../ide/snapshot.ts";
import type { Documents, OpenDocument } from "./documents.ts";
import { createText } from "./encoded-text.ts";
import type { WorkspaceScript, WorkspaceScripts } from "./workspace-scripts.ts";

interface Closed {
  readonly facts: KernelFacts;
  /** Facts answer differently once they have been fetched. */
  readonly age: number;
  readonly document: OpenDocument;
}

export interface WorkspaceDocuments {
  /** Made anew at each call; what has not changed on disk is the same object as before. */
  readonly all: () => readonly OpenDocument[];
  /** The same, each looked at when its turn comes. */
  readonly oneByOne: () => Iterable<OpenDocument>;
}

export function createWorkspaceDocuments(
  documents: Documents,
  scripts: WorkspaceScripts,
  parser: SyntaxParser,
  factsOf: (uri: string) => KernelFacts,
  /** Grows whenever facts, or open files that others import, have changed. */
  ageOfFacts: () => number,
): WorkspaceDocuments {
  const closed = new WeakMap<WorkspaceScript, Closed>();
  const documentOf = (script: WorkspaceScript): OpenDocument => {
    const { uri, text } = script;
    const facts = factsOf(uri);
    const known = closed.get(script);
    const age = ageOfFacts();
    if (known?.facts === facts && known.age === age) return known.document;
    const document = {
      uri,
      text: createText(uri, 0, text, documents.encoding()),
      snapshot: takeSnapshot(uri, 0, script, facts, parser),
    };
    closed.set(script, { facts, age, document });
    return document;
  };
  function* oneByOne(): Generator<OpenDocument> {
    const open = documents.uris();
    for (const uri of open) {
      const document = documents.get(uri);
      if (document !== undefined) yield document;
    }
    const isOpen = new Set(open);
    for (const script of scripts.all()) if (!isOpen.has(script.uri)) yield documentOf(script);
  }
  return { all: () => [...oneByOne()], oneByOne };
}
