/** Runs a script of the repository as a test; one that lacks a tool says so and the test is skipped. */

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import type { TestContext } from "node:test";

/** What the scripts exit with when a tool is not there. */
const LACKING = 77;

/** Not synchronous: it takes minutes, and tests that run beside it must not stand still. */
export async function runOrSkip(
  context: TestContext,
  script: string,
  ...rest: readonly string[]
): Promise<void> {
  const child = spawn(script, rest, { stdio: ["ignore", "pipe", "pipe"] });
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (chunk: Buffer) => {
    stdout += chunk.toString("utf8");
  });
  child.stderr.on("data", (chunk: Buffer) => {
    stderr += chunk.toString("utf8");
  });
  const status = await new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", resolve);
  });
  if (status === LACKING) context.skip(stderr.trim());
  else assert.equal(status, 0, stdout + stderr);
}
