/** What is at an address of a process, by what the kernel told of it. */

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";

import type { MappingRecord } from "@probewright/runtime";
import { createProcessMappings } from "./process-mappings.ts";

/** A process that is gone: nothing of it can be read. */
const gone = spawnSync(process.execPath, ["--version"]).pid;
const child = 0x7fff_fff0;

function map(pid: number, time: number, start: number, path: string, buildId = "ab"): MappingRecord {
  return {
    kind: "map",
    pid,
    time: BigInt(time),
    start: BigInt(start),
    length: 0x1000n,
    offset: 0n,
    path,
    buildId,
  };
}

function pathAt(records: readonly MappingRecord[], pid: number, address: number): string | undefined {
  const mappings = createProcessMappings(() => undefined);
  mappings.note(records);
  return mappings.find(pid, BigInt(address))?.path;
}

test("the last that was mapped at an address counts, in whatever order the cpus tell it", () => {
  const old = map(gone, 1, 0x1000, "/old");
  const fresh = map(gone, 2, 0x1000, "/new");
  assert.equal(pathAt([old, fresh], gone, 0x1800), "/new");
  assert.equal(pathAt([fresh, old], gone, 0x1800), "/new");
  assert.equal(pathAt([old, fresh], gone, 0x2000), undefined);
});

test("a forked process has what its parent had then, and what it maps itself", () => {
  const fork: MappingRecord = { kind: "fork", pid: child, parent: gone, time: 5n };
  const before = map(gone, 1, 0x1000, "/before");
  const after = map(gone, 9, 0x5000, "/after");
  const own = map(child, 7, 0x1000, "/own");
  assert.equal(pathAt([before, fork, after], child, 0x1000), "/before");
  assert.equal(pathAt([before, fork, after], child, 0x5000), undefined);
  assert.equal(pathAt([before, fork, own], child, 0x1000), "/own");
  assert.equal(pathAt([before, own, fork], child, 0x1000), "/own", "told before the fork, and later than it");
});

test("a number that is used again is another process", () => {
  const fork: MappingRecord = { kind: "fork", pid: child, parent: gone, time: 5n };
  assert.equal(pathAt([map(child, 1, 0x1000, "/first"), fork], child, 0x1000), undefined);
});

test("after a gap nothing is told from before it", () => {
  assert.equal(pathAt([map(gone, 1, 0x1000, "/a"), { kind: "lost", time: 2n }], gone, 0x1000), undefined);
});

test("files are told from what is none, and deleted ones from those that are there", () => {
  const mappings = createProcessMappings(() => undefined);
  mappings.note([
    map(gone, 1, 0x1000, "//anon"),
    map(gone, 1, 0x3000, "[vdso]"),
    map(gone, 1, 0x5000, "/a b (deleted)"),
  ]);
  assert.equal(mappings.find(gone, 0x1000n)?.path, undefined);
  assert.equal(mappings.find(gone, 0x3000n)?.path, undefined);
  assert.deepEqual(
    [mappings.find(gone, 0x5000n)?.path, mappings.find(gone, 0x5000n)?.deleted],
    ["/a b", true],
  );
});

test("a living process is looked at where nothing was told", () => {
  const mappings = createProcessMappings(() => undefined);
  assert.ok(mappings.isUnknown(process.pid));
  assert.equal(mappings.find(process.pid, 1n), undefined);
  assert.ok(!mappings.isUnknown(process.pid));
});

test("answers that may be other now are named", () => {
  const changed: (number | undefined)[] = [];
  const mappings = createProcessMappings((pid) => changed.push(pid));
  mappings.note([map(gone, 1, 0x1000, "/a"), { kind: "lost", time: 2n }]);
  assert.deepEqual(changed, [gone, undefined]);
});
