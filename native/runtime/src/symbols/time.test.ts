/** Captured times follow the wall clock, also when somebody sets it during a run. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { clockOffsets, formatTime } from "./time.ts";

const SECOND = 1_000_000_000n;

test("times are by the loader's measure, until the wall clock is set", () => {
  let ahead = 1000n * SECOND;
  const clocks = clockOffsets({ wallAhead: 1000n * SECOND + 123n, taiAhead: 1037n * SECOND }, () => ahead);
  assert.equal(clocks().boot, 1000n * SECOND + 123n);
  ahead += SECOND / 100n;
  assert.equal(clocks().boot, 1000n * SECOND + 123n, "jitter of the coarse clock is no change");
  ahead += 3600n * SECOND;
  assert.equal(clocks().boot - (1000n * SECOND + 123n), 3600n * SECOND + SECOND / 100n);
  assert.equal(formatTime("%s.%k", 0, 5n * SECOND + 7n, { boot: 1000n * SECOND, tai: 0n }), "1005.000000007");
});
