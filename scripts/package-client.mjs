/**
 * Packages the VS Code extension: its bundles, the server and what it needs beside them, then a .vsix.
 *
 * usage: node scripts/package-client.mjs [--universal] OUT.vsix
 * --universal leaves out what is native: analysis works anywhere, running wants a built loader.
 */

import { spawnSync } from "node:child_process";
import { copyFile, rm } from "node:fs/promises";
import { join, resolve } from "node:path";

import { bundleClient } from "./bundle-client.mjs";
import { root } from "./bundling.mjs";
import { countedBytes, layOutInstallation, MOST_BYTES, PACKAGE_DATE_SECONDS } from "./installation.mjs";

const client = join(root, "client");
const dist = join(client, "dist");
const universal = process.argv.includes("--universal");
const out = process.argv.slice(2).find((word) => !word.startsWith("--"));
if (out === undefined) {
  console.error("usage: node scripts/package-client.mjs [--universal] OUT.vsix");
  process.exit(2);
}

await rm(dist, { recursive: true, force: true });
await bundleClient(dist);
bundleBrowserServer();
await layOutInstallation(join(dist, "server-root"), { native: !universal });
await copyFile(join(root, "LICENSE"), join(client, "LICENSE"));
const bytes = await countedBytes(dist);
if (bytes > MOST_BYTES) {
  console.error(`the extension has ${bytes} bytes of code, more than ${MOST_BYTES}`);
  process.exit(1);
}

const vsce = join(root, "node_modules/.bin/vsce");
const words = ["package", "--no-dependencies", "--allow-missing-repository", "-o", resolve(out)];
if (!universal) words.push("--target", "linux-x64");
const packed = spawnSync(vsce, words, {
  cwd: client,
  encoding: "utf8",
  env: { ...process.env, SOURCE_DATE_EPOCH: PACKAGE_DATE_SECONDS.toString() },
});
if (packed.status !== 0) {
  console.error(packed.stdout + packed.stderr);
  process.exit(1);
}
console.log(packed.stdout.trim().split("\n").at(-1));

/** The language server as a worker, parser and kernel profile included. */
function bundleBrowserServer() {
  const out = join(dist, "web", "server.js");
  const words = ["--conditions=source", "--import", "tsx", "scripts/browser-worker.ts", out];
  const made = spawnSync(process.execPath, words, { cwd: root, encoding: "utf8" });
  if (made.status !== 0) throw new Error(made.stderr);
}
