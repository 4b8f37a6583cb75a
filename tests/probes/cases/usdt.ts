/** Static probes of programs and libraries. */

import type { ProbeCase } from "../case.ts";
import { cases } from "./shared.ts";

const usdtProgram = "./testprogs/usdt_test";
/** It loops for longer than is needed. */
const briefly = `timeout 1 ${usdtProgram}`;

const usdt = cases("usdt", { workload: usdtProgram }, [
  {
    feature: "fires",
    script: `usdt:${usdtProgram}:tracetest:testprobe { print("hit"); exit(); }`,
    expect: [/^hit$/m],
  },
  {
    feature: "fires",
    what: "behind a semaphore",
    workload: "./testprogs/usdt_semaphore_test",
    script: "usdt:./testprogs/usdt_semaphore_test:tracetest:testprobe { print(str(arg1)); exit(); }",
    expect: [/^USDT semaphore: 1$/m],
  },
  {
    feature: "fires",
    what: "at two sites with arguments in different places",
    workload: "timeout 1 ./testprogs/usdt_inlined",
    script: "usdt:./testprogs/usdt_inlined:tracetest:testprobe { @[arg1] = count(); }",
    expect: [/^@\[100\]: \d+$/m, /^@\[999\]: \d+$/m],
  },
  {
    feature: "several",
    workload: briefly,
    script: `usdt:${usdtProgram}:tracetest:testprobe, usdt:${usdtProgram}:tracetest2:testprobe2 { @[str(arg1)] = count(); }`,
    expect: [/^@\[Hello World1\]: \d+$/m, /^@\[Hello World3\]: \d+$/m],
  },
  {
    feature: "wildcard",
    workload: briefly,
    script: `usdt:${usdtProgram}:* { @[probe] = count(); }`,
    expect: [/tracetest:testprobe\]: \d+$/m, /tracetest2:testprobe2\]: \d+$/m, /^Attached 3 probes$/m],
  },
  {
    feature: "arguments",
    what: "constants of every size",
    command: "./testprogs/usdt_args",
    script: 'usdt:./testprogs/usdt_args:usdt_args:const_* { printf("%lld ", arg0); }',
    expect: [/^-579005069656919568 -579005069656919568 4092785136 -202182160 61936 -3600 240 -16 $/m],
    workload: "true",
  },
  {
    feature: "arguments",
    what: "registers of every size",
    command: "./testprogs/usdt_args",
    script: 'usdt:./testprogs/usdt_args:usdt_args:reg_* { printf("%lld ", arg0); }',
    expect: [/^-579005069656919568 -579005069656919568 4092785136 -202182160 61936 -3600 240 -16 $/m],
    workload: "true",
  },
  {
    feature: "arguments",
    what: "twelve of them",
    workload: "./testprogs/usdt_multi_args",
    script:
      'usdt:./testprogs/usdt_multi_args:probe1 { printf("%llx %llx %lld %llx\\n", arg0, arg9, arg10, arg11); exit(); }',
    expect: [/^deadbeef 5555555555555555 42 aaaaaaaaaaaaaaaa$/m],
  },
  {
    feature: "context",
    script: `usdt:${usdtProgram}:tracetest:testprobe { printf("%d\\n", ((struct pt_regs *)ctx)->ip == reg("ip")); exit(); }`,
    expect: [/^1$/m],
  },
  {
    feature: "registers",
    script: `usdt:${usdtProgram}:tracetest:testprobe { print(usym(reg("ip"))); exit(); }`,
    expect: [/^main$/m],
  },
  {
    feature: "stacks",
    workload: "./testprogs/usdt_inlined",
    script:
      "usdt:./testprogs/usdt_inlined:tracetest:testprobe /arg1 == 100/ { print(ustack(perf, 3)); exit(); }",
    expect: [/mywrapper\+\d+ \(.*\n.*loop\+\d+ \(.*\n.*main\+\d+ \(/],
  },
  {
    feature: "stacks",
    what: "with inlined functions",
    workload: "./testprogs/usdt_inlined",
    script: "usdt:./testprogs/usdt_inlined:tracetest:testprobe /arg1 == 100/ { print(ustack(2)); exit(); }",
    expect: [
      /\[inlined\] myclock@\S+\.c:\d+\n\s+\[inlined\] mywrapper_inlined@\S+\.c:\d+\n\s+mywrapper\+\d+@\S+\.c:\d+\n\s+loop\+\d+@\S+\.c:\d+$/m,
    ],
  },
  {
    feature: "process filter",
    before: usdtProgram,
    byPid: true,
    script: `usdt:${usdtProgram}:tracetest:testprobe { @[pid == $PID] = count(); } interval:s:1 { exit(); }`,
    expect: [/^@\[(1|true)\]: \d+$/m],
    never: [/^@\[(0|false)\]/m],
  },
  {
    feature: "process filter",
    what: "in a library of the process",
    before: "./testprogs/usdt_lib",
    byPid: true,
    loaded: "libusdt_tp.so",
    workload: "true",
    script: 'usdt::tracetestlib:lib_probe_1 { printf("%d\\n", arg0 >= 0); exit(); }',
    expect: [/^1$/m],
  },
  {
    feature: "missing target",
    script: `usdt:${usdtProgram}:tracetest:testprob { }`,
    expect: [/'tracetest:testprob'/],
    never: [/Attached/],
  },
  {
    feature: "symbols",
    workload: "./testprogs/usdt_args",
    script: 'usdt:./testprogs/usdt_args:const_u64 { printf("%llx\\n", *uaddr("number")); exit(); }',
    expect: [/^f7f6f5f4f3f2f1f0$/m],
  },
  {
    feature: "signal",
    unsafe: true,
    script: `usdt:${usdtProgram}:tracetest:testprobe { signal("SIGKILL"); print("sent"); exit(); }`,
    expect: [/^sent$/m],
  },
]);

export const usdtCases: readonly ProbeCase[] = usdt;
