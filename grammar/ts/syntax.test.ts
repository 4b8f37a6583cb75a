/** The two bindings give the same trees, for whole files and after edits. */
import assert from "node:assert/strict";
import { test } from "node:test";

import type { SyntaxTree, TextChange } from "./syntax.ts";
import { dumpTree, nativeParser, scripts, wasmParser } from "./testing/support.ts";

const ODD_TEXTS = ['begin { print("ⱑ", 1) }', "begin { $x = ; }\nend { }", "", "\0{", "k:"];

test("native and wasm give the same trees", async () => {
  const left = nativeParser();
  const right = await wasmParser();
  for (const text of [...scripts().map((script) => script.text), ...ODD_TEXTS]) {
    assert.equal(dumpTree(left.parse(text)), dumpTree(right.parse(text)));
  }
});

test("any text between quotes is a string", () => {
  const parser = nativeParser();
  const pieces = [
    "%",
    "%",
    "-",
    "+",
    " ",
    "#",
    "0",
    "5",
    ".",
    "*",
    "h",
    "l",
    "r",
    "x",
    "g",
    "s",
    "_",
    "é",
    "\\n",
    "\\x1",
  ];
  let state = 3;
  for (let count = 0; count < 3000; count += 1) {
    let content = "";
    for (let length = count % 12; length > 0; length -= 1) {
      state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
      content += pieces[(state >> 8) % pieces.length] ?? "";
    }
    assert.ok(!parser.parse(`begin { printf("${content}"); }`).hasError, content);
  }
});

test("an edited tree equals a fresh one, in both bindings", async () => {
  const before = 'begin { $é = 1; }\nkprobe:f { @a[1] = "ⱑ"; }\nend { print(@a); }\n';
  const start = before.indexOf("@a[1]");
  const change = { start, oldEnd: start + 5, inserted: "if (1) {\n @b }\n @c[2]" };
  for (const parser of [nativeParser(), await wasmParser()]) {
    const tree = parser.parse(before);
    tree.edit(change);
    const updated = parser.parse(tree.text, tree);
    assert.equal(dumpTree(updated), dumpTree(parser.parse(tree.text)));
    const ranges = tree.changedRanges(updated);
    assert.ok(ranges.length > 0 && ranges.every((range) => range.start >= before.indexOf("kprobe")));
  }
});

test("items outside an edit keep their identity", async () => {
  const before = "begin { $x = 1; }\nkprobe:f { @a[1] = 2; }\nend { print(@a); }\n";
  const start = before.indexOf("2;");
  for (const parser of [nativeParser(), await wasmParser()]) {
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

test("after many edits a tree without errors equals a fresh one", () => {
  const parser = nativeParser();
  let compared = 0;
  let state = 5;
  for (const { text } of scripts()) {
    let tree = parser.parse(text);
    for (let i = 0; i < 60; i++) {
      const change = nextChange(tree.text, text);
      tree.edit(change);
      tree = parser.parse(tree.text, tree);
      const fresh = parser.parse(tree.text);
      if (fresh.hasError) continue;
      compared += 1;
      assert.equal(dumpTree(tree), dumpTree(fresh));
    }
  }
  assert.ok(compared > 100, `only ${String(compared)} trees had no errors`);

  function random(limit: number): number {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return (state >> 8) % limit;
  }

  /** A short removal, a short insertion from anywhere, or both; every third time back to the script as it was. */
  function nextChange(now: string, original: string): TextChange {
    if (random(3) === 0) return { start: 0, oldEnd: now.length, inserted: original };
    const start = random(now.length + 1);
    const from = random(original.length);
    return {
      start,
      oldEnd: Math.min(now.length, start + random(4)),
      inserted: original.slice(from, from + random(6)),
    };
  }
});
