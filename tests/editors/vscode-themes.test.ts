/** The results panel in VS Code's own themes: every text can be read, whatever the run has to say; with pictures of each state. */

import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

import type { Frame, Page } from "./vscode/browser.ts";
import { tooFaint } from "./vscode/contrast.ts";
import { packedExtension } from "./vscode/packed.ts";
import {
  clickLens,
  ended,
  openFile,
  resultsFrame,
  rowsIn,
  seeLenses,
  setFolder,
  stop,
  until,
} from "./vscode/person.ts";
import { lackingForRuns } from "./vscode/running.ts";
import { scriptFolder } from "./vscode/scripts.ts";
import { inWorkbench } from "./vscode/workbench.ts";

const pictures = fileURLToPath(new URL("../../.cache/screenshots/themes", import.meta.url));
const themes = {
  light: "Default Light Modern",
  dark: "Default Dark Modern",
  "high-contrast": "Default High Contrast",
  "high-contrast-light": "Default High Contrast Light",
} as const;

const position = { file: "/ticks.bt", startLine: 2, startColumn: 2, endLine: 2, endColumn: 8 };
const frame = (symbol: string): object => ({ symbol });
const stacks = {
  kind: "map-values",
  name: "stacks",
  scalar: false,
  shape: "plain",
  omitted: 0,
  position,
  entries: [
    ["vfs_open", "do_sys_openat2", "do_syscall_64", "entry_SYSCALL_64"],
    ["getname_flags", "do_sys_openat2", "do_syscall_64", "entry_SYSCALL_64"],
    ["handle_mm_fault", "exc_page_fault", "asm_exc_page_fault"],
    ["update_load_avg", "task_tick_fair", "sched_tick", "hrtimer_interrupt"],
  ].map((names, at) => ({
    key: names.join("\n"),
    text: (40 - at).toString(),
    value: { kind: "integer", value: 40 - at },
    keyParts: [{ kind: "stack", frames: names.map(frame) }],
  })),
};
const series = {
  kind: "map-values",
  name: "rate",
  scalar: true,
  shape: "time-series",
  omitted: 0,
  entries: [
    {
      text: "",
      value: {
        kind: "time-series",
        points: [5, 9, 3, 14, 11].map((value, at) => ({ startNs: (1_700_000_000 + at) * 1e9, value })),
      },
    },
  ],
};
const words = [
  { kind: "loss", losses: [{ site: "printf", lossKind: "event", lost: 1234, position }] },
  { kind: "message", severity: "error", text: "a map could not be read", position },
  { kind: "message", severity: "warning", text: "a probe was missed" },
  { kind: "notice", severity: "info", message: "kernel addresses are hidden here" },
  { kind: "said", text: "spoken beside the output\n" },
];

/** As the extension hands it what a run sends. */
async function post(results: Frame, ...messages: readonly object[]): Promise<void> {
  for (const message of messages) {
    await results.evaluate(`window.postMessage(${JSON.stringify(message)}, "*")`);
  }
}

async function inTheme(page: Page, results: Frame, folder: string, name: keyof typeof themes): Promise<void> {
  await setFolder(page, folder, { "workbench.colorTheme": themes[name] });
  await until(`the colours of ${name}`, () =>
    results.evaluate<boolean>(`document.body.classList.contains("vscode-${name}")`),
  );
}

test("what the panel says can be read in every theme", { skip: lackingForRuns() }, async (t) => {
  const folder = scriptFolder();
  const options = { outFolder: pictures, vsix: packedExtension(), width: 1500, height: 1000 };
  await inWorkbench(options, async ({ page, url }) => {
    await page.goto(`${url}/?folder=${folder}`);
    await openFile(page, "ticks.bt");
    await seeLenses(page);
    await clickLens(page, "Run script");
    const results = await resultsFrame(page, "ticks.bt");
    await rowsIn(results);
    await stop(results);
    await results.locator("button", { hasText: "Run again" }).first().click();
    await until(
      "the next run",
      async () => (await results.locator("button:enabled", { hasText: "Stop" }).count()) > 0,
    );
    await rowsIn(results);
    await stop(results);
    await ended(results);
    await results.locator("button:enabled", { hasText: "Compare" }).first().click();
    await results.locator("table.map.compared").first().waitFor();

    const states: Readonly<Record<string, readonly object[]>> = {
      results: [{ type: "events", events: [stacks, series, ...words], skipped: 3 }],
      failed: [{ type: "ended", exitCode: 1 }],
      refused: [
        { type: "run", run: 0, title: "ticks.bt" },
        { type: "refused", message: "loading programs needs privilege", advice: ["run as root"] },
      ],
    };
    for (const [state, messages] of Object.entries(states)) {
      await post(results, ...messages);
      for (const theme of Object.keys(themes) as (keyof typeof themes)[]) {
        await t.test(`${state}, ${theme}`, async () => {
          await inTheme(page, results, folder, theme);
          await page.screenshot({ path: join(pictures, `${state}-${theme}.png`) });
          assert.deepEqual(await tooFaint(results), []);
        });
      }
    }
  });
});
