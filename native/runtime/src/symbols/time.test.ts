/** Captured times follow the wall clock, also when somebody sets it during a run. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { timeConversions } from "@probewright/compiler";
import { clockOffsets, formatTime, strftime } from "./time.ts";

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

test("every conversion that is known is written", () => {
  for (const { letter } of timeConversions)
    assert.notEqual(strftime(`%${letter}`, 1_700_000_000n * SECOND), `%${letter}`, letter);
});

test("a format that gives no text says that there is no time", () => {
  assert.equal(formatTime("", 0, 5n * SECOND, { boot: 1000n * SECOND, tai: 0n }), "(?)");
});

/** What `date` prints of the same time. */
const zones = [
  { zone: "Europe/Berlin", text: "Wed 01 Jan 2025 12:00:00 AM am CET +0100 00 00 01 2025 25 3" },
  { zone: "America/New_York", text: "Tue 31 Dec 2024 06:00:00 PM pm EST -0500 52 53 01 2025 25 2" },
];

for (const { zone, text } of zones) {
  test(`a time by ${zone}`, () => {
    const before = process.env["TZ"];
    process.env["TZ"] = zone;
    try {
      assert.equal(
        strftime("%a %d %b %Y %I:%M:%S %p %P %Z %z %U %W %V %G %g %u", 1_735_686_000n * SECOND),
        text,
      );
    } finally {
      if (before === undefined) delete process.env["TZ"];
      else process.env["TZ"] = before;
    }
  });
}
