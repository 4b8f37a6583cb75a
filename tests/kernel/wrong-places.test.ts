/** Probes at places that the kernel cannot probe, or would carry out wrongly: left out by name, and the program goes on as before. */

import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";

import { unmet } from "../harness/needs.ts";
import { execute } from "./execute.ts";

const source = fileURLToPath(new URL("programs/vectors.c", import.meta.url));
const hasVectors = readFileSync("/proc/cpuinfo", "utf8").includes(" avx ");
const lacking = unmet("linux", "root", "bpf", "loader", "llvm-bindings", "executable", "gcc");
const skip = lacking === false && !hasVectors ? "needs a processor with AVX" : lacking;

let folder = "";
let program = "";
before(() => {
  if (skip !== false) return;
  folder = mkdtempSync(join(tmpdir(), "probewright-vectors-"));
  program = join(folder, "vectors");
  execFileSync("gcc", ["-O0", "-mno-red-zone", "-o", program, source]);
});
after(() => {
  if (folder !== "") rmSync(folder, { recursive: true, force: true });
});

test("all that can be probed is, the rest is named, and the traced program computes what it did", {
  skip,
}, async () => {
  const script = `config = { missing_probes = "warn" } uprobe:${program}:taken_* { @ = count(); }`;
  const run = await execute(["run", "-e", script, "-c", `${program} 1`]);
  assert.equal(run.code, 0, run.stderr);
  assert.match(run.stdout, /all went right/);
  assert.match(run.stdout, /@: [1-9]/);
  assert.match(run.stderr, /taken_for_jump, taken_for_branch, taken_for_call \(this kernel would carry out/);
});

test("without missing_probes the run is refused with the names", { skip }, async () => {
  const run = await execute([
    "run",
    "-e",
    `uprobe:${program}:taken_* { @ = count(); }`,
    "-c",
    `${program} 1`,
  ]);
  assert.equal(run.code, 255);
  assert.match(run.stderr, /cannot attach 3 of the 4 places of uprobe:.*taken_for_jump/);
  assert.match(run.stderr, /missing_probes = "warn"/);
});

test("what the kernel refuses among many is found and named", { skip }, async (context) => {
  // The kernel looks at instructions where somebody has them in memory.
  const running = spawn(program, ["30"], { stdio: "ignore" });
  context.after(() => running.kill());
  const settings = 'config = { missing_probes = "warn" }';
  const script = `${settings} uprobe:${program}:*a* { @ = count(); exit(); }`;
  const run = await execute(["run", "-e", script]);
  assert.equal(run.code, 0, run.stderr);
  assert.match(run.stderr, /cannot attach 1 of the \d+ places of .*: not_probed_at_all \(/);
  assert.match(run.stderr, /the kernel cannot probe the instruction there\); the rest is attached/);
  assert.match(run.stdout, /@: [1-9]/);
});
