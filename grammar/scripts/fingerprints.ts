/**
 * Notes what the generated parser and wasm were made from.
 *
 * Making them again takes tools that a clone may lack; comparing hashes does not. scripts/regenerate.sh writes
 * generated.json, and a test compares it with the files as they are.
 */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const GRAMMAR = new URL("../", import.meta.url);
const TARGET = new URL("generated.json", GRAMMAR);

const scanner = ["src/scanner.c", ...filesIn("src/scanner")];

/** Per generated file or pair of files, what it depends on, itself included. */
const groups: Readonly<Record<string, readonly string[]>> = {
  parser: ["grammar.js", ...filesIn("rules"), "src/parser.c", "src/grammar.json", "src/node-types.json"],
  abi14: ["src/grammar.json", "abi14/src/parser.c"],
  wasm: ["src/parser.c", ...scanner, "tree-sitter-bpftrace.wasm"],
};

/** @returns a hash per group, of the files as they are */
export function currentFingerprints(): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(groups).map(([name, files]) => [name, hashOf(files)]));
}

/** @returns the hashes noted when the files were generated */
export function notedFingerprints(): unknown {
  return JSON.parse(readFileSync(TARGET, "utf8"));
}

function filesIn(folder: string): readonly string[] {
  return readdirSync(new URL(`${folder}/`, GRAMMAR))
    .sort()
    .map((name) => `${folder}/${name}`);
}

function hashOf(files: readonly string[]): string {
  const hash = createHash("sha256");
  for (const file of files)
    hash
      .update(file)
      .update("\0")
      .update(readFileSync(new URL(file, GRAMMAR)));
  return hash.digest("hex");
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(TARGET, `${JSON.stringify(currentFingerprints(), null, 2)}\n`);
}
