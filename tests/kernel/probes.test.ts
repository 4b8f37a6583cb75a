/** Every feature of every probe type, by runs on the kernel of this machine; tests/guest has those of other kernels. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { unmet } from "../harness/needs.ts";
import { nameOf } from "../probes/case.ts";
import { probeCases } from "../probes/cases.ts";
import { caseRunner } from "../probes/run-case.ts";
import { buildPrograms } from "../programs/build.ts";

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
