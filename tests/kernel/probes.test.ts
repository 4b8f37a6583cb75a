/** Every feature of every probe type, by runs on the kernel of this machine; tests/guest has those of other kernels. */

import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { test } from "node:test";

import { unmet } from "../harness/needs.ts";
import { nameOf } from "../probes/case.ts";
import { probeCases } from "../probes/cases.ts";
import { caseRunner } from "../probes/run-case.ts";
import { emptyCells, tableText } from "../probes/table.ts";
import { buildPrograms } from "../programs/build.ts";

const page = new URL("../../docs/probes.md", import.meta.url);

test("every feature that the table of probe types promises has a case", () => {
  assert.deepEqual(emptyCells(), []);
});

test("docs/probes.md is the table", () => {
  if (process.env["UPDATE_EXPECT"] === "1") writeFileSync(page, tableText());
  assert.equal(readFileSync(page, "utf8"), tableText());
});

const skip = unmet("linux", "root", "bpf", "gcc", "loader", "llvm-bindings");

test("probes on this kernel", { skip }, async (context) => {
  const runner = caseRunner(buildPrograms());
  try {
    for (const each of probeCases) {
      const { skipped, failure } = await runner.run(each);
      await context.test(nameOf(each), { skip: skipped ?? false }, () => {
        assert.equal(failure, undefined, failure);
      });
    }
  } finally {
    runner.close();
  }
});
