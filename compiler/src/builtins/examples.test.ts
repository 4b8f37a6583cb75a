/** Every example of every builtin checks without findings worth a warning. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { checkText } from "../analysis/testing/check-text.ts";
import { breachesOf } from "../analysis/testing/core-invariants.ts";
import { builtins } from "./catalog.ts";

/** Warnings that come with a name: unstable, not for finished scripts. */
const expected = new Set(["PW7207", "PW5022"]);

for (const row of builtins) {
  test(`examples of ${row.name}`, () => {
    for (const example of row.examples) {
      const { findings, analysis } = checkText(example, { unsafe: row.unsafe === true, command: true });
      const serious = findings
        .filter(
          ({ severity, code }) => severity === "error" || (severity === "warning" && !expected.has(code)),
        )
        .map((each) => `${each.code} '${each.text}' ${each.message}`);
      assert.deepEqual(serious, [], example);
      assert.ok(analysis.core !== undefined, example);
      assert.deepEqual(breachesOf(analysis.core), [], example);
    }
  });
}
