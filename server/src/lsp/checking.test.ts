/** Which scripts are looked at again when files change that scripts may read. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { noKernelFacts } from "@probewright/compiler";
import { nativeParser } from "@probewright/grammar/testing";
import type { Connection } from "vscode-languageserver";

import { createChecking } from "./checking.ts";
import { createDocuments } from "./documents.ts";
import { createHostDocuments } from "./host-documents.ts";
import { createPace } from "./pace.ts";

test("those that import or include, and no others", async () => {
  const texts = new Map([
    ["file:///plain.bt", "begin { print(1); }"],
    ["file:///imports.bt", 'import "library.bt"; begin { print(1); }'],
    ["file:///includes.bt", "#include <linux/types.h>\nbegin { print(1); }"],
  ]);
  const facts = noKernelFacts();
  const documents = createDocuments(nativeParser(), () => facts);
  for (const [uri, text] of texts) documents.open(uri, 1, text);
  const before = documents.get("file:///plain.bt")?.snapshot;
  const checked = new Set<string>();
  await new Promise<void>((resolve, reject) => {
    const checking = createChecking({
      // All that checking takes of it.
      connection: { sendDiagnostics: () => Promise.resolve() } as unknown as Connection,
      pace: createPace(),
      documents,
      hosts: createHostDocuments(
        nativeParser(),
        () => facts,
        () => "utf-16",
      ),
      others: () => [],
      pulled: () => false,
      stale: () => undefined,
      analysed: ({ uri }) => {
        checked.add(uri);
        checking.closed(uri);
        // Timers of one delay fire in the order they were set.
        if (checked.size === texts.size - 1) setTimeout(resolve, 0);
      },
      settled: () => undefined,
      fetchFacts: () => Promise.resolve(false),
      failed: (_, error) => {
        reject(error instanceof Error ? error : new Error(String(error)));
      },
    });
    checking.filesChanged();
  });
  assert.deepEqual([...checked], ["file:///imports.bt", "file:///includes.bt"]);
  assert.equal(documents.get("file:///plain.bt")?.snapshot, before, "what is known of the other is kept");
});
