/** Names of what is at addresses of programs that are over before anybody could look at them. */

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { copyFileSync, renameSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { unmet } from "../harness/needs.ts";
import { execute, start } from "./execute.ts";
import { openWorkshop, type Workshop } from "./workload.ts";

const skip = unmet("linux", "root", "bpf", "loader", "llvm-bindings", "executable");

let shop: Workshop;
before(() => {
  if (skip === false) shop = openWorkshop();
});
after(() => {
  if (skip === false) shop.close();
});

test("a command of -c that ends at once", { skip }, async () => {
  const program = shop.build("brief");
  const script = `uprobe:${program}:work { printf("%s %s %s\\n", func, usym(reg("ip")), ustack(perf, 1)); }`;
  for (let runs = 0; runs < 3; runs += 1) {
    const run = await execute(["run", "-q", "-e", script, "-c", program]);
    assert.match(run.stdout, /^work work\s+[0-9a-f]+ work\+\d+ \(.*\/brief\)$/m);
  }
});

const RUNS = 20;

test("programs that anybody starts, in a map that is printed after they are gone", { skip }, async () => {
  const program = shop.build("brief");
  const script = `uprobe:${program}:work { @[func] = count(); @stacks[ustack(1)] = count(); if (++@n == ${RUNS.toString()}) { exit(); } }`;
  const running = start(["run", "-e", script]);
  await running.seen("Attached 1 probe");
  for (let runs = 0; runs < RUNS; runs += 1) execFileSync(program, runs % 2 === 0 ? [] : ["forks"]);
  const { stdout } = await running.done;
  assert.doesNotMatch(stdout, /0x[0-9a-f]+/);
  const counts = [...stdout.matchAll(/^@\[work\]: (\d+)$/gm)].map(([, count]) => Number(count));
  assert.equal(
    counts.reduce((sum, count) => sum + count, 0),
    RUNS,
  );
});

test("a program whose file was replaced is not named by the file that took its place", { skip }, async () => {
  const program = join(shop.folder, "replaced");
  copyFileSync(shop.build("brief"), program);
  const running = start(["run", "-e", `uprobe:${program}:work { @[ustack(1)] = count(); exit(); }`]);
  await running.seen("Attached 1 probe");
  execFileSync("sh", ["-c", `${program}; cp ${shop.build("flood")} ${program}.new`]);
  renameSync(`${program}.new`, program);
  const { stdout } = await running.done;
  assert.match(stdout, /@\[\s+(work\+0|0x[0-9a-f]+)/);
});
