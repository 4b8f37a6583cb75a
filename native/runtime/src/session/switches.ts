/** Switches of a running kernel that make probes attach and never fire, or let fewer samples through. */

import { readFileSync } from "node:fs";

import type { ProbeTarget } from "@probewright/compiler";

interface Switch {
  readonly file: string;
  /** What stands in the file when probes do not fire. */
  readonly off: string;
  readonly kinds: readonly ProbeTarget["kind"][];
  /** What does not fire, for people. */
  readonly silent: string;
}

/** Source: Documentation/trace/kprobes.rst and Documentation/admin-guide/sysctl/kernel.rst of Linux. */
const switches: readonly Switch[] = [
  {
    file: "/sys/kernel/debug/kprobes/enabled",
    off: "0",
    kinds: ["kprobe"],
    silent: "kprobe and kretprobe probes",
  },
  {
    file: "/proc/sys/kernel/ftrace_enabled",
    off: "0",
    kinds: ["kprobe", "fentry"],
    silent: "fentry, fexit and most kprobe probes",
  },
];

export interface SwitchedOff {
  readonly kinds: readonly ProbeTarget["kind"][];
  readonly message: string;
  /** A command. */
  readonly mend: string;
}

/** @param read the text of a file; undefined where there is none or it cannot be read */
export function switchedOff(read: (path: string) => string | undefined = readText): readonly SwitchedOff[] {
  return switches
    .filter(({ file, off }) => read(file)?.trim() === off)
    .map(({ file, kinds, silent }) => ({
      kinds,
      message: `${silent} never fire: ${file} is 0`,
      mend: `echo 1 | sudo tee ${file}`,
    }));
}

const SAMPLE_RATE = "/proc/sys/kernel/perf_event_max_sample_rate";

/** Why a kernel refuses so many samples a second, and what lets it; undefined where that is not why. */
export function sampleRateLimit(
  hertz: bigint,
  read: (path: string) => string | undefined = readText,
): { readonly reason: string; readonly advice: string } | undefined {
  const limit = /^\d+/.exec(read(SAMPLE_RATE) ?? "")?.[0];
  if (limit === undefined || hertz <= BigInt(limit)) return undefined;
  return {
    reason: `the kernel allows ${limit} samples a second now (${SAMPLE_RATE})`,
    advice: `sample at ${limit} hertz or less, or sudo sysctl kernel.perf_event_max_sample_rate=${hertz.toString()}`,
  };
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    // Not on this kernel, or not for us: then nothing is known to be off.
    return undefined;
  }
}
