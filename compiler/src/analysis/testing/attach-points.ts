/** An attach point of each probe type that `smallKernel` has, for tests that go over all of them. */

export const attachPoints: Readonly<Record<string, string>> = {
  kprobe: "kprobe:vfs_read",
  kretprobe: "kretprobe:vfs_read",
  fentry: "fentry:vfs_read",
  fexit: "fexit:vfs_read",
  tracepoint: "tracepoint:sched:sched_switch",
  rawtracepoint: "rawtracepoint:sched_switch",
  iter: "iter:task",
  profile: "profile:hz:99",
  interval: "interval:s:1",
  software: "software:faults:1",
  hardware: "hardware:cycles:1000",
  watchpoint: "watchpoint:0x1000:8:w",
  begin: "begin",
  end: "end",
  self: "self:signal:SIGUSR1",
  test: "test:one",
  bench: "bench:one",
  uprobe: "uprobe:/bin/sh:main",
  uretprobe: "uretprobe:/bin/sh:main",
  usdt: "usdt:/bin/sh:one:two",
};
