/** What a root without capabilities lacks, as the kernel tells of a process. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { lackingCapabilities } from "./stripped-root.ts";

function status(permitted: string, bounds: string, noNewPrivileges: 0 | 1): string {
  return `Uid:\t0\t0\t0\t0\nCapPrm:\t${permitted}\nCapEff:\t${permitted}\nCapBnd:\t${bounds}\nNoNewPrivs:\t${String(noNewPrivileges)}\n`;
}

const all = "000001ffffffffff";
const docker = "00000000a80425fb";
const rows: Readonly<Record<string, readonly [status: string, lacking: readonly string[]]>> = {
  "root on the host": [status(all, all, 0), []],
  "a container's usual root": [status(docker, docker, 0), ["CAP_BPF", "CAP_PERFMON"]],
  "a container that was given CAP_SYS_ADMIN": [status(docker, "00000000a82425fb", 0), []],
  "a container that was given CAP_BPF alone": [status(docker, "00000080a80425fb", 0), ["CAP_PERFMON"]],
  "a container that was given both": [status(docker, "000000c0a80425fb", 0), []],
  "a root that gets all back by starting a program": [status("0000000000000000", all, 0), []],
  "a root that gains nothing by starting a program": [
    status("0000000000000000", all, 1),
    ["CAP_BPF", "CAP_PERFMON"],
  ],
  "a kernel that does not say": ["Uid:\t0\t0\t0\t0\n", []],
};

for (const [who, [text, lacking]] of Object.entries(rows)) {
  test(`what ${who} lacks`, () => {
    assert.deepEqual(lackingCapabilities(text), lacking);
  });
}
