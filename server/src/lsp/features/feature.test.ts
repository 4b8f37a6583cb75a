/** How requests about a document are answered. */

import assert from "node:assert/strict";
import { test } from "node:test";

import type { OpenDocument } from "../documents.ts";
import { about, type FeatureContext } from "./feature.ts";

/** A context with one document, whose facts come in so many steps. */
function contextWith(steps: number): { readonly context: FeatureContext; readonly fetched: () => number } {
  let fetched = 0;
  const context = {
    documents: { get: (uri: string) => (uri === "file:///a.bt" ? ({ uri } as OpenDocument) : undefined) },
    hosts: { at: () => undefined },
    fetchFacts: () => {
      fetched += 1;
      return Promise.resolve(fetched <= steps);
    },
  } as unknown as FeatureContext; // nothing else is asked
  return { context, fetched: () => fetched };
}

const params = { textDocument: { uri: "file:///a.bt" } };

test("facts that lead to further facts are all fetched before the answer", async () => {
  const { context, fetched } = contextWith(2);
  assert.equal(await about(context, -1, fetched)(params), 2);
});

test("facts that never come end somewhere", async () => {
  const { context, fetched } = contextWith(Infinity);
  assert.equal(await about(context, -1, fetched)(params), 4);
});

test("a document that is not open gets the other answer", async () => {
  const { context } = contextWith(0);
  assert.equal(await about(context, -1, () => 1)({ textDocument: { uri: "file:///b.bt" } }), -1);
});
