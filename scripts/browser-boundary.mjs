/**
 * Proves that what must run in a browser worker can: bundles the compiler, the editor features and the language server for one, in memory.
 * An import of a `node:` module, direct or through a package, fails the build.
 */

import { build } from "esbuild";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const entries = ["compiler/src/index.ts", "server/src/ide/index.ts", "server/src/lsp/server.ts"];
const missing = entries.filter((entry) => !existsSync(join(root, entry)));
if (missing.length > 0) console.log(`not there yet: ${missing.join(", ")}`);

const { outputFiles } = await build({
  absWorkingDir: root,
  entryPoints: entries.filter((entry) => !missing.includes(entry)),
  outdir: "unwritten",
  write: false,
  bundle: true,
  splitting: true,
  minify: true,
  platform: "browser",
  format: "esm",
  target: "es2022",
  conditions: ["source"],
  logLevel: "warning",
});
const bytes = outputFiles.reduce((sum, file) => sum + file.contents.length, 0);
console.log(`compiler and language server for a browser worker: ${(bytes / 1024).toFixed(0)} KiB`);
