/**
 * Diagnostics as somebody types: syntax at once, together with what still holds of the last analysis; types as soon as the
 * server has nothing else to read; then whoever waits for a script that has settled.
 */

import { syntaxDiagnostics, type Diagnostic } from "@probewright/compiler";
import type { Connection, Diagnostic as LspDiagnostic } from "vscode-languageserver";

import { withoutConsequences } from "../ide/consequences.ts";
import { keptFindings } from "../ide/kept-findings.ts";
import { codeDiagnostics } from "../ide/probe-code.ts";
import type { Snapshot } from "../ide/snapshot.ts";
import { everyScript, lacksFacts, type Concerns } from "./concluding.ts";
import type { Documents, OpenDocument } from "./documents.ts";
import type { HostDocuments } from "./host-documents.ts";
import type { Pace } from "./pace.ts";
import { toDiagnostic } from "./to-proto.ts";

export interface Checking {
  readonly changed: (uri: string) => void;
  /** What a document imports has changed. */
  readonly outdated: (uri: string) => void;
  readonly closed: (uri: string) => void;
  /** Facts have changed: what is concerned is looked at again, else all that is open. */
  readonly again: (concerns?: Concerns) => void;
  /** Facts have been fetched: who lacked some is looked at again. */
  readonly fetched: () => void;
  /** Everything that is known of a document, as it is published. */
  readonly diagnosticsOf: (document: OpenDocument) => LspDiagnostic[];
}

export interface CheckingOptions {
  readonly connection: Connection;
  readonly pace: Pace;
  readonly documents: Documents;
  readonly hosts: HostDocuments;
  /** Findings from elsewhere than the analysis for this kernel: other kernels, runs. */
  readonly others: (document: OpenDocument) => readonly LspDiagnostic[];
  /** The client asks for diagnostics itself. */
  readonly pulled: () => boolean;
  /** What a client asked for of scripts is out of date, of those that are not open, too. @param some of those that are open */
  readonly stale: (concerns: Concerns, some: boolean) => void;
  /** Its findings are on their way. */
  readonly analysed: (document: OpenDocument) => void;
  /** A document's analysis is made and nobody has typed since. */
  readonly settled: (document: OpenDocument) => void;
  /** Facts that an analysis asked for are fetched. @returns whether there were any */
  readonly fetchFacts: () => Promise<boolean>;
  /** We are wrong about something; that costs this one check. */
  readonly failed: (what: string, error: unknown) => void;
}

/** An analysis that took longer than this waits until typing pauses as long as it took. */
const QUICK_MS = 30;
const MOST_DELAY_MS = 400;
/** Text around scripts is typed, too. */
const HOST_DELAY_MS = 100;
/** From the analysis to what takes longer. */
const SETTLE_MS = 250;

export function createChecking(options: CheckingOptions): Checking {
  const { documents } = options;
  const later = createTimers(options);
  const whenOpen = openOnly(later, documents);
  const fetched = (): void => {
    again(lacksFacts);
  };
  const refetch = async (): Promise<void> => {
    if (await options.fetchFacts()) fetched();
  };
  const checkHost = (uri: string): void => {
    publishHost(options, uri);
    void refetch();
  };
  const broken = new Set<string>();
  let lastMs = 0;

  const analyse = (document: OpenDocument): void => {
    const { uri, snapshot } = document;
    const start = performance.now();
    const found = everything(options, document);
    lastMs = performance.now() - start;
    documents.keepAnalysed(uri, snapshot);
    publish(options, document, found);
    options.analysed(document);
    whenOpen(uri, SETTLE_MS, options.settled);
    void refetch();
  };
  const again = (concerns: Concerns = everyScript): void => {
    options.hosts.forget();
    const concerned = documents.forget(concerns);
    for (const uri of concerned) whenOpen(uri, 0, analyse);
    for (const uri of options.hosts.uris()) later.schedule(uri, 0, checkHost);
    options.stale(concerns, concerned.length > 0);
  };
  return {
    changed: (uri) => {
      const document = documents.get(uri);
      if (document === undefined) {
        later.schedule(uri, HOST_DELAY_MS, checkHost);
        return;
      }
      publishQuickly(options, document, broken);
      whenOpen(uri, lastMs < QUICK_MS ? 0 : Math.min(lastMs, MOST_DELAY_MS), analyse);
    },
    outdated: (uri) => {
      const concerns: Concerns = (script) => script.uri === uri;
      documents.forget(concerns);
      whenOpen(uri, lastMs < QUICK_MS ? 0 : Math.min(lastMs, MOST_DELAY_MS), analyse);
      options.stale(concerns, true);
    },
    closed: (uri) => {
      later.cancel(uri);
      broken.delete(uri);
    },
    again,
    fetched,
    diagnosticsOf: (document) => everything(options, document),
  };
}

/** @param broken scripts whose last published diagnostics had mistakes of syntax */
function publishQuickly(options: CheckingOptions, document: OpenDocument, broken: Set<string>): void {
  const { uri, snapshot } = document;
  const syntax = syntaxDiagnostics(snapshot.script);
  const isBroken = syntax.some(({ severity }) => severity === "error");
  // Without mistakes before and after there is nothing to say that cannot wait for the analysis.
  if (isBroken || broken.has(uri))
    publish(options, document, quickDiagnostics(document, syntax, options.documents.analysed(uri)));
  if (isBroken) broken.add(uri);
  else broken.delete(uri);
}

function publish(
  { connection, pulled }: CheckingOptions,
  { uri, text }: OpenDocument,
  found: LspDiagnostic[],
): void {
  if (!pulled()) void connection.sendDiagnostics({ uri, version: text.version, diagnostics: found });
}

function everything({ documents, others }: CheckingOptions, document: OpenDocument): LspDiagnostic[] {
  const { uri, snapshot, text } = document;
  const own = convert(snapshot, text, findingsOf(snapshot));
  return [...own, ...documents.concluding(uri, () => others(document))];
}

/** All scripts of a file that holds some. */
function publishHost({ connection, hosts }: CheckingOptions, uri: string): void {
  const checked = hosts.diagnostics(uri);
  if (checked === undefined) return;
  const { version, found } = checked;
  void connection.sendDiagnostics({ uri, version, diagnostics: found });
}

/** For actions that need the document, should it be open still. */
function openOnly(
  later: Timers,
  documents: Documents,
): (uri: string, delay: number, action: (document: OpenDocument) => void) => void {
  return (uri, delay, action) => {
    later.schedule(uri, delay, () => {
      const document = documents.get(uri);
      if (document !== undefined) action(document);
    });
  };
}

interface Timers {
  /** Only the last action for a document counts. */
  readonly schedule: (uri: string, delay: number, action: (uri: string) => void) => void;
  readonly cancel: (uri: string) => void;
}

function createTimers({ failed, pace }: CheckingOptions): Timers {
  const waiting = new Map<string, () => void>();
  const cancel = (uri: string): void => {
    waiting.get(uri)?.();
    waiting.delete(uri);
  };
  return {
    cancel,
    schedule: (uri, delay, action) => {
      cancel(uri);
      const due = (): void => {
        waiting.delete(uri);
        try {
          action(uri);
        } catch (error) {
          failed(`checking ${uri}`, error);
        }
      };
      // What the client asks together with an edit is answered first.
      const timer = setTimeout(() => {
        waiting.set(uri, pace.afterMessages(due));
      }, delay);
      waiting.set(uri, () => {
        clearTimeout(timer);
      });
    },
  };
}

function findingsOf(snapshot: Snapshot): readonly Diagnostic[] {
  return withoutConsequences(snapshot.script, [
    ...snapshot.analysis().diagnostics,
    ...codeDiagnostics(snapshot),
  ]);
}

/** Syntax of this version, and what still holds of the last analysis. */
function quickDiagnostics(
  { snapshot, text }: OpenDocument,
  syntax: readonly Diagnostic[],
  analysed: Snapshot | undefined,
): LspDiagnostic[] {
  const kept = analysed === undefined ? [] : keptFindings(analysed, snapshot);
  return convert(snapshot, text, withoutConsequences(snapshot.script, [...syntax, ...kept]));
}

function convert(
  snapshot: Snapshot,
  text: OpenDocument["text"],
  diagnostics: readonly Diagnostic[],
): LspDiagnostic[] {
  return diagnostics.flatMap((diagnostic) => toDiagnostic(snapshot, text, diagnostic) ?? []);
}
