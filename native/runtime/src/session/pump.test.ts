/** The order of output: nothing overtakes an action that waits, and nothing comes before it is let through. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { createPump } from "./pump.ts";
import type { SiteHandler } from "./site-handler.ts";

/** A batch with one event of each site, in this order. */
function batch(...sites: readonly number[]): Buffer {
  return Buffer.concat(
    sites.map((site) => {
      const record = Buffer.alloc(12);
      record.writeUInt32LE(8, 0);
      record.writeBigUInt64LE(BigInt(site), 4);
      return record;
    }),
  );
}

/** Site 0 prints; site 1 is an action that takes a while. */
function makePump(): { readonly pump: ReturnType<typeof createPump>; readonly said: string[] } {
  const said: string[] = [];
  const handlers: readonly SiteHandler[] = [
    () => ({ event: { kind: "progress", message: "printed", detail: false } }),
    () => ({ action: { kind: "exit", code: 0 } }),
  ];
  const pump = createPump({
    handlers,
    emit: () => said.push("printed"),
    perform: async () => {
      await new Promise((resolve) => setTimeout(resolve, 5));
      said.push("performed");
    },
  });
  return { pump, said };
}

test("events wait until the pump is released, and then flow at once", async () => {
  const { pump, said } = makePump();
  pump.push(batch(0, 0));
  assert.deepEqual(said, []);
  pump.release();
  await pump.idle();
  pump.push(batch(0));
  assert.deepEqual(said, ["printed", "printed", "printed"]);
});

test("a pump released with nothing held back is idle", async () => {
  const { pump, said } = makePump();
  pump.release();
  await pump.idle();
  pump.push(batch(0));
  assert.deepEqual(said, ["printed"]);
});

test("what comes after an action waits for it, also in later batches", async () => {
  const { pump, said } = makePump();
  pump.release();
  await pump.idle();
  pump.push(batch(0, 1, 0));
  pump.push(batch(0));
  await pump.idle();
  assert.deepEqual(said, ["printed", "performed", "printed", "printed"]);
  assert.deepEqual(pump.delivered(), [3, 1]);
});
