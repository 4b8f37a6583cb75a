/** Types of a profile are unpacked once: the next one who opens it reads what was kept, and what it says is the same. */

import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";

import type { KeptTypes } from "@probewright/compiler";
import { openDefaultProfile } from "@probewright/runtime";

import { openKeptTypes } from "./kept-types.ts";

/** What is known of `struct task_struct`, and whether types were unpacked for it. */
function ask(folder: string): { readonly answer: string; readonly unpacked: boolean } {
  const files = openKeptTypes({ PROBEWRIGHT_OBJECT_CACHE: folder });
  assert.ok(files !== undefined);
  let unpacked = false;
  const kept: KeptTypes = {
    find: files.find,
    keep: (packed, types) => {
      unpacked = true;
      files.keep(packed, types);
    },
  };
  const facts = openDefaultProfile(kept);
  assert.ok(facts.ok);
  const task = facts.value.findStruct("struct task_struct");
  assert.ok(task !== undefined);
  const answer = JSON.stringify(task, (_, value: unknown) =>
    typeof value === "bigint" ? value.toString() : value,
  );
  return { answer, unpacked };
}

test("types are unpacked once, and again when the file is damaged", async (context) => {
  const folder = mkdtempSync(join(tmpdir(), "probewright-types-"));
  context.after(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  const whole = (): string | undefined => readdirSync(folder).find((name) => !name.includes("."));
  const first = ask(folder);
  assert.ok(first.unpacked);
  while (whole() === undefined) await sleep(1);
  assert.deepEqual(ask(folder), { answer: first.answer, unpacked: false });

  const file = join(folder, whole() ?? "");
  const bytes = readFileSync(file);
  writeFileSync(file, bytes.subarray(0, -1), { mode: 0o600 });
  assert.deepEqual(ask(folder), first);
  // Kept again; the folder cannot be removed while it is being written.
  while (statSync(file).size !== bytes.length) await sleep(1);
});

test("nothing is kept where it is turned off", () => {
  assert.equal(openKeptTypes({ PROBEWRIGHT_OBJECT_CACHE: "off" }), undefined);
});
