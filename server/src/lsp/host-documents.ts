/** Open files that hold scripts: each script is a document of its own, whose positions are those of the file. */

import { closeDocument, openDocument, type KernelFacts } from "@probewright/compiler";
import type { SyntaxParser } from "@probewright/grammar";
import type { Diagnostic, Position, TextDocumentContentChangeEvent } from "vscode-languageserver";
import type { TextDocument } from "vscode-languageserver-textdocument";

import { embeddedScripts, type Embedded, type HostLanguage } from "../ide/embedded.ts";
import { withoutConsequences } from "../ide/consequences.ts";
import { takeSnapshot } from "../ide/snapshot.ts";
import { changeSpan, type Documents, type OpenDocument } from "./documents.ts";
import { createText, replaceText } from "./encoded-text.ts";
import { toDiagnostic } from "./to-proto.ts";

export interface HostDocuments {
  readonly open: (uri: string, version: number, text: string, language: HostLanguage) => void;
  /** @returns whether it is one of these */
  readonly change: (
    uri: string,
    version: number,
    changes: readonly TextDocumentContentChangeEvent[],
  ) => boolean;
  readonly close: (uri: string) => void;
  readonly uris: () => readonly string[];
  /** The script at a position. */
  readonly at: (uri: string, position: Position) => OpenDocument | undefined;
  readonly diagnostics: (
    uri: string,
  ) => { readonly version: number; readonly found: Diagnostic[] } | undefined;
  readonly forget: () => void;
}

interface Entry {
  text: TextDocument;
  readonly language: HostLanguage;
  scripts: readonly (Embedded & { readonly document: OpenDocument })[] | undefined;
}

export function createHostDocuments(
  parser: SyntaxParser,
  facts: (uri: string) => KernelFacts,
  encoding: Documents["encoding"],
): HostDocuments {
  const entries = new Map<string, Entry>();
  const scriptsOf = (uri: string, entry: Entry): NonNullable<Entry["scripts"]> =>
    (entry.scripts ??= embeddedScripts(entry.text.getText(), entry.language).map((embedded) => {
      const parsed = openDocument(embedded.text, parser);
      closeDocument(parsed);
      const snapshot = takeSnapshot(uri, entry.text.version, parsed, facts(uri), parser);
      return { ...embedded, document: { uri, text: entry.text, snapshot } };
    }));
  return {
    open: (uri, version, text, language) => {
      entries.set(uri, { text: createText(uri, version, text, encoding()), language, scripts: undefined });
    },
    change: (uri, version, changes) => {
      const entry = entries.get(uri);
      if (entry === undefined) return false;
      for (const change of changes) {
        entry.text = replaceText(entry.text, changeSpan(entry.text, change), version, encoding());
      }
      entry.scripts = undefined;
      return true;
    },
    close: (uri) => {
      entries.delete(uri);
    },
    uris: () => [...entries.keys()],
    at: (uri, position) => {
      const entry = entries.get(uri);
      if (entry === undefined) return undefined;
      const offset = entry.text.offsetAt(position);
      const found = scriptsOf(uri, entry).find(({ span }) => span.start <= offset && offset <= span.end);
      return found?.document;
    },
    diagnostics: (uri) => {
      const entry = entries.get(uri);
      if (entry === undefined) return undefined;
      const found = scriptsOf(uri, entry).flatMap(({ document: { snapshot, text } }) =>
        withoutConsequences(snapshot.script, snapshot.analysis().diagnostics).flatMap(
          (each) => toDiagnostic(snapshot, text, each) ?? [],
        ),
      );
      return { version: entry.text.version, found };
    },
    forget: () => {
      for (const entry of entries.values()) entry.scripts = undefined;
    },
  };
}
