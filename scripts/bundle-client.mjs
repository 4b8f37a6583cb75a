/**
 * Bundles the VS Code extension: for a process beside the kernel, for a browser, and the page of the results panel.
 *
 * usage: node scripts/bundle-client.mjs FOLDER
 */

import { build } from "esbuild";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

import { root } from "./bundling.mjs";

/** @type {import("esbuild").BuildOptions} */
const common = {
  absWorkingDir: root,
  bundle: true,
  conditions: ["source"],
  minify: true,
  charset: "utf8",
  legalComments: "none",
  logLevel: "warning",
};

/** @param {string} folder where the bundles go */
export async function bundleClient(folder) {
  await build({
    ...common,
    entryPoints: ["client/src/extension.ts"],
    outfile: join(folder, "extension.cjs"),
    platform: "node",
    format: "cjs",
    target: "node20",
    external: ["vscode"],
  });
  await build({
    ...common,
    entryPoints: ["client/src/web.ts"],
    outfile: join(folder, "web", "extension.js"),
    platform: "browser",
    format: "cjs",
    target: "es2022",
    external: ["vscode"],
  });
  await build({
    ...common,
    entryPoints: ["client/panel/main.ts", "client/panel/panel.css"],
    outdir: join(folder, "webview"),
    platform: "browser",
    format: "iife",
    target: "es2022",
  });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const [folder] = process.argv.slice(2);
  if (folder === undefined) {
    console.error("usage: node scripts/bundle-client.mjs FOLDER");
    process.exit(2);
  }
  await bundleClient(resolve(folder));
}
