/**
 * The files that an installed `probewright` is made of, by the same relative paths as in the repository: what finds something
 * beside itself here finds it there.
 */

import { existsSync } from "node:fs";
import { copyFile, mkdir, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

import { transform } from "esbuild";

import { root } from "./bundling.mjs";

const files = [
  "server/bin/package.json",
  "server/bin/probewright",
  "server/dist/probewright.cjs",
  "grammar/package.json",
  "grammar/tree-sitter-bpftrace.wasm",
  "native/runtime/data/default-kernel.profile",
  // npm packages that load a file of their own beside them, and so cannot move into the bundle
  "node_modules/web-tree-sitter/package.json",
  "node_modules/web-tree-sitter/LICENSE",
  "node_modules/web-tree-sitter/tree-sitter.cjs",
  "node_modules/web-tree-sitter/tree-sitter.wasm",
];

const nativeFiles = [
  "grammar/build/Release/tree_sitter_bpftrace_binding.node",
  "native/llvm-bindings/build/Release/llvm_bindings.node",
  "native/loader/build/probewright-loader",
  "node_modules/tree-sitter/package.json",
  "node_modules/tree-sitter/LICENSE",
  "node_modules/tree-sitter/index.js",
  "node_modules/tree-sitter/prebuilds/linux-x64/tree-sitter.node",
  "node_modules/node-gyp-build/package.json",
  "node_modules/node-gyp-build/LICENSE",
  "node_modules/node-gyp-build/index.js",
  "node_modules/node-gyp-build/node-gyp-build.js",
];

/** Bytes of what is neither native nor kernel facts: everybody loads it, so it stays small. */
export const MOST_BYTES = 3 * 1024 * 1024;

const exempt = /\.(?:wasm|node|profile)$|probewright-loader$|web\/server\.js$/;

/**
 * @param {string} folder where the tree goes
 * @param {{ native: boolean }} options whether what was compiled for this machine goes with it
 * @returns {Promise<readonly string[]>} the files, relative to the folder
 */
export async function layOutInstallation(folder, { native }) {
  const wanted = native ? [...files, ...nativeFiles] : files;
  for (const file of wanted) {
    const from = join(root, file);
    if (!existsSync(from)) throw new Error(`${file} is not built: npm run setup`);
    const to = join(folder, file);
    await mkdir(dirname(to), { recursive: true });
    if (/^node_modules\/.*\/package\.json$/.test(file)) await writeFile(to, await essentials(from));
    else if (/^node_modules\/.*\.c?js$/.test(file)) await writeFile(to, await minified(from));
    else await copyFile(from, to);
  }
  return wanted;
}

/**
 * What Node needs to load a package. Its scripts and dependencies are for building it, which was done here.
 *
 * @param {string} path of its package.json
 */
async function essentials(path) {
  const { name, version, license, type, main, exports } = JSON.parse(await readFile(path, "utf8"));
  return `${JSON.stringify({ name, version, license, type, main, exports }, undefined, 2)}\n`;
}

/**
 * A package's program without its spaces and comments, as in our own bundles; its licence lies beside it.
 *
 * @param {string} path
 */
async function minified(path) {
  const source = await readFile(path, "utf8");
  const made = await transform(source, { minifyWhitespace: true, minifySyntax: true, legalComments: "none" });
  return made.code;
}

/** @param {string} folder of a package @returns {Promise<number>} its bytes that count */
export async function countedBytes(folder) {
  const names = await readdir(folder, { recursive: true });
  let sum = 0;
  for (const name of names) {
    const found = await stat(join(folder, name));
    if (found.isFile() && !exempt.test(name)) sum += found.size;
  }
  return sum;
}

/** Packages of the same files are the same, whenever they are made: the day of the first commit of this format. */
export const PACKAGE_DATE_SECONDS = 1_764_288_000;
