/** What is said of switches by which a kernel keeps probes from firing. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { sampleRateLimit, switchedOff } from "./switches.ts";

const files = (texts: Readonly<Record<string, string>>) => (path: string) => texts[path];

test("probes that attach and never fire are told, with the command that switches them on", () => {
  const [kprobes, ...rest] = switchedOff(
    files({ "/sys/kernel/debug/kprobes/enabled": "0\n", "/proc/sys/kernel/ftrace_enabled": "1\n" }),
  );
  assert.deepEqual(rest, []);
  assert.match(kprobes?.message ?? "", /^kprobe and kretprobe probes never fire/);
  assert.match(kprobes?.mend ?? "", /^echo 1 \| sudo tee \/sys\/kernel\/debug\/kprobes\/enabled$/);
  assert.deepEqual(switchedOff(files({})), []);
});

test("more samples a second than the kernel allows", () => {
  const read = files({ "/proc/sys/kernel/perf_event_max_sample_rate": "60\n" });
  assert.match(sampleRateLimit(997n, read)?.reason ?? "", /allows 60 samples a second/);
  assert.equal(sampleRateLimit(60n, read), undefined);
  assert.equal(sampleRateLimit(997n, files({})), undefined);
});
