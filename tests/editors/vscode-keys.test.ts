/** Keys for runs where the cursor is in no script, runs of two scripts at once, and results when the window is loaded anew. */

import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

import { packedExtension } from "./vscode/packed.ts";
import {
  ended,
  LIMIT_MS,
  openAtLeft,
  openFile,
  resultsFrame,
  rowsIn,
  runByKey,
  seeLenses,
  statusOf,
  until,
} from "./vscode/person.ts";
import { lackingForRuns } from "./vscode/running.ts";
import { scriptFolder } from "./vscode/scripts.ts";
import { inWorkbench } from "./vscode/workbench.ts";

const pictures = fileURLToPath(new URL("../../.cache/screenshots/vscode-keys", import.meta.url));
const skip = lackingForRuns();
mkdirSync(pictures, { recursive: true });

const running = async (results: Awaited<ReturnType<typeof resultsFrame>>): Promise<void> => {
  await until("a run", async () => (await statusOf(results)).startsWith("running"));
};

test("keys run and stop from the panel and the views, and are left to others elsewhere", {
  skip,
}, async () => {
  const folder = scriptFolder();
  writeFileSync(join(folder, "notes.txt"), "notes\n");
  await inWorkbench(
    { outFolder: pictures, vsix: packedExtension(), width: 1400, height: 800 },
    async ({ page, url }) => {
      const picture = (name: string): Promise<unknown> =>
        page.screenshot({ path: join(pictures, `${name}.png`) });
      await page.goto(`${url}/?folder=${folder}`);
      await openFile(page, "ticks.bt");
      await seeLenses(page);
      await runByKey(page);
      const results = await resultsFrame(page, "ticks.bt");
      await rowsIn(results);

      await results.locator(".events").first().click();
      await page.keyboard.press("Shift+F5");
      await ended(results);
      await page.keyboard.press("Control+F5");
      await running(results);
      await rowsIn(results);
      await picture("from-panel");
      await page.keyboard.press("Shift+F5");
      await ended(results);

      await page.locator(".tab", { hasText: "ticks.bt" }).first().click();
      await page.keyboard.press("Control+Shift+e");
      await page
        .locator(".explorer-folders-view .monaco-list.focused, .explorer-folders-view .monaco-list:focus")
        .first()
        .waitFor({ timeout: LIMIT_MS });
      await page.keyboard.press("Control+F5");
      await running(results);
      await picture("from-explorer");

      // The run of another script goes on when this one is stopped.
      await openAtLeft(page, "right.bt");
      await runByKey(page);
      const others = await resultsFrame(page, "right.bt");
      await running(others);
      await picture("two");
      await page.keyboard.press("Shift+F5");
      await ended(others);
      assert.match(await statusOf(results), /^running/);

      await openFile(page, "notes.txt");
      await page.keyboard.press("Control+F5");
      await page.locator(".monaco-dialog-box", { hasText: "debugg" }).first().waitFor({ timeout: LIMIT_MS });
      await picture("left-to-others");
      await page.keyboard.press("Escape");
      assert.match(await statusOf(results), /^running/);

      // Closing the results ends their run, and nothing is left to stop.
      await openFile(page, "ticks.bt");
      await page.locator(".editor-actions .codicon-debug-stop").first().waitFor({ timeout: LIMIT_MS });
      await page.evaluate(
        `[...document.querySelectorAll(".tab")].find((tab) => tab.textContent.includes("Results: ticks.bt"))
          .querySelector(".tab-actions a").click()`,
      );
      await page
        .locator(".editor-actions .codicon-debug-stop")
        .first()
        .waitFor({ state: "hidden", timeout: LIMIT_MS });

      await page.goto(`${url}/?folder=${folder}`);
      const restored = await resultsFrame(page, "right.bt");
      await until("the words for it", async () =>
        (await restored.locator(".hint").innerText()).includes("loaded anew"),
      );
      await picture("loaded-anew");
      await restored.locator("button", { hasText: "Run again" }).first().click();
      await running(restored);
      await picture("run-again");
    },
  );
});
