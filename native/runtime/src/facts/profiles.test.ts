/** Profiles as files: the one that ships, and one captured here. */

import assert from "node:assert/strict";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { release, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, test } from "node:test";

import { noKernelFacts, tracepointArguments } from "@probewright/compiler";
import { unmet } from "@probewright/tests/harness/needs";

import { hostProfilePaths, openHostProfile } from "./host-profile.ts";
import {
  captureHostProfile,
  defaultProfilePath,
  importProfile,
  openDefaultProfile,
  openProfileFile,
} from "./profiles.ts";
import { canRead } from "./read.ts";
import { withHostFiles } from "./with-host-files.ts";

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

test("a profile kept for this host is found again, and another kernel's is not", { skip }, () => {
  const environment = { XDG_CACHE_HOME: join(folder, "cache") };
  const [own = ""] = hostProfilePaths(environment);
  mkdirSync(dirname(own), { recursive: true });
  copyFileSync(defaultProfilePath, own);
  const other = openHostProfile(environment);
  assert.notEqual(other?.name, "default profile (6.12)");
  writeFileSync(own, captureHostProfile({ environment, effort: 1 }));
  assert.equal(openHostProfile(environment)?.name, release());
});

test("files of this machine go with any kernel", { skip: unmet("linux") }, () => {
  const facts = withHostFiles(noKernelFacts(), {
    eager: true,
    environment: process.env,
    workingDirectory: folder,
  });
  assert.equal(facts.source, "none");
  const shell = facts.binary("/bin/sh");
  assert.ok(shell !== undefined && shell !== "missing" && !("error" in shell));
  writeFileSync(join(folder, "lib.bt"), "macro x() { 1 }");
  assert.equal(Array.isArray(facts.importFile(join(folder, "main.bt"), "lib.bt")), true);
});
