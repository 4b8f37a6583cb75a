/** Open documents: incremental syntax, and snapshots with the facts that are in use. */

import {
  applyEdit,
  closeDocument,
  openDocument,
  type Check,
  type Document,
  type KernelFacts,
} from "@probewright/compiler";
import type { SyntaxParser } from "@probewright/grammar";
import type { PositionEncodingKind, TextDocumentContentChangeEvent } from "vscode-languageserver";
import type { TextDocument } from "vscode-languageserver-textdocument";

import { takeSnapshot, type Snapshot } from "../ide/snapshot.ts";
import { concluding, notingLacks, type Concerns, type Lacked } from "./concluding.ts";
import { createText, replaceText } from "./encoded-text.ts";

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
  /** The last one whose analysis was made: what it found of items that are still there still holds. */
  analysed: Snapshot | undefined;
  /** The newest analysis of an earlier version, for that of the next one. */
  previous: Check | undefined;
  /** The same for other kernels than the one that answers. */
  others: OtherAnalyses;
  /** Facts were missing when that was concluded. */
  lacks: boolean;
}

/** The newest analysis by the facts of each kernel. */
export type OtherAnalyses = WeakMap<KernelFacts, Check>;

function nothingConcluded(): Pick<Entry, "snapshot" | "previous" | "others" | "lacks"> {
  return { snapshot: undefined, previous: undefined, others: new WeakMap(), lacks: false };
}

export interface Documents {
  readonly open: (uri: string, version: number, text: string) => void;
  readonly change: (uri: string, version: number, changes: readonly TextDocumentContentChangeEvent[]) => void;
  readonly close: (uri: string) => void;
  readonly get: (uri: string) => OpenDocument | undefined;
  /** The current text, without looking into it. */
  readonly textOf: (uri: string) => string | undefined;
  /** The last version that was analysed, whole or not at all. */
  readonly analysed: (uri: string) => Snapshot | undefined;
  /** A snapshot's analysis is made. */
  readonly keepAnalysed: (uri: string, snapshot: Snapshot) => void;
  /** Analyses for other kernels, for whoever makes the next ones. */
  readonly others: (uri: string) => OtherAnalyses;
  readonly uris: () => readonly string[];
  /** Facts have changed: what was concluded of those that are concerned is forgotten. @returns which these are */
  readonly forget: (concerns: Concerns) => readonly string[];
  /** Concludes something of a document, from facts that may be missing. */
  readonly concluding: <T>(uri: string, make: () => T) => T;
  /** Positions count in these units from now on. */
  readonly encode: (encoding: PositionEncodingKind) => void;
  readonly encoding: () => PositionEncodingKind;
}

/** @param lacked of all facts together */
export function createDocuments(
  parser: SyntaxParser,
  facts: (uri: string) => KernelFacts,
  lacked: Lacked = () => 0,
): Documents {
  const entries = new Map<string, Entry>();
  let encoding: PositionEncodingKind = "utf-16";
  const close = (uri: string): void => {
    const entry = entries.get(uri);
    if (entry !== undefined) closeDocument(entry.syntax);
    entries.delete(uri);
  };
  return {
    open: (uri, version, text) => {
      close(uri);
      const syntax = openDocument(text, parser);
      entries.set(uri, newEntry(createText(uri, version, text, encoding), syntax));
    },
    change: (uri, version, changes) => {
      const entry = entries.get(uri);
      if (entry === undefined) return;
      for (const change of changes) {
        const edit = changeSpan(entry.text, change);
        entry.syntax = applyEdit(entry.syntax, edit, parser);
        entry.text = replaceText(entry.text, edit, version, encoding);
      }
      entry.previous = entry.snapshot?.newestAnalysis() ?? entry.previous;
      entry.snapshot = undefined;
    },
    close,
    get: (uri) => {
      const entry = entries.get(uri);
      if (entry === undefined) return undefined;
      const { text, syntax, previous } = entry;
      const take = (): Snapshot => takeSnapshot(uri, text.version, syntax, facts(uri), parser, previous);
      entry.snapshot ??= notingLacks(take(), lacked, noteIn(entry));
      return { uri, text, snapshot: entry.snapshot };
    },
    textOf: (uri) => entries.get(uri)?.text.getText(),
    analysed: (uri) => entries.get(uri)?.analysed,
    keepAnalysed: (uri, snapshot) => {
      const entry = entries.get(uri);
      if (entry !== undefined) entry.analysed = snapshot;
    },
    others: (uri) => entries.get(uri)?.others ?? new WeakMap(),
    uris: () => [...entries.keys()],
    forget: (concerns) => {
      const concerned = [...entries].filter(([uri, entry]) => isConcerned(uri, entry, concerns));
      for (const [, entry] of concerned) Object.assign(entry, nothingConcluded());
      return concerned.map(([uri]) => uri);
    },
    concluding: (uri, make) => concluding(lacked, make, noteIn(entries.get(uri))),
    encode: (chosen) => {
      encoding = chosen;
    },
    encoding: () => encoding,
  };
}

function noteIn(entry: Entry | undefined): () => void {
  return () => {
    if (entry !== undefined) entry.lacks = true;
  };
}

function isConcerned(uri: string, { text, lacks }: Entry, concerns: Concerns): boolean {
  return concerns({ uri, text: text.getText(), lacks });
}

function newEntry(text: TextDocument, syntax: Document): Entry {
  return { text, syntax, analysed: undefined, ...nothingConcluded() };
}

/** Where a change is, in offsets; a range that is the wrong way round is taken the right way round. */
export function changeSpan(
  text: TextDocument,
  change: TextDocumentContentChangeEvent,
): { readonly start: number; readonly end: number; readonly text: string } {
  if (!("range" in change)) return { start: 0, end: text.getText().length, text: change.text };
  const start = text.offsetAt(change.range.start);
  const end = text.offsetAt(change.range.end);
  return { start: Math.min(start, end), end: Math.max(start, end), text: change.text };
}
