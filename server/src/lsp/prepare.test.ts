/** What a first completion needs is made behind the first diagnostics, even while somebody types on without a pause. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { inPieces, noKernelFacts } from "@probewright/compiler";
import { nativeParser } from "@probewright/grammar/testing";
import type { HostFacts } from "@probewright/runtime";
import type { Connection } from "vscode-languageserver";

import { createChecking } from "./checking.ts";
import { createDocuments } from "./documents.ts";
import { createHostDocuments } from "./host-documents.ts";
import { createPace } from "./pace.ts";
import { prepareCompletion } from "./prepare.ts";

const uri = "file:///typed.bt";

/** The client is always silent enough. */
const pace = { ...createPace(), silence: () => Promise.resolve() };

test("lists are read while somebody types on, once", async () => {
  let begun = 0;
  const facts: HostFacts = {
    ...noKernelFacts(),
    missing: () => [],
    lacked: () => 0,
    fulfil: () => Promise.resolve(),
    forget: () => undefined,
    ahead: inPieces(
      (function* () {
        begun += 1;
        yield;
      })(),
    ),
  };
  const documents = createDocuments(nativeParser(), () => facts);
  let version = 1;
  const typed = new Promise<void>((resolve, reject) => {
    const typeOn = (): void => {
      version += 1;
      if (version > 10) {
        checking.closed(uri);
        resolve();
        return;
      }
      const at = { line: 0, character: 0 };
      documents.change(uri, version, [{ range: { start: at, end: at }, text: " " }]);
      checking.changed(uri);
    };
    const checking = createChecking({
      // All that checking takes of it.
      connection: { sendDiagnostics: () => setImmediate(typeOn) } as unknown as Connection,
      pace,
      documents,
      hosts: createHostDocuments(
        nativeParser(),
        () => facts,
        () => "utf-16",
      ),
      others: () => [],
      pulled: () => false,
      stale: () => undefined,
      analysed: () => {
        prepareCompletion(facts, pace).catch(reject);
      },
      settled: () => undefined,
      fetchFacts: () => Promise.resolve(false),
      failed: (_, error) => {
        reject(error instanceof Error ? error : new Error(String(error)));
      },
    });
    documents.open(uri, version, "begin { print(1); }");
    checking.changed(uri);
  });
  await typed;
  assert.equal(begun, 1);
});
