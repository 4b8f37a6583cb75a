/** What somebody does who has just installed the extension: opens the examples, trusts them, runs one, sees a histogram. */

import type { Frame, Page } from "./browser.ts";
import { clickLens, LIMIT_MS, openFile, resultsFrame, seeLenses, until } from "./person.ts";

/** In an editor that asks whether folders are trusted. @returns the results, with a live histogram in them */
export async function firstHistogram(page: Page, url: string, examples: string): Promise<Frame> {
  await page.goto(`${url}/?folder=${examples}`);
  await page.locator(".part.banner a", { hasText: "Manage" }).first().click({ timeout: LIMIT_MS });
  const trusts = page.locator(".workspace-trust-editor .monaco-button", { hasText: /^Trust$/ });
  await trusts.first().click({ timeout: LIMIT_MS });
  // The editor draws its page anew for the answer; a key that comes meanwhile is lost.
  const trust = page.locator(".workspace-trust-editor").first();
  await until("the page about trust to be closed", async () => {
    if (await trust.isVisible()) await trust.press("Escape");
    return !(await trust.isVisible());
  });
  await page.locator(".part.banner", { hasText: "Restricted Mode" }).waitFor({ state: "hidden" });
  await openFile(page, "opens.bt");
  await seeLenses(page);
  await clickLens(page, "Run script");
  const results = await resultsFrame(page, "opens.bt");
  await until("a histogram", async () => (await results.locator("table.histogram tr").count()) > 1);
  return results;
}
