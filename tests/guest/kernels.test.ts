/**
 * The cases of kernel probes on Debian's 6.1 and 6.12, which have what this machine's kernel may lack: kprobes, their multi
 * and session links, fentry and fexit. 6.1 lacks multi links, so user probes are attached one by one there.
 */

import assert from "node:assert/strict";
import { test } from "node:test";

import { unmet } from "../harness/needs.ts";
import { nameOf } from "../probes/case.ts";
import { probeCases } from "../probes/cases.ts";
import { exampleCases } from "../probes/examples.ts";
import { runInGuest } from "./boot.ts";

const kernelTypes = [
  "begin",
  "kprobe",
  "kretprobe",
  "tracepoint",
  "rawtracepoint",
  "fentry",
  "fexit",
  "iter",
];
const userTypes = ["uprobe", "uretprobe", "usdt"];

const skip = unmet("linux", "root", "guest", "gcc", "loader", "llvm-bindings");

for (const [suite, release, types] of [
  ["bookworm", "6.1", [...kernelTypes, ...userTypes]],
  ["trixie", "6.12", [...kernelTypes, "example"]],
] as const) {
  test(`probes on Linux ${release}`, { skip }, async (context) => {
    const run = await runInGuest(suite, types);
    assert.ok(run.release.startsWith(release), `booted '${run.release}'\n${run.log}`);
    const byName = new Map(run.results.map((result) => [result.name, result]));
    for (const each of [...probeCases, ...exampleCases()].filter(({ probe }) =>
      types.some((type) => type === probe),
    )) {
      const name = nameOf(each);
      const result = byName.get(name);
      await context.test(name, { skip: result?.skipped ?? false }, () => {
        assert.ok(result !== undefined, `the guest ended before it\n${run.log}`);
        assert.equal(result.failure, undefined, result.failure);
      });
    }
  });
}
