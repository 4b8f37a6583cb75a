/** Open documents: incremental syntax, and snapshots with the facts that are in use. */

import {
  applyEdit,
  closeDocument,
  openDocument,
  type Document,
  type KernelFacts,
} from "@probewright/compiler";
import type { SyntaxParser } from "@probewright/grammar";
import type { TextDocumentContentChangeEvent } from "vscode-languageserver";
import { TextDocument } from "vscode-languageserver-textdocument";

import { takeSnapshot, type Snapshot } from "../ide/snapshot.ts";

/** One open document. */
export interface OpenDocument {
  readonly uri: string;
  /** Text and line positions of the current version. */
  readonly text: TextDocument;
  readonly snapshot: Snapshot;
}

interface Entry {
  text: TextDocument;
  syntax: Document;
  snapshot: Snapshot | undefined;
}

export interface Documents {
  readonly open: (uri: string, version: number, text: string) => void;
  readonly change: (uri: string, version: number, changes: readonly TextDocumentContentChangeEvent[]) => void;
  readonly close: (uri: string) => void;
  readonly get: (uri: string) => OpenDocument | undefined;
  readonly uris: () => readonly string[];
  /** Facts changed: what was concluded from them is forgotten. */
  readonly forget: () => void;
}

export function createDocuments(parser: SyntaxParser, facts: () => KernelFacts): Documents {
  const entries = new Map<string, Entry>();
  return {
    open: (uri, version, text) => {
      entries.set(uri, {
        text: TextDocument.create(uri, "bpftrace", version, text),
        syntax: openDocument(text, parser),
        snapshot: undefined,
      });
    },
    change: (uri, version, changes) => {
      const entry = entries.get(uri);
      if (entry === undefined) return;
      for (const change of changes) applyChange(entry, change, version, parser);
      entry.snapshot = undefined;
    },
    close: (uri) => {
      const entry = entries.get(uri);
      if (entry !== undefined) closeDocument(entry.syntax);
      entries.delete(uri);
    },
    get: (uri) => {
      const entry = entries.get(uri);
      if (entry === undefined) return undefined;
      entry.snapshot ??= takeSnapshot(uri, entry.text.version, entry.syntax, facts(), parser);
      return { uri, text: entry.text, snapshot: entry.snapshot };
    },
    uris: () => [...entries.keys()],
    forget: () => {
      for (const entry of entries.values()) entry.snapshot = undefined;
    },
  };
}

function applyChange(
  entry: Entry,
  change: TextDocumentContentChangeEvent,
  version: number,
  parser: SyntaxParser,
): void {
  const whole = !("range" in change);
  const start = whole ? 0 : entry.text.offsetAt(change.range.start);
  const end = whole ? entry.syntax.text.length : entry.text.offsetAt(change.range.end);
  entry.syntax = applyEdit(entry.syntax, { start, end, text: change.text }, parser);
  entry.text = TextDocument.update(entry.text, [change], version);
}
