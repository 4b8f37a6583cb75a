/** Runs a file of tests inside VS Code's extension host, where it has the whole API. */

import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";

import type { Page } from "./browser.ts";

const LIMIT_MS = 300_000;

/** What the tests said, and the status that they ended with; undefined when they did not end in time. */
export interface HostRun {
  readonly code: number | undefined;
  readonly said: string;
}

/** Listens for the driver inside the workbench; `loaded` brings the page to its address. */
export async function hostRun(page: Page, loaded: () => Promise<unknown>): Promise<HostRun> {
  const lines: string[] = [];
  const ended = new Promise<number>((resolve) => {
    void page.exposeFunction("codeAutomationExit", (code: number) => {
      resolve(code);
    });
  });
  await page.exposeFunction("codeAutomationLog", (_type: string, words: readonly unknown[]) => {
    lines.push(words.map(String).join(" "));
  });
  await loaded();
  const limit = new AbortController();
  const late = sleep(LIMIT_MS, undefined, { signal: limit.signal }).catch(() => undefined);
  const code = await Promise.race([ended, late]);
  limit.abort();
  const told = lines.filter((line) => /^(ok|not ok|#)/.test(line));
  return { code, said: (told.length === 0 ? lines.slice(-30) : told).join("\n") };
}

/** A file beside this one. */
export function testFile(name: string): string {
  return fileURLToPath(new URL(name, import.meta.url));
}
