/**
 * Colours of test/highlight, claimed by comments below the line as in tree-sitter's own highlight tests: `<-` means the
 * column of the comment, `^` the column of the mark. All queries are compiled, too.
 */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";

import { Parser, Query } from "web-tree-sitter";

import { QUERY_NAMES, queryUrl } from "./files.ts";
import { loadLanguage } from "./testing/queries.ts";

const SAMPLES = new URL("../test/highlight/", import.meta.url);

interface Claim {
  readonly row: number;
  readonly column: number;
  readonly name: string;
}

function claims(text: string): readonly Claim[] {
  const found: Claim[] = [];
  let row = -1;
  for (const [number, line] of text.split("\n").entries()) {
    const { comment, mark, name } =
      /^(?<comment>\s*\/\/\s*)(?<mark><-|\^) (?<name>[\w.]+)$/.exec(line)?.groups ?? {};
    if (comment === undefined || mark === undefined || name === undefined) row = number;
    else found.push({ row, column: mark === "^" ? comment.length : line.indexOf("//"), name });
  }
  return found;
}

test("every query compiles", async () => {
  const language = await loadLanguage();
  for (const name of QUERY_NAMES) {
    const query = new Query(language, readFileSync(queryUrl(name), "utf8"));
    assert.ok(query.patternCount() > 0, name);
    query.delete();
  }
});

for (const file of readdirSync(SAMPLES)) {
  test(`highlights of ${file}`, async () => {
    const language = await loadLanguage();
    const parser = new Parser();
    parser.setLanguage(language);
    const text = readFileSync(new URL(file, SAMPLES), "utf8");
    const tree = parser.parse(text);
    assert.ok(tree !== null && !tree.rootNode.hasError);
    const query = new Query(language, readFileSync(queryUrl("highlights"), "utf8"));
    const captures = query.captures(tree.rootNode);
    for (const { row, column, name } of claims(text)) {
      const here = captures.filter(({ node }) => {
        const { startPosition: start, endPosition: end } = node;
        return start.row === row && start.column <= column && (end.row > row || column < end.column);
      });
      const shortest = Math.min(...here.map(({ node }) => node.endIndex - node.startIndex));
      const colour = here.filter(({ node }) => node.endIndex - node.startIndex === shortest).at(-1)?.name;
      assert.equal(colour, name, `line ${String(row + 1)}, column ${String(column + 1)}`);
    }
  });
}
