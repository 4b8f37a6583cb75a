/** What containers do to a run: another /sys, or none, fewer capabilities, a filter before the system calls. */

import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";

import { PATIENCE_MS } from "../harness/patience.ts";
import { unmet } from "../harness/needs.ts";
import { openWorkshop, type Workshop } from "./workload.ts";

const lacks = unmet("linux", "root", "bpf", "loader", "llvm-bindings", "executable");
const mayUnshare = spawnSync("unshare", ["-m", "true"]).status === 0;
const skip = lacks === false && !mayUnshare ? "unshare -m is not allowed" : lacks;

const executable = fileURLToPath(new URL("../../server/bin/probewright", import.meta.url));
const loader = fileURLToPath(new URL("../../native/loader/build/probewright-loader", import.meta.url));

let shop: Workshop;
before(() => {
  if (skip === false) shop = openWorkshop();
});
after(() => {
  if (skip === false) shop.close();
});

interface Said {
  readonly text: string;
  readonly code: number | null;
}

/** Runs what the shell line becomes, with `$PROBEWRIGHT` and the program as `$1`, among mounts of its own. */
function among(mounts: string, verb: readonly string[]): Said {
  const line = `${mounts} && exec "$0" "$@"`;
  const { stdout, stderr, status } = spawnSync(
    "unshare",
    ["-m", "sh", "-c", line, process.execPath, executable, ...verb],
    { encoding: "utf8", timeout: PATIENCE_MS },
  );
  return { text: stdout + stderr, code: status };
}

const counting =
  'begin { @a = count(); @b[1] = sum(5); @b[2] = sum(7); printf("%s\\n", "begun"); } interval:ms:50 { @c = count(); exit(); }';

test("values are right where /sys tells of other cpus than the kernel has", { skip }, () => {
  for (const cpus of ["0-15\n", "0\n"]) {
    const possible = join(shop.folder, "possible");
    writeFileSync(possible, cpus);
    const { text, code } = among(`mount --bind ${possible} /sys/devices/system/cpu/possible`, [
      ...["run", "-e", counting],
    ]);
    assert.equal(code, 0, text);
    assert.match(text, /^begun$[\s\S]*^@a: 1$[\s\S]*^@b\[1\]: 5$[\s\S]*^@b\[2\]: 7$[\s\S]*^@c: 1$/m);
    assert.doesNotMatch(text, /lost|warning/);
  }
});

test("without /sys what needs nothing of it runs", { skip }, () => {
  const { text, code } = among("mount -t tmpfs none /sys", ["run", "-e", counting]);
  assert.equal(code, 0, text);
  assert.match(text, /^begun$[\s\S]*^@a: 1$[\s\S]*^@c: 1$/m);
});

test("where the kernel shows no types, what needs none runs, and one message tells of what does", {
  skip,
}, () => {
  const hidden = "mount -t tmpfs none /sys/kernel/btf";
  const runs = among(hidden, ["run", "-e", 'interval:ms:1 { @[comm] = count(); print("ran"); exit(); }']);
  assert.equal(runs.code, 0, runs.text);
  assert.match(runs.text, /^ran$/m);
  for (const [program, message] of [
    [
      "begin { print(curtask.pid); }",
      /fields of 'struct task_struct' are not known[\s\S]*hint: .*BPFTRACE_BTF/,
    ],
    ["begin { print(((struct file *)0).f_flags); }", /unknown type 'struct file'[\s\S]*hint: .*BPFTRACE_BTF/],
    ["iter:task { print(ctx.task.pid); }", /iter probes need the types of the kernel \(BTF\)/],
    ["fentry:vfs_read { print(args.count); }", /fentry probes need the types of the kernel \(BTF\)/],
  ] as const) {
    const { text, code } = among(hidden, ["run", "-e", program]);
    assert.equal(code, 1, text);
    assert.match(text, message);
    assert.equal(text.match(/error\[/g)?.length, 1, text);
  }
});

/** Refuses one system call to what it then becomes: what container engines do. */
const FILTER = `
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <unistd.h>

int main(int count, char **arguments) {
  struct sock_filter code[] = {
    BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, atoi(arguments[1]), 0, 1),
    BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | atoi(arguments[2])),
    BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
  };
  struct sock_fprog program = {4, code};
  if (count < 4 || prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return 99;
  if (prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) != 0) return 99;
  return execv(arguments[3], arguments + 3);
}
`;

/** Numbers of system calls on x86-64. Source: arch/x86/entry/syscalls/syscall_64.tbl. */
const BPF = 321;
const PERF_EVENT_OPEN = 298;
const [EPERM, ENOSYS] = [1, 38];

function filtered(call: number, error: number, verb: readonly string[]): Said {
  const [source, program] = [join(shop.folder, "filter.c"), join(shop.folder, "filter")];
  writeFileSync(source, FILTER);
  execFileSync("gcc", ["-o", program, source]);
  const words = [call.toString(), error.toString(), process.execPath, executable, ...verb];
  const { stdout, stderr, status } = spawnSync(program, words, { encoding: "utf8", timeout: PATIENCE_MS });
  return { text: stdout + stderr, code: status };
}

test("a system call filter is named by the run that it stops, and by doctor before", {
  skip: skip === false && process.arch !== "x64" ? "system calls have other numbers here" : skip,
}, () => {
  const none = /a system call filter holds this process/;
  for (const [call, error, program] of [
    [BPF, EPERM, "begin { exit(); }"],
    [BPF, ENOSYS, "begin { exit(); }"],
    [PERF_EVENT_OPEN, EPERM, "tracepoint:syscalls:sys_enter_getppid { exit(); }"],
    [PERF_EVENT_OPEN, ENOSYS, "interval:ms:1 { exit(); }"],
  ] as const) {
    const run = filtered(call, error, ["run", "-e", program]);
    assert.equal(run.code, 255, run.text);
    assert.match(run.text, none);
    assert.doesNotMatch(run.text, /Attached/);
  }
  const noBpf = filtered(BPF, EPERM, ["doctor"]).text;
  assert.match(noBpf, /^missing +loading programs: .*\n +mend: a system call filter/m);
  assert.match(noBpf, /^missing +ring buffers/m);
  assert.match(noBpf, /^ok +perf events/m);
  assert.match(filtered(PERF_EVENT_OPEN, EPERM, ["doctor"]).text, /^missing +perf events/m);
});

test("the loader tries what runs need, with what it may do", { skip }, () => {
  const works = execFileSync(loader, ["--try"], { encoding: "utf8" });
  assert.match(
    works,
    /^trial program 0\ntrial ring 0\ntrial event 0\ntrial memory 0\ntrial fentry \d+\ntrial iter 0\n$/,
  );
  const without = ["--bounding-set", "-bpf,-perfmon,-sys_admin", loader, "--try"];
  assert.match(execFileSync("setpriv", without, { encoding: "utf8" }), /^trial program 1$/m);
});
