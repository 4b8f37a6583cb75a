/** Generated files: stale ones are found and made fresh, leftovers in generated folders too. */

import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";

import { findStale, refresh, type Generator } from "./generated-files.ts";

const rows: readonly Generator[] = [
  { path: "docs/one.md", produce: () => "one\n" },
  { folder: "docs/many", produce: () => new Map([["a.md", "a\n"]]) },
];

test("what is missing, changed or left over is stale, and refreshing mends it", async (t) => {
  const root = await mkdtemp(join(tmpdir(), "generate-"));
  t.after(() => rm(root, { recursive: true }));

  const atFirst = await findStale(root, rows);
  assert.deepEqual(atFirst, [
    { path: "docs/one.md", wanted: "one\n" },
    { path: "docs/many/a.md", wanted: "a\n" },
  ]);
  await refresh(root, atFirst);
  assert.deepEqual(await findStale(root, rows), []);

  await writeFile(join(root, "docs/one.md"), "edited by hand\n");
  await writeFile(join(root, "docs/many/old.md"), "of a code that is gone\n");
  const later = await findStale(root, rows);
  assert.deepEqual(
    later.map((stale) => stale.path),
    ["docs/one.md", "docs/many/old.md"],
  );
  await refresh(root, later);
  assert.equal(await readFile(join(root, "docs/one.md"), "utf8"), "one\n");
  assert.deepEqual(await findStale(root, rows), []);
});
