/** Editors that play a script of their own language: they print TAP, and their exit status is the number of failures. */

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { unmet } from "../harness/needs.ts";

export const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

export interface ScriptedSession {
  readonly editor: string;
  readonly args: readonly string[];
  /** Folder of the plugin under test. */
  readonly plugin: string;
}

/** Plays a session in an empty home, whose folders are not the user's. @returns all that the editor said */
export function playSession({ editor, args, plugin }: ScriptedSession): string {
  const cannotRun = unmet("linux", "root", "bpf", "loader", "llvm-bindings");
  const folder = mkdtempSync(join(tmpdir(), "probewright-editor-"));
  try {
    const { status, stdout, stderr } = spawnSync(editor, args, {
      encoding: "utf8",
      timeout: 300_000,
      env: {
        PATH: process.env["PATH"],
        HOME: folder,
        PLUGIN: plugin,
        SERVER: here("../../server/bin/probewright"),
        FOLDER: folder,
        CAN_RUN: cannotRun === false ? "1" : "0",
        WHY_NOT: cannotRun === false ? "" : cannotRun,
      },
    });
    const said = `${stdout}${stderr}`;
    assert.equal(status, 0, said);
    assert.doesNotMatch(said, /^not ok/m);
    return said;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
