/** Timers, counters and watchpoints. */

import type { ProbeCase } from "../case.ts";
import { cases } from "./shared.ts";

const busy = "./testprogs/work_loop";

const profile = cases("profile", { before: busy }, [
  { feature: "fires", script: 'profile:hz:99 /pid == $PID/ { print("hit"); exit(); }', expect: [/^hit$/m] },
  {
    feature: "fires",
    what: "by period",
    script: 'profile:10ms { print("hit"); exit(); }',
    expect: [/^hit$/m],
  },
  {
    feature: "several",
    script: "profile:hz:99, profile:ms:20 { @ = count(); } interval:s:1 { exit(); }",
    expect: [/^@: \d\d+$/m],
  },
  {
    feature: "context",
    script:
      'profile:hz:99 /pid == $PID/ { printf("%d\\n", ((struct bpf_perf_event_data *)ctx)->sample_period > 0); exit(); }',
    expect: [/^1$/m],
  },
  {
    feature: "registers",
    script: 'profile:hz:99 /pid == $PID/ { printf("%d\\n", reg("ip") != 0); exit(); }',
    expect: [/^1$/m],
  },
  {
    feature: "stacks",
    script:
      "profile:hz:99 /pid == $PID && usermode/ { @[ustack(perf, 3)] = count(); } interval:s:1 { exit(); }",
    expect: [/main\+\d+ \(.*work_loop\)/],
  },
  {
    feature: "process filter",
    byPid: true,
    script: "profile:hz:99 { @[pid == $PID] = count(); } interval:s:1 { exit(); }",
    expect: [/^@\[(1|true)\]: \d+$/m],
    never: [/^@\[(0|false)\]/m],
  },
  {
    feature: "signal",
    unsafe: true,
    script: 'profile:hz:99 /pid == $PID/ { signal("SIGKILL"); print("sent"); exit(); }',
    expect: [/^sent$/m],
  },
]);

const interval = cases("interval", {}, [
  { feature: "fires", script: 'interval:ms:50 { print("tick"); exit(); }', expect: [/^tick$/m] },
  {
    feature: "fires",
    what: "by duration",
    script: 'interval:50ms { print("tick"); exit(); }',
    expect: [/^tick$/m],
  },
  {
    feature: "several",
    script: "interval:ms:20, interval:hz:50 { @ = count(); } interval:s:1 { exit(); }",
    expect: [/^@: \d\d+$/m, /^Attached 3 probes$/m],
  },
  {
    feature: "context",
    script:
      'interval:ms:50 { printf("%d\\n", ((struct bpf_perf_event_data *)ctx)->sample_period > 0); exit(); }',
    expect: [/^1$/m],
  },
  {
    feature: "registers",
    script: 'interval:ms:50 { printf("%d\\n", reg("ip") != 0); exit(); }',
    expect: [/^1$/m],
  },
  {
    feature: "stacks",
    script: "interval:ms:50 { @[kstack(3), ustack(3)] = count(); } interval:s:1 { exit(); }",
    expect: [/\]: \d+$/m],
  },
]);

const software = cases("software", { before: busy }, [
  {
    feature: "fires",
    script: 'software:cpu-clock:1000000 /pid == $PID/ { print("hit"); exit(); }',
    expect: [/^hit$/m],
  },
  {
    feature: "fires",
    what: "page faults",
    workload: "./testprogs/true",
    script: 'software:page-faults:1 /comm == "true"/ { print("fault"); exit(); }',
    expect: [/^fault$/m],
  },
  {
    feature: "several",
    script:
      "software:cpu-clock:1000000, software:task-clock:1000000 /pid == $PID/ { @ = count(); } interval:s:1 { exit(); }",
    expect: [/^@: \d+$/m],
  },
  {
    feature: "context",
    script:
      'software:cpu-clock:1000000 /pid == $PID/ { printf("%d\\n", ((struct bpf_perf_event_data *)ctx)->sample_period > 0); exit(); }',
    expect: [/^1$/m],
  },
  {
    feature: "registers",
    script: 'software:cpu-clock:1000000 /pid == $PID/ { printf("%d\\n", reg("ip") != 0); exit(); }',
    expect: [/^1$/m],
  },
  {
    feature: "stacks",
    script:
      "software:cpu-clock:1000000 /pid == $PID && usermode/ { @[ustack(perf, 3)] = count(); } interval:s:1 { exit(); }",
    expect: [/main\+\d+ \(.*work_loop\)/],
  },
  {
    feature: "process filter",
    byPid: true,
    script: "software:cpu-clock:1000000 { @[pid == $PID] = count(); } interval:s:1 { exit(); }",
    expect: [/^@\[(1|true)\]: \d+$/m],
    never: [/^@\[(0|false)\]/m],
  },
  {
    feature: "missing target",
    script: "software:page-falts { }",
    expect: [/did you mean 'page-faults'/],
    never: [/Attached/],
  },
]);

/** Virtual machines seldom have counters: the refusal must say so. */
const uncounted = /this machine counts no such hardware event/;

const hardware = cases("hardware", { before: busy, excuse: uncounted }, [
  {
    feature: "fires",
    script: 'hardware:cpu-cycles:1000000 /pid == $PID/ { print("hit"); exit(); }',
    expect: [/^hit$/m],
  },
  {
    feature: "several",
    script: "hardware:cpu-cycles, hardware:instructions { @ = count(); } interval:s:1 { exit(); }",
    expect: [/^@: \d+$/m],
  },
  {
    feature: "context",
    script:
      'hardware:cpu-cycles { printf("%d\\n", ((struct bpf_perf_event_data *)ctx)->sample_period > 0); exit(); }',
    expect: [/^1$/m],
  },
  {
    feature: "registers",
    script: 'hardware:cpu-cycles { printf("%d\\n", reg("ip") != 0); exit(); }',
    expect: [/^1$/m],
  },
  {
    feature: "stacks",
    script: "hardware:cpu-cycles { @[kstack(3), ustack(3)] = count(); } interval:s:1 { exit(); }",
    expect: [/\]: \d+$/m],
  },
  {
    feature: "process filter",
    byPid: true,
    script: "hardware:cpu-cycles { @[pid == $PID] = count(); } interval:s:1 { exit(); }",
    expect: [/^@\[(1|true)\]: \d+$/m],
    never: [/^@\[(0|false)\]/m],
  },
  {
    feature: "missing target",
    script: "hardware:cpu-cycle { }",
    expect: [/did you mean 'cpu-cycles'/],
    never: [/Attached/],
  },
]);

const watched = "./testprogs/watchpoint_threaded";

/** Emulated processors may have debug registers that never fire. */
const watchpoint = cases("watchpoint", { before: watched, byPid: true }, [
  {
    feature: "fires",
    what: "in a thread that was there",
    script: 'watchpoint:0x10000000:1:w { print("hit"); exit(); }',
    expect: [/^hit$/m],
  },
  {
    feature: "fires",
    what: "in a thread that comes later",
    command: `${watched} 1`,
    byPid: false,
    script: 'watchpoint:0x10000000:1:w { print("hit"); exit(); }',
    expect: [/^hit$/m],
  },
  {
    feature: "fires",
    what: "on reading or writing",
    script: 'watchpoint:0x10000000:1:rw { print("hit"); exit(); }',
    expect: [/^hit$/m],
  },
  {
    feature: "fires",
    what: "on execution",
    command: "./testprogs/watchpoint_exec",
    byPid: false,
    script: 'watchpoint:0x10000000:1:x { print("hit"); exit(); }',
    expect: [/^hit$/m],
  },
  {
    feature: "fires",
    what: "more than the processor has registers for: refused",
    script:
      "watchpoint:0x10000000:1:w { } watchpoint:0x10000001:1:w { } watchpoint:0x10000002:1:w { } watchpoint:0x10000003:1:w { } watchpoint:0x10000004:1:w { } interval:s:1 { exit(); }",
    expect: [/debug registers/],
    never: [/Attached/],
  },
  {
    feature: "several",
    script: 'watchpoint:0x10000000:1:w, watchpoint:0x10000008:1:w { print("hit"); exit(); }',
    expect: [/^hit$/m, /^Attached 2 probes$/m],
  },
  {
    feature: "context",
    script:
      'watchpoint:0x10000000:1:w { printf("%d\\n", ((struct bpf_perf_event_data *)ctx)->addr == 0x10000000); exit(); }',
    expect: [/^1$/m],
  },
  {
    feature: "registers",
    script: 'watchpoint:0x10000000:1:w { print(usym(reg("ip"))); exit(); }',
    expect: [/^write_often$/m],
  },
  {
    feature: "stacks",
    script: "watchpoint:0x10000000:1:w { print(ustack(perf, 1)); exit(); }",
    expect: [/write_often\+\d+ \(/],
  },
  {
    feature: "process filter",
    script: "watchpoint:0x10000000:1:w { @[pid == $PID] = count(); } interval:s:1 { exit(); }",
    expect: [/^@\[(1|true)\]: \d+$/m],
    never: [/^@\[(0|false)\]/m],
  },
]);

export const perfCases: readonly ProbeCase[] = [
  ...profile,
  ...interval,
  ...software,
  ...hardware,
  ...watchpoint,
];
