/**
 * The corpus of test/corpus, in the format of tree-sitter's own tests, so that `tree-sitter test` reads it too.
 *
 * `UPDATE_EXPECT=1` writes the trees as they are now; read the difference before keeping it.
 */
import assert from "node:assert/strict";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { test } from "node:test";

import { NODE_KINDS } from "./node-types.ts";
import type { SyntaxCursor, SyntaxTree } from "./syntax.ts";
import { dumpTree, nativeParser, scripts } from "./testing/support.ts";

const CORPUS = new URL("../test/corpus/", import.meta.url);
const CASE = /^=+\n(?<name>.*)\n=+\n\n(?<source>[^]*?)\n\n-+\n\n(?<tree>[^]*?)\n*(?=^=+\n|(?![^]))/gm;

/** The tree as tree-sitter writes it: named and missing nodes, with fields, two blanks a level. */
function printTree(tree: SyntaxTree): string {
  const cursor = tree.walk();
  const text = printNode(cursor, 0);
  cursor.dispose();
  return text;
}

function printNode(cursor: SyntaxCursor, depth: number): string {
  const field = cursor.field === undefined ? "" : `${cursor.field}: `;
  const indent = depth === 0 ? "" : `\n${"  ".repeat(depth)}`;
  if (!cursor.isNamed && !cursor.isMissing) return "";
  if (cursor.isMissing) {
    return `${indent}${field}(MISSING ${cursor.isNamed ? cursor.kind : `"${cursor.kind}"`})`;
  }
  let text = `${indent}${field}(${cursor.kind}`;
  if (cursor.gotoFirstChild()) {
    do {
      text += printNode(cursor, depth + 1);
    } while (cursor.gotoNextSibling());
    cursor.gotoParent();
  }
  return `${text})`;
}

test("the scripts of test/scripts have every kind of node", () => {
  const parser = nativeParser();
  const trees = scripts().map(({ text }) => dumpTree(parser.parse(text)));
  const seen = new Set(trees.flatMap((tree) => tree.split("\n").map((line) => line.split(" ")[2])));
  assert.deepEqual(
    NODE_KINDS.filter((kind) => !seen.has(kind)),
    // Only scripts that are not finished have it.
    ["unfinished"],
  );
});

for (const file of readdirSync(CORPUS)) {
  const address = new URL(file, CORPUS);
  const text = readFileSync(address, "utf8");
  const parser = nativeParser();
  if (process.env["UPDATE_EXPECT"] !== undefined) writeFileSync(address, updated(text));

  test(`corpus ${file}`, () => {
    let count = 0;
    for (const { groups } of text.matchAll(CASE)) {
      count += 1;
      const tree = parser.parse(groups?.["source"] ?? "");
      assert.equal(printTree(tree), groups?.["tree"], groups?.["name"]);
    }
    assert.equal(count, [...text.matchAll(/^-{3,}$/gm)].length, "every case is read");
  });

  /** The same cases with the trees as they are. */
  function updated(old: string): string {
    const cases = [...old.matchAll(CASE)].map(({ groups }) => {
      const source = groups?.["source"] ?? "";
      const line = "=".repeat(80);
      const tree = printTree(parser.parse(source));
      return `${line}\n${groups?.["name"] ?? ""}\n${line}\n\n${source}\n\n${"-".repeat(80)}\n\n${tree}\n`;
    });
    return cases.join("\n");
  }
}
