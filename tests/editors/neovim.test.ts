/** The Neovim plugin in real, headless Neovim. */

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

import { toolPaths, unmet } from "../harness/needs.ts";

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

test("a session: diagnostics, hover, completion, rename, format, lenses, runs, colours, health", {
  skip: unmet("executable", "neovim"),
}, () => {
  const cannotRun = unmet("linux", "root", "bpf", "loader", "llvm-bindings");
  const folder = mkdtempSync(join(tmpdir(), "probewright-neovim-"));
  try {
    const { status, stdout, stderr } = spawnSync(
      toolPaths.neovim,
      ["-u", "NONE", "-i", "NONE", "-n", "--headless", "-l", here("neovim.lua")],
      {
        encoding: "utf8",
        timeout: 300_000,
        env: {
          PATH: process.env["PATH"],
          // Its own folders below it: what is installed there is not the user's.
          HOME: folder,
          PLUGIN: here("../../client/nvim"),
          SERVER: here("../../server/bin/probewright"),
          FOLDER: folder,
          CAN_RUN: cannotRun === false ? "1" : "0",
          WHY_NOT: cannotRun === false ? "" : cannotRun,
        },
      },
    );
    const said = `${stdout}${stderr}`;
    assert.equal(status, 0, said);
    assert.doesNotMatch(said, /^not ok/m);
    assert.match(said, /ok - .*lens/);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
