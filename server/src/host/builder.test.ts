/** The native compiler's process may die: that costs the programs it was working on an answer, and no other. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { createBuilder } from "./builder.ts";

test("a compiler that dies of a program has no answer for it, and the next one is started anew", async (t) => {
  // The compiler's process does not keep ours.
  const alive = setInterval(() => undefined, 1000);
  t.after(() => {
    clearInterval(alive);
  });
  const worker = `process.on("message", ({ id, request }) => {
    if (request.ir === "deadly") process.abort();
    process.send({ id, answer: { ok: true, value: [] } }, () => process.disconnect());
  });`;
  const builder = createBuilder([process.execPath, "-e", worker]);
  const dead = await builder.build({ ir: "deadly", linked: [], want: "measure" });
  assert.ok(!dead.ok);
  assert.match(dead.error, /ended while it worked/);
  assert.deepEqual(await builder.build({ ir: "harmless", linked: [], want: "measure" }), {
    ok: true,
    value: [],
  });
});
