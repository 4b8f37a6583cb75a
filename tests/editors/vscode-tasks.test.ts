/** Other ways to run scripts in VS Code: tasks, whose findings are problems, and a bpftrace that is installed. */

import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

import { toolPaths, unmet } from "../harness/needs.ts";
import type { Locator, Page } from "./vscode/browser.ts";
import { packedExtension } from "./vscode/packed.ts";
import {
  focusEditor,
  LIMIT_MS,
  openAtLeft,
  openFile,
  openPalette,
  resultsFrame,
  rowsIn,
  runByKey,
  runCommand,
  seeLenses,
  setFolder,
  stop,
  terminalText,
  until,
} from "./vscode/person.ts";
import { lackingForRuns, readableTerminals } from "./vscode/running.ts";
import { scriptFolder } from "./vscode/scripts.ts";
import { inWorkbench } from "./vscode/workbench.ts";

const pictures = fileURLToPath(new URL("../../.cache/screenshots/vscode-tasks", import.meta.url));
const skip = lackingForRuns();
const settings = { ...readableTerminals, "probewright.run.bpftracePath": toolPaths.bpftrace };

/** A workbench with the scripts, one of them open. */
function inScripts(
  name: string,
  use: (page: Page, folder: string, picture: (name: string) => Promise<unknown>) => Promise<void>,
): Promise<void> {
  const folder = scriptFolder();
  const options = { outFolder: pictures, vsix: packedExtension(), settings, width: 1600, height: 900 };
  return inWorkbench(options, async ({ page, url }) => {
    await page.goto(`${url}/?folder=${folder}`);
    await openFile(page, name);
    await seeLenses(page);
    await use(page, folder, (picture) => page.screenshot({ path: join(pictures, `${picture}.png`) }));
  });
}

/** Starts a task of ours as a person does: through the palette, which asks for the type and then for the task. */
async function startTask(page: Page, name: string): Promise<void> {
  await focusEditor(page);
  await openPalette(page);
  const input = page.locator(".quick-input-widget .quick-input-box input").first();
  await input.fill(">Tasks: Run Task");
  const steps = [
    `[aria-label*="Tasks: Run Task"]`,
    // The type; tasks that ran before stand above it, as "probewright: check ...".
    `[aria-label*="probewright"]:not([aria-label*="probewright:"])`,
    `[aria-label*="${name}"]`,
  ];
  for (const step of steps) {
    const row = page.locator(`.quick-input-list .monaco-list-row${step}`).first();
    // The list shows only what fits: the others are typed for.
    if (step.includes(name)) await input.fill(name);
    await row.waitFor({ timeout: LIMIT_MS });
    await row.click();
  }
}

async function runAtLeft(page: Page, name: string): Promise<void> {
  await openAtLeft(page, name);
  await runByKey(page);
}

test("tasks check and run scripts, and what they find are problems", { skip }, () =>
  inScripts("ticks.bt", async (page, _folder, picture) => {
    await startTask(page, "check wrong.bt");
    await until("its findings", async () => /error\[PW\d+\]/.test(await terminalText(page)));
    await picture("task-check");
    await runCommand(page, "Problems: Focus on Problems View");
    const inProblems = (hasText: string | RegExp): Locator =>
      page.locator(".markers-panel .monaco-list-row", { hasText });
    await inProblems(/PW\d+/).first().waitFor({ timeout: LIMIT_MS });
    await picture("problems");
    await until("one finding of one file", async () =>
      [await inProblems("wrong.bt").count(), await inProblems(/PW\d+/).count()].every((count) => count === 1),
    );
    // A terminal that is used again shows what stood there before.
    await runCommand(page, "Terminal: Kill the Active Terminal Instance");
    await startTask(page, "run right.bt");
    await until("its output", async () => /tick \d+/.test(await terminalText(page)));
    await picture("task-run");
    await page.locator(".terminal-wrapper.active .xterm-screen").first().click();
    await page.keyboard.press("Control+c");
    await until("its maps", async () => /@ticks: \d+/.test(await terminalText(page)));
  }),
);

test(
  "an installed bpftrace runs scripts, and its losses are told",
  { skip: skip === false ? unmet("bpftrace") : skip },
  () =>
    inScripts("ticks.bt", async (page, folder, picture) => {
      await setFolder(page, folder, { "probewright.run.tool": "bpftrace" });
      await runAtLeft(page, "ticks.bt");
      const results = await resultsFrame(page, "ticks.bt");
      await until("events", async () => (await results.locator(".event").count()) > 3);
      await stop(results);
      await rowsIn(results);
      await picture("bpftrace");
      await runAtLeft(page, "losing.bt");
      const losing = await resultsFrame(page, "losing.bt");
      await until("losses", async () => (await losing.locator(".losses").innerText()).includes("lost"));
      await stop(losing);
      await picture("bpftrace-losses");
    }),
);
