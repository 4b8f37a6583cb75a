/** What answers while facts are read again. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { createFactCache } from "./cache.ts";

const request = { kind: "binary", path: "/bin/tool" } as const;

test("a fact that may be out of date answers until it has been read again", async () => {
  const cache = createFactCache({ eager: false });
  let reads = 0;
  const ask = (): unknown => cache.ask(request, { now: () => (reads += 1) });
  assert.equal(ask(), "missing");
  await cache.fulfil(cache.missing());
  const lacked = cache.lacked();
  assert.equal(ask(), 1);
  assert.equal(cache.lacked(), lacked, "it was there");
  cache.forget(({ kind }) => kind === "binary");
  assert.deepEqual(cache.missing(), [], "nobody has asked since");
  assert.equal(ask(), 1);
  assert.ok(cache.lacked() > lacked, "who asked got what may be out of date");
  assert.deepEqual(cache.missing(), [request]);
  await cache.fulfil(cache.missing());
  assert.equal(ask(), 2);
  assert.deepEqual(cache.missing(), []);
});

test("where nobody waits, it is read again at once", () => {
  const cache = createFactCache({ eager: true });
  let reads = 0;
  const ask = (): unknown => cache.ask(request, { now: () => (reads += 1) });
  assert.deepEqual([ask(), ask()], [1, 1]);
  cache.forget(() => true);
  assert.deepEqual([ask(), ask()], [2, 2]);
});
