/** The loader's C: linted, its tests under the address and undefined behaviour sanitizers, its frame decoder under libFuzzer. */

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test, type TestContext } from "node:test";
import { fileURLToPath } from "node:url";

import { unmet } from "../harness/needs.ts";

/** What the scripts exit with when a tool is not there. */
const LACKING = 77;

const folder = fileURLToPath(new URL("../../native/loader/", import.meta.url));

function runScript(context: TestContext, script: string, ...rest: readonly string[]): void {
  const { status, stdout, stderr } = spawnSync(`${folder}${script}`, rest, { encoding: "utf8" });
  if (status === LACKING) context.skip(stderr.trim());
  else assert.equal(status, 0, stdout + stderr);
}

const FUZZ_SECONDS = 20;

test("clang-format and clang-tidy have nothing to say", { skip: unmet("linux") }, (context) => {
  runScript(context, "lint.sh");
});

test("the loader's tests pass under sanitizers", {
  skip: unmet("linux", "root", "bpf", "gcc"),
}, (context) => {
  runScript(context, "sanitize.sh");
});

test("no bytes from a host upset the frame decoder", { skip: unmet("linux") }, (context) => {
  runScript(context, "sanitize.sh", "--fuzz", String(FUZZ_SECONDS));
});
