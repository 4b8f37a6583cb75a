/**
 * The cases of kernel probes on Debian's 6.1 and 6.12, which have what this machine's kernel may lack: kprobes, their multi
 * links, fentry and fexit. 6.1 lacks multi links, so user probes are attached one by one there.
 */

import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";

import { unmet } from "../harness/needs.ts";
import { nameOf } from "../probes/case.ts";
import { guestCases } from "./cases.ts";
import { buildDriver, runInGuest, type GuestRun } from "./boot.ts";
import { guestRuntimeCases, runtimeCasesSkip, runtimeName } from "../conformance/guest-runtime-cases.ts";

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
const scripts = ["stress", "classic"];

const skip = unmet("linux", "root", "guest", "gcc", "loader", "llvm-bindings");

const kernels = [
  { suite: "bookworm", release: "6.1", options: [], types: [...kernelTypes, ...userTypes, ...scripts] },
  // The conformance cases wait for each other by the second.
  {
    suite: "trixie",
    release: "6.12",
    options: ["-i"],
    types: [...kernelTypes, "example", ...scripts, "runtime"],
  },
];

test("probes on other kernels", { skip }, async (context) => {
  await buildDriver();
  // Together: a guest keeps one processor busy, hardly more.
  const booted = kernels.map((kernel) => ({
    ...kernel,
    running: runInGuest(kernel.suite, kernel.options, kernel.types),
  }));
  for (const { release, types, running } of booted) {
    await context.test(`probes on Linux ${release}`, async (kernelContext) => {
      const booted = await running.release;
      assert.ok(booted.startsWith(release), `booted '${booted}'\n${running.log()}`);
      await reportCases(kernelContext, running, types);
    });
  }
});

test("conformance cases of kprobe and fentry are there", {
  skip: skip === false ? runtimeCasesSkip : skip,
}, () => {
  assert.ok(guestRuntimeCases().length > 0);
});

async function reportCases(context: TestContext, run: GuestRun, types: readonly string[]): Promise<void> {
  const runtime = types.includes("runtime") ? guestRuntimeCases().map(runtimeName) : [];
  for (const name of [...guestCases(types).map(nameOf), ...runtime]) {
    const result = await run.result(name);
    await context.test(name, { skip: result?.skipped ?? false }, () => {
      assert.ok(result !== undefined, `the guest ended before it\n${run.log()}`);
      assert.equal(result.failure, undefined, result.failure);
    });
  }
}
