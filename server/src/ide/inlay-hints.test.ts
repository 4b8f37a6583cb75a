/** Inlay hints. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { inlayHints } from "./inlay-hints.ts";
import { open } from "./testing/open.ts";

test("inferred types stand after the first place of a name, written types are not repeated", () => {
  const { snapshot, source } = open("begin { $x = nsecs; let $y: uint64 = 2; @m[comm] = $x; print($y); }");
  const found = inlayHints(snapshot, { start: 0, end: source.length }).map(({ offset, label }) => ({
    after: source.slice(0, offset).split(" ").at(-1),
    label,
  }));
  assert.deepEqual(
    found.map(({ after }) => after),
    ["$x", "@m"],
  );
  assert.match(found[0]?.label ?? "", /^: \w*int64$/);
  assert.match(found[1]?.label ?? "", /^: string.* → \w*int64$/);
});
