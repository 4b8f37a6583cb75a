/** Vim with ALE plays a session, through a recorder: what the server says is by the book. */

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";

import { unmet } from "../harness/needs.ts";
import { judge, type Recorded } from "../lsp/schema/recording.ts";
import { here } from "./scripted.ts";

const script = "macro one() { 1 }\nbegin {\n  print($none);\n}\nend { print(one()); }\n";

test("a session: diagnostics, hover, definition", { skip: unmet("executable", "vim-ale") }, () => {
  const folder = mkdtempSync(join(tmpdir(), "probewright-ale-"));
  try {
    const recording = join(folder, "recording");
    const report = join(folder, "report");
    const recorder = join(folder, "probewright");
    const words = [
      process.execPath,
      "--conditions=source",
      "--import",
      new URL(import.meta.resolve("tsx")).href,
      here("../lsp/recorder.ts"),
      recording,
    ];
    writeFileSync(recorder, `#!/bin/sh\nexec ${words.map((word) => `'${word}'`).join(" ")} --kernel none\n`, {
      mode: 0o755,
    });
    writeFileSync(join(folder, "script.bt"), script);
    const setup = [
      `set runtimepath+=${here("../../client/vim")}`,
      `let g:ale_bpftrace_probewright_executable = '${recorder}'`,
    ];
    writeFileSync(join(folder, "setup.vim"), `${setup.join("\n")}\n`);
    const vim = spawnSync("vim", ["-N", "-u", "NONE", "-i", "NONE", "-es", "-S", here("ale.vim")], {
      encoding: "utf8",
      timeout: 120_000,
      env: {
        PATH: process.env["PATH"],
        HOME: folder,
        FOLDER: folder,
        REPORT: report,
        SETUP: join(folder, "setup.vim"),
        TERM: "dumb",
      },
    });
    const said = existsSync(report) ? readFileSync(report, "utf8") : `${vim.stdout}${vim.stderr}`;
    // Vim's own status tells of any message on the way, also of those that its scripts meant to hide.
    assert.match(said, /^1\.\.5$/m);
    assert.doesNotMatch(said, /^not ok/m);
    const messages = readFileSync(recording, "utf8")
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => JSON.parse(line) as Recorded); // the recorder's own lines
    assert.ok(messages.length > 10);
    const problems = judge(messages, "server").filter((problem) => !problem.endsWith("has no answer"));
    assert.deepEqual(problems, []);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
