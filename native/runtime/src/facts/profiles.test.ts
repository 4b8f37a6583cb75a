/** Profiles as files: the one that ships, and one captured here. */

import assert from "node:assert/strict";
import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";

import { tracepointArguments } from "@probewright/compiler";
import { unmet } from "@probewright/tests/harness/needs";

import {
  captureHostProfile,
  defaultProfilePath,
  importProfile,
  openDefaultProfile,
  openProfileFile,
} from "./profiles.ts";
import { canRead } from "./read.ts";

const folder = mkdtempSync(join(tmpdir(), "profiles-"));
after(() => {
  rmSync(folder, { recursive: true });
});

test("the profile that ships has kprobe, fentry, and the tracepoints of a whole kernel", () => {
  assert.ok(statSync(defaultProfilePath).size <= 2 * 1024 * 1024);
  const opened = openDefaultProfile();
  assert.ok(opened.ok);
  const facts = opened.value;
  assert.equal(facts.source, "default");
  assert.equal(facts.name, "default profile (6.12)");
  assert.deepEqual(facts.gaps, []);
  for (const feature of [
    "kprobe",
    "kprobe_multi",
    "kprobe_session",
    "fentry",
    "iter",
    "uprobe_multi",
  ] as const) {
    assert.equal(facts.hasFeature(feature), true, feature);
  }
  const events = facts.tracepointCategories().flatMap((category) => facts.tracepointEvents(category));
  assert.ok(events.length > 3000);
  assert.equal(facts.traceableFunctionsExact(), true);
  assert.ok((facts.traceableFunctions()?.length ?? 0) > 40_000);
});

test("every tracepoint of the profile that ships has a format whose fields have types", () => {
  const opened = openDefaultProfile();
  assert.ok(opened.ok);
  const facts = opened.value;
  const lacking: string[] = [];
  for (const category of facts.tracepointCategories()) {
    for (const event of facts.tracepointEvents(category)) {
      const format = facts.tracepointFormat(category, event);
      if (format === undefined || format === "missing" || format.fields.length === 0) {
        lacking.push(`${category}:${event}`);
        continue;
      }
      const { fields } = tracepointArguments(format, facts);
      const untyped = fields.filter(
        ({ type, cType }) => type.kind === "none" && !(cType ?? "").startsWith("__rel_loc"),
      );
      lacking.push(...untyped.map(({ name }) => `${category}:${event}.${name}`));
    }
  }
  assert.deepEqual(lacking, []);
});

const skip = canRead("/sys/kernel/btf/vmlinux") ? unmet("linux") : "needs a kernel with BTF";

test("a profile of the running kernel knows what the kernel knows", { skip }, () => {
  const path = join(folder, "host.profile");
  writeFileSync(path, captureHostProfile({ environment: {}, effort: 1 }));
  const opened = openProfileFile(path);
  assert.ok(opened.ok);
  const task = opened.value.findStruct("struct task_struct");
  assert.ok(task !== undefined && task !== "missing");
  assert.ok(task.fields.some(({ name }) => name === "comm"));
  assert.equal(opened.value.kernelSymbol("vfs_read"), undefined);
});

test("files that cannot be opened say why", () => {
  const kindOf = (path: string): string => {
    const opened = openProfileFile(path);
    return opened.ok ? "opened" : opened.error.kind;
  };
  assert.equal(kindOf(join(folder, "none")), "unreadable");
  writeFileSync(join(folder, "text"), "hello");
  assert.equal(kindOf(join(folder, "text")), "not-a-profile");
  assert.equal(importProfile("{").ok, false);
});
