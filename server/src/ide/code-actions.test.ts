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

test("a name that is nearly right is mended by a fix, whatever it names", () => {
  const mended = (text: string): string => {
    const { snapshot, source } = open(text);
    const [fix] = quickFixes(snapshot, { start: 0, end: source.length });
    assert.ok(fix !== undefined, text);
    return [...fix.edits]
      .reverse()
      .reduce((all, edit) => all.slice(0, edit.start) + edit.text + all.slice(edit.end), source);
  };
  assert.equal(mended("config = { max_map_key = 1 }\nbegin { }"), "config = { max_map_keys = 1 }\nbegin { }");
  assert.equal(mended("kprob:vfs_read { }"), "kprobe:vfs_read { }");
  assert.equal(mended("begin { prinft(1); }"), "begin { printf(1); }");
  assert.equal(mended("begin { print(pidd); }"), "begin { print(pid); }");
  assert.equal(mended("begin { $count = 1; print($coutn); print($count); }").match(/\$count/g)?.length, 3);
});
