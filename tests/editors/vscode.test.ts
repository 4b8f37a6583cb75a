/** The VS Code extension: in the real extension host, and installed from its .vsix as a person sees it. */

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";

import { unmet } from "../harness/needs.ts";
import { openWorkbench } from "./vscode/workbench.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
/** Pictures and logs, kept out of the repository for people to look at. */
const artefacts = join(root, ".cache/artefacts/vscode");
const vsix = join(root, ".cache/probewright-test.vsix");
const skip = unmet("executable", "vscode", "loader", "llvm-bindings");
const cannotRun = unmet("linux", "root", "bpf");

function scripts(): string {
  const folder = mkdtempSync(join(tmpdir(), "probewright-vscode-"));
  writeFileSync(join(folder, "wrong.bt"), 'begin\n{\n  $a = 1;\n  $a = "x";\n  print($a);\n}\n');
  writeFileSync(
    join(folder, "right.bt"),
    'interval:ms:100\n{\n  printf("tick %d\\n", pid);\n  @ticks = count();\n}\n',
  );
  return folder;
}

/** @returns undefined when nothing came in time */
async function withinLimit<T>(wanted: Promise<T>): Promise<T | undefined> {
  const limit = new AbortController();
  const late = sleep(120_000, undefined, { signal: limit.signal }).catch(() => undefined);
  const first = await Promise.race([wanted, late]);
  limit.abort();
  return first;
}

test("the packaged extension in VS Code", { skip }, async (t) => {
  mkdirSync(artefacts, { recursive: true });
  const packed = spawnSync(process.execPath, ["scripts/package-client.mjs", vsix], {
    cwd: root,
    encoding: "utf8",
  });
  assert.equal(packed.status, 0, packed.stdout + packed.stderr);

  await t.test(
    "extension host, untrusted: diagnostics, hover, completion and lenses, but no run",
    async () => {
      const workbench = await openWorkbench({ outFolder: artefacts, forExtensionTests: true });
      try {
        const lines: string[] = [];
        const ended = new Promise<number>((resolve) => {
          void workbench.page.exposeFunction("codeAutomationExit", (code: number) => {
            resolve(code);
          });
        });
        await workbench.page.exposeFunction(
          "codeAutomationLog",
          (_type: string, words: readonly unknown[]) => {
            lines.push(words.map(String).join(" "));
          },
        );
        const remote = (path: string): string =>
          `vscode-remote://127.0.0.1:${workbench.port.toString()}${path}`;
        const payload = [
          ["extensionDevelopmentPath", remote(join(root, "client"))],
          [
            "extensionTestsPath",
            remote(fileURLToPath(new URL("vscode/extension-tests.cjs", import.meta.url))),
          ],
          ["skipWelcome", "true"],
        ];
        await workbench.page.goto(
          `${workbench.url}/?folder=${scripts()}&payload=${encodeURIComponent(JSON.stringify(payload))}`,
        );
        const code = await withinLimit(ended);
        await workbench.page.screenshot({ path: join(artefacts, "extension-host.png") });
        const said = lines.filter((line) => /^(ok|not ok|#)/.test(line)).join("\n");
        assert.equal(code, 0, said === "" ? lines.slice(-30).join("\n") : said);
      } finally {
        await workbench.close();
      }
    },
  );

  await t.test(
    "installed from the .vsix: a squiggle, lenses, and live output in a terminal",
    async (inner) => {
      const workbench = await openWorkbench({ outFolder: artefacts, vsix });
      const { page } = workbench;
      try {
        await page.goto(`${workbench.url}/?folder=${scripts()}`);
        await page.waitForSelector(".explorer-folders-view .monaco-list-row", { timeout: 60_000 });
        await page.locator(".explorer-folders-view .monaco-list-row", { hasText: "wrong.bt" }).dblclick();
        await page.waitForSelector(".squiggly-error", { timeout: 60_000 });
        await page.screenshot({ path: join(artefacts, "squiggle.png") });
        await page.locator(".explorer-folders-view .monaco-list-row", { hasText: "right.bt" }).dblclick();
        await page.waitForSelector(".codelens-decoration a", { timeout: 30_000 });
        await page.screenshot({ path: join(artefacts, "lenses.png") });
        if (cannotRun !== false) {
          inner.diagnostic(`not run: ${cannotRun}`);
          return;
        }
        await page.locator(".codelens-decoration a", { hasText: "Run probe" }).first().click();
        await page.waitForFunction(
          "document.querySelector('.terminal-wrapper, .xterm') !== null",
          undefined,
          { timeout: 30_000 },
        );
        await page.waitForTimeout(3000);
        await page.screenshot({ path: join(artefacts, "running.png") });
      } finally {
        await workbench.close();
      }
    },
  );
});
