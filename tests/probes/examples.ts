/** The tools of `examples/` as cases: each runs on a workload that gives it something to show. */

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import type { KernelFeature } from "@probewright/compiler";

import type { ProbeCase } from "./case.ts";

const folder = fileURLToPath(new URL("../../examples/", import.meta.url));

interface Example {
  readonly workload: string;
  readonly expect: readonly RegExp[];
  readonly never?: readonly RegExp[];
  /** Default 2. */
  readonly seconds?: number;
  readonly needs?: readonly KernelFeature[];
  readonly excuse?: RegExp;
}

/** Machines differ in what is there to be traced: no such program, no static probes in it, a kernel that refuses. */
const absent = /no USDT probe|no such file|not found|does not allow loading|has no such/;
/** Nothing to do for the tool here: that it runs and ends in order is what can be shown. */
const quiet = [/^Attached \d+ probes?$/m];

const sync = "dd if=/dev/zero of=./sync.tmp bs=4k count=20 conv=fsync; rm ./sync.tmp";
const hog = "timeout 1 sh -c 'while :; do :; done'";
const python = "/usr/bin/python3";

export const examples: Readonly<Record<string, Example>> = {
  biolatency: { workload: sync, expect: quiet },
  cpudist: { workload: hog, expect: [/^@ran_us:$/m, /\|@+/] },
  cpuprofile: { workload: hog, expect: [/^@samples: \d+$/m] },
  deletes: {
    workload:
      "touch ./one.tmp; mv ./one.tmp ./two.tmp; rm ./two.tmp; rm -f ./none.tmp; mkdir ./f.tmp; rmdir ./f.tmp",
    expect: [
      / mv +rename +\.\/one\.tmp -> \.\/two\.tmp$/m,
      / rm +delete +\S*two\.tmp$/m,
      / rmdir +delete +\S*f\.tmp$/m,
    ],
    never: [/none\.tmp/],
  },
  execs: { workload: "./testprogs/true with arguments", expect: [/ \.\/testprogs\/true with arguments$/m] },
  exits: {
    workload: "./testprogs/watchpoint_exec & sleep 0.3; kill -9 $!; wait",
    expect: [/watchpoint_exec .* Killed$/m],
  },
  "failing-syscalls": {
    workload: "cat /no/such/file",
    expect: [/^@failures\[cat, openat, No such file or directory\]: \d+$/m],
  },
  filetop: {
    workload: "for i in 1 2 3 4 5 6 7 8; do cat /etc/passwd > ./copy.tmp; sleep 0.4; done; rm ./copy.tmp",
    expect: [/^@read\[passwd\]: \d+$/m, /^@written\[copy\.tmp\]: \d+$/m],
    seconds: 4,
    needs: ["fentry"],
    excuse: absent,
  },
  forks: { workload: "for i in 1 2 3; do (true); done", expect: [/^@total\[sh\]: \d+$/m] },
  fslatency: { workload: sync, expect: [/^@us\[sync\]:$/m, /^@us\[write\]:$/m] },
  fsyncs: { workload: sync, expect: [/ dd +1 +\d+$/m, /^@us\[dd\]: \{ \.count = 1/m] },
  futexes: { workload: "./testprogs/multi_threads", expect: quiet },
  getaddrinfo: { workload: "getent ahosts localhost", expect: [/ getent +\d+ +-?\d+ +localhost$/m] },
  leaks: {
    workload: "./testprogs/allocations",
    expect: [/^\]: 7063$/m, /^\]: 3733$/m],
    never: [/^\]: (1237|1861|1249|1873|5003)$/m],
  },
  mallocs: { workload: "./testprogs/uprobe_library", expect: [/^@bytes\[uprobe_library, $/m, /^@sizes:$/m] },
  mutexes: { workload: "./testprogs/multi_threads", expect: quiet },
  offcpu: { workload: "sleep 0.2", expect: [/^@us\[sleep, $/m, /nanosleep/] },
  oomkills: { workload: "true", expect: quiet },
  opens: { workload: "cat /etc/hostname", expect: [/ cat +\/etc\/hostname$/m, /^@microseconds:$/m] },
  pagefaults: {
    workload: "./testprogs/true",
    expect: [/^@faults\[\S+\]: \d+$/m, /^@where\[\S+, /m],
    seconds: 3,
  },
  "python-gc": {
    workload: `${python} -c 'import gc; gc.collect()'`,
    expect: [/^\S+ +\d+ +2 +\d+ +\d+$/m, /^@us\[2\]:$/m],
    excuse: absent,
  },
  "python-imports": {
    workload: `${python} -c 'import json'`,
    expect: [/ json$/m, /^@import_us\[json\]: \d+$/m],
    excuse: absent,
  },
  reclaims: { workload: "true", expect: quiet },
  runqlat: {
    workload: `${hog} & ${hog} & ${hog} & wait`,
    expect: [/^@waited_us:$/m, /^@longest_us\[sh\]: \d+$/m],
  },
  setuids: {
    workload: "setpriv --reuid=65534 --clear-groups setpriv --reuid=0 true",
    expect: [/ setpriv +0\/0 +65534\/65534 +changed$/m, / setpriv +65534\/65534 +Operation not permitted$/m],
  },
  signals: {
    workload: "sleep 9 & sleep 0.2; kill -TERM $!; wait",
    expect: [/ sh +Terminated +\d+ +sleep$/m],
  },
  "slow-io": { workload: sync, expect: quiet },
  "slow-syscalls": { workload: "sleep 0.2", expect: [/ sleep +clock_nanosleep +[2-9]\d\d +0$/m] },
  softirqs: { workload: "sleep 1", expect: [/^@us\[\d+\]:$/m] },
  syscalls: { workload: "cat /etc/hostname", expect: [/^@programs\[cat\]: \d+$/m], seconds: 3 },
  tasks: { workload: "true", expect: [/^\d+ +\d+ +\S+ +sleeping +prio \d+$/m], needs: ["iter"] },
  tcpconnects: {
    workload: "bash -c 'echo > /dev/tcp/127.0.0.1/9'",
    expect: [/ bash +127\.0\.0\.1 +9 +\d+ +Connection refused$/m],
  },
  tcplife: {
    workload: `${python} -c 'import socket; s = socket.create_server(("127.0.0.1", 18999)); s.accept()[0].recv(9)' &
      sleep 1; bash -c 'echo > /dev/tcp/127.0.0.1/18999'; wait`,
    expect: [/ bash +out +127\.0\.0\.1 .* 18999 +\d+$/m, / python3? +in +127\.0\.0\.1 +18999 /m],
    never: [/ bash +in /],
    excuse: absent,
    seconds: 3,
  },
  tcpretransmits: { workload: "true", expect: quiet },
  vfscalls: {
    workload: "cat /etc/hostname",
    expect: [/^@calls\[vfs_read\]: \d+$/m],
    needs: ["kprobe"],
    seconds: 4,
  },
};

export function exampleCases(): readonly ProbeCase[] {
  return Object.entries(examples).map(([name, example]) => ({
    probe: "example",
    feature: name,
    script: readFileSync(`${folder}${name}.bt`, "utf8"),
    seconds: 2,
    ...example,
  }));
}
