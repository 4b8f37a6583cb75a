/** What a person does in the workbench: opening files, hovering, typing, clicking; and seeing what is there. */

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { PATIENCE_MS } from "../../harness/patience.ts";
import type { Frame, Page } from "./browser.ts";

/** How long a slow machine may take for what takes a second here. */
export const LIMIT_MS = PATIENCE_MS;

/** Opens a file of the folder by its name, as a permanent editor. */
export async function openFile(page: Page, name: string): Promise<void> {
  const row = page.locator(".explorer-folders-view .monaco-list-row", { hasText: name }).first();
  await row.waitFor({ timeout: LIMIT_MS });
  // A new file moves the rows: the click may then meet another.
  await until(`${name} in front`, async () => {
    await row.dblclick({ timeout: STEP_MS });
    await page.locator(".tab.active", { hasText: name }).first().waitFor({ timeout: STEP_MS });
    return true;
  });
  // The tab is there before its text is.
  await page.locator(`.monaco-editor[data-uri$="/${name}"]`).first().waitFor({ timeout: LIMIT_MS });
}

/** Waits for the lenses of the script in front. */
export async function seeLenses(page: Page): Promise<void> {
  await page.waitForSelector(".codelens-decoration a", { timeout: LIMIT_MS });
}

/** Of the first editor group from the left. */
const LEFT = ".editor-group-container >> nth=0";

/** Brings the cursor into the first editor from the left, whatever has the focus: a panel beside it may take it back once. */
export async function focusEditor(page: Page): Promise<void> {
  const isFocused = async (): Promise<boolean> => {
    const classes = (await page.locator(LEFT).getAttribute("class")) ?? "";
    const isActive = classes.split(" ").includes("active");
    return isActive && (await page.locator(`${LEFT} >> .monaco-editor.focused`).count()) > 0;
  };
  await until("the left editor to have the focus", async () => {
    const was = await isFocused();
    if (!was) await page.keyboard.press("Control+1");
    await page.waitForTimeout(300);
    return was && (await isFocused());
  });
}

/** How long the editor may take to ask for a debugger. */
const ASKING_MS = 5000;

/** Runs the script in front by its key. */
export async function runByKey(page: Page): Promise<void> {
  const asks = page.locator(".monaco-dialog-box", { hasText: "extension for debugging" }).first();
  await until("the key to run the script", async () => {
    await focusEditor(page);
    await page.keyboard.press("Control+F5");
    // Until the editor has taken in what is in front, the key is the editor's own, which wants to debug.
    const wasAsked = await asks.waitFor({ timeout: ASKING_MS }).then(
      () => true,
      () => false,
    );
    if (!wasAsked) return true;
    await page.keyboard.press("Escape");
    await asks.waitFor({ state: "hidden" });
    return false;
  });
}

/** Opens a script in the first group from the left, and waits for its lenses. */
export async function openAtLeft(page: Page, name: string): Promise<void> {
  await until(`${name} at the left`, async () => {
    await focusEditor(page);
    await openFile(page, name);
    return (await page.locator(`${LEFT} >> .tab.active`, { hasText: name }).count()) > 0;
  });
  await page.locator(`${LEFT} >> .codelens-decoration a`).first().waitFor({ timeout: LIMIT_MS });
  await focusEditor(page);
}

/** Runs a command by the words of its title, through the palette. */
export async function runCommand(page: Page, title: string): Promise<void> {
  const input = page.locator(INPUT).first();
  // Until the list has caught up with what was typed, its first row is another command.
  const row = page.locator(".quick-input-list .monaco-list-row.focused", { hasText: title }).first();
  await until(`the command ${title}`, async () => {
    await openPalette(page);
    await input.fill(`>${title}`, { timeout: STEP_MS });
    await row.waitFor({ timeout: STEP_MS });
    return true;
  });
  await page.keyboard.press("Enter");
}

const INPUT = ".quick-input-widget .quick-input-box input";

/** What takes the focus meanwhile closes the palette: a step that does not come in this time is begun again. */
const STEP_MS = 20_000;

/** Opens the palette, or finds it open. */
export async function openPalette(page: Page): Promise<void> {
  await until("the palette", async () => {
    if (!(await page.locator(INPUT).first().isVisible())) await page.keyboard.press("F1");
    await page.locator(INPUT).first().waitFor({ timeout: STEP_MS });
    return true;
  });
}

/** Clicks a lens once it has stood still: lenses are drawn anew when what they say changes, and a click on an old one is lost. */
export async function clickLens(page: Page, title: string): Promise<void> {
  const lenses = page.locator(".codelens-decoration");
  await page.locator(".codelens-decoration a", { hasText: title }).first().waitFor({ timeout: LIMIT_MS });
  let before = "";
  await until("lenses that stand still", async () => {
    const now = (await lenses.allInnerTexts()).join("\n");
    const isStill = now === before;
    before = now;
    if (!isStill) await page.waitForTimeout(1000);
    return isStill;
  });
  await page.locator(".codelens-decoration a", { hasText: title }).first().click({ timeout: LIMIT_MS });
}

/** The content of a results panel, once there is one. @param title how its heading begins */
export async function resultsFrame(page: Page, title = ""): Promise<Frame> {
  return until("the results panel", async () => {
    for (const frame of page.frames()) {
      const heading = await frame
        .evaluate<string | undefined>("document.querySelector('.head h2')?.textContent ?? undefined")
        .catch(() => undefined);
      const found = heading?.startsWith(title) === true;
      if (found) return frame;
    }
    return undefined;
  });
}

/** Polls until there is an answer. What cannot be asked, as what was asked is just drawn anew, is asked again. */
export async function until<T>(what: string, ask: () => Promise<T | undefined | false>): Promise<T> {
  const end = Date.now() + LIMIT_MS;
  for (;;) {
    let answer: T | undefined | false;
    let problem: unknown;
    try {
      answer = await ask();
    } catch (error) {
      problem = error;
    }
    if (answer !== undefined && answer !== false) return answer;
    if (Date.now() > end) throw new Error(`waited in vain for ${what}`, { cause: problem });
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** What the results panel says of its run. */
export function statusOf(results: Frame): Promise<string> {
  return results.locator(".status").innerText();
}

export async function ended(results: Frame): Promise<void> {
  await until("the end", async () => (await statusOf(results)).startsWith("ended"));
}

/** Waits for the first row of a map. */
export async function rowsIn(results: Frame): Promise<void> {
  await until("map rows", async () => (await results.locator("table.map tbody tr").count()) > 0);
}

/** By the panel's button. */
export async function stop(results: Frame): Promise<void> {
  await results.locator("button", { hasText: "Stop" }).first().click();
  await ended(results);
}

/** What the terminal in front shows. */
export async function terminalText(page: Page): Promise<string> {
  const rows = await page.locator(".terminal-wrapper.active .xterm-rows").allInnerTexts();
  return rows.join("\n").replaceAll("\u00a0", " ");
}

/** Settings of the opened folder, until the editor has seen them: its title is one of them. */
export async function setFolder(page: Page, folder: string, values: object): Promise<void> {
  const title = `settings ${Date.now().toString()}`;
  mkdirSync(join(folder, ".vscode"), { recursive: true });
  writeFileSync(join(folder, ".vscode/settings.json"), JSON.stringify({ ...values, "window.title": title }));
  await until("the settings", async () => (await page.evaluate<string>("document.title")) === title);
}
