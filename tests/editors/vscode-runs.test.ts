/** Runs in VS Code in all their ways: the panel's tools, values in the text, one process, parameters, terminal. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

import { startOpener } from "./vscode/opener.ts";
import { packedExtension } from "./vscode/packed.ts";
import {
  clickLens,
  ended,
  LIMIT_MS,
  openAtLeft,
  openFile,
  resultsFrame,
  rowsIn,
  runByKey,
  runCommand,
  seeLenses,
  setFolder,
  statusOf,
  stop,
  terminalText,
  until,
} from "./vscode/person.ts";
import { scriptFolder } from "./vscode/scripts.ts";
import { lackingForRuns, readableTerminals } from "./vscode/running.ts";
import { inWorkbench } from "./vscode/workbench.ts";

const pictures = fileURLToPath(new URL("../../.cache/screenshots/vscode-runs", import.meta.url));
const skip = lackingForRuns();
const settings = readableTerminals;

test("runs in VS Code", { skip }, async (t) => {
  const folder = scriptFolder();
  await inWorkbench(
    { outFolder: pictures, vsix: packedExtension(), settings, width: 1600, height: 900 },
    async ({ page, url, explain }) => {
      const picture = (name: string): Promise<unknown> =>
        page.screenshot({ path: join(pictures, `${name}.png`) });
      let broken: string | undefined;
      /** Steps build on each other: after one that failed the others tell nothing. */
      const step = async (name: string, run: () => Promise<void>): Promise<void> => {
        await t.test(name, { skip: broken ?? false }, async () => {
          try {
            await run();
          } catch (error) {
            broken = `"${name}" failed`;
            throw await explain(error);
          }
        });
      };
      await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
      await page.goto(`${url}/?folder=${folder}`);
      await openFile(page, "ticks.bt");
      await seeLenses(page);

      await step(
        "keys run a script; its values stand beside its maps; the display can be paused",
        async () => {
          await runByKey(page);
          const results = await resultsFrame(page);
          await rowsIn(results);
          const beside = page.locator(".view-line", { hasText: /@ticks\s=\sinterval:ms:50:\s\d+/ });
          await beside.first().waitFor({ timeout: LIMIT_MS });
          await picture("running");
          await results.locator("button", { hasText: "Pause" }).first().click();
          await until("the pause", async () => (await statusOf(results)).startsWith("display paused"));
          const held = await results.locator("table.map tbody tr").first().innerText();
          await page.waitForTimeout(1500);
          assert.equal(await results.locator("table.map tbody tr").first().innerText(), held);
          await results.locator("button", { hasText: "Pause" }).first().click();
          await until(
            "newer values",
            async () => (await results.locator("table.map tbody tr").first().innerText()) !== held,
          );
          await page.locator(".view-line", { hasText: "@ticks" }).first().click();
          await page.keyboard.press("Shift+F5");
          await ended(results);
        },
      );

      await step("the panel is used by keys alone, and spoken of in roles", async () => {
        const results = await resultsFrame(page);
        await page.keyboard.press("Control+2");
        const focused = (): Promise<string> =>
          results.evaluate<string>("document.activeElement?.textContent ?? ''");
        await until("the focus on Run again", async () => {
          if ((await focused()) === "Run again") return true;
          await page.keyboard.press("Tab");
          return false;
        });
        await page.keyboard.press("Enter");
        await until("another run", async () => (await statusOf(results)).startsWith("running"));
        await rowsIn(results);
        const spoken = await results.locator("body").ariaSnapshot();
        for (const role of [
          /toolbar "Run"/,
          /status: running/,
          /table/,
          /columnheader/,
          /searchbox "Filter/,
        ]) {
          assert.match(spoken, role);
        }
      });

      await step("a run is compared with the one before, saved and copied", async () => {
        const results = await resultsFrame(page);
        await stop(results);
        await results.locator("button", { hasText: "Compare" }).first().click();
        await results.locator("table.map.compared").first().waitFor({ timeout: LIMIT_MS });
        await picture("compared");
        await results.locator("button", { hasText: "Copy" }).first().click();
        const copied = await until("the clipboard", async () => {
          const text = await page.evaluate<string>("navigator.clipboard.readText()").catch(() => "");
          return text === "" ? undefined : text;
        });
        assert.match(copied, /@ticks\[.*\]: \d+/);
        await results.locator("button", { hasText: "Save…" }).first().click();
        const input = page.locator(".quick-input-widget .quick-input-box input").first();
        await input.waitFor({ timeout: LIMIT_MS });
        await picture("save");
        await page.keyboard.press("Enter");
        const file = join(folder, "ticks-results.json");
        // The file is there before all of its text is.
        const saved = await until("the file", () =>
          Promise.resolve(JSON.parse(readFileSync(file, "utf8")) as { readonly script: string }),
        );
        assert.equal(saved.script, "ticks.bt");
      });

      await step("parameters are asked for, and what was given stands there the next time", async () => {
        await openAtLeft(page, "takes.bt");
        const input = page.locator(".quick-input-widget .quick-input-box input").first();
        for (const given of ["", "hello"]) {
          await clickLens(page, "Run script");
          await page.locator(".quick-input-title", { hasText: "$1" }).waitFor({ timeout: LIMIT_MS });
          assert.equal(await input.inputValue(), given);
          await input.fill("hello");
          await page.keyboard.press("Enter");
          await page.locator(".quick-input-title", { hasText: "--depth" }).waitFor({ timeout: LIMIT_MS });
          await input.fill("7");
          await picture("parameters");
          await page.keyboard.press("Enter");
          const results = await resultsFrame(page, "takes.bt");
          await until("its output", async () =>
            (await results.locator(".events").innerText()).includes("hello 7"),
          );
          await ended(results);
        }
      });

      await step("one process is chosen from a list, and only it is traced", async () => {
        const opener = startOpener("onlythis");
        const other = startOpener("notthis");
        try {
          await openAtLeft(page, "opens.bt");
          await runCommand(page, "Probewright: Run Script for One Process");
          const input = page.locator(".quick-input-widget .quick-input-box input").first();
          const row = page.locator(".quick-input-list .monaco-list-row", { hasText: opener.pid.toString() });
          await page
            .locator(".quick-input-title", { hasText: "Trace One Process" })
            .waitFor({ timeout: LIMIT_MS });
          await page.locator(".quick-input-list .monaco-list-row").first().waitFor({ timeout: LIMIT_MS });
          await input.fill("onlythis");
          await row.first().waitFor({ timeout: LIMIT_MS });
          await picture("processes");
          await row.first().click();
          const results = await resultsFrame(page, `opens.bt process ${opener.pid.toString()}`);
          await rowsIn(results);
          await page.waitForTimeout(1000);
          await picture("one-process");
          assert.deepEqual(await results.locator("table.map tbody td.key").allInnerTexts(), ["onlythis"]);
          await stop(results);
        } finally {
          opener.end();
          other.end();
        }
      });

      await step(
        "output goes to a terminal where the setting says so, and Ctrl+C there ends the run",
        async () => {
          await setFolder(page, folder, { "probewright.run.show": "both" });
          await openAtLeft(page, "ticks.bt");
          await runByKey(page);
          await until("text", async () => /tick \d+/.test(await terminalText(page)));
          const results = await resultsFrame(page, "ticks.bt");
          await rowsIn(results);
          await picture("terminal");
          await page.locator(".terminal-wrapper.active .xterm-screen").first().click();
          await page.keyboard.press("Control+c");
          await ended(results);
          await until("its last words", async () =>
            (await terminalText(page)).includes("ended with status 0"),
          );
          await picture("terminal-ended");
        },
      );
    },
  );
});
