/** The extension as VS Code for the web runs it: in a worker of the browser, without a process beside it. */

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, statSync } from "node:fs";
import { extname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

import { buildSync } from "esbuild";

import { unmet } from "../harness/needs.ts";
import type { Page, Route } from "./vscode/browser.ts";
import { hostRun, testFile } from "./vscode/extension-host.ts";
import { inWorkbench } from "./vscode/workbench.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const pictures = join(root, ".cache/screenshots/web");
const extension = join(root, "client");
/** Under the workbench's own origin, because its policy lets the page ask nobody else. */
const SERVED = "/__ext/";
const TESTS = "web-tests.js";
const types: Readonly<Record<string, string>> = {
  ".js": "text/javascript",
  ".json": "application/json",
  ".wasm": "application/wasm",
};

test("the web extension analyses in the browser", { skip: unmet("executable", "vscode") }, async () => {
  const vsix = join(root, ".cache/probewright-web-test.vsix");
  execFileSync(process.execPath, ["scripts/package-client.mjs", "--universal", vsix], { cwd: root });
  await inWorkbench({ outFolder: pictures, forExtensionTests: true }, async ({ page, url, port }) => {
    await page.context().route(({ pathname }) => pathname.startsWith(SERVED), serveExtension);
    await asWebWorkbench(page, port);
    const { code, said } = await hostRun(page, () => page.goto(`${url}/`));
    await page.screenshot({ path: join(pictures, "web.png") });
    assert.equal(code, 0, said);
  });
});

async function serveExtension(route: Route): Promise<void> {
  const name = decodeURIComponent(new URL(route.request().url()).pathname.slice(SERVED.length));
  const contentType = types[extname(name)] ?? "application/octet-stream";
  if (name === TESTS) {
    await route.fulfill({ body: oneFile(testFile("web-tests.cjs")), contentType });
    return;
  }
  const file = join(extension, name);
  if (!file.startsWith(root) || !existsSync(file) || statSync(file).isDirectory()) {
    await route.fulfill({ status: 404 });
    return;
  }
  await route.fulfill({ body: readFileSync(file), contentType });
}

/** A worker of the browser requires nothing but the editor's own module. */
function oneFile(path: string): string {
  const built = buildSync({
    entryPoints: [path],
    bundle: true,
    format: "cjs",
    external: ["vscode"],
    write: false,
  });
  return built.outputFiles[0]?.text ?? "";
}

/** Tells the served page to load the extension in the browser, and that there is no remote host. */
async function asWebWorkbench(page: Page, port: number): Promise<void> {
  const authority = `127.0.0.1:${port.toString()}`;
  const address = (path: string): object => ({ scheme: "http", authority, path: `${SERVED}${path}` });
  await page.route(
    ({ pathname, host }) => pathname === "/" && host === authority,
    async (route) => {
      const html = await (await route.fetch()).text();
      const body = html.replace(
        /(id="vscode-workbench-web-configuration" data-settings=")([^"]*)"/,
        (_whole, head: string, encoded: string) => {
          const settings = JSON.parse(encoded.replaceAll("&quot;", '"').replaceAll("&amp;", "&")) as Record<
            string,
            unknown
          >;
          delete settings["remoteAuthority"];
          settings["developmentOptions"] = {
            extensions: [address("")],
            extensionTestsPath: address(TESTS),
          };
          return `${head}${JSON.stringify(settings).replaceAll("&", "&amp;").replaceAll('"', "&quot;")}"`;
        },
      );
      await route.fulfill({ body, contentType: "text/html" });
    },
  );
}
