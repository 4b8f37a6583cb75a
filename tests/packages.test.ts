/** The packages that people install: the same every time they are made, no larger than they must be, and complete. */

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

import { unmet } from "./harness/needs.ts";

const root = fileURLToPath(new URL("../", import.meta.url));
const skip = unmet("executable", "loader", "llvm-bindings");
const cannotRun = unmet("linux", "root", "bpf");
const MIB = 1024 * 1024;

function pack(script: string, out: string, ...options: readonly string[]): Buffer {
  execFileSync(process.execPath, [`scripts/${script}`, ...options, out], { cwd: root, stdio: "pipe" });
  return readFileSync(out);
}

test("packages: two builds are the same to the byte, and what is installed works", { skip }, async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "probewright-packages-"));
  try {
    await t.test("the extension for this platform, and the universal one", () => {
      const out = join(folder, "a.vsix");
      assert.ok(pack("package-client.mjs", out).equals(pack("package-client.mjs", join(folder, "b.vsix"))));
      pack("package-client.mjs", join(folder, "universal.vsix"), "--universal");
      const universal = statSync(join(folder, "universal.vsix")).size;
      assert.ok(universal < 5 * MIB, `${universal.toString()} bytes`);
    });
    await t.test("the command for npm, installed without a registry", () => {
      const out = join(folder, "probewright.tgz");
      assert.ok(pack("package-command.mjs", out).equals(pack("package-command.mjs", join(folder, "b.tgz"))));
      const prefix = join(folder, "prefix");
      execFileSync("npm", ["install", "--offline", "--silent", "--global", "--prefix", prefix, out], {
        cwd: folder,
        stdio: "pipe",
      });
      const command = join(prefix, "bin/probewright");
      const say = (...words: readonly string[]): string => execFileSync(command, words, { encoding: "utf8" });
      assert.match(say("--help"), /probewright/);
      assert.equal(say("check", "-e", "begin { print(1); }"), "");
      if (cannotRun === false) assert.match(say("run", "-q", "-e", "begin { print(42); exit(); }"), /^42$/m);
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
