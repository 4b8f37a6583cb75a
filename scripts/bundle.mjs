/**
 * Bundles the `probewright` executable: server/src/main.ts and all it imports of ours into server/dist/probewright.cjs.
 *
 * One file starts several times faster than hundreds. CommonJS, because V8's code cache works on scripts and not on
 * modules under Node 20. What is native, or finds files beside itself, stays outside.
 */

import { build } from "esbuild";
import { spawnSync } from "node:child_process";
import { readFile, rm } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");

/** npm packages that load a file of their own beside them, and so cannot move into a bundle. */
export const unbundled = ["tree-sitter", "node-gyp-build", "web-tree-sitter"];

/**
 * Modules of ours find their files (the wasm, the addon, the loader) by `import.meta.url`. In the bundle that is the
 * place the module came from, as seen from the bundle, so that one rule holds bundled or not.
 *
 * @param {string} outFolder the folder of the bundle
 * @returns {import("esbuild").Plugin}
 */
export function keepModuleUrls(outFolder) {
  return {
    name: "keep-module-urls",
    setup(bundler) {
      bundler.onLoad({ filter: /\.ts$/ }, async ({ path }) => {
        const source = await readFile(path, "utf8");
        if (!source.includes("import.meta.url")) return undefined;
        const from = JSON.stringify(relative(outFolder, path));
        const url = `require("node:url").pathToFileURL(require("node:path").join(__dirname, ${from})).href`;
        return { contents: source.replaceAll("import.meta.url", `(${url})`), loader: "ts" };
      });
    },
  };
}

/** Writes server/dist/probewright.cjs. */
async function bundleServer() {
  const outFolder = join(root, "server/dist");
  await build({
    absWorkingDir: root,
    entryPoints: ["server/src/main.ts"],
    outfile: join(outFolder, "probewright.cjs"),
    bundle: true,
    platform: "node",
    format: "cjs",
    target: "node20.19",
    conditions: ["source"],
    // a script from the code cache has no import(): it becomes require
    supported: { "dynamic-import": false },
    external: [...unbundled, "*.node"],
    plugins: [keepModuleUrls(outFolder)],
    charset: "ascii",
    sourcemap: "linked",
    legalComments: "none",
    logLevel: "warning",
  });
  await writeCodeCache(join(outFolder, "probewright.cache"));
}

/**
 * Leaves V8's compiled form of the bundle beside it, with what a check of a small script uses. It fits this Node only;
 * another one refuses it and compiles.
 *
 * @param {string} cache
 */
async function writeCodeCache(cache) {
  await rm(cache, { force: true });
  const program = 'begin { @a[comm] = count(); printf("%d %s\\n", pid, str(0)); }';
  const { status, stderr } = spawnSync(
    process.execPath,
    [join(root, "server/bin/probewright"), "check", "--kernel", "none", "-e", program],
    { env: { ...process.env, PROBEWRIGHT_WRITE_CODE_CACHE: "1" }, encoding: "utf8" },
  );
  if (status !== 0) throw new Error(`the new bundle cannot check a script:\n${stderr}`);
}

bundleServer().catch((/** @type {unknown} */ error) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
