/** Probes with types from the kernel: fentry, fexit, iterators. */

import type { ProbeCase } from "../case.ts";
import { cases } from "./shared.ts";
import { loop, ours, read, sleep } from "./workloads.ts";

/** The kernel of some hosts is locked down: it describes functions and refuses to let them be traced. */
const locked = /not permitted \(EPERM\)|locked down|lockdown/;

const fentry = cases("fentry", { needs: ["fentry"], workload: read, excuse: locked }, [
  { feature: "fires", script: `fentry:vfs_read ${ours} { print("hit"); exit(); }`, expect: [/^hit$/m] },
  {
    feature: "fires",
    what: "by its old name",
    script: `kfunc:vfs_read ${ours} { print("hit"); exit(); }`,
    expect: [/^hit$/m],
  },
  {
    feature: "fires",
    what: "of a loaded BPF program",
    beside: "interval:ms:50 { @++; }",
    script: "fentry:bpf:interval_ms_50_1 { print(probe); exit(); }",
    expect: [/^fentry:bpf:\d+:interval_ms_50_1$/m],
  },
  {
    feature: "fires",
    what: "of a BPF program that is not there: refused",
    script: "interval:ms:50 { @++; } fentry:bpf:no_such_program { }",
    expect: [/no loaded BPF program 'no_such_program'/],
    never: [/Attached/],
  },
  {
    feature: "several",
    script: `fentry:vfs_read, fentry:vfs_open ${ours} { @[func] = count(); }`,
    expect: [/^@\[vfs_read\]: \d+$/m, /^@\[vfs_open\]: \d+$/m],
  },
  {
    feature: "wildcard",
    script: `fentry:vfs_re*ad ${ours} { print(probe); exit(); }`,
    expect: [/^fentry:vmlinux:vfs_read$/m],
  },
  {
    feature: "arguments",
    script: `fentry:vfs_read ${ours} { printf("%d bytes of %s\\n", args.count, str(args.file.f_path.dentry.d_name.name)); exit(); }`,
    expect: [/^\d+ bytes of \S+$/m],
  },
  {
    feature: "function",
    script: `fentry:vfs_read ${ours} { print(func); exit(); }`,
    expect: [/^vfs_read$/m],
  },
  {
    feature: "stacks",
    script: `fentry:vfs_read ${ours} { print(kstack(4)); exit(); }`,
    expect: [/^ {8}vfs_read\+\d+$/m],
  },
  {
    feature: "process filter",
    before: loop,
    byPid: true,
    workload: sleep,
    script: "fentry:do_nanosleep { @[pid == $PID] = count(); } interval:s:4 { exit(); }",
    expect: [/^@\[(1|true)\]: \d+$/m],
    never: [/^@\[(0|false)\]/m],
  },
  {
    feature: "missing target",
    script: "fentry:no_such_function { }",
    expect: [/no_such_function/],
    never: [/Attached/],
  },
  {
    feature: "path",
    workload: "./testprogs/syscall openat",
    script: `fentry:security_file_open ${ours} { $p = path(args.file.f_path, 64); if (!strncmp($p, "/tmp/bpftrace_runtime_test", 26)) { print($p); exit(); } }`,
    expect: [/^\/tmp\/bpftrace_runtime_test_syscall_gen_open/m],
  },
  {
    feature: "signal",
    unsafe: true,
    before: loop,
    script: 'fentry:do_nanosleep /pid == $PID/ { signal("SIGTERM"); print("sent"); exit(); }',
    expect: [/^sent$/m],
  },
]);

const fexit = cases("fexit", { needs: ["fentry"], workload: read, excuse: locked }, [
  { feature: "fires", script: `fexit:vfs_read ${ours} { print("hit"); exit(); }`, expect: [/^hit$/m] },
  {
    feature: "fires",
    what: "of loaded BPF programs",
    beside: "interval:ms:50 { @++; } interval:ms:70 { @ += 2; }",
    script: "fexit:bpf:interval_* { @[probe] = count(); if (len(@) == 2) { exit(); } }",
    expect: [/^@\[fexit:bpf:\d+:interval_ms_50_1\]: \d+$/m, /^@\[fexit:bpf:\d+:interval_ms_70_2\]: \d+$/m],
  },
  {
    feature: "several",
    script: `fexit:vfs_read, fexit:vfs_open ${ours} { @[func] = count(); }`,
    expect: [/^@\[vfs_read\]: \d+$/m, /^@\[vfs_open\]: \d+$/m],
  },
  {
    feature: "wildcard",
    script: `fexit:vfs_re*ad ${ours} { print(probe); exit(); }`,
    expect: [/^fexit:vmlinux:vfs_read$/m],
  },
  {
    feature: "arguments",
    script: `fexit:vfs_read ${ours} { printf("%d\\n", args.count > 0); exit(); }`,
    expect: [/^1$/m],
  },
  {
    feature: "result",
    script: `fexit:vfs_read ${ours} { printf("result %d\\n", retval); exit(); }`,
    expect: [/^result -?\d+$/m],
  },
  {
    feature: "result",
    what: "of a failing call",
    workload: "./testprogs/fentry_args 1111 2222",
    script:
      'fexit:__sys_bpf /comm == "fentry_args"/ { printf("%d %d %d\\n", args.cmd, args.size, retval); exit(); }',
    expect: [/^1111 2222 -\d+$/m],
  },
  { feature: "function", script: `fexit:vfs_read ${ours} { print(func); exit(); }`, expect: [/^vfs_read$/m] },
  {
    feature: "stacks",
    script: `fexit:vfs_read ${ours} { print(kstack(4)); exit(); }`,
    expect: [/^ {8}\w+\+\d+$/m],
  },
  {
    feature: "process filter",
    before: loop,
    byPid: true,
    workload: sleep,
    script: "fexit:do_nanosleep { @[pid == $PID] = count(); } interval:s:4 { exit(); }",
    expect: [/^@\[(1|true)\]: \d+$/m],
    never: [/^@\[(0|false)\]/m],
  },
  {
    feature: "missing target",
    script: "fexit:no_such_function { }",
    expect: [/no_such_function/],
    never: [/Attached/],
  },
  {
    feature: "path",
    workload: "./testprogs/syscall openat",
    script: `fexit:security_file_open ${ours} { $p = path(args.file.f_path, 64); if (!strncmp($p, "/tmp/bpftrace_runtime_test", 26)) { print($p); exit(); } }`,
    expect: [/^\/tmp\/bpftrace_runtime_test_syscall_gen_open/m],
  },
  {
    feature: "signal",
    unsafe: true,
    before: loop,
    script: 'fexit:do_nanosleep /pid == $PID/ { signal("SIGTERM"); print("sent"); exit(); }',
    expect: [/^sent$/m],
  },
]);

const iter = cases("iter", { needs: ["iter"], before: loop }, [
  {
    feature: "fires",
    script: 'iter:task /ctx.task.pid == $PID/ { printf("%s %d\\n", ctx.task.comm, ctx.task.pid); }',
    expect: [/^nanosleep_loop \d+$/m],
  },
  {
    feature: "fires",
    what: "over files",
    script: "iter:task_file /ctx.task.pid == $PID/ { @ = count(); }",
    expect: [/^@: [1-9]/m],
  },
  {
    feature: "fires",
    what: "over mappings",
    script: "iter:task_vma /ctx.task.pid == $PID/ { @ = count(); }",
    expect: [/^@: [1-9]/m],
  },
  {
    feature: "fires",
    what: "with what it shows first asked for in an event",
    script: 'iter:task { print((ctx.task.pid, "seen")); } iter:task_vma { print(ctx.vma.vm_start > 0); }',
    expect: [/^\(\d+, seen\)$/m, /^(1|true)$/m],
  },
  {
    feature: "context",
    script: "iter:task { @[ctx.task.tgid == ctx.task.pid] = count(); }",
    expect: [/^@\[(1|true)\]: \d+$/m],
  },
  {
    feature: "process filter",
    byPid: true,
    script: "iter:task { @[ctx.task.tgid == $PID] = count(); }",
    expect: [/^@\[(1|true)\]: 1$/m],
    never: [/^@\[(0|false)\]/m],
  },
  {
    feature: "missing target",
    script: "iter:tusk { }",
    expect: [/did you mean 'task'/],
    never: [/Attached/],
  },
]);

export const typedCases: readonly ProbeCase[] = [...fentry, ...fexit, ...iter];
