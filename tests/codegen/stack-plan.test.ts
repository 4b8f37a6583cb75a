/** The stack plan against the frames that LLVM makes: never less, and close. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { openDefaultProfile } from "@probewright/runtime";

import { conformanceSkip } from "../conformance/programs.ts";
import { allPrograms } from "./programs.ts";
import { buildGenerated, generateScript } from "./compile.ts";

/** Bytes that the plan may say too much, on average over all functions and at most. */
const MEAN = 16;
const MOST = 64;

interface Row {
  readonly id: string;
  readonly name: string;
  readonly predicted: number;
  readonly real: number;
}

test("the plan is never below LLVM's frames, and close", { skip: conformanceSkip }, () => {
  const profile = openDefaultProfile();
  assert.ok(profile.ok);
  const rows: Row[] = [];
  let compiled = 0;
  for (const { id, text } of allPrograms()) {
    const generated = generateScript(text, profile.value);
    if (generated === undefined) continue;
    compiled += 1;
    const { functions } = buildGenerated(generated);
    const real = new Map(functions.map(({ name, stackBytes }) => [name, stackBytes]));
    for (const { function: name, predictedBytes } of generated.stack.functions) {
      const bytes = real.get(name);
      if (bytes !== undefined) rows.push({ id, name, predicted: predictedBytes, real: bytes });
    }
  }
  const differences = rows.map(({ predicted, real }) => predicted - real);
  const mean = differences.reduce((sum, one) => sum + one, 0) / rows.length;
  const show = ({ id, name, predicted, real }: Row): string => `${id} ${name}: ${predicted} for ${real}`;
  assert.deepEqual(rows.filter(({ predicted, real }) => predicted < real).map(show), []);
  assert.deepEqual(rows.filter(({ predicted, real }) => predicted - real > MOST).map(show), []);
  console.log(
    `${compiled} programs, ${rows.length} functions: mean difference ${mean.toFixed(1)} bytes, most ${Math.max(...differences)}`,
  );
  assert.ok(mean <= MEAN, `mean difference of ${mean} bytes`);
});
