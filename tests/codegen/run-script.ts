/** Runs a script of ours and holds what it prints to its comments: a line `// = text` for each line of output. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

import { execute } from "../kernel/execute.ts";
import { wantedLines } from "../probes/scripts.ts";

const CALLS_MS = 20;

export async function runScript(script: URL): Promise<void> {
  const path = fileURLToPath(script);
  const wanted = wantedLines(readFileSync(path, "utf8"));
  // Scripts wait for system calls, and on a machine at rest nobody makes any.
  const calls = setInterval(() => void readFile(path), CALLS_MS);
  const { code, stdout, stderr } = await execute(["run", "-q", path]);
  clearInterval(calls);
  const printed = stdout.split("\n").filter((line) => line !== "");
  assert.deepEqual(printed, wanted, stderr);
  assert.equal(code, 0);
}
