/** Probes that the tool itself runs. */

import type { ProbeCase } from "../case.ts";

export const ownCases: readonly ProbeCase[] = [
  { probe: "begin", feature: "fires", script: 'begin { print("hello"); exit(); }', expect: [/^hello$/m] },
  {
    probe: "begin",
    feature: "fires",
    what: "several, in order",
    script: 'begin { printf("one "); } begin { print("two"); exit(); }',
    expect: [/^one two$/m],
  },
  {
    probe: "begin",
    feature: "stacks",
    script: "begin { @[kstack(2)] = count(); exit(); }",
    expect: [/^@\[$/m, /\]: 1$/m],
  },
  {
    probe: "begin",
    feature: "fires",
    what: "addresses of the kernel's variables",
    script:
      'begin { $queue = (struct rq *)percpu_kaddr("runqueues", ncpus - 1); printf("%d is the last\\n", $queue->cpu + 1 == ncpus); printf("beyond %d\\n", percpu_kaddr("runqueues", ncpus)); exit(); }',
    expect: [/^(1|true) is the last$/m, /^beyond 0$/m],
    excuse: /there is no '__per_cpu_offset' in \/proc\/kallsyms/,
  },
  { probe: "end", feature: "fires", script: 'begin { exit(); } end { print("bye"); }', expect: [/^bye$/m] },
  {
    probe: "end",
    feature: "stacks",
    script: "begin { exit(); } end { @[kstack(2)] = count(); }",
    expect: [/^@\[$/m, /\]: 1$/m],
  },
  {
    probe: "self",
    feature: "fires",
    script: 'self:signal:SIGUSR1 { print("called"); exit(); }',
    signalled: true,
    expect: [/^called$/m],
  },
  {
    probe: "self",
    feature: "stacks",
    script: "self:signal:SIGUSR1 { @[kstack(2)] = count(); exit(); }",
    signalled: true,
    expect: [/\]: 1$/m],
  },
  {
    probe: "test",
    feature: "fires",
    mode: "test",
    script: "test:fine { return 0; } test:wrong { return 1; }",
    expect: [/OK \].*fine/, /FAILED.*wrong/],
  },
  {
    probe: "bench",
    feature: "fires",
    mode: "bench",
    script: "bench:count { @ = count(); }",
    expect: [/count +\d+ +\d+/],
  },
];
