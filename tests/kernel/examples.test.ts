/** The tools of `examples/`: each says what it is for, is checked without a warning, and runs on a workload. */

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";

import { unmet } from "../harness/needs.ts";
import { exampleCases, examples } from "../probes/examples.ts";
import { caseRunner } from "../probes/run-case.ts";
import { buildPrograms } from "../programs/build.ts";
import { execute } from "./execute.ts";

const folder = new URL("../../examples/", import.meta.url);
const names = readdirSync(folder).filter((name) => name.endsWith(".bt"));

/** What only some kernels have; guests try these. */
const kernelOnly: ReadonlySet<string> = new Set(["vfscalls.bt", "filetop.bt"]);

test("every tool has a workload, and says what it shows and when to use it", () => {
  assert.deepEqual(names.map((name) => name.replace(/\.bt$/, "")).sort(), Object.keys(examples).sort());
  assert.ok(names.length >= 25);
  for (const name of names) {
    const head = readFileSync(new URL(name, folder), "utf8").slice(0, 1200);
    assert.ok(head.includes(`${name}: `), `${name} has a first line of its own`);
    assert.match(head, /Use it|Leave it running/, `${name} says when to use it`);
  }
});

const checks = { skip: unmet("executable") };

for (const kernel of ["live", "default"]) {
  test(`every tool is checked clean for the ${kernel} kernel`, checks, async () => {
    for (const name of names.filter((each) => kernel !== "live" || !kernelOnly.has(each))) {
      const path = new URL(name, folder).pathname;
      const { code, stdout, stderr } = await execute(["check", "--kernel", kernel, path]);
      assert.equal(code, 0, `${name}\n${stderr}`);
      assert.doesNotMatch(stdout + stderr, /warning\[/, name);
    }
  });
}

const runs = { skip: unmet("linux", "root", "bpf", "gcc", "loader", "llvm-bindings") };

test("every tool runs on a workload", runs, async (context) => {
  const runner = caseRunner(buildPrograms());
  try {
    for (const each of exampleCases()) {
      const { skipped, failure } = await runner.run(each);
      await context.test(each.feature, { skip: skipped ?? false }, () => {
        assert.equal(failure, undefined, failure);
      });
    }
  } finally {
    runner.close();
  }
});
