/** A script compiled into one file: run without a compiler, refused where it does not fit. */

import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { unmet } from "../harness/needs.ts";
import { execute } from "./execute.ts";
import { openWorkshop, type Workshop } from "./workload.ts";

const skip = unmet("linux", "root", "bpf", "loader", "llvm-bindings", "executable");

let shop: Workshop;
before(() => {
  if (skip === false) shop = openWorkshop();
});
after(() => {
  if (skip === false) shop.close();
});

const program =
  'tracepoint:sched:sched_switch { printf("%s %d %d\\n", args.next_comm, curtask.parent.pid, getopt("limit", 7)); @n = count(); exit(); }';

async function emit(name: string, ...options: readonly string[]): Promise<string> {
  const file = join(shop.folder, name);
  const made = await execute(["emit", "--object", "-o", file, ...options, "-e", program]);
  assert.equal(made.code, 0, made.stderr);
  return file;
}

test("a compiled script runs as the script does, with its parameters", { skip }, async () => {
  const file = await emit("here.pw");
  const run = await execute(["run", file, "--limit=9"]);
  assert.equal(run.code, 0, run.stderr);
  assert.match(run.stdout, /^\S.* \d+ 9$/m);
  // Another processor may switch before the exit is seen.
  assert.match(run.stdout, /^@n: [1-9]\d*$/m);
});

test("stages that are behind it cannot be shown, and that is said", { skip }, async () => {
  const run = await execute(["run", "-d", "codegen", await emit("stages.pw")]);
  assert.equal(run.code, 1);
  assert.match(run.stderr, /-d codegen needs a script: '.*' is compiled already/);
});

test("one for another kernel is refused, with what differs", { skip }, async () => {
  const file = await emit("elsewhere.pw", "--kernel", "default");
  const run = await execute(["run", file]);
  assert.equal(run.code, 1);
  assert.match(run.stderr, /compiled for another kernel/);
  assert.match(run.stderr, /lies elsewhere in struct task_struct/);
  assert.equal(run.stdout, "");
});

test("one that is cut off or damaged is refused in words", { skip }, async () => {
  const whole = readFileSync(await emit("whole.pw"));
  const file = join(shop.folder, "damaged.pw");
  const changed = Buffer.from(whole);
  const at = whole.indexOf("limit");
  changed.write("l1mit", at);
  const older = Buffer.from(whole);
  older.write("1", whole.indexOf("2\n"));
  for (const [bytes, message] of [
    [whole.subarray(0, whole.length - 9), /is cut off/],
    [whole.subarray(0, 40), /is cut off/],
    [Buffer.concat([whole, Buffer.from("more")]), /is damaged/],
    [changed, /is damaged/],
    [older, /was made by another version/],
  ] as const) {
    writeFileSync(file, bytes);
    const run = await execute(["run", file]);
    assert.equal(run.code, 1, run.stderr);
    assert.match(run.stderr, message);
    assert.equal(run.stderr.trim().split("\n").length, 1, run.stderr);
  }
});
