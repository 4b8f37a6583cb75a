/** The VS Code extension: in the real extension host, and installed from its .vsix as a person sees it. */

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, readlinkSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

import { unmet } from "../harness/needs.ts";
import { hostRun, testFile } from "./vscode/extension-host.ts";
import { openFile, resultsFrame, runCommand, until } from "./vscode/person.ts";
import { scriptFolder } from "./vscode/scripts.ts";
import { inWorkbench } from "./vscode/workbench.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
/** Pictures and logs, kept out of the repository for people to look at. */
const pictures = join(root, ".cache/screenshots/vscode");
const vsix = join(root, ".cache/probewright-test.vsix");
const skip = unmet("executable", "vscode", "loader", "llvm-bindings");
const cannotRun = unmet("linux", "root", "bpf");

/** Loaders that run now, by process id. */
function loaders(): readonly string[] {
  return readdirSync("/proc").filter((pid) => {
    if (!/^\d+$/.test(pid)) return false;
    try {
      return readlinkSync(`/proc/${pid}/exe`).includes("dist/server-root/native/loader");
    } catch {
      return false; // It ended meanwhile, or is not a program.
    }
  });
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
        await page.waitForSelector(".squiggly-error", { timeout: 60_000 });
        await picture("squiggle");

        await openFile(page, "opens.bt");
        await page.waitForSelector(".codelens-decoration a", { timeout: 30_000 });
        const lenses = await page.locator(".codelens-decoration").allInnerTexts();
        assert.match(lenses.join(" "), /Run probe[^]*stack \d+\/512 B/);
        await page
          .locator(".view-line span", { hasText: /^strlen$/ })
          .first()
          .hover();
        await page
          .locator(".monaco-hover:not(.hidden)", { hasText: "strlen" })
          .first()
          .waitFor({ timeout: 30_000 });
        await picture("hover");
        await page.keyboard.press("Escape");

        if (cannotRun !== false) {
          inner.diagnostic(`not run: ${cannotRun}`);
          return;
        }
        await page.locator(".codelens-decoration a", { hasText: "Run script" }).first().click();
        const results = await resultsFrame(page);
        await until("live map rows", async () => (await results.locator("table.map tbody tr").count()) > 1);
        await until("a histogram", async () => (await results.locator("table.histogram tr").count()) > 1);
        await until("events", async () => (await results.locator(".event").count()) > 5);
        await picture("running");
        assert.match(await results.locator(".status").innerText(), /running, 1 probe attached/);
        assert.equal(loaders().length > 0, true, "a loader runs");
        await results.locator("button", { hasText: "Stop" }).first().click();
        await until("the end", async () =>
          (await results.locator(".status").innerText()).startsWith("ended"),
        );
        await until("nothing left attached", () => Promise.resolve(loaders().length === 0));
        await picture("stopped");

        await openFile(page, "opens.bt");
        await page.locator(".view-line", { hasText: "@opens" }).first().click();
        await page.keyboard.press("End");
        await page.keyboard.press("Enter");
        await page.keyboard.type("print(args.");
        await page
          .locator(".suggest-widget .monaco-list-row", { hasText: "filename" })
          .first()
          .waitFor({ timeout: 30_000 });
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
        .waitFor({ timeout: 30_000 });
      await page.keyboard.press("Control+;");
      await page.keyboard.press("a");
      const state = (name: string): Promise<string> =>
        page
          .locator(".test-explorer .monaco-list-row", { hasText: name })
          .first()
          .getAttribute("aria-label")
          .then(String);
      await until("the results", async () => /Failed/i.test(await state("tests.bt")));
      await page.locator(".test-explorer .monaco-tl-twistie.collapsible").first().click();
      assert.match(await state("test:sums"), /Passed/i);
      assert.match(await state("test:wrong"), /Failed/i);
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
        await page.waitForSelector(".codelens-decoration a", { timeout: 30_000 });
        await page.locator('.activitybar a[aria-label="Probewright"]').first().click();
        const row = (text: string | RegExp): ReturnType<typeof page.locator> =>
          page.locator(".sidebar .monaco-list-row", { hasText: text }).first();
        await row("tracepoint").waitFor({ timeout: 60_000 });
        await row("struct task_struct").waitFor({ timeout: 60_000 });
        await row(/░ \d+ B/).waitFor({ timeout: 60_000 });
        await page.screenshot({ path: join(pictures, "side-bar.png") });
        await runCommand(page, "Probewright: Show LLVM IR");
        await page
          .locator(".editor-group-container", { hasText: "define" })
          .last()
          .waitFor({ timeout: 30_000 });
        await page.screenshot({ path: join(pictures, "ir.png") });
        if (cannotRun !== false) return;
        await page.locator('.activitybar a[aria-label^="Explorer"]').first().click();
        await openFile(page, "takes.bt");
        await page.waitForSelector(".codelens-decoration a", { timeout: 30_000 });
        await page.locator(".codelens-decoration a", { hasText: "Run script" }).first().click();
        const input = page.locator(".quick-input-widget .quick-input-box input").first();
        await input.waitFor({ timeout: 30_000 });
        await input.fill("hello");
        await page.keyboard.press("Enter");
        await page.locator(".quick-input-title", { hasText: "--depth" }).waitFor({ timeout: 30_000 });
        await page.screenshot({ path: join(pictures, "parameters.png") });
      });
    },
  );

  await t.test("an untrusted folder is checked and not run", async () => {
    await inWorkbench({ outFolder: pictures, vsix, workspaceTrust: true }, async (workbench) => {
      const { page } = workbench;
      await page.goto(`${workbench.url}/?folder=${scriptFolder()}`);
      await openFile(page, "wrong.bt");
      await page.waitForSelector(".squiggly-error", { timeout: 60_000 });
      await openFile(page, "opens.bt");
      await page.waitForSelector(".codelens-decoration a", { timeout: 30_000 });
      await page.locator(".codelens-decoration a", { hasText: "Run script" }).first().click();
      await page
        .locator(".notification-toast", { hasText: "only in trusted workspaces" })
        .first()
        .waitFor({ timeout: 20_000 });
      await page.screenshot({ path: join(pictures, "untrusted.png") });
      assert.deepEqual(loaders(), []);
    });
  });
});
