/** What becomes of kernel functions that are not in the list of those that may be traced. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { checkText } from "../../analysis/testing/check-text.ts";
import { fakeKernel } from "../../kernel/fake.ts";

const kernel = fakeKernel({ source: "live", c: "int f(int a);" });

function findings(text: string, unsafe: boolean): readonly string[] {
  const { findings: found, analysis } = checkText(text, { unsafe }, kernel);
  return [...found.map(({ severity, code }) => `${severity} ${code}`), String(analysis.core?.probes.length)];
}

test("with --unsafe the kernel has the last word, and the user is warned", () => {
  assert.deepEqual(findings("kprobe:nothing { @++; }", false), ["error PW9016", "undefined"]);
  assert.deepEqual(findings("kprobe:nothing { @++; }", true), ["warning PW9016", "1"]);
  assert.deepEqual(findings("kprobe:f { @++; }", true), ["1"]);
});

test("who wants to hear nothing of missing targets hears nothing", () => {
  assert.deepEqual(findings('config = { missing_probes = "ignore" } kprobe:nothing { @++; }', true), ["1"]);
});
