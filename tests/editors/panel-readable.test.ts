/** The results panel shows all of what comes: several lines, long lines, keys of several parts, mistakes with their place. */

import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

import { unmet } from "../harness/needs.ts";
import { openPanelPage, type PanelPage } from "./vscode/panel-page.ts";

const pictures = fileURLToPath(new URL("../../.cache/screenshots/panel", import.meta.url));
const skip = unmet("vscode");
mkdirSync(pictures, { recursive: true });

async function withRun(use: (panel: PanelPage) => Promise<void>): Promise<void> {
  const panel = await openPanelPage("light");
  try {
    await panel.post({ type: "run", run: 1, title: "opens.bt" });
    await use(panel);
  } finally {
    await panel.close();
  }
}

async function show(panel: PanelPage, ...events: readonly object[]): Promise<void> {
  await panel.post({ type: "events", events, skipped: 0 });
}

function printed(text: string): object {
  return { kind: "output", type: "printf", text, site: 0 };
}

function map(name: string, shape: string, entries: readonly object[], keys: readonly object[] = []): object {
  return { kind: "map-values", name, scalar: false, shape, keys, entries, omitted: 0 };
}

function keyed(keyTexts: readonly string[], value: number): object {
  return { key: keyTexts.join(", "), keyTexts, text: String(value), value: { kind: "integer", value } };
}

function stats(key: string, count: number, average: number, total: number): object {
  return { key, text: "", value: { kind: "stats", count, average, total } };
}

/** Rows of events from the top, each as its cells. */
async function rows({ page }: PanelPage): Promise<readonly (readonly string[])[]> {
  return page.evaluate(`[...document.querySelectorAll(".event:not([hidden])")]
    .sort((a, b) => a.getAttribute("aria-rowindex") - b.getAttribute("aria-rowindex"))
    .map((row) => [...row.children].map((cell) => cell.textContent).slice(1))`);
}

test("each line of what is printed has a row, and long ones can be scrolled to their end", { skip }, () =>
  withRun(async (panel) => {
    await show(panel, { kind: "attached", probes: 1 }, printed("a\nb\n\nc"), printed("d\n"));
    await show(panel, { kind: "value", text: "\n        vfs_open+1\n        do_open+2\n", site: 1 });
    await show(panel, { kind: "value", text: "", site: 1 }, printed(`${"long ".repeat(200)}END\n`));
    const shown = (await rows(panel)).map(([kind, text = ""]) => [kind, text.slice(0, 20)]);
    assert.deepEqual(shown, [
      ["printf", "a"],
      ["", "b"],
      ["", ""],
      ["", "cd"],
      ["value", "        vfs_open+1"],
      ["", "        do_open+2"],
      ["value", ""],
      ["printf", "long ".repeat(4)],
    ]);
    assert.match(await panel.page.locator(".counts").innerText(), /^4 events$/);
    const reach = `(() => { const list = document.querySelector(".events"); list.scrollLeft = 1e6;
      const row = [...list.querySelectorAll(".event")].find((each) => each.textContent.endsWith("END"));
      return [row.getBoundingClientRect().right, list.getBoundingClientRect().right]; })()`;
    const [right = 0, edge = 0] = await panel.page.evaluate<number[]>(reach);
    assert.ok(
      right <= edge + 1,
      `the end of the line is at ${right.toString()}, the list ends at ${edge.toString()}`,
    );
  }),
);

test("keys of several parts have a column each, and statistics their figures", { skip }, () =>
  withRun(async (panel) => {
    const { page } = panel;
    await show(
      panel,
      { kind: "attached", probes: 1 },
      map("wide", "plain", [keyed(["bash", "12"], 5), keyed(["a, b", "7"], 9), keyed(["zsh", "100"], 1)]),
      map("took", "stats", [stats("read", 4, 10, 40), stats("write", 2, 30, 60)]),
    );
    const cells = (card: number): Promise<readonly string[]> =>
      page.evaluate(`[...document.querySelectorAll(".card")[${card.toString()}].querySelectorAll("tr")]
        .map((row) => [...row.children].slice(0, -1).map((cell) => cell.textContent).join(" | "))`);
    assert.deepEqual(await cells(0), [
      "Key 1 | Key 2 | Value",
      "a, b | 7 | 9",
      "bash | 12 | 5",
      "zsh | 100 | 1",
    ]);
    assert.deepEqual(await cells(1), [
      "Key | Count | Average | Total",
      "write | 2 | 30 | 60",
      "read | 4 | 10 | 40",
    ]);
    await page.locator(".card >> nth=0 >> th button", { hasText: "Key 2" }).first().click();
    assert.deepEqual(
      (await cells(0)).slice(1),
      ["a, b | 7 | 9", "bash | 12 | 5", "zsh | 100 | 1"],
      "as numbers",
    );
    await page.locator(".card >> nth=1 >> th button", { hasText: "Total" }).first().click();
    await page.locator(".card >> nth=1 >> th button", { hasText: "Total" }).first().click();
    assert.deepEqual((await cells(1)).slice(1), ["read | 4 | 10 | 40", "write | 2 | 30 | 60"]);
    await page.screenshot({ path: join(pictures, "parts.png") });
  }),
);

test("heads of keys say what the script writes there, with the type beside", { skip }, () =>
  withRun(async (panel) => {
    const long = "(uint64)((struct task_struct *)curtask)->real_parent->tgid";
    const written = (text: string, type: string): object => ({ text, type });
    await show(
      panel,
      { kind: "attached", probes: 1 },
      map("a", "plain", [keyed(["bash", "12"], 5)], [written("comm", "string[16]"), written("", "uint32")]),
      map("b", "plain", [{ ...keyed(["7"], 1), keyTexts: undefined }], [written(long, "uint64")]),
    );
    const told = await panel.page.evaluate<readonly (readonly [string, string, number])[]>(
      `[...document.querySelectorAll("th.key button")].map((head) => [head.innerText, head.title, head.offsetWidth])`,
    );
    assert.deepEqual(
      told.map(([text, title]) => [text, title]),
      [
        ["comm", "comm: string[16]"],
        ["Key 2", "Key 2: uint32"],
        [long, `${long}: uint64`],
      ],
    );
    const widths = told.map(([, , width]) => width);
    assert.ok(Math.max(...widths) < 240, `heads are ${widths.join(", ")} pixels wide`);
    await panel.page.screenshot({ path: join(pictures, "heads.png") });
  }),
);

test("stacks without frames are a box of the flame graph, not a hole", { skip }, () =>
  withRun(async (panel) => {
    const entry = (symbols: readonly string[], value: number): object => ({
      key: symbols.join("\n"),
      keyParts: [{ kind: "stack", frames: symbols.map((symbol) => ({ symbol })) }],
      text: String(value),
      value: { kind: "integer", value },
    });
    await show(
      panel,
      { kind: "attached", probes: 1 },
      map("st", "plain", [entry([], 8), entry(["open"], 2)]),
    );
    const names = await panel.page.locator(".frame").allInnerTexts();
    assert.deepEqual(names, ["all", "(no stack)", "open"]);
  }),
);

test("a script with a mistake says it, with a link to its line", { skip }, () =>
  withRun(async (panel) => {
    const position = { file: "/opens.bt", startLine: 4, startColumn: 2, endLine: 4, endColumn: 8 };
    const mistake = { severity: "error", code: "PW4001", message: "it is no number", hints: ["cast it"] };
    await show(panel, { kind: "diagnostic", ...mistake, position });
    await panel.post({ type: "ended", exitCode: 1 });
    assert.equal(
      await panel.page.locator(".messages li").innerText(),
      "error line 5 it is no number; cast it",
    );
    assert.equal(await panel.page.locator(".status").innerText(), "failed with status 1");
    await panel.page.locator(".messages button").first().click();
    assert.deepEqual((await panel.sent()).at(-1), { type: "reveal", position });
  }),
);

test("a status that the script chose is not called a failure", { skip }, () =>
  withRun(async (panel) => {
    await show(panel, { kind: "attached", probes: 1 });
    await panel.post({ type: "ended", exitCode: 3 });
    const status = panel.page.locator(".status");
    assert.equal(await status.innerText(), "ended with status 3, everything is detached");
    assert.equal(await status.getAttribute("data-phase"), "ended");
  }),
);

test("in a small window the buttons leave room for the results", { skip }, () =>
  withRun(async (panel) => {
    await panel.page.setViewportSize({ width: 220, height: 400 });
    await show(panel, { kind: "attached", probes: 1 }, map("wide", "plain", [keyed(["bash", "12"], 5)]));
    const height = await panel.page.evaluate<number>("document.querySelector('.head').offsetHeight");
    assert.ok(height <= 110, `the head takes ${height.toString()} of 400 pixels`);
    await panel.page.screenshot({ path: join(pictures, "small.png") });
  }),
);
