/** The VS Code extension: in the real extension host, and installed from its .vsix as a person sees it. */

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, readlinkSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

import { unmet } from "../harness/needs.ts";
import type { Page } from "./vscode/browser.ts";
import { hostRun, testFile } from "./vscode/extension-host.ts";
import { startOpener } from "./vscode/opener.ts";
import {
  clickLens,
  LIMIT_MS,
  openFile,
  resultsFrame,
  runCommand,
  seeLenses,
  statusOf,
  stop,
  until,
} from "./vscode/person.ts";
import { scriptFolder } from "./vscode/scripts.ts";
import { inWorkbench } from "./vscode/workbench.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
/** Pictures and logs, kept out of the repository for people to look at. */
const pictures = join(root, ".cache/screenshots/vscode");
const vsix = join(root, ".cache/probewright-test.vsix");
const skip = unmet("executable", "vscode", "loader", "llvm-bindings");
const cannotRun = unmet("linux", "root", "bpf");

/** Loaders of extensions installed by this file that run now, by process id: others on the machine may run theirs. */
function loaders(): readonly string[] {
  return readdirSync("/proc").filter((pid) => {
    if (!/^\d+$/.test(pid)) return false;
    try {
      return readlinkSync(`/proc/${pid}/exe`).startsWith(`${pictures}/`);
    } catch {
      return false; // It ended meanwhile, or is not a program.
    }
  });
}

/** Runs the script in front by its lens, sees its results come, and stops it. */
async function runsAndStops(page: Page, picture: (name: string) => Promise<unknown>): Promise<void> {
  const openers = ["first", "second"].map(startOpener);
  try {
    await clickLens(page, "Run script");
    const results = await resultsFrame(page);
    await until("live map rows", async () => (await results.locator("table.map tbody tr").count()) > 1);
    await until("a histogram", async () => (await results.locator("table.histogram tr").count()) > 1);
    await until("events", async () => (await results.locator(".event").count()) > 5);
    await picture("running");
    assert.match(await statusOf(results), /running, 1 probe attached/);
    assert.equal(loaders().length > 0, true, "a loader runs");
    await stop(results);
    await until("nothing left attached", () => Promise.resolve(loaders().length === 0));
    await picture("stopped");
  } finally {
    for (const opener of openers) opener.end();
  }
}

test("the packaged extension in VS Code", { skip }, async (t) => {
  mkdirSync(pictures, { recursive: true });
  const packed = spawnSync(process.execPath, ["scripts/package-client.mjs", vsix], {
    cwd: root,
    encoding: "utf8",
  });
  assert.equal(packed.status, 0, packed.stdout + packed.stderr);

  await t.test("extension host, untrusted: diagnostics, hover, completion, lenses, but no run", async () => {
    await inWorkbench({ outFolder: pictures, forExtensionTests: true }, async (workbench) => {
      const { code, said } = await hostRun(workbench.page, () => {
        const remote = (path: string): string =>
          `vscode-remote://127.0.0.1:${workbench.port.toString()}${path}`;
        const payload = [
          ["extensionDevelopmentPath", remote(join(root, "client"))],
          ["extensionTestsPath", remote(testFile("extension-tests.cjs"))],
          ["skipWelcome", "true"],
        ];
        const words = encodeURIComponent(JSON.stringify(payload));
        return workbench.page.goto(`${workbench.url}/?folder=${scriptFolder()}&payload=${words}`);
      });
      await workbench.page.screenshot({ path: join(pictures, "extension-host.png") });
      assert.equal(code, 0, said);
    });
  });

  await t.test(
    "installed: squiggle, hover, completion, lenses, a run with live results, its end",
    async (inner) => {
      await inWorkbench({ outFolder: pictures, vsix }, async (workbench) => {
        const { page } = workbench;
        const picture = (name: string): Promise<unknown> =>
          page.screenshot({ path: join(pictures, `${name}.png`) });
        await page.goto(`${workbench.url}/?folder=${scriptFolder()}`);
        await openFile(page, "wrong.bt");
        await page.waitForSelector(".squiggly-error", { timeout: LIMIT_MS });
        await picture("squiggle");

        await openFile(page, "opens.bt");
        await seeLenses(page);
        await until("the figures in the lenses", async () =>
          /Run probe[^]*stack \d+\/512 B/.test(
            (await page.locator(".codelens-decoration").allInnerTexts()).join(" "),
          ),
        );
        await page
          .locator(".view-line span", { hasText: /^strlen$/ })
          .first()
          .hover();
        await page
          .locator(".monaco-hover:not(.hidden)", { hasText: "strlen" })
          .first()
          .waitFor({ timeout: LIMIT_MS });
        await picture("hover");
        await page.keyboard.press("Escape");

        if (cannotRun !== false) {
          inner.diagnostic(`not run: ${cannotRun}`);
          return;
        }
        await runsAndStops(page, picture);

        await openFile(page, "opens.bt");
        await page.locator(".view-line", { hasText: "@opens" }).first().click();
        await page.keyboard.press("End");
        await page.keyboard.press("Enter");
        await page.keyboard.type("print(args.");
        await page
          .locator(".suggest-widget .monaco-list-row", { hasText: "filename" })
          .first()
          .waitFor({ timeout: LIMIT_MS });
        await picture("completion");
        await page.keyboard.press("Escape");
      });
    },
  );

  await t.test("the Testing view runs test: and bench: probes", { skip: cannotRun }, async () => {
    await inWorkbench({ outFolder: pictures, vsix }, async (workbench) => {
      const { page } = workbench;
      await page.goto(`${workbench.url}/?folder=${scriptFolder()}`);
      await openFile(page, "tests.bt");
      await page.locator('.activitybar a[aria-label="Testing"]').first().click();
      await page
        .locator(".test-explorer .monaco-list-row", { hasText: "tests.bt" })
        .waitFor({ timeout: LIMIT_MS });
      await page.keyboard.press("Control+;");
      await page.keyboard.press("a");
      const state = (name: string): Promise<string> =>
        page
          .locator(".test-explorer .monaco-list-row", { hasText: name })
          .first()
          .getAttribute("aria-label")
          .then(String);
      await until("the results", async () => /Failed/i.test(await state("tests.bt")));
      // The editor may have shown what failed by itself.
      await until("the tests of the script", async () => {
        const closed = page.locator(".test-explorer .monaco-tl-twistie.collapsed").first();
        if (await closed.isVisible()) await closed.click({ timeout: 5000 });
        return (await page.locator(".test-explorer .monaco-list-row", { hasText: "test:sums" }).count()) > 0;
      });
      await until("a test that holds", async () => /Passed/i.test(await state("test:sums")));
      await until("one that does not", async () => /Failed/i.test(await state("test:wrong")));
      await until("the benchmark", async () => /Passed/i.test(await state("bench:quick")));
      await page.screenshot({ path: join(pictures, "testing.png") });
    });
  });

  await t.test(
    "the side bar shows probes, types and the stack; IR opens beside the script; parameters are asked",
    async () => {
      await inWorkbench({ outFolder: pictures, vsix }, async ({ page, url }) => {
        await page.goto(`${url}/?folder=${scriptFolder()}`);
        await openFile(page, "opens.bt");
        await seeLenses(page);
        await page.locator('.activitybar a[aria-label="Probewright"]').first().click();
        const row = (text: string | RegExp): ReturnType<typeof page.locator> =>
          page.locator(".sidebar .monaco-list-row", { hasText: text }).first();
        await row("tracepoint").waitFor({ timeout: LIMIT_MS });
        await row("struct task_struct").waitFor({ timeout: LIMIT_MS });
        await row(/░ \d+ B/).waitFor({ timeout: LIMIT_MS });
        await page.screenshot({ path: join(pictures, "side-bar.png") });
        await runCommand(page, "Probewright: Show LLVM IR");
        await page
          .locator(".editor-group-container", { hasText: "define" })
          .last()
          .waitFor({ timeout: LIMIT_MS });
        await page.screenshot({ path: join(pictures, "ir.png") });
        if (cannotRun !== false) return;
        await page.locator('.activitybar a[aria-label^="Explorer"]').first().click();
        await openFile(page, "takes.bt");
        await seeLenses(page);
        await clickLens(page, "Run script");
        const input = page.locator(".quick-input-widget .quick-input-box input").first();
        await input.waitFor({ timeout: LIMIT_MS });
        await input.fill("hello");
        await page.keyboard.press("Enter");
        await page.locator(".quick-input-title", { hasText: "--depth" }).waitFor({ timeout: LIMIT_MS });
        await page.screenshot({ path: join(pictures, "parameters.png") });
      });
    },
  );

  await t.test("an untrusted folder is checked and not run", async () => {
    await inWorkbench({ outFolder: pictures, vsix, workspaceTrust: true }, async (workbench) => {
      const { page } = workbench;
      await page.goto(`${workbench.url}/?folder=${scriptFolder()}`);
      await openFile(page, "wrong.bt");
      await page.waitForSelector(".squiggly-error", { timeout: LIMIT_MS });
      await openFile(page, "opens.bt");
      await seeLenses(page);
      await clickLens(page, "Run script");
      await page
        .locator(".notification-toast", { hasText: "only in trusted workspaces" })
        .first()
        .waitFor({ timeout: LIMIT_MS });
      await page.screenshot({ path: join(pictures, "untrusted.png") });
      assert.deepEqual(loaders(), []);
    });
  });
});
