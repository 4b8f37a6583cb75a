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

const timed = /^(tick|profile)-(\d+[a-z]*)$/;

/** Units of time in the words that people have for them: what they are called here, and how many of it they are. */
const units: ReadonlyMap<string, readonly [string, bigint]> = new Map<string, readonly [string, bigint]>([
  ...["s", "sec", "secs", "second", "seconds"].map((word) => [word, ["s", 1n]] as const),
  ...["ms", "msec", "msecs", "millis", "millisecond", "milliseconds"].map(
    (word) => [word, ["ms", 1n]] as const,
  ),
  ...["us", "usec", "usecs", "micros", "microsecond", "microseconds"].map(
    (word) => [word, ["us", 1n]] as const,
  ),
  ...["hz", "hertz"].map((word) => [word, ["hz", 1n]] as const),
  ...["m", "min", "mins", "minute", "minutes"].map((word) => [word, ["s", 60n]] as const),
]);

/** `99hz`, `99:hz` and `seconds:5` as a period that `profile` and `interval` take. */
export function periodMeant(kind: "profile" | "interval", text: string): string | undefined {
  const found = /^(?:(?<before>\d{1,15}):?(?<unit>[a-z]*)|(?<first>[a-z]+):(?<behind>\d{1,15}))$/i.exec(text);
  const { before, unit, first, behind } = found?.groups ?? {};
  const count = before ?? behind;
  const row = units.get((first ?? (unit === "" ? undefined : unit) ?? "hz").toLowerCase());
  if (count === undefined || row === undefined) return undefined;
  const [name, times] = row;
  return `${kind}:${name}:${(BigInt(count) * times).toString()}`;
}

/** @returns the attach point that is meant, where that can be told */
export function attachPointElsewhere(text: string): string | undefined {
  const [name = "", ...parts] = text.split(":");
  const rest = parts.join(":");
  const timing = timed.exec(text);
  if (timing !== null) {
    const [, kind = "", period = ""] = timing;
    return periodMeant(kind === "tick" ? "interval" : "profile", period);
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
