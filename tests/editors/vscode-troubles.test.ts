/** What VS Code shows when something is wrong: no privilege, a server that dies or cannot start, parts that are missing. */

import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

import type { Page } from "./vscode/browser.ts";
import { packedExtension } from "./vscode/packed.ts";
import {
  clickLens,
  LIMIT_MS,
  openFile,
  resultsFrame,
  rowsIn,
  runCommand,
  seeLenses,
  statusOf,
  until,
} from "./vscode/person.ts";
import { lackingForRuns } from "./vscode/running.ts";
import { scriptFolder } from "./vscode/scripts.ts";
import { inWorkbench } from "./vscode/workbench.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const pictures = join(root, ".cache/screenshots/vscode-troubles");
const executable = join(root, "server/bin/probewright");
const skip = lackingForRuns();

/** As somebody who may do nothing; the clone must be one that others may read. */
const asNobody = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"];
const [setpriv = "", ...nobodyWords] = asNobody;
const isReadable = spawnSync(setpriv, [...nobodyWords, executable, "--version"], { cwd: "/" }).status === 0;
const unprivileged =
  skip === false && !isReadable ? "needs setpriv, and a clone that other users may read" : skip;
mkdirSync(pictures, { recursive: true });

/** A command for `probewright.server.path`. */
interface ServerCommand {
  readonly path: string;
  /** Where the process that was started last leaves its number; undefined for a command that starts none. */
  readonly pidFile: string | undefined;
}

/** @param start what to start the server with */
function serverCommand(name: string, start = ""): ServerCommand {
  const folder = mkdtempSync(join(tmpdir(), "probewright-command-"));
  chmodSync(folder, 0o755);
  const [path, pidFile] = [join(folder, name), join(folder, "pid")];
  writeFileSync(path, `#!/bin/sh\necho $$ > '${pidFile}'\nexec ${start} '${executable}' "$@"\n`);
  chmodSync(path, 0o755);
  return { path, pidFile };
}

const ownServer: ServerCommand = { path: "", pidFile: undefined };
const noServer: ServerCommand = { path: "/nowhere/probewright", pidFile: undefined };

/** The editor may learn its settings after it has started the extension, which then starts the server anew. */
async function serverPid(pidFile: string): Promise<number> {
  return until("the server of the settings", () => {
    const pid = existsSync(pidFile) ? Number(readFileSync(pidFile, "utf8")) : 0;
    return Promise.resolve(pid > 0 && pid);
  });
}

interface Trouble {
  readonly page: Page;
  readonly picture: (name: string) => Promise<unknown>;
}

/** With a script open, in a workbench whose server is started by the command. */
async function inTrouble(
  command: ServerCommand,
  use: (trouble: Trouble) => Promise<void>,
  vsix = packedExtension(),
): Promise<void> {
  const settings = command === ownServer ? {} : { "probewright.server.path": command.path };
  await inWorkbench({ outFolder: pictures, vsix, settings }, async ({ page, url }) => {
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await page.goto(`${url}/?folder=${scriptFolder()}`);
    await openFile(page, "ticks.bt");
    if (command.pidFile !== undefined) await serverPid(command.pidFile);
    await use({ page, picture: (name) => page.screenshot({ path: join(pictures, `${name}.png`) }) });
  });
}

async function runByLens(page: Page): Promise<void> {
  await seeLenses(page);
  await clickLens(page, "Run script");
}

test(
  "without privilege a run is refused with what helps, and the command is handed over",
  { skip: unprivileged },
  () =>
    inTrouble(serverCommand("plain", asNobody.join(" ")), async ({ page, picture }) => {
      await runByLens(page);
      const dialog = page.locator(".monaco-dialog-box", { hasText: "Probewright cannot run this script" });
      await dialog.waitFor({ timeout: LIMIT_MS });
      await picture("no-privilege");
      await page
        .locator(".monaco-dialog-box .monaco-button", { hasText: "Copy the Command" })
        .first()
        .click();
      const copied = await until("the command", async () => {
        const text = await page.evaluate<string>("navigator.clipboard.readText()").catch(() => "");
        return text === "" ? undefined : text;
      });
      assert.match(copied, /^sudo .* run .*ticks\.bt$/);
      const results = await resultsFrame(page, "ticks.bt");
      assert.equal(await statusOf(results), "not run");
      await picture("not-run");
    }),
);

test("a server that dies ends the run that is shown, and starts again", { skip }, () => {
  const command = serverCommand("mortal");
  return inTrouble(command, async ({ page, picture }) => {
    await runByLens(page);
    const results = await resultsFrame(page, "ticks.bt");
    await rowsIn(results);
    // Of the one that runs the script: the editor may have started it anew meanwhile.
    process.kill(await serverPid(command.pidFile ?? ""), "SIGKILL");
    await until("the end", async () => (await statusOf(results)).startsWith("failed"));
    assert.match(await results.locator(".messages").innerText(), /language server stopped/);
    await picture("dead-server");
    // The editor has started another by itself.
    await results.locator("button:enabled", { hasText: "Run again" }).first().click();
    await until("another run", async () => (await statusOf(results)).startsWith("running"));
  });
});

test("a server that is started anew ends what it ran, and serves on", { skip }, () => {
  const command = serverCommand("again");
  return inTrouble(command, async ({ page, picture }) => {
    await runByLens(page);
    const results = await resultsFrame(page, "ticks.bt");
    await rowsIn(results);
    const first = await serverPid(command.pidFile ?? "");
    await runCommand(page, "Probewright: Restart Language Server");
    await until("another server", async () => (await serverPid(command.pidFile ?? "")) !== first);
    await until("the end", async () => /^(?:ended|failed)/.test(await statusOf(results)));
    await until("the end of the first", () => Promise.resolve(!existsSync(`/proc/${first.toString()}`)));
    await picture("restarted");
    await openFile(page, "wrong.bt");
    await page.locator(".squiggly-error").first().waitFor({ timeout: LIMIT_MS });
    await results.locator("button:enabled", { hasText: "Run again" }).first().click();
    await until("another run", async () => (await statusOf(results)).startsWith("running"));
    await picture("run-again");
  });
});

test("a server that cannot start is told of", { skip }, () =>
  inTrouble(noServer, async ({ page, picture }) => {
    const toast = page.locator(".notification-toast", { hasText: "Probewright" }).first();
    await toast.waitFor({ timeout: LIMIT_MS });
    assert.match(await toast.innerText(), /\/nowhere\/probewright/);
    // It does not look as if it still started.
    const busy = page.locator(".statusbar .codicon-loading");
    await until("the end of the start", async () => (await busy.count()) === 0);
    await picture("no-server");
  }),
);

test("without the native parts scripts are checked, and a run says what is missing", { skip }, () => {
  const vsix = join(root, ".cache/probewright-universal-test.vsix");
  execFileSync(process.execPath, ["scripts/package-client.mjs", "--universal", vsix], { cwd: root });
  return inTrouble(
    ownServer,
    async ({ page, picture }) => {
      await openFile(page, "wrong.bt");
      await page.waitForSelector(".squiggly-error", { timeout: LIMIT_MS });
      await openFile(page, "ticks.bt");
      await runByLens(page);
      const dialog = page.locator(".monaco-dialog-box", { hasText: "Probewright cannot run this script" });
      await dialog.waitFor({ timeout: LIMIT_MS });
      await picture("no-native-parts");
      assert.match(await dialog.innerText(), /This package has no loader[^]*install the package/);
      // Root has no loader there, either.
      assert.doesNotMatch(await dialog.innerText(), /sudo/);
    },
    vsix,
  );
});
