/**
 * `npm run pictures`: takes the pictures of the README from the real editor, on this machine's kernel, into docs/pictures.
 * Needs root, and what scripts/setup-test-tools.sh gets.
 */

import { execFileSync, spawn } from "node:child_process";
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { unmet } from "../harness/needs.ts";
import type { Page } from "./vscode/browser.ts";
import { openFile, resultsFrame, until } from "./vscode/person.ts";
import { inWorkbench } from "./vscode/workbench.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const out = join(root, "docs/pictures");
const vsix = join(root, ".cache/probewright-pictures.vsix");
const lacking = unmet("linux", "root", "bpf", "executable", "vscode", "loader", "llvm-bindings");

/** Only programs that the pictures start themselves are seen in them. */
const NOBODY = 65_534;

const script = `/* What the user nobody opens, and how long the names are. */
tracepoint:syscalls:sys_enter_openat
/uid == ${NOBODY.toString()}/
{
  @opens[comm] = count();
  @length = hist(strlen(str(args.filename)));
  printf("%-16s %s\\n", comm, str(args.filename));
}
`;
const mistaken = `tracepoint:syscalls:sys_enter_openat
{
  @opens[comm] = count();
  printf("%s\\n", str(args.filname));
}
`;

if (lacking === false) await takeAll();
else {
  console.error(`no pictures: ${lacking}`);
  process.exitCode = 1;
}

async function takeAll(): Promise<void> {
  mkdirSync(out, { recursive: true });
  execFileSync(process.execPath, ["scripts/package-client.mjs", vsix], { cwd: root });
  const folder = mkdtempSync(join(tmpdir(), "scripts-"));
  writeFileSync(join(folder, "opens.bt"), script);
  writeFileSync(join(folder, "mistake.bt"), mistaken);
  const settings = {
    "workbench.colorTheme": "Default Light Modern",
    "window.commandCenter": false,
    "breadcrumbs.enabled": false,
    "editor.inlayHints.enabled": "off",
  };
  const outFolder = join(root, ".cache/screenshots/pictures");
  await inWorkbench({ outFolder, vsix, settings, width: 1200, height: 760 }, async ({ page, url }) => {
    await page.goto(`${url}/?folder=${folder}`);
    await openFile(page, "mistake.bt");
    await page.waitForSelector(".squiggly-error", { timeout: 60_000 });
    await page.locator(".view-line span", { hasText: "filname" }).last().hover();
    await page.locator(".monaco-hover:not(.hidden)").first().waitFor({ timeout: 30_000 });
    await take(page, "mistake");
    await openFile(page, "opens.bt");
    await page.waitForSelector(".codelens-decoration a", { timeout: 30_000 });
    await page.keyboard.press("Control+b");
    const busy = startPrograms();
    await page.locator(".codelens-decoration a", { hasText: "Run script" }).first().click();
    const results = await resultsFrame(page);
    await until("rows", async () => (await results.locator("table.map tbody tr").count()) > 3);
    await page.waitForTimeout(3000);
    await take(page, "results");
    for (const { kill } of busy) kill();
    await results.locator("button", { hasText: "Stop" }).first().click();
    await until("the end", async () => (await results.locator(".status").innerText()).startsWith("ended"));
  });
}

/** Programs under names of their own that open files again and again. */
function startPrograms(): readonly { readonly kill: () => void }[] {
  const folder = mkdtempSync(join(tmpdir(), "programs-"));
  chmodSync(folder, 0o755);
  const loops = { webserver: 40, database: 15, backup: 5, "log-rotate": 2 };
  return Object.entries(loops).map(([name, perSecond]) => {
    copyFileSync("/bin/bash", join(folder, name));
    const pause = (1 / perSecond).toFixed(3);
    const work = `while read -t ${pause} <> <(:) || :; do : < /etc/hostname; : < /etc/ld.so.cache; : < /usr/share/common-licenses/GPL-3; done`;
    const child = spawn(join(folder, name), ["-c", work], { uid: NOBODY, stdio: "ignore" });
    return { kill: () => child.kill("SIGKILL") };
  });
}

async function take(page: Page, name: string): Promise<void> {
  await page.waitForTimeout(500);
  await page.screenshot({ path: join(out, `${name}.png`) });
  console.log(`took docs/pictures/${name}.png`);
}
