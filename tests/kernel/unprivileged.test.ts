/** Scripts run by a user who is not root, through a loader that carries capabilities and is for one group. */

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { chmodSync, chownSync, copyFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";

import { unmet } from "../harness/needs.ts";
import { execute, type Execution } from "./execute.ts";
import { openWorkshop, type Workshop } from "./workload.ts";

const NOBODY = 65534;
const built = fileURLToPath(new URL("../../native/loader/build/probewright-loader", import.meta.url));

function lackOfSetcap(): string | false {
  try {
    execFileSync("sh", ["-c", 'PATH="$PATH:/sbin:/usr/sbin" command -v setcap'], { stdio: "ignore" });
    return false;
  } catch {
    return "needs setcap: apt-get install libcap2-bin";
  }
}

const unmetHere = unmet("linux", "root", "bpf", "loader", "llvm-bindings", "executable", "gcc");
const skip = unmetHere === false ? lackOfSetcap() : unmetHere;

let shop: Workshop;
let loader = "";
before(() => {
  if (skip !== false) return;
  shop = openWorkshop();
  loader = join(shop.folder, "loader");
  copyFileSync(built, loader);
  chownSync(loader, 0, NOBODY);
  chmodSync(loader, 0o750);
  grant("cap_bpf,cap_perfmon,cap_dac_read_search");
});
after(() => {
  if (skip === false) shop.close();
});

function grant(capabilities: string): void {
  execFileSync("setcap", [`${capabilities}=ep`, loader], { env: { PATH: "/sbin:/usr/sbin:/bin:/usr/bin" } });
}

function asNobody(args: readonly string[]): Promise<Execution> {
  const env = { PROBEWRIGHT_LOADER: loader, HOME: "/nonexistent" };
  return execute(args, { user: NOBODY, env });
}

test("each kind of probe that capabilities allow runs", { skip }, async () => {
  const flood = shop.build("flood");
  const programs = [
    'tracepoint:sched:sched_switch { printf("seen %s\\n", args.next_comm); exit(); }',
    'rawtracepoint:sched_switch { printf("seen %d\\n", pid); exit(); }',
    `uprobe:${flood}:main { printf("seen\\n"); exit(); }`,
    `uprobe:${flood}:ma*,uprobe:${flood}:no* { printf("seen\\n"); exit(); }`,
    'interval:ms:10 { printf("seen\\n"); exit(); }',
    'profile:hz:99 { printf("seen\\n"); exit(); }',
    'iter:task { printf("seen %d\\n", ctx.task.pid); }',
  ];
  for (const program of programs) {
    const command = program.startsWith("uprobe") ? ["-c", `${flood} 1`] : [];
    const run = await asNobody(["run", "-e", program, ...command]);
    assert.equal(run.code, 0, `${program}\n${run.stderr}`);
    assert.match(run.stdout, /^seen/m, program);
  }
});

test("a script that would signal or write is refused without root, in words", { skip }, async () => {
  const run = await asNobody(["run", "--unsafe", "-e", 'uprobe:/bin/bash:readline { signal("KILL"); }']);
  assert.notEqual(run.code, 0);
  assert.match(run.stderr, /for root only: sending a signal/);
  assert.doesNotMatch(run.stderr, /\n\s+at /);
});

test("a signal is sent where root asks for it", { skip }, async () => {
  const program = 'tracepoint:syscalls:sys_enter_*sleep /pid == cpid/ { signal("KILL"); }';
  // A sleeper that is not killed outlasts what a run may take here.
  const run = await execute(["run", "--unsafe", "-e", program, "-c", "/bin/sleep 3600"]);
  assert.equal(run.code, 0, run.stderr);
});

test("doctor says what the loader carries and what it does not", { skip }, async () => {
  const { stdout } = await asNobody(["doctor"]);
  assert.match(stdout, /carries cap_bpf, cap_perfmon, cap_dac_read_search/);
  assert.match(stdout, /without cap_syslog/);
  assert.match(stdout, /is for one group only/);
});

test("doctor says of each part whether it works, not what is said to be there", { skip }, async () => {
  const all = await asNobody(["doctor"]);
  assert.match(all.stdout, /^ok +tracepoints \(tracefs\): read/m);
  assert.match(all.stdout, /^ok +iterators: tried, works$/m);
  const fentry = /^ok +fentry programs: tried, works$/m.test(all.stdout);
  assert.equal(/^ok +kernel feature fentry: built in, and works$/m.test(all.stdout), fentry);
  assert.equal(
    /^limited +kernel feature fentry: (refused here, see above|not built in)$/m.test(all.stdout),
    !fentry,
  );
  grant("cap_bpf,cap_perfmon");
  const without = await asNobody(["doctor"]);
  const open = (statSync("/sys/kernel/tracing").mode & 0o005) !== 0;
  if (!open)
    assert.match(without.stdout, /^limited +tracepoints \(tracefs\): .*scripts with tracepoints do not run/m);
  grant("cap_perfmon,cap_dac_read_search");
  const powerless = await asNobody(["doctor"]);
  assert.match(powerless.stdout, /^missing +loading programs: .*\n +mend: give the loader what it lacks/m);
  assert.match(powerless.stdout, /^ok +perf events/m);
});
