/** Fixes of what is wrong. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { fixAll, quickFixes } from "./code-actions.ts";
import { open } from "./testing/open.ts";

test("fixes are edits within the document, and those safe unseen never overlap", () => {
  const { snapshot, source } = open("begin { $x = 1; prinft($x); print($y); }");
  for (const { edits, title } of quickFixes(snapshot, { start: 0, end: source.length })) {
    assert.notEqual(title, "");
    for (const { start, end } of edits) assert.ok(0 <= start && start <= end && end <= source.length);
  }
  const all = fixAll(snapshot);
  for (const [i, edit] of all.entries()) assert.ok(edit.start >= (all[i - 1]?.end ?? 0));
});
