/** Attach points as other tracers write them, and those that lack their probe type: how they are written here. */

/** Categories of tracepoints that people name without saying that they are tracepoints. */
const categories: ReadonlySet<string> = new Set([
  ...[
    "syscalls",
    "raw_syscalls",
    "sched",
    "block",
    "net",
    "sock",
    "tcp",
    "skb",
    "napi",
    "irq",
    "kmem",
    "vmscan",
  ],
  ...[
    "ext4",
    "xfs",
    "btrfs",
    "writeback",
    "filemap",
    "signal",
    "task",
    "power",
    "workqueue",
    "xdp",
    "cgroup",
  ],
]);

const others: ReadonlyMap<string, string> = new Map([
  ["raw_tp", "rawtracepoint"],
  ["raw_tracepoint", "rawtracepoint"],
  ["tp", "tracepoint"],
  ["timer", "interval"],
  ["tick", "interval"],
]);

const timed = /^(tick|profile)-(\d+)(ns|us|ms|s|sec|msec|usec|hz)?$/;

/** @returns the attach point that is meant, where that can be told */
export function attachPointElsewhere(text: string): string | undefined {
  const [name = "", ...parts] = text.split(":");
  const rest = parts.join(":");
  const timing = timed.exec(text);
  if (timing !== null) {
    const [, kind = "", count = "", unit = "hz"] = timing;
    return `${kind === "tick" ? "interval" : "profile"}:${unit.replace(/ec$/, "")}:${count}`;
  }
  if (name === "syscall") return syscallProbe(parts);
  if (name === "fbt") return functionProbe(parts);
  if (categories.has(name) && parts.length === 1) return `tracepoint:${name}:${rest}`;
  const other = others.get(name);
  return other === undefined || rest === "" ? undefined : `${other}:${rest}`;
}

/** `syscall::open:entry` */
function syscallProbe([, call = "", side]: readonly string[]): string | undefined {
  if (!/^\w+$/.test(call) || (side !== "entry" && side !== "return")) return undefined;
  return `tracepoint:syscalls:sys_${side === "entry" ? "enter" : "exit"}_${call}`;
}

/** `fbt::vfs_read:entry` */
function functionProbe([, called = "", side]: readonly string[]): string | undefined {
  if (!/^\w+$/.test(called) || (side !== "entry" && side !== "return")) return undefined;
  return `${side === "entry" ? "kprobe" : "kretprobe"}:${called}`;
}
