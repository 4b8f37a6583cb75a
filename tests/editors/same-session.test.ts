/** One session from five editors, recorded: each does the same, and every message of the server is of the protocol's types. */

import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";

import { toolPaths, unmet } from "../harness/needs.ts";
import { here, readmeWords } from "./scripted.ts";
import { assertPlayed, SESSION_RESULT, SESSION_SCRIPT, type StepName } from "./session/played.ts";
import { assertByTheBook, recordingExecutable, recordingsOf } from "./session/recording.ts";
import { startTerminal } from "./terminal.ts";
import { hostRun } from "./vscode/extension-host.ts";
import { inWorkbench } from "./vscode/workbench.ts";

interface Play {
  /** An empty home. */
  readonly folder: string;
  readonly script: string;
  /** The executable that records. */
  readonly server: string;
}

/** Plays it, reads the recordings, and the script as it was saved. */
async function record(
  play: (play: Play) => void | Promise<void>,
  result: string,
  without: readonly StepName[] = [],
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "probewright-session-"));
  try {
    const script = join(folder, "session.bt");
    writeFileSync(script, SESSION_SCRIPT);
    await play({ folder, script, server: recordingExecutable(folder) });
    const recordings = await recordingsOf(folder);
    assert.equal(recordings.length, 1, "one server was started");
    const messages = recordings[0] ?? [];
    assertByTheBook(messages);
    assertPlayed(messages, without);
    assert.equal(readFileSync(script, "utf8"), result);
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

const setupIn = (folder: string, language: string): string => join(folder, `setup.${language}`);

/** Runs an editor to its end, in an empty home. */
function runEditor(
  { folder, script, server }: Play,
  editor: string,
  args: readonly string[],
  language: string,
): void {
  const setup = setupIn(folder, language);
  writeFileSync(setup, readmeWords(language).replaceAll(here("../../server/bin/probewright"), server));
  const { status, stdout, stderr } = spawnSync(editor, args, {
    encoding: "utf8",
    timeout: 300_000,
    env: {
      PATH: process.env["PATH"],
      HOME: folder,
      TERM: "dumb",
      SETUP: setup,
      SCRIPT: script,
      FOLDER: folder,
    },
  });
  assert.equal(status, 0, `${stdout}${stderr}`);
}

test("the session from Neovim", { skip: unmet("executable", "neovim") }, () =>
  record((play) => {
    const args = [
      "-u",
      setupIn(play.folder, "lua"),
      "-i",
      "NONE",
      "-n",
      "--headless",
      "-l",
      here("session/neovim.lua"),
    ];
    runEditor(play, toolPaths.neovim, args, "lua");
  }, SESSION_RESULT.laidOut),
);

test("the session from Emacs", { skip: unmet("executable", "emacs") }, () =>
  record((play) => {
    runEditor(play, toolPaths.emacs, ["-Q", "--batch", "-l", here("session/emacs.el")], "elisp");
  }, SESSION_RESULT.laidOut),
);

test("the session from Vim with ALE", { skip: unmet("executable", "vim-ale") }, () =>
  record(
    (play) => {
      runVim(play);
    },
    SESSION_RESULT.asTyped,
    ["formatting lays the script out", "the server is told to leave"],
  ),
);

/** Vim's status tells of any message, also of those that its scripts hide: what went wrong is in its report. */
function runVim({ folder, script, server }: Play): void {
  const report = join(folder, "report");
  const setup = setupIn(folder, "vim");
  writeFileSync(setup, readmeWords("vim").replaceAll(here("../../server/bin/probewright"), server));
  const args = ["-N", "-u", "NONE", "-i", "NONE", "-es", "-S", here("session/ale.vim")];
  const { stdout } = spawnSync("vim", args, {
    encoding: "utf8",
    timeout: 300_000,
    env: {
      PATH: process.env["PATH"],
      HOME: folder,
      TERM: "dumb",
      SETUP: setup,
      SCRIPT: script,
      REPORT: report,
    },
  });
  const [problem, ...rest] = existsSync(report) ? readFileSync(report, "utf8").split("\n") : [stdout];
  assert.equal(problem, "", rest.join("\n"));
}

test("the session from Helix", { skip: unmet("executable", "helix", "gcc") }, () =>
  record(playInHelix, SESSION_RESULT.laidOut),
);

async function playInHelix({ folder, script, server }: Play): Promise<void> {
  const environment = { PATH: process.env["PATH"], HOME: folder, TERM: "tmux-256color", LC_ALL: "C.UTF-8" };
  execFileSync("bash", [here("../../client/helix/install.sh")], { env: environment, stdio: "ignore" });
  const languages = join(folder, ".config/helix/languages.toml");
  writeFileSync(
    languages,
    readFileSync(languages, "utf8").replace(/^command = .*/m, `command = "${server}"`),
  );
  const terminal = startTerminal(`'${toolPaths.helix}' '${script}'`, environment);
  const { keys, see, escape } = terminal;
  try {
    await see("●");
    keys("4gg", "fp", "Space", "a");
    await see("Change to pid");
    keys("Enter");
    await see("twice(pid)");
    await terminal.gone("●");
    await escape();
    keys("4gg", "fp", "Space", "k");
    await see(/process/i);
    await escape();
    keys("4gg", "2ft", "gd");
    await see(/1:7/);
    keys("5gg", "fc", "gr");
    await see(/session\.bt:4[^]*session\.bt:5/);
    await escape();
    keys("5gg", "o", "print(nse");
    await see(/nsecs +\S/);
    await escape();
    await escape();
    keys("x", "d");
    keys("5gg", "fc", "Space", "r");
    await see("rename-to");
    keys("C-u", "total", "Enter");
    await see("print($total)");
    keys(":format", "Enter");
    await see("  n * 2");
    keys(":write", "Enter");
    await see("written");
    keys(":quit", "Enter");
    await terminal.ended();
  } finally {
    terminal.close();
  }
}

test("the session from VS Code", { skip: unmet("executable", "vscode", "loader", "llvm-bindings") }, () =>
  record(playInVsCode, SESSION_RESULT.laidOut),
);

async function playInVsCode({ folder, server }: Play): Promise<void> {
  const outFolder = here("../../.cache/screenshots/vscode-session");
  const settings = { "probewright.server.path": server };
  await inWorkbench({ outFolder, settings, forExtensionTests: true }, async ({ page, url, port }) => {
    const remote = (path: string): string => `vscode-remote://127.0.0.1:${port.toString()}${path}`;
    const payload = [
      ["extensionDevelopmentPath", remote(here("../../client"))],
      ["extensionTestsPath", remote(here("session/vscode.cjs"))],
      ["skipWelcome", "true"],
    ];
    const words = encodeURIComponent(JSON.stringify(payload));
    const { code, said } = await hostRun(page, () => page.goto(`${url}/?folder=${folder}&payload=${words}`));
    assert.equal(code, 0, said);
  });
}
