/**
 * Scripts that would need more than 512 bytes of stack if each value had bytes of its own: the plan makes them fit, and on
 * the running kernel they print what their last comments say.
 */

import assert from "node:assert/strict";
import { test } from "node:test";

import { MAX_BPF_STACK, type FunctionStack, type StackReport } from "@probewright/compiler";
import { openDefaultProfile } from "@probewright/runtime";

import { unmet } from "../harness/needs.ts";
import { generateScript } from "./compile.ts";
import { scriptsIn, stressScripts } from "./programs.ts";
import { runScript } from "./run-script.ts";

const skip = unmet("linux", "root", "bpf", "llvm-bindings", "loader", "executable");
const LEAST_SCRIPTS = 30;

test("the stress scripts need the plan, and fit with it", () => {
  const profile = openDefaultProfile();
  assert.ok(profile.ok);
  const scripts = scriptsIn(stressScripts);
  assert.ok(scripts.length >= LEAST_SCRIPTS);
  for (const { id, text } of scripts) {
    const generated = generateScript(text, profile.value);
    assert.ok(generated !== undefined, `${id} has no errors`);
    const { functions } = generated.stack;
    assert.ok(naiveBytes(generated.stack) > MAX_BPF_STACK, `${id} fits without a plan`);
    const chains = functions.map(({ chainBytes }) => chainBytes);
    assert.ok(Math.max(...chains) <= MAX_BPF_STACK, `${id} fits with the plan`);
    assert.deepEqual(generated.diagnostics, [], id);
  }
});

/** The most that a chain of calls would take if no bytes were shared and none were in scratch memory. */
function naiveBytes({ functions }: StackReport): number {
  const named = new Map(functions.map((each) => [each.name, each]));
  const bytesFrom = (each: FunctionStack): number => {
    const own = each.objects.reduce((sum, { size }) => sum + Math.ceil(size / 8) * 8, 0);
    const below = each.calls.flatMap((name) => named.get(name) ?? []).map(bytesFrom);
    return own + Math.max(0, ...below);
  };
  return Math.max(...functions.map(bytesFrom));
}

for (const { id } of scriptsIn(stressScripts)) {
  test(`stress: ${id.replace(/\.bt$/, "").replaceAll("-", " ")}`, { skip }, () =>
    runScript(new URL(id, stressScripts)),
  );
}
