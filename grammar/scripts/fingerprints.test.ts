/** The committed parser and wasm belong to the committed rules and scanner. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { currentFingerprints, notedFingerprints } from "./fingerprints.ts";

test("the generated parser and wasm are fresh", () => {
  assert.deepEqual(currentFingerprints(), notedFingerprints(), "run grammar/scripts/regenerate.sh");
});

test("all manifests name one version", () => {
  const versions = ["package.json", "tree-sitter.json", "Cargo.toml", "pyproject.toml"].map((file) => {
    const text = readFileSync(new URL(`../${file}`, import.meta.url), "utf8");
    return /^\s*"?version"?\s*[:=]\s*"(?<version>[\d.]+)"/m.exec(text)?.groups?.["version"];
  });
  assert.deepEqual([...new Set(versions)], [versions[0]]);
  assert.match(versions[0] ?? "", /^\d+\.\d+\.\d+$/);
});
