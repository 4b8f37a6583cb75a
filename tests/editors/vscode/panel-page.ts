/** The results panel by itself in a browser, fed as VS Code feeds it, at any rate. */

import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { launchBrowser, openPage, type Page } from "./browser.ts";

const root = fileURLToPath(new URL("../../../", import.meta.url));

export interface PanelPage {
  readonly page: Page;
  /** What the panel asked of the editor. */
  readonly sent: () => Promise<readonly { readonly type: string; readonly [member: string]: unknown }[]>;
  readonly post: (...messages: readonly object[]) => Promise<void>;
  readonly close: () => Promise<void>;
}

export type Theme = "light" | "dark" | "high-contrast";

/** A few of VS Code's colours, as its own themes have them. */
const themes: Readonly<Record<Theme, string>> = {
  light:
    "--vscode-editor-background:#fff;--vscode-foreground:#3b3b3b;--vscode-sideBar-background:#f8f8f8;--vscode-panel-border:#e5e5e5;--vscode-errorForeground:#c72e0f;--vscode-descriptionForeground:#6a6a6a;--vscode-button-background:#005fb8;--vscode-button-foreground:#fff;--vscode-button-secondaryBackground:#e5e5e5;--vscode-textLink-foreground:#005fb8;--vscode-focusBorder:#005fb8",
  dark: "--vscode-editor-background:#1f1f1f;--vscode-foreground:#ccc;--vscode-sideBar-background:#181818;--vscode-panel-border:#2b2b2b;--vscode-errorForeground:#f85149;--vscode-descriptionForeground:#9d9d9d;--vscode-button-background:#0078d4;--vscode-button-foreground:#fff;--vscode-button-secondaryBackground:#313131;--vscode-button-secondaryForeground:#ccc;--vscode-textLink-foreground:#4daafc;--vscode-focusBorder:#0078d4;--vscode-input-background:#313131;--vscode-input-foreground:#ccc",
  "high-contrast":
    "--vscode-editor-background:#000;--vscode-foreground:#fff;--vscode-sideBar-background:#000;--vscode-contrastBorder:#6fc3df;--vscode-errorForeground:#f48771;--vscode-descriptionForeground:#fff;--vscode-button-secondaryForeground:#fff;--vscode-button-foreground:#fff;--vscode-textLink-foreground:#21a6ff;--vscode-focusBorder:#f38518;--vscode-input-background:#000;--vscode-input-foreground:#fff",
};

export async function openPanelPage(theme: Theme): Promise<PanelPage> {
  const folder = mkdtempSync(join(tmpdir(), "probewright-panel-"));
  execFileSync(process.execPath, ["scripts/bundle-client.mjs", folder], { cwd: root });
  const read = (name: string): string => readFileSync(join(folder, "webview", name), "utf8");
  const [script, style] = [read("main.js"), read("panel.css")];
  rmSync(folder, { recursive: true });
  const browser = await launchBrowser();
  const page = await openPage(browser, 900, 1000);
  await page.setContent(`<!DOCTYPE html><html lang="en"><head><title>Results</title>
<style>:root{${themes[theme]}}</style><style>${style}</style></head><body class="vscode-${theme}">
<script>window.sent = []; function acquireVsCodeApi() { return { postMessage: (message) => sent.push(message), setState: () => undefined }; }</script>
<script>${script.replaceAll("</script", "<\\/script")}</script></body></html>`);
  return {
    page,
    sent: () => page.evaluate("window.sent"),
    post: async (...messages) => {
      const posts = messages.map((message) => `window.postMessage(${JSON.stringify(message)}, "*");`);
      await page.evaluate(
        `${posts.join("")} new Promise((done) => setTimeout(() => requestAnimationFrame(done), 250))`,
      );
    },
    close: () => browser.close(),
  };
}
