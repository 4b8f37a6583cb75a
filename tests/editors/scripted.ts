/**
 * Editors that play a script of their own language, set up word for word as the README says: they print TAP, and their exit
 * status is the number of failures.
 */

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { unmet } from "../harness/needs.ts";

export const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

export interface ScriptedSession {
  readonly editor: string;
  /** With the path of the file that has the README's words. */
  readonly args: (setup: string) => readonly string[];
  /** The language of those words. */
  readonly language: "lua" | "elisp" | "vim";
}

/** The README's words in a language, for this clone. */
export function readmeWords(language: string): string {
  const readme = readFileSync(here("../../README.md"), "utf8");
  const words = new RegExp(`^\`\`\`${language}\n([^]*?)^\`\`\``, "m").exec(readme)?.[1];
  assert.ok(words !== undefined, `the README has no ${language}`);
  return words.replaceAll("/path/to/probewright", here("../..").replace(/\/$/, ""));
}

/** Plays a session in an empty home, whose folders are not the user's. @returns all that the editor said */
export function playSession({ editor, args, language }: ScriptedSession): string {
  const cannotRun = unmet("linux", "root", "bpf", "loader", "llvm-bindings");
  const folder = mkdtempSync(join(tmpdir(), "probewright-editor-"));
  try {
    const setup = join(folder, `setup.${language}`);
    writeFileSync(setup, readmeWords(language));
    const { status, stdout, stderr } = spawnSync(editor, args(setup), {
      encoding: "utf8",
      timeout: 600_000,
      env: {
        PATH: process.env["PATH"],
        HOME: folder,
        SETUP: setup,
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
