/** The young generation stops growing where it is large enough, however much is made afterwards. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { getHeapSpaceStatistics } from "node:v8";

import { limitYoungGeneration } from "./young-generation.ts";

const MB = 1 << 20;

function youngBytes(): number {
  return getHeapSpaceStatistics().find(({ space_name }) => space_name === "new_space")?.space_size ?? 0;
}

/** Enough survives each collection to make V8 grow it. */
function makeObjects(enough: () => boolean): void {
  let held: object[] = [];
  for (let i = 0; i < 3_000_000; i += 1) {
    held.push({ i });
    if (held.length < 200_000) continue;
    held = [];
    if (enough()) return;
  }
}

test("it stays as large as it is once it is large enough", async () => {
  limitYoungGeneration();
  makeObjects(() => youngBytes() >= 8 * MB);
  const before = youngBytes();
  assert.ok(before >= 8 * MB && before < 32 * MB, `${before} bytes`);
  // It is looked at ten times a second.
  await sleep(500);
  makeObjects(() => false);
  assert.ok(youngBytes() <= before, `${youngBytes()} bytes, before ${before}`);
});
