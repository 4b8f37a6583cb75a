/** The two bindings give the same trees, for whole files and after edits. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { test } from "node:test";

import { wasmUrl } from "./files.ts";
import { loadNativeParser } from "./native.ts";
import type { SyntaxCursor, SyntaxParser, SyntaxTree } from "./syntax.ts";
import { loadWasmParser } from "./wasm.ts";

const SCRIPTS = new URL("../test/scripts/", import.meta.url);

function native(): SyntaxParser {
  const result = loadNativeParser();
  if (!result.ok) throw new Error(`build the native binding with scripts/build-native.sh: ${result.reason}`);
  return result.parser;
}

async function wasm(): Promise<SyntaxParser> {
  const runtime = createRequire(import.meta.url).resolve("web-tree-sitter/tree-sitter.wasm");
  return loadWasmParser({ runtime: readFileSync(runtime), grammar: readFileSync(wasmUrl()) });
}

/** One line per node: depth, field, kind, range. */
function dump(tree: SyntaxTree): string {
  const lines: string[] = [];
  const cursor = tree.walk();
  const visit = (at: SyntaxCursor, depth: number): void => {
    const flags = `${at.isNamed ? "n" : "a"}${at.isMissing ? "m" : ""}`;
    lines.push(`${String(depth)} ${at.field ?? "-"} ${at.kind} ${flags} ${String(at.start)}-${String(at.end)}`);
    if (!at.gotoFirstChild()) return;
    do visit(at, depth + 1);
    while (at.gotoNextSibling());
    at.gotoParent();
  };
  visit(cursor, 0);
  cursor.dispose();
  return lines.join("\n");
}

function scripts(): readonly string[] {
  return readdirSync(SCRIPTS)
    .filter((name) => name.endsWith(".bt"))
    .map((name) => readFileSync(new URL(name, SCRIPTS), "utf8"));
}

test("native and wasm give the same trees", async () => {
  const left = native();
  const right = await wasm();
  for (const text of [...scripts(), "begin { print(\"ⱑ\", 1) }", "begin { $x = ; }\nend { }", "", "\0{", "k:"]) {
    assert.equal(dump(left.parse(text)), dump(right.parse(text)));
  }
});

test("an edited tree equals a fresh one, in both bindings", async () => {
  const before = "begin { $é = 1; }\nkprobe:f { @a[1] = \"ⱑ\"; }\nend { print(@a); }\n";
  const start = before.indexOf("@a[1]");
  const change = { start, oldEnd: start + 5, inserted: "if (1) {\n @b }\n @c[2]" };
  for (const parser of [native(), await wasm()]) {
    const tree = parser.parse(before);
    tree.edit(change);
    const updated = parser.parse(tree.text, tree);
    assert.equal(dump(updated), dump(parser.parse(tree.text)));
    const ranges = tree.changedRanges(updated);
    assert.ok(ranges.length > 0 && ranges.every((range) => range.start >= before.indexOf("kprobe")));
  }
});

test("items outside an edit keep their identity", async () => {
  const before = "begin { $x = 1; }\nkprobe:f { @a[1] = 2; }\nend { print(@a); }\n";
  const start = before.indexOf("2;");
  for (const parser of [native(), await wasm()]) {
    const tree = parser.parse(before);
    const old = itemIdentities(tree);
    tree.edit({ start, oldEnd: start + 1, inserted: "22" });
    const updated = itemIdentities(parser.parse(tree.text, tree));
    assert.deepEqual(
      updated.map((identity, index) => identity === old[index]),
      [true, false, true],
    );
  }
});

function itemIdentities(tree: SyntaxTree): readonly (number | undefined)[] {
  const identities: (number | undefined)[] = [];
  const cursor = tree.walk();
  if (cursor.gotoFirstChild()) {
    do identities.push(cursor.identity);
    while (cursor.gotoNextSibling());
  }
  return identities;
}
