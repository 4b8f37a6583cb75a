/** A kernel that hides its tracepoints is not said to lack the one that was named. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { checkText } from "../../analysis/testing/check-text.ts";
import { fakeKernel } from "../../kernel/fake.ts";

const kernel = {
  ...fakeKernel({ source: "live", c: "" }),
  gaps: ["traceable functions: hidden", "tracepoints: tracefs is not mounted"],
};

function findings(settings: string): readonly string[] {
  const { findings: found } = checkText(`${settings} tracepoint:sched:sched_switch { }`, {}, kernel);
  return found.map(({ severity, code, message }) => `${severity} ${code} ${message}`);
}

test("hidden tracepoints are said to be hidden, and why, as the script's policy has it", () => {
  const said = `PW9040 no tracepoint can be seen in ${kernel.name}: tracefs is not mounted`;
  assert.deepEqual(findings(""), [`error ${said}`]);
  assert.ok(findings('config = { missing_probes = "warn" }').includes(`warning ${said}`));
  assert.deepEqual(findings('config = { missing_probes = "ignore" }'), []);
});
