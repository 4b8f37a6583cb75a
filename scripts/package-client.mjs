/**
 * Packages the VS Code extension: client/src bundled by esbuild, the server and what it needs beside it, then a .vsix.
 *
 * usage: node scripts/package-client.mjs [--universal] OUT.vsix
 * --universal leaves out what is native: analysis works anywhere, running wants a built loader.
 */

import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { cp, copyFile, mkdir, rm } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";

import { bundleClient } from "./bundle-client.mjs";
import { root } from "./bundling.mjs";

const client = join(root, "client");
const dist = join(client, "dist");

/** What the server finds beside itself, by the same relative paths as in the repository. */
const files = [
  "server/bin/package.json",
  "server/bin/probewright",
  "server/dist/probewright.cjs",
  "grammar/package.json",
  "grammar/tree-sitter-bpftrace.wasm",
  "native/runtime/data/default-kernel.profile",
];

const nativeFiles = [
  "grammar/build/Release/tree_sitter_bpftrace_binding.node",
  "native/llvm-bindings/build/Release/llvm_bindings.node",
  "native/loader/build/probewright-loader",
];

/** npm packages that stay outside the bundle, and what of them is needed. */
const packages = ["web-tree-sitter"];
const nativePackages = ["tree-sitter", "node-gyp-build"];
/** Sources, intermediate files, and binaries of other systems. */
const leftOut =
  /\/(?:vendor|src|test|debug|node_modules|build|prebuilds\/(?!linux-x64))(?:\/|$)|\/prebuilds\/(?!linux-x64)[^/]+|\.(?:map|cc|h|o|mk|d\.ts)$/;

const universal = process.argv.includes("--universal");
const out = process.argv.slice(2).find((word) => !word.startsWith("--"));
if (out === undefined) {
  console.error("usage: node scripts/package-client.mjs [--universal] OUT.vsix");
  process.exit(2);
}

await rm(dist, { recursive: true, force: true });
await bundleClient(dist);
for (const file of universal ? files : [...files, ...nativeFiles]) await include(file);
for (const name of universal ? packages : [...packages, ...nativePackages]) await includePackage(name);
await copyFile(join(root, "LICENSE"), join(client, "LICENSE"));

const vsce = join(root, "node_modules/.bin/vsce");
const words = ["package", "--no-dependencies", "--allow-missing-repository", "-o", resolve(out)];
if (!universal) words.push("--target", "linux-x64");
const packed = spawnSync(vsce, words, { cwd: client, encoding: "utf8" });
if (packed.status !== 0) {
  console.error(packed.stdout + packed.stderr);
  process.exit(1);
}
console.log(packed.stdout.trim().split("\n").at(-1));

/** @param {string} file relative to the repository */
async function include(file) {
  const from = join(root, file);
  if (!existsSync(from)) throw new Error(`${file} is not built: npm run setup`);
  const to = join(dist, "server-root", file);
  await mkdir(dirname(to), { recursive: true });
  await copyFile(from, to);
}

/** @param {string} name of an npm package */
async function includePackage(name) {
  await cp(join(root, "node_modules", name), join(dist, "server-root/node_modules", name), {
    recursive: true,
    filter: (source) => !leftOut.test(source.slice(join(root, "node_modules", name).length)),
  });
}
