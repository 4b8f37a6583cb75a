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
 * @param {string} base the folder, as seen from the bundle's, in which the files that modules look for lie as they do in
 *   the repository; the repository itself unless the bundle is packed with copies
 * @returns {import("esbuild").BuildOptions}
 */
export function nodeBundle(entry, outfile, base = relative(dirname(outfile), root)) {
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
    plugins: [keepModuleUrls(base)],
    banner: {
      js: '"use strict"; const bundleFolderUrl = require("node:url").pathToFileURL(__dirname + "/");',
    },
    charset: "ascii",
    legalComments: "none",
    logLevel: "warning",
  };
}

/**
 * Modules of ours find their files (the wasm, the addon, the loader) by `import.meta.url`. In the bundle that is the
 * place the module has under `base`, so that one rule holds bundled or not.
 *
 * @param {string} base
 * @returns {import("esbuild").Plugin}
 */
function keepModuleUrls(base) {
  return {
    name: "keep-module-urls",
    setup(bundler) {
      bundler.onLoad({ filter: /\.ts$/ }, async ({ path }) => {
        const source = await readFile(path, "utf8");
        if (!source.includes("import.meta.url")) return undefined;
        const place = JSON.stringify(join(base, relative(root, path)));
        const url = `new URL(${place}, bundleFolderUrl).href`;
        return { contents: source.replaceAll("import.meta.url", `(${url})`), loader: "ts" };
      });
    },
  };
}
