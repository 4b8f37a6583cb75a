/** Selection ranges. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { selectionSpans } from "./selection.ts";
import { open } from "./testing/open.ts";

test("a selection grows from the name to the whole script", () => {
  const { snapshot, source, at } = open("begin { print(@a[p<|>id]); }\nend { }");
  const texts = selectionSpans(snapshot, at).map(({ start, end }) => source.slice(start, end));
  assert.deepEqual(texts.slice(0, 3), ["pid", "@a[pid]", "print(@a[pid])"]);
  assert.equal(texts.at(-1), source);
  assert.equal(new Set(texts).size, texts.length);
});
