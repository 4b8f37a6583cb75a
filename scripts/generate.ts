/**
 * Writes every file that is derived from a table of ours; with `--check`, fails naming those that are stale.
 * The list of what is generated stands in generators.ts.
 */

import { fileURLToPath } from "node:url";

import { findStale, refresh } from "./generated-files.ts";
import { generators } from "./generators.ts";

const checkOnly = process.argv.includes("--check");
const root = fileURLToPath(new URL("../", import.meta.url));
const stale = await findStale(root, generators);
for (const { path, wanted } of stale) {
  console.log(`${checkOnly ? "stale" : wanted === undefined ? "removed" : "wrote"}: ${path}`);
}
if (!checkOnly) await refresh(root, stale);
else if (stale.length > 0) {
  console.log("run: npm run generate");
  process.exitCode = 1;
}
