/** Findings between an edit and the next analysis. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { keptFindings } from "./kept-findings.ts";
import { open } from "./testing/open.ts";

/** The texts that findings are about, in the new text. */
function kept(before: string, after: string): readonly string[] {
  const analysed = open(before).snapshot;
  const document = open(after).snapshot;
  // Items that an edit does not touch are the same objects in the next version.
  const same = new Map(analysed.script.items.map(({ item }) => [item.text, item]));
  const items = document.script.items.map(({ item, start }) => ({
    start,
    item: same.get(item.text) ?? item,
  }));
  const now = {
    ...document,
    script: { ...document.script, items },
    starts: new Map(items.map(({ item, start }) => [item, start])),
  };
  return keptFindings(analysed, now).map(({ place: { item, span } }) => {
    const start = now.starts.get(item) ?? 0;
    return `${start + span.start} ${now.text.slice(start + span.start, start + span.end)}`;
  });
}

test("findings before and behind an edit of the same item move with it", () => {
  const before = "begin {\n  print($one);\n  pri\n  print($two);\n}";
  const after = "begin {\n  print($one);\n  print\n  print($two);\n}";
  assert.deepEqual(kept(before, after), ["16 $one", "39 $two"]);
});

test("of what was edited nothing is kept", () => {
  assert.deepEqual(kept("begin { print($one); }", "begin { print($once); }"), []);
  assert.deepEqual(kept("begin { print($one); }", "begin { pr }"), []);
});

test("findings of other items stay", () => {
  assert.deepEqual(kept("begin { print($one); }\nend { 1 }", "begin { print($one); }\nend { 12 }"), [
    "14 $one",
  ]);
  assert.deepEqual(kept("begin { print($one); }\nend { 1 }", "begin { 2 }\nend { 12 }"), []);
});
