/** What scripts do when they run, held against the runtime cases beside this repository, on the kernel of this machine. */

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

import { unmet } from "../harness/needs.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const cases = join(root, "../shared/conformance/runtime.jsonl");
const runner = join(root, "../shared/conformance/run_runtime.py");

const skip = existsSync(runner)
  ? unmet("linux", "root", "bpf", "loader", "llvm-bindings", "executable")
  : "needs ../shared/conformance";

/** Of the cases that need nothing but this kernel and do not ask for somebody else's wording: every other one, for time. */
const SAMPLE = 190;
const LEAST_SHARE = 0.97;

test("scripts print, count and exit as the runtime cases say", { skip }, async (context) => {
  const folder = mkdtempSync(join(tmpdir(), "probewright-cases-"));
  context.after(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  const out = join(folder, "results.json");
  const command = `${join(root, "server/bin/probewright")} run`;
  const said = await run("python3", [
    ...[runner, cases, "--only-baseline", "--cmd", command],
    ...["--limit", SAMPLE.toString(), "--out", out],
  ]);
  const results = Object.entries(JSON.parse(readFileSync(out, "utf8")) as Record<string, string>);
  const judged = results.filter(([, verdict]) => verdict !== "skip");
  const passed = judged.filter(([, verdict]) => verdict === "pass");
  assert.ok(judged.length > SAMPLE / 2, said);
  assert.ok(passed.length >= LEAST_SHARE * judged.length, said);
});

/** Not synchronous: tests that run beside it must not stand still for minutes. */
function run(program: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ["ignore", "pipe", "inherit"] });
    let said = "";
    child.stdout.on("data", (chunk: Buffer) => {
      said += chunk.toString("utf8");
    });
    child.on("error", reject);
    child.on("close", () => {
      resolve(said);
    });
  });
}
