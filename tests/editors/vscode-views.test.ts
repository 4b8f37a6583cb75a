/** VS Code beside the run: code linked to its script by the cursor, probes found and inserted, snippets, the walkthrough. */

import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

import { unmet } from "../harness/needs.ts";
import type { Locator, Page } from "./vscode/browser.ts";
import { packedExtension } from "./vscode/packed.ts";
import { LIMIT_MS, openFile, runCommand, seeLenses, until } from "./vscode/person.ts";
import { scriptFolder } from "./vscode/scripts.ts";
import { inWorkbench } from "./vscode/workbench.ts";

const pictures = fileURLToPath(new URL("../../.cache/screenshots/vscode-views", import.meta.url));
const skip = unmet("executable", "vscode", "llvm-bindings");
const MARK = ".view-overlays .cdr[class*='ced-']";

/** A line of the nth editor from the left that contains the text. */
function lineOf(page: Page, editor: number, text: string): Locator {
  const group = `.editor-group-container >> nth=${editor.toString()}`;
  return page.locator(`${group} >> .view-line`, { hasText: text }).first();
}

/** Lines of the nth editor that are marked as the counterpart of the cursor in another, as they read. */
async function markedLines(page: Page, editor: number): Promise<readonly string[]> {
  const lines = await page.evaluate<readonly string[]>(`(() => {
    const group = document.querySelectorAll(".editor-group-container")[${editor.toString()}];
    const top = (each) => Math.round(each.getBoundingClientRect().top);
    const tops = new Set([...group.querySelectorAll("${MARK}")].map(top));
    return [...group.querySelectorAll(".view-line")].filter((each) => tops.has(top(each))).map((each) => each.textContent);
  })()`);
  return lines.map((line) => line.replaceAll("\u00a0", " "));
}

/** Clicks a line and waits until the other editor marks others than before. */
async function follow(page: Page, from: Locator, other: number): Promise<readonly string[]> {
  const before = (await markedLines(page, other)).join("\n");
  await from.click();
  return until("other marks", async () => {
    const marked = await markedLines(page, other);
    return marked.length > 0 && marked.join("\n") !== before ? marked : undefined;
  });
}

test("VS Code's views of a script", { skip }, async (t) => {
  await inWorkbench({ outFolder: pictures, vsix: packedExtension(), width: 1500 }, async ({ page, url }) => {
    const picture = (name: string): Promise<unknown> =>
      page.screenshot({ path: join(pictures, `${name}.png`) });
    await page.goto(`${url}/?folder=${scriptFolder()}`);
    await openFile(page, "opens.bt");
    await seeLenses(page);

    for (const [title, name, map] of [
      ["Show LLVM IR", "opens.ll", "@opens"],
      ["Show BPF Assembly", "opens.s", "@length"],
    ] as const) {
      await t.test(
        `${title}: where the cursor is in one, its counterpart is marked in the other`,
        async () => {
          await lineOf(page, 0, "@opens").click();
          await runCommand(page, `Probewright: ${title}`);
          await page.locator(".tab.active", { hasText: name }).waitFor({ timeout: LIMIT_MS });
          await until("marks as it opens", async () => (await markedLines(page, 1)).length > 0);
          const printing = await follow(page, lineOf(page, 0, "printf"), 1);
          await picture(name);
          const counting = await follow(page, lineOf(page, 0, map), 1);
          assert.notDeepEqual(counting, printing);
          const first = counting[Math.floor(counting.length / 2)] ?? "";
          const back = await follow(page, lineOf(page, 1, first.trim()), 0);
          assert.ok(back.some((line) => line.includes(map)));
        },
      );
    }

    await t.test("a probe is found by words and inserted at the cursor", async () => {
      await lineOf(page, 0, "@opens").click();
      await page.keyboard.press("Control+End");
      await runCommand(page, "Probewright: Search Probes");
      const input = page.locator(".quick-input-widget .quick-input-box input").first();
      await page.locator(".quick-input-title", { hasText: "Search Probes" }).waitFor({ timeout: LIMIT_MS });
      await input.fill("sched process exec");
      const found = page.locator(".quick-input-list .monaco-list-row", {
        hasText: "tracepoint:sched:sched_process_exec",
      });
      await found.first().waitFor({ timeout: LIMIT_MS });
      await picture("search-probes");
      await found.first().click();
      await lineOf(page, 0, "sched_process_exec").waitFor({ timeout: LIMIT_MS });
    });

    await t.test("a snippet is a completion like others", async () => {
      await page.keyboard.type("late");
      const row = page.locator(".suggest-widget .monaco-list-row", { hasText: "latency" }).first();
      await page.keyboard.press("Control+Space");
      await row.waitFor({ timeout: LIMIT_MS });
    });

    await t.test("the walkthrough leads from a script to its run", async () => {
      await page.keyboard.press("Escape");
      await runCommand(page, "View: Join All Editor Groups");
      await runCommand(page, "Welcome: Open Walkthrough");
      const pick = page.locator(".quick-input-list .monaco-list-row", { hasText: "Probewright" }).first();
      await pick.waitFor({ timeout: LIMIT_MS });
      await pick.click();
      await page.locator(".getting-started-step", { hasText: "Find a probe" }).first().click();
      const media = page.locator(".gettingStartedSlideDetails .getting-started-media").first();
      await media.waitFor({ timeout: LIMIT_MS });
      await picture("walkthrough");
    });
  });
});
