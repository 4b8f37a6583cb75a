/**
 * Bundles the language server for a browser worker, parser and built-in kernel profile included, into one file:
 *
 *     node --conditions=source --import tsx scripts/browser-worker.ts [OUT]
 *
 * Without OUT it is server/dist/browser-worker.js.
 */

import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

import { plainCodec, repackProfile } from "@probewright/compiler";
import { brotliCodec } from "@probewright/runtime";
import { build, type Plugin } from "esbuild";

const root = fileURLToPath(new URL("../", import.meta.url));
const BEST_COMPRESSION = 9;

const assets: Readonly<Record<string, () => Promise<Uint8Array>>> = {
  "tree-sitter": () => readFile(`${root}node_modules/web-tree-sitter/tree-sitter.wasm`),
  grammar: () => readFile(`${root}grammar/tree-sitter-bpftrace.wasm`),
  "default-profile": async () => {
    const bytes = await readFile(`${root}native/runtime/data/default-kernel.profile`);
    const repacked = repackProfile(bytes, [brotliCodec()], plainCodec);
    if (!repacked.ok) throw new Error(repacked.error.message);
    return gzipSync(repacked.value, { level: BEST_COMPRESSION });
  },
};

/** `probewright:NAME` is a module that exports the bytes of an asset. */
const assetModules: Plugin = {
  name: "assets",
  setup(bundler) {
    bundler.onResolve({ filter: /^probewright:/ }, ({ path }) => ({ path, namespace: "asset" }));
    bundler.onLoad({ filter: /.*/, namespace: "asset" }, async ({ path }) => {
      const bytes = await assets[path.slice("probewright:".length)]?.();
      if (bytes === undefined) throw new Error(`there is no asset '${path}'`);
      const base64 = JSON.stringify(Buffer.from(bytes).toString("base64"));
      return {
        contents: `export const bytes = Uint8Array.from(atob(${base64}), (each) => each.charCodeAt(0));`,
        loader: "js",
      };
    });
  },
};

/** web-tree-sitter asks for these where it finds itself in Node; a browser never gets there. */
const absent: Plugin = {
  name: "absent-node-modules",
  setup(bundler) {
    const filter = /^(module|fs|fs\/promises|path|url)$/;
    bundler.onResolve({ filter }, ({ path, importer }) =>
      importer.includes("web-tree-sitter") ? { path, namespace: "absent" } : undefined,
    );
    bundler.onLoad({ filter: /.*/, namespace: "absent" }, () => ({ contents: "export {};" }));
  },
};

await build({
  absWorkingDir: root,
  entryPoints: ["server/src/browser/worker.ts"],
  outfile: process.argv[2] ?? "server/dist/browser-worker.js",
  bundle: true,
  minify: true,
  platform: "browser",
  format: "iife",
  target: "es2022",
  conditions: ["source"],
  // web-tree-sitter makes an address of it even when it has its bytes; it is never asked for.
  define: { "import.meta.url": JSON.stringify("https://bundled.invalid/") },
  plugins: [assetModules, absent],
  legalComments: "none",
  logLevel: "warning",
});
