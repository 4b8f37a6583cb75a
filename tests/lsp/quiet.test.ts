/** While somebody types, the server starts no process and asks the kernel for no program: shown by what it asks of the kernel. */

import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";

import { unmet } from "../harness/needs.ts";
import { startClient } from "./client.ts";

const SCRIPT = `#include <errno.h>
import "part.bt";
begin { print(EPERM); print(one()); }
tracepoint:sched:sched_switch { print(args.prev_comm); }
uprobe:/bin/sh:* { @ = count(); }
kprobe:vfs_* { print(curtask.pid); }
`;

/** Calls that start a process, load a program or attach one; threads are clones with CLONE_THREAD. */
function loudCalls(trace: string): readonly string[] {
  return trace
    .split("\n")
    .filter((line) => /\b(?:execve|bpf|perf_event_open|fork|vfork|clone3?)\(/.test(line))
    .filter((line) => !line.includes("CLONE_THREAD"));
}

test("typing starts nothing and loads nothing; saving reads the headers", {
  skip: unmet("executable", "strace", "gcc"),
}, async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "probewright-quiet-"));
  t.after(() => {
    rmSync(folder, { recursive: true });
  });
  const trace = join(folder, "trace");
  const file = join(folder, "script.bt");
  writeFileSync(join(folder, "part.bt"), "macro one() { 1 }\n");
  const uri = pathToFileURL(file).href;
  const client = await startClient(["--kernel", "live"], {}, ["strace", "-f", "-qq", "-o", trace]);

  const opened = await client.open(uri, SCRIPT);
  const pending = opened.map(({ code }) => code);
  assert.ok(pending.includes("PW7410"), pending.join(" "));
  for (let version = 2; version < 30; version += 1) {
    const at = { line: 2, character: 14 };
    await client.edit(uri, version, { start: at, end: { ...at, character: 19 } }, "EPERM");
  }
  // What started the server itself comes first.
  const [first, ...others] = loudCalls(readFileSync(trace, "utf8"));
  assert.match(first ?? "", /execve\(/);
  assert.deepEqual(others, []);

  let read = client.next(uri, 29);
  await client.save(uri);
  while ((await read).some(({ code }) => code === "PW7410")) read = client.next(uri, 29);
  assert.ok(!(await read).some(({ code }) => code === "PW2011"));
  assert.ok(loudCalls(readFileSync(trace, "utf8")).some((line) => line.includes("execve(")));
  assert.equal(await client.close(), 0);
});
