/** Probes on functions of programs and libraries. */

import type { ProbeCase } from "../case.ts";
import { cases } from "./shared.ts";

const program = "./testprogs/uprobe_test";
/** It loops for longer than is needed. */
const briefly = `timeout 1 ${program}`;

const uprobe = cases("uprobe", { workload: program }, [
  {
    feature: "fires",
    script: `uprobe:${program}:uprobeFunction1 { print("hit"); exit(); }`,
    expect: [/^hit$/m],
  },
  {
    feature: "fires",
    what: "at an offset",
    script: `uprobe:${program}:uprobeFunction1+4 { print("hit"); exit(); }`,
    expect: [/^hit$/m],
  },
  {
    feature: "fires",
    what: "in the middle of an instruction: refused",
    script: `uprobe:${program}:uprobeFunction1+2 { print("hit"); exit(); }`,
    expect: [/instruction/],
    never: [/Attached/, /^hit$/m],
  },
  {
    feature: "fires",
    what: "beyond the function: refused",
    script: `uprobe:${program}:uprobeFunction1+4000 { }`,
    expect: [/4000/],
    never: [/Attached/],
  },
  {
    feature: "fires",
    what: "at a source line",
    script: `uprobe:${program}@uprobe_test.c:22 { print(func); exit(); }`,
    expect: [/^uprobeFunction1$/m],
  },
  {
    feature: "fires",
    what: "in a shared library",
    workload: "./testprogs/uprobe_library",
    script: 'uprobe:libc:fread /comm == "uprobe_library"/ { printf("%d\\n", arg2); exit(); }',
    expect: [/^10$/m],
  },
  {
    feature: "fires",
    what: "in a static program",
    workload: "./testprogs/uprobe_static",
    script: "uprobe:./testprogs/uprobe_static:uprobeFunction1 { print(func); exit(); }",
    expect: [/^uprobeFunction1$/m],
  },
  {
    feature: "fires",
    what: "in a position-independent program",
    workload: "./testprogs/uprobe_test-pie",
    script: "uprobe:./testprogs/uprobe_test-pie:uprobeFunction1 { print(func); exit(); }",
    expect: [/^uprobeFunction1$/m],
  },
  {
    feature: "fires",
    what: "by C++ name",
    workload: "./testprogs/cpp",
    script:
      'uprobe:./testprogs/cpp:cpp:"space::Shop::sell" { @[func] = count(); @all++; if (@all > 99) { exit(); } }',
    expect: [/^@\[space::Shop::sell\(int\)\]: \d+$/m, /^@\[space::Shop::sell\(char const\*\)\]: \d+$/m],
  },
  {
    feature: "fires",
    what: "by C++ name with parameters",
    workload: "./testprogs/cpp",
    script: 'uprobe:./testprogs/cpp:cpp:"space::Shop::sell(int)" { printf("%d\\n", arg1); exit(); }',
    expect: [/^2$/m],
  },
  {
    feature: "fires",
    what: "in an archive",
    script: 'uprobe:"./testprogs/archive.zip!/true":main { } begin { exit(); }',
    expect: [/^Attached 2 probes$/m],
  },
  {
    feature: "fires",
    what: "in a process that forks",
    workload: "./testprogs/multi_procs",
    script: "uprobe:./testprogs/multi_procs:stub { @[comm] = count(); }",
    expect: [/^@\[parent-proc\]: 1$/m, /^@\[son-proc\]: 1$/m, /^@\[grandson-proc\]: 1$/m],
  },
  {
    feature: "fires",
    what: "in threads",
    workload: "./testprogs/multi_threads",
    script: "uprobe:./testprogs/multi_threads:stub { @[comm, pid == tid] = count(); }",
    expect: [/^@\[son-thread, (0|false)\]: 1$/m, /^@\[grandson-thread, (0|false)\]: 1$/m],
  },
  {
    feature: "several",
    workload: briefly,
    script: `uprobe:${program}:uprobeFunction1, uprobe:${program}:uprobeFunction2 { @[func] = count(); }`,
    expect: [/^@\[uprobeFunction1\]: \d+$/m, /^@\[uprobeFunction2\]: \d+$/m],
  },
  {
    feature: "wildcard",
    workload: briefly,
    script: `uprobe:${program}:uprobeFunction* { @[func] = count(); }`,
    expect: [/^@\[uprobeFunction1\]: \d+$/m, /^@\[uprobeFunctionBar\]: \d+$/m, /^Attached 3 probes$/m],
  },
  {
    feature: "wildcard",
    what: "over files",
    script: "uprobe:./testprogs/uprobe_test*:uprobeFunctionBar { print(probe); exit(); }",
    expect: [/^uprobe:.\/testprogs\/uprobe_test:uprobeFunctionBar$/m],
  },
  {
    feature: "wildcard",
    what: "4,096 functions in one link",
    workload: "./testprogs/many_functions",
    script: "config = { max_probes = 5000 } uprobe:./testprogs/many_functions:function_* { @ = count(); }",
    expect: [/^Attached 4096 probes$/m, /^@: 4096$/m],
    needs: ["uprobe_multi"],
  },
  {
    feature: "wildcard",
    what: "more than the limit: refused with what helps",
    workload: "true",
    script: "uprobe:./testprogs/many_functions:function_* { @ = count(); }",
    expect: [/max_probes/, /4096/],
    never: [/Attached/],
  },
  {
    feature: "arguments",
    script: `uprobe:${program}:uprobeFunction1 { printf("%c %d %d\\n", args.c, *args.n, arg1 == 120); exit(); }`,
    expect: [/^x 13 1$/m],
  },
  {
    feature: "arguments",
    what: "structures",
    script: `uprobe:${program}:uprobeFunction2 { printf("%d %s\\n", args.foo1.a, args.foo2.b); print(args.foo1.c); exit(); }`,
    expect: [/^123 world$/m, /^\[1,2,3\]$/m],
  },
  {
    feature: "context",
    script: `uprobe:${program}:uprobeFunction1 { printf("%d\\n", ((struct pt_regs *)ctx)->ip == reg("ip")); exit(); }`,
    expect: [/^1$/m],
  },
  {
    feature: "function",
    script: `uprobe:${program}:uprobeFunction1 { print(func); exit(); }`,
    expect: [/^uprobeFunction1$/m],
  },
  {
    feature: "registers",
    script: `uprobe:${program}:uprobeFunction1 { print(usym(reg("ip"))); exit(); }`,
    expect: [/^uprobeFunction1$/m],
  },
  {
    feature: "stacks",
    workload: "./testprogs/uprobe_loop",
    script:
      "config = { show_debug_info = false } uprobe:./testprogs/uprobe_loop:uprobeFunction1 { print(ustack(3)); print(ustack(perf, 1)); print(ustack(raw, 1)); print(ustack(build_id, 1)); print(kstack(1)); exit(); }",
    expect: [
      /^ {8}uprobeFunction1\+\d+\n {8}(spin\+\d+\n {8})?main\+\d+$/m,
      /^\t[0-9a-f]+ uprobeFunction1\+\d+ \(\/.*\/uprobe_loop\)$/m,
      /^[0-9a-f]{8,16}$/m,
      /^[0-9a-f]{40} 0x[0-9a-f]+$/m,
    ],
  },
  {
    feature: "stacks",
    what: "with source lines",
    workload: "./testprogs/uprobe_loop",
    script: "uprobe:./testprogs/uprobe_loop:uprobeFunction1 { print(ustack(1)); exit(); }",
    expect: [/^ {8}uprobeFunction1\+\d+@\/.*\/uprobe_loop\.c:\d+$/m],
  },
  {
    feature: "stacks",
    what: "of C++ functions",
    workload: "./testprogs/cpp",
    script: 'uprobe:./testprogs/cpp:cpp:"space::Shop::sell(int)" { print(ustack(perf, 1)); exit(); }',
    expect: [/space::Shop::sell\(int\)\+\d+ \(/],
  },
  {
    feature: "process filter",
    before: "./testprogs/uprobe_fork_loop",
    byPid: true,
    script:
      "uprobe:./testprogs/uprobe_fork_loop:uprobeFunction1 { @[pid == $PID] = count(); } interval:s:1 { exit(); }",
    expect: [/^@\[(1|true)\]: \d+$/m],
    never: [/^@\[(0|false)\]/m],
  },
  {
    feature: "process filter",
    what: "the program of the process",
    before: program,
    byPid: true,
    script: "uprobe:uprobeFunction1 { print(func); exit(); }",
    expect: [/^uprobeFunction1$/m],
  },
  {
    feature: "process filter",
    what: "in a mount namespace of its own",
    before: "./testprogs/mountns_wrapper uprobe_test",
    byPid: true,
    // The name of the function could be looked up only while the process is there.
    script:
      'uprobe:/tmp/bpftrace-unshare-mountns-test/uprobe_test:uprobeFunction1 { printf("%d\\n", pid == $PID); exit(); }',
    expect: [/^1$/m],
  },
  {
    feature: "process filter",
    what: "a command of ours",
    command: "./testprogs/uprobe_symres",
    script: 'uprobe:./testprogs/uprobe_symres:test { printf("%d\\n", pid == cpid); exit(); }',
    expect: [/^1$/m],
  },
  {
    feature: "missing target",
    script: `uprobe:${program}:uprobeFunktion1 { }`,
    expect: [/did you mean 'uprobeFunction1'/],
    never: [/Attached/],
  },
  {
    feature: "missing target",
    what: "no such file",
    script: "uprobe:./testprogs/no_such_program:main { }",
    expect: [/no_such_program/],
    never: [/Attached/],
  },
  {
    feature: "symbols",
    command: "./testprogs/uprobe_test-pie",
    script:
      'uprobe:./testprogs/uprobe_test-pie:uprobeFunction1 { printf("0x%x 0x%x\\n", *uaddr("GLOBAL_A"), *uaddr("GLOBAL_C")); exit(); }',
    expect: [/^0x55555555 0x33333333$/m],
  },
  {
    feature: "signal",
    unsafe: true,
    script: `uprobe:${program}:uprobeFunction1 { signal("SIGKILL"); print("sent"); exit(); }`,
    expect: [/^sent$/m],
  },
]);

const uretprobe = cases("uretprobe", { workload: program }, [
  {
    feature: "fires",
    script: `uretprobe:${program}:uprobeFunction1 { print("hit"); exit(); }`,
    expect: [/^hit$/m],
  },
  {
    feature: "several",
    workload: briefly,
    script: `uretprobe:${program}:uprobeFunction1, uretprobe:${program}:uprobeFunction2 { @ = count(); }`,
    expect: [/^@: \d+$/m, /^Attached 2 probes$/m],
  },
  {
    feature: "wildcard",
    workload: briefly,
    script: `uretprobe:${program}:uprobeFunction* { @[probe] = count(); }`,
    expect: [/uprobeFunction1\]: \d+$/m, /uprobeFunctionBar\]: \d+$/m],
  },
  {
    feature: "result",
    script: `uretprobe:${program}:uprobeFunction1 { printf("%d\\n", retval); exit(); }`,
    expect: [/^107$/m],
  },
  {
    feature: "result",
    what: "negative",
    workload: "./testprogs/uprobe_negative_retval",
    script: 'uretprobe:./testprogs/uprobe_negative_retval:main { printf("%d\\n", (int32)retval); exit(); }',
    expect: [/^-100$/m],
  },
  {
    feature: "context",
    script: `uretprobe:${program}:uprobeFunction1 { printf("%d\\n", (int32)((struct pt_regs *)ctx)->ax); exit(); }`,
    expect: [/^107$/m],
  },
  {
    feature: "function",
    script: `uretprobe:${program}:uprobeFunction1 { print(func); exit(); }`,
    expect: [/^uprobeFunction1$/m],
    needs: ["uprobe_multi"],
  },
  {
    feature: "registers",
    script: `uretprobe:${program}:uprobeFunction1 { printf("%d\\n", (int32)reg("ax")); exit(); }`,
    expect: [/^107$/m],
  },
  {
    feature: "stacks",
    script: `uretprobe:${program}:uprobeFunction1 { print(ustack(perf, 1)); exit(); }`,
    expect: [/^\t[0-9a-f]+ main\+\d+ \(/m],
  },
  {
    feature: "process filter",
    before: "./testprogs/uprobe_fork_loop",
    byPid: true,
    script:
      "uretprobe:./testprogs/uprobe_fork_loop:uprobeFunction1 { @[pid == $PID] = count(); } interval:s:1 { exit(); }",
    expect: [/^@\[(1|true)\]: \d+$/m],
    never: [/^@\[(0|false)\]/m],
  },
  {
    feature: "missing target",
    script: `uretprobe:${program}:no_such { }`,
    expect: [/no_such/],
    never: [/Attached/],
  },
  {
    feature: "symbols",
    script: `uretprobe:${program}:uprobeFunction1 { printf("0x%x\\n", *uaddr("GLOBAL_A")); exit(); }`,
    expect: [/^0x55555555$/m],
  },
  {
    feature: "signal",
    unsafe: true,
    script: `uretprobe:${program}:uprobeFunction1 { signal("SIGKILL"); print("sent"); exit(); }`,
    expect: [/^sent$/m],
  },
]);

export const userCases: readonly ProbeCase[] = [...uprobe, ...uretprobe];
