/** Programs whose stack is clearly small are spared the plan when a script is checked; no finding gets lost by that. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { openDefaultProfile } from "@probewright/runtime";

import { conformanceSkip } from "../conformance/programs.ts";
import { generateScript, stackFindingsOf } from "./compile.ts";
import { allPrograms } from "./programs.ts";

const LIMIT = 512;

test("every program above the share is told of", { skip: conformanceSkip }, () => {
  const profile = openDefaultProfile();
  assert.ok(profile.ok);
  const missing: string[] = [];
  let told = 0;
  for (const { id, text } of allPrograms()) {
    const generated = generateScript(text, profile.value);
    if (generated === undefined || generated.diagnostics.length > 0) continue;
    const programs = new Set(generated.manifest.programs.map((each) => each.function));
    const stacks = generated.stack.functions.filter((each) => programs.has(each.function));
    for (const share of [7, 40]) {
      const messages = stackFindingsOf(text, profile.value, share)?.map(({ message }) => message) ?? [];
      for (const { name, chainBytes } of stacks) {
        if (chainBytes <= Math.floor((LIMIT * share) / 100)) continue;
        told += 1;
        if (!messages.some((message) => message.includes(name)))
          missing.push(`${id} ${name}: ${chainBytes} bytes, at ${share} %`);
      }
    }
  }
  assert.deepEqual(missing, []);
  assert.ok(told > 100, `${told} findings`);
});
