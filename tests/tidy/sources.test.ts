/** What every source file must look like. */

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { statSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { isGenerated, matchingLines, repositoryFiles, root, textOf } from "./repository.ts";

const MAX_LINES = 400;

const files = repositoryFiles();
const typescript = files.filter((path) => path.endsWith(".ts"));
const code = files.filter(
  (path) => /\.(ts|mjs|cjs|js|c|cc|h|lua|el|sh|scm)$/.test(path) && !isGenerated(path),
);

/** The word that stands for a folder of whoever develops; built up, so that this file does not contain it. */
const aside = ["..", "shared"].join("/");

test("each TypeScript file opens by saying what it is for", () => {
  const silent = typescript.filter((path) => !/^(#!.*\n)?\/\*\*/.test(textOf(path) ?? ""));
  assert.deepEqual(silent, [], "the first line must be a doc comment");
});

test(`no file has more than ${MAX_LINES} lines`, () => {
  const long = code
    .map((path) => ({ path, lines: (textOf(path) ?? "").trimEnd().split("\n").length }))
    .filter(({ lines }) => lines > MAX_LINES)
    .map(({ path, lines }) => `${path}: ${lines} lines`);
  assert.deepEqual(long, [], "split them");
});

test("what is left to do has an issue", () => {
  const marks = new RegExp(`\\b(${["TO" + "DO", "FIX" + "ME", "XX" + "X"].join("|")})\\b(?!\\(#\\d+\\))`);
  assert.deepEqual(
    code.flatMap((path) => matchingLines(path, marks)),
    [],
  );
});

test("no file names a folder of somebody's machine", () => {
  const folders = new RegExp(`(^|[\\s"'\`=(:])/(${["work", "home", "Users"].join("|")})/[\\w.-]+/`);
  // Documents and tests may show a path as an example of one.
  const searched = files.filter((path) => !/\.(md|test\.ts|jsonl?)$/.test(path) && !isGenerated(path));
  assert.deepEqual(
    searched.flatMap((path) => matchingLines(path, folders)),
    [],
  );
});

test("shell scripts parse, and those with a shebang can be run", () => {
  for (const path of files.filter((file) => file.endsWith(".sh") || file === ".ci/run")) {
    execFileSync("bash", ["-n", join(root, path)]);
    const runs = (statSync(join(root, path)).mode & 0o111) !== 0;
    assert.equal(runs, textOf(path)?.startsWith("#!") === true, path);
  }
});

test("nothing but the conformance tests reads files that a clone lacks", () => {
  const searched = files.filter((path) => !path.startsWith("tests/conformance/") && !isGenerated(path));
  const pattern = new RegExp(aside.replaceAll(".", "\\."));
  assert.deepEqual(
    searched.flatMap((path) => matchingLines(path, pattern)),
    [],
  );
});
