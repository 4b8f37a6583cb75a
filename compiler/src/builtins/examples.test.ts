/** Every example of every builtin checks without findings worth a warning. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { checkText } from "../analysis/testing/check-text.ts";
import { breachesOf } from "../analysis/testing/core-invariants.ts";
import { builtins } from "./catalog.ts";

/** Said of what can be checked and not be compiled. */
const NO_CODE = "PW5036";
const withoutCode = new Set(["dw_ustack"]);

/** Warnings that come with a name: unstable, not for finished scripts, without code. */
const expected = new Set(["PW7207", "PW5022"]);

for (const row of builtins) {
  test(`examples of ${row.name}`, () => {
    for (const example of row.examples) {
      const { findings, analysis } = checkText(example, { unsafe: row.unsafe === true, command: true });
      const compiles = !withoutCode.has(row.name);
      const isExpected = (code: string): boolean => expected.has(code) || (code === NO_CODE && !compiles);
      const serious = findings
        .filter(({ severity, code }) => severity === "error" || (severity === "warning" && !isExpected(code)))
        .map((each) => `${each.code} '${each.text}' ${each.message}`);
      assert.deepEqual(serious, [], example);
      if (!compiles) continue;
      assert.ok(analysis.core !== undefined, example);
      assert.deepEqual(breachesOf(analysis.core), [], example);
    }
  });
}
