/** A headless Chromium, driven through the playwright-core that came with the editor. */

import { execFileSync } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

import { PATIENCE_MS } from "../../harness/patience.ts";
import { toolPaths } from "../../harness/needs.ts";

/** Where code-server's build of VS Code was installed. */
export const vscodeFolder = dirname(dirname(dirname(dirname(dirname(toolPaths.vscode)))));

/** What of playwright-core's API the tests use; the package is got with the editor, not declared by us. */
export interface Page {
  goto(url: string): Promise<unknown>;
  waitForSelector(selector: string, options?: { readonly timeout?: number }): Promise<unknown>;
  waitForFunction(
    script: string,
    argument?: unknown,
    options?: { readonly timeout?: number },
  ): Promise<unknown>;
  waitForTimeout(ms: number): Promise<void>;
  locator(selector: string, options?: { readonly hasText?: string | RegExp }): Locator;
  frames(): Frame[];
  evaluate<Answer>(script: string): Promise<Answer>;
  setContent(html: string): Promise<void>;
  on(event: "pageerror" | "requestfailed" | "request", handler: (what: never) => void): void;
  context(): BrowserContext;
  route(matcher: (url: URL) => boolean, handler: (route: Route) => unknown): Promise<void>;
  screenshot(options: { readonly path: string }): Promise<unknown>;
  setViewportSize(size: { readonly width: number; readonly height: number }): Promise<void>;
  emulateMedia(media: { readonly reducedMotion: "reduce" }): Promise<void>;
  exposeFunction(name: string, f: (...args: never[]) => unknown): Promise<void>;
  setDefaultTimeout(ms: number): void;
  readonly keyboard: { press(keys: string): Promise<void>; type(text: string): Promise<void> };
  readonly mouse: { move(x: number, y: number): Promise<void> };
}

/** A page inside the page: a webview's content. */
export interface Frame {
  url(): string;
  locator(selector: string, options?: { readonly hasText?: string | RegExp }): Locator;
  evaluate<Answer>(script: string): Promise<Answer>;
}

/** A node of the tree that the browser hands to screen readers. */
export interface SpokenNode {
  readonly ignored: boolean;
  readonly role?: { readonly value: string };
  readonly name?: { readonly value: string };
  readonly properties?: readonly { readonly name: string }[];
}

export interface BrowserContext {
  newCDPSession(page: Page): Promise<{
    send(method: "Accessibility.getFullAXTree"): Promise<{ readonly nodes: readonly SpokenNode[] }>;
  }>;
  route(matcher: (url: URL) => boolean, handler: (route: Route) => unknown): Promise<void>;
  grantPermissions(permissions: readonly string[]): Promise<void>;
}

export interface Route {
  request(): { url(): string };
  fetch(): Promise<{ text(): Promise<string> }>;
  fulfill(answer: object): Promise<void>;
}

export interface Locator {
  first(): Locator;
  last(): Locator;
  nth(index: number): Locator;
  count(): Promise<number>;
  innerText(): Promise<string>;
  inputValue(): Promise<string>;
  ariaSnapshot(): Promise<string>;
  press(keys: string): Promise<void>;
  fill(text: string, options?: { readonly timeout?: number }): Promise<void>;
  isVisible(): Promise<boolean>;
  waitFor(options?: { readonly timeout?: number; readonly state?: "visible" | "hidden" }): Promise<void>;
  getAttribute(name: string): Promise<string | null>;
  click(options?: { readonly button?: "left" | "right"; readonly timeout?: number }): Promise<void>;
  dblclick(options?: { readonly timeout: number }): Promise<void>;
  hover(): Promise<void>;
  allInnerTexts(): Promise<string[]>;
}

export interface Browser {
  newPage(options: object): Promise<Page>;
  close(): Promise<void>;
}

export async function launchBrowser(): Promise<Browser> {
  const require = createRequire(join(vscodeFolder, "package.json"));
  // The package comes with the editor and is no dependency of ours, so it has no types here.
  const driver = ["playwright", "core"].join("-");
  const { chromium } = require(driver) as {
    readonly chromium: { launch(options: object): Promise<Browser> };
  };
  const executablePath = execFileSync("sh", ["-c", "command -v chromium"], { encoding: "utf8" }).trim();
  const quiet = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
    "--enable-precise-memory-info",
  ];
  const args = ["--headless", "--no-sandbox", "--disable-gpu", ...quiet];
  return chromium.launch({ executablePath, args, timeout: PATIENCE_MS });
}

/** Opens a page that waits for as long as slow machines take. */
export async function openPage(browser: Browser, width: number, height: number): Promise<Page> {
  const page = await browser.newPage({ viewport: { width, height } });
  page.setDefaultTimeout(PATIENCE_MS);
  return page;
}
