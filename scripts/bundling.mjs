/**
 * How programs of ours are bundled for Node: into one CommonJS file, because one file starts several times faster than
 * hundreds, and V8's code cache works on scripts and not on modules under Node 20.
 */

import { readFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

/** The root of the repository. */
export const root = join(dirname(fileURLToPath(import.meta.url)), "..");

/** npm packages that load a file of their own beside them, and so cannot move into a bundle. */
const unbundled = ["tree-sitter", "node-gyp-build", "web-tree-sitter"];

/**
 * esbuild's options for one program.
 *
 * @param {string} entry its main file, relative to the root
 * @param {string} outfile where the bundle goes
 * @returns {import("esbuild").BuildOptions}
 */
export function nodeBundle(entry, outfile) {
  return {
    absWorkingDir: root,
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: "node",
    format: "cjs",
    target: "node20.19",
    conditions: ["source"],
    // a script from the code cache has no import(): it becomes require
    supported: { "dynamic-import": false },
    external: [...unbundled, "*.node"],
    plugins: [keepModuleUrls(dirname(outfile))],
    banner: {
      js: '"use strict"; const bundleFolderUrl = require("node:url").pathToFileURL(__dirname + "/");',
    },
    charset: "ascii",
    // smaller to carry and to read; traces of our own mistakes have their names where it runs from source
    minifyWhitespace: true,
    minifySyntax: true,
    minifyIdentifiers: true,
    legalComments: "none",
    logLevel: "warning",
  };
}

/**
 * Modules of ours find their files (the wasm, the addon, the loader) by `import.meta.url`. In the bundle that is still
 * the place the module came from, as seen from the bundle: one rule holds bundled or not, and for a packed copy of the tree.
 *
 * @param {string} folder that of the bundle
 * @returns {import("esbuild").Plugin}
 */
function keepModuleUrls(folder) {
  return {
    name: "keep-module-urls",
    setup(bundler) {
      bundler.onLoad({ filter: /\.ts$/ }, async ({ path }) => {
        const source = await readFile(path, "utf8");
        if (!source.includes("import.meta.url")) return undefined;
        const place = JSON.stringify(relative(folder, path));
        const url = `new URL(${place}, bundleFolderUrl).href`;
        return { contents: source.replaceAll("import.meta.url", `(${url})`), loader: "ts" };
      });
    },
  };
}
