/** Probes on the functions and tracepoints of the kernel. */

import type { ProbeCase } from "../case.ts";
import { cases } from "./shared.ts";
import { loop, ours, read, sleep } from "./workloads.ts";

const kprobe = cases("kprobe", { needs: ["kprobe"], workload: read }, [
  { feature: "fires", script: `kprobe:vfs_read ${ours} { print("hit"); exit(); }`, expect: [/^hit$/m] },
  {
    feature: "fires",
    what: "offset 0",
    script: `kprobe:vfs_read+0 ${ours} { print("hit"); exit(); }`,
    expect: [/^hit$/m],
  },
  {
    feature: "fires",
    what: "with its module",
    script: `kprobe:vmlinux:vfs_read ${ours} { print("hit"); exit(); }`,
    expect: [/^hit$/m],
  },
  {
    feature: "fires",
    what: "in source order",
    script: `kprobe:vfs_read ${ours} { printf("first "); } kprobe:vfs_read ${ours} { print("second"); exit(); }`,
    expect: [/^first second$/m],
  },
  {
    feature: "fires",
    what: "in the middle of an instruction: refused",
    script: "kprobe:vfs_read+2 { } kprobe:vfs_read+1 { }",
    expect: [/kprobe:vfs_read\+[12]/],
    never: [/Attached/],
  },
  {
    feature: "several",
    script: `kprobe:vfs_read, kprobe:vfs_open ${ours} { @[func] = count(); }`,
    expect: [/^@\[vfs_read\]: \d+$/m, /^@\[vfs_open\]: \d+$/m, /^Attached 2 probes$/m],
  },
  {
    feature: "wildcard",
    what: "in one link",
    script: `kprobe:vfs_* ${ours} { @[func] = count(); }`,
    expect: [/^@\[vfs_read\]: \d+$/m, /^@\[vfs_open\]: \d+$/m, /^Attached \d\d+ probes$/m],
  },
  {
    feature: "wildcard",
    what: "a program each, for the probe's name",
    script: `kprobe:vfs_rea* ${ours} { print(probe); exit(); }`,
    expect: [/^kprobe:vfs_read$/m],
  },
  {
    feature: "wildcard",
    what: "in a module",
    script: `kprobe:vmlinu*:vfs_rea* ${ours} { print("hit"); exit(); }`,
    expect: [/^hit$/m],
  },
  {
    feature: "wildcard",
    what: "thousands in one link",
    needs: ["kprobe_multi"],
    script: `config = { max_probes = 100000 } kprobe:*_r* ${ours} { @ = count(); }`,
    expect: [/^Attached [2-9]\d\d\d+ probes$/m, /^@: [1-9]/m],
  },
  {
    feature: "wildcard",
    what: "more than the limit: refused with what helps",
    script: "kprobe:* { @ = count(); }",
    expect: [/max_probes/],
    never: [/Attached/],
  },
  {
    feature: "arguments",
    script: `kprobe:vfs_read ${ours} { printf("%d bytes\\n", arg2); exit(); }`,
    expect: [/^\d+ bytes$/m],
  },
  {
    feature: "context",
    script: `kprobe:vfs_read ${ours} { printf("%d\\n", ((struct pt_regs *)ctx)->ip == reg("ip")); exit(); }`,
    expect: [/^1$/m],
  },
  {
    feature: "function",
    script: `kprobe:vfs_read ${ours} { print(func); exit(); }`,
    expect: [/^vfs_read$/m],
  },
  {
    feature: "registers",
    script: `kprobe:vfs_read ${ours} { print(ksym(reg("ip"))); exit(); }`,
    expect: [/^vfs_read$/m],
  },
  {
    feature: "stacks",
    workload: sleep,
    script: `kprobe:do_nanosleep ${ours} { print(kstack(3)); print(kstack(perf, 3)); print(kstack(raw, 2)); print(ustack(1)); exit(); }`,
    expect: [
      /^ {8}do_nanosleep\+\d+\n {8}hrtimer_nanosleep\+\d+\n/m,
      /^\t[0-9a-f]{16} do_nanosleep\+\d+ \(\S+\)\n/m,
      /^[0-9a-f]{16}\n[0-9a-f]{16}\n/m,
      /^ {8}(0x[0-9a-f]+|\w+\+\d+)$/m,
    ],
  },
  {
    feature: "process filter",
    before: loop,
    byPid: true,
    workload: sleep,
    script: "kprobe:do_nanosleep { @[pid == $PID] = count(); } interval:s:4 { exit(); }",
    expect: [/^@\[(1|true)\]: \d+$/m],
    never: [/^@\[(0|false)\]/m],
  },
  {
    feature: "missing target",
    script: "kprobe:no_such_function { }",
    expect: [/no traceable kernel function 'no_such_function'/],
    never: [/Attached/],
  },
  {
    feature: "missing target",
    what: "skipped with a warning",
    script: `config = { missing_probes = "warn" } kprobe:no_such_function, kprobe:vfs_read ${ours} { print("hit"); exit(); }`,
    expect: [/warning.*\n?.*no_such_function/, /^hit$/m],
  },
  {
    feature: "missing target",
    what: "skipped in silence",
    script: `config = { missing_probes = "ignore" } kprobe:no_such_function, kprobe:vfs_read ${ours} { print("hit"); exit(); }`,
    expect: [/^hit$/m],
    never: [/no_such_function/],
  },
  {
    feature: "signal",
    unsafe: true,
    before: loop,
    workload: "true",
    script: 'kprobe:do_nanosleep /pid == $PID/ { signal("SIGTERM"); print("sent"); exit(); }',
    expect: [/^sent$/m],
  },
  {
    feature: "override",
    unsafe: true,
    workload: "./testprogs/syscall openat",
    script: `kprobe:__x64_sys_openat ${ours} { override(-13); print("denied"); exit(); }`,
    expect: [/^denied$/m],
    excuse: /error injection|CONFIG_BPF_KPROBE_OVERRIDE|override/,
  },
]);

const kretprobe = cases("kretprobe", { needs: ["kprobe"], workload: read }, [
  {
    feature: "fires",
    script: `kretprobe:vfs_read ${ours} { print("hit"); exit(); }`,
    expect: [/^hit$/m],
  },
  {
    feature: "fires",
    what: "after the entry",
    script: `kprobe:vfs_read ${ours} { print("enter"); @ = 1; } kretprobe:vfs_read ${ours} { print("leave"); if (@) { exit(); } }`,
    expect: [/^enter\nleave$/m],
  },
  {
    feature: "fires",
    what: "with the entry in one session",
    needs: ["kprobe_session"],
    script: `kprobe:vfs_read ${ours} { printf("%s enter\\n", func); @ = 1; } kretprobe:vfs_read ${ours} { printf("%s leave\\n", func); if (@) { exit(); } }`,
    expect: [/^Attached 1 probe$/m, /^vfs_read enter\nvfs_read leave$/m],
  },
  {
    feature: "fires",
    what: "with many entries in one session",
    needs: ["kprobe_session"],
    script: `kprobe:vfs_* ${ours} { @in[func] = count(); } kretprobe:vfs_* ${ours} { @out[func] = count(); @read = max(retval); }`,
    expect: [
      /^Attached \d\d+ probes$/m,
      /^@in\[vfs_read\]: \d+$/m,
      /^@out\[vfs_read\]: \d+$/m,
      /^@read: [1-9]/m,
    ],
  },
  {
    feature: "result",
    script: `kretprobe:vfs_read ${ours} { printf("result %d\\n", retval); exit(); }`,
    expect: [/^result -?\d+$/m],
  },
  {
    feature: "result",
    what: "with a time kept at the entry",
    script: `kprobe:vfs_read ${ours} { @at[tid] = nsecs; } kretprobe:vfs_read /@at[tid]/ { printf("took %d, gave %d\\n", nsecs - @at[tid] > 0, retval); delete(@at, tid); exit(); }`,
    expect: [/^took 1, gave \d+$/m],
  },
  {
    feature: "context",
    script: `kretprobe:vfs_read ${ours} { printf("%d\\n", ((struct pt_regs *)ctx)->ax == retval); exit(); }`,
    expect: [/^1$/m],
  },
  {
    feature: "function",
    script: `kretprobe:vfs_read ${ours} { print(func); exit(); }`,
    expect: [/^vfs_read$/m],
  },
  {
    feature: "registers",
    script: `kretprobe:vfs_read ${ours} { printf("%d\\n", reg("ax") == retval); exit(); }`,
    expect: [/^1$/m],
  },
  {
    feature: "stacks",
    script: `kretprobe:vfs_read ${ours} { print(kstack(2)); exit(); }`,
    expect: [/^ {8}\w+\+\d+$/m],
  },
  {
    feature: "several",
    script: `kretprobe:vfs_read, kretprobe:vfs_open ${ours} { @[func] = count(); }`,
    expect: [/^@\[vfs_read\]: \d+$/m, /^@\[vfs_open\]: \d+$/m],
  },
  {
    feature: "wildcard",
    script: `kretprobe:vfs_* ${ours} { @[func] = count(); }`,
    expect: [/^@\[vfs_read\]: \d+$/m],
  },
  {
    feature: "process filter",
    before: loop,
    byPid: true,
    workload: sleep,
    script: "kretprobe:do_nanosleep { @[pid == $PID] = count(); } interval:s:4 { exit(); }",
    expect: [/^@\[(1|true)\]: \d+$/m],
    never: [/^@\[(0|false)\]/m],
  },
  {
    feature: "missing target",
    script: "kretprobe:no_such_function { }",
    expect: [/no_such_function/],
    never: [/Attached/],
  },
  {
    feature: "signal",
    unsafe: true,
    before: loop,
    script: 'kretprobe:do_nanosleep /pid == $PID/ { signal("SIGTERM"); print("sent"); exit(); }',
    expect: [/^sent$/m],
  },
]);

const tracepoint = cases("tracepoint", { workload: sleep }, [
  {
    feature: "fires",
    script: `tracepoint:syscalls:sys_enter_nanosleep ${ours} { print("hit"); exit(); }`,
    expect: [/^hit$/m],
  },
  {
    feature: "several",
    script: `tracepoint:syscalls:sys_enter_nanosleep, tracepoint:syscalls:sys_exit_nanosleep ${ours} { @ = count(); }`,
    expect: [/^@: 2$/m],
  },
  {
    feature: "wildcard",
    script: `tracepoint:syscalls:sys_*_nanosleep ${ours} { @[probe] = count(); }`,
    expect: [
      /^@\[tracepoint:syscalls:sys_enter_nanosleep\]: 1$/m,
      /^@\[tracepoint:syscalls:sys_exit_nanosleep\]: 1$/m,
    ],
  },
  {
    feature: "arguments",
    script: `tracepoint:syscalls:sys_exit_nanosleep ${ours} { printf("ret %d\\n", args.ret); exit(); }`,
    expect: [/^ret 0$/m],
  },
  {
    feature: "stacks",
    script: `tracepoint:syscalls:sys_enter_nanosleep ${ours} { print(kstack(3)); print(ustack(2)); print(len(ustack(2))); exit(); }`,
    // 6.1 has no frame of its own below a system call's tracepoint.
    expect: [/^ {8}(\w+\+\d+|0x[0-9a-f]+)/m, /^[12]$/m],
  },
  {
    feature: "process filter",
    before: loop,
    byPid: true,
    script: "tracepoint:syscalls:sys_enter_*nanosleep { @[pid == $PID] = count(); } interval:s:4 { exit(); }",
    expect: [/^@\[(1|true)\]: \d+$/m],
    never: [/^@\[(0|false)\]/m],
  },
  {
    feature: "missing target",
    script: "tracepoint:syscalls:sys_enter_nanoslep { }",
    expect: [/did you mean 'sys_enter_nanosleep'/],
    never: [/Attached/],
  },
  {
    feature: "signal",
    unsafe: true,
    before: loop,
    script:
      'tracepoint:syscalls:sys_enter_*nanosleep /pid == $PID/ { signal("SIGTERM"); print("sent"); exit(); }',
    expect: [/^sent$/m],
  },
]);

const rawtracepoint = cases("rawtracepoint", { workload: sleep, needs: ["btf"] }, [
  {
    feature: "fires",
    script: `rawtracepoint:sys_enter ${ours} { print("hit"); exit(); }`,
    expect: [/^hit$/m],
  },
  {
    feature: "several",
    script: `rawtracepoint:sys_enter, rawtracepoint:sys_exit ${ours} { @[probe] = count(); }`,
    expect: [/sys_enter\]: \d+$/m, /sys_exit\]: \d+$/m],
  },
  {
    feature: "wildcard",
    script: `rawtracepoint:sys_* ${ours} { @[probe] = count(); }`,
    expect: [/sys_enter\]: \d+$/m, /sys_exit\]: \d+$/m],
  },
  {
    feature: "arguments",
    script: `rawtracepoint:sched_process_exit ${ours} { printf("%s %d\\n", args.p.comm, arg0 == (uint64)args.p); exit(); }`,
    expect: [/^syscall 1$/m],
  },
  {
    feature: "stacks",
    script: `rawtracepoint:sys_exit ${ours} { print(kstack(2)); exit(); }`,
    expect: [/^ {8}\w+\+\d+$/m],
  },
  {
    feature: "process filter",
    before: loop,
    byPid: true,
    script: "rawtracepoint:sys_exit { @[pid == $PID] = count(); } interval:s:4 { exit(); }",
    expect: [/^@\[(1|true)\]: \d+$/m],
    never: [/^@\[(0|false)\]/m],
  },
  {
    feature: "missing target",
    script: "rawtracepoint:sys_entr { }",
    expect: [/'sys_entr'/],
    never: [/Attached/],
  },
  {
    feature: "signal",
    unsafe: true,
    before: loop,
    script: 'rawtracepoint:sys_exit /pid == $PID/ { signal("SIGTERM"); print("sent"); exit(); }',
    expect: [/^sent$/m],
  },
]);

export const kernelCases: readonly ProbeCase[] = [...kprobe, ...kretprobe, ...tracepoint, ...rawtracepoint];
