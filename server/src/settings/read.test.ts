/** Settings as clients send them: nested, flat, partial, wrong. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { defaultSettings, readSettings } from "./read.ts";

test("nothing given is the defaults", () => {
  for (const given of [undefined, null, {}, 3, "x"]) {
    assert.deepEqual(readSettings(given), { settings: defaultSettings(), problems: [] });
  }
});

test("nested and flat keys are read alike", () => {
  const nested = readSettings({ kernels: ["default", "a.profile"], codeLens: { run: false } });
  const flat = readSettings({ kernels: ["default", "a.profile"], "codeLens.run": false });
  assert.deepEqual(nested, flat);
  assert.equal(nested.settings.lensRun, false);
  assert.deepEqual(nested.settings.kernels, ["default", "a.profile"]);
});

test("a wrong value is named and counts as absent", () => {
  const { settings, problems } = readSettings({ kernels: "live", log: { level: "loud" } });
  assert.deepEqual(settings, defaultSettings());
  assert.equal(problems.length, 2);
  assert.match(problems[0] ?? "", /probewright\.kernels: "live" is not a list/);
  assert.match(problems[1] ?? "", /one of off, error/);
});
