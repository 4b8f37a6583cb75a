/** Addresses of virtual documents go there and back, whatever a client does to their escapes. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { parseViewUri, viewKinds, viewUri, type ViewKindName } from "./kinds.ts";

const subjects = [
  "file:///scripts/a%20b/opens.bt",
  "untitled:Untitled-1",
  "struct task_struct",
  "sched:sched_switch",
  "a?b#c",
];

test("each kind's address names its kind and its subject", () => {
  // The table's own keys.
  for (const kind of Object.keys(viewKinds) as ViewKindName[]) {
    for (const subject of subjects) {
      const uri = viewUri({ kind, subject });
      assert.deepEqual(parseViewUri(uri), { kind, subject });
      assert.ok(uri.includes(`.${viewKinds[kind].extension}?`), uri);
    }
  }
});

test("what is no address of ours is none", () => {
  for (const uri of ["file:///a.bt", "probewright:/nonsense/a.txt?x", "probewright:", ""]) {
    assert.equal(parseViewUri(uri), undefined);
  }
});
