/** Numbers of system calls have the names of the kernel's tables, of both architectures. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { syscallNames } from "./syscall-names.ts";

const cases = [
  {
    architecture: "x86_64",
    calls: { 0: "read", 59: "execve", 334: "rseq", 335: "uretprobe", 424: "pidfd_send_signal" },
  },
  { architecture: "arm64", calls: { 63: "read", 221: "execve", 293: "rseq", 424: "pidfd_send_signal" } },
] as const;

for (const { architecture, calls } of cases) {
  test(`system calls of ${architecture}`, () => {
    const names = syscallNames[architecture];
    const shared = { 450: "set_mempolicy_home_node", 451: "cachestat", 462: "mseal", 469: "file_setattr" };
    for (const [number, name] of Object.entries({ ...calls, ...shared })) {
      assert.equal(names[Number(number)], name, `system call ${number}`);
    }
    assert.equal(names.length, 470);
  });
}
