/** Which scripts are looked at again when files change that scripts may read, and when facts have come. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { noKernelFacts, type KernelFacts } from "@probewright/compiler";
import { nativeParser } from "@probewright/grammar/testing";
import type { Connection } from "vscode-languageserver";

import { createChecking, type Checking } from "./checking.ts";
import { lacksFacts, readsFiles } from "./concluding.ts";
import { createDocuments, type Documents } from "./documents.ts";
import { createHostDocuments } from "./host-documents.ts";
import { createPace } from "./pace.ts";

interface Script {
  readonly uri: string;
  readonly text: string;
}

const plain: Script = { uri: "file:///plain.bt", text: "begin { print(1); }" };
const imports: Script = { uri: "file:///imports.bt", text: 'import "library.bt"; begin { print(1); }' };
const includes: Script = {
  uri: "file:///includes.bt",
  text: "#include <linux/types.h>\nbegin { print(1); }",
};

function openAll(scripts: readonly Script[], facts: KernelFacts, lacked?: () => number): Documents {
  const documents = createDocuments(nativeParser(), () => facts, lacked);
  for (const { uri, text } of scripts) documents.open(uri, 1, text);
  return documents;
}

/** What is looked at until so many scripts were. */
async function looked(
  documents: Documents,
  count: number,
  act: (checking: Checking) => void,
): Promise<readonly string[]> {
  const checked = new Set<string>();
  await new Promise<void>((resolve, reject) => {
    const checking = createChecking({
      // All that checking takes of it.
      connection: { sendDiagnostics: () => Promise.resolve() } as unknown as Connection,
      pace: createPace(),
      documents,
      hosts: createHostDocuments(
        nativeParser(),
        () => noKernelFacts(),
        () => "utf-16",
      ),
      others: () => [],
      pulled: () => false,
      stale: () => undefined,
      analysed: ({ uri }) => {
        checked.add(uri);
        checking.closed(uri);
        // Timers of one delay fire in the order they were set.
        if (checked.size === count) setTimeout(resolve, 0);
      },
      settled: () => undefined,
      fetchFacts: () => Promise.resolve(false),
      failed: (_, error) => {
        reject(error instanceof Error ? error : new Error(String(error)));
      },
    });
    act(checking);
  });
  return [...checked];
}

test("when files change: those that import or include, and no others", async () => {
  const documents = openAll([plain, imports, includes], noKernelFacts());
  const before = documents.get(plain.uri)?.snapshot;
  const checked = await looked(documents, 2, ({ again }) => {
    again(readsFiles);
  });
  assert.deepEqual(checked, [imports.uri, includes.uri]);
  assert.equal(documents.get(plain.uri)?.snapshot, before, "what is known of the other is kept");
});

test("when facts were fetched: those that lacked some, and no others", async () => {
  let lacked = 0;
  const facts: KernelFacts = {
    ...noKernelFacts(),
    importFile: () => {
      lacked += 1;
      return "missing";
    },
  };
  const documents = openAll([plain, imports], facts, () => lacked);
  const before = documents.get(plain.uri)?.snapshot.analysis();
  documents.get(imports.uri)?.snapshot.analysis();
  const checked = await looked(documents, 1, ({ fetched }) => {
    fetched();
  });
  assert.deepEqual(checked, [imports.uri]);
  assert.equal(documents.get(plain.uri)?.snapshot.analysis(), before);
});

test("what was taken over from an analysis that lacked facts lacks them, too", () => {
  let lacked = 0;
  const facts: KernelFacts = {
    ...noKernelFacts(),
    importFile: () => {
      lacked += 1;
      return lacked === 1 ? "missing" : undefined;
    },
  };
  const documents = openAll([imports], facts, () => lacked);
  documents.get(imports.uri)?.snapshot.analysis();
  const at = { line: 0, character: 0 };
  documents.change(imports.uri, 2, [{ range: { start: at, end: at }, text: " " }]);
  documents.get(imports.uri)?.snapshot.analysis();
  assert.deepEqual(documents.forget(lacksFacts), [imports.uri]);
  assert.deepEqual(documents.forget(lacksFacts), []);
});
