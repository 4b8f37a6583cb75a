/** Edits: what they lower, what they leave alone, and that they end where opening the text anew would. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { nativeParser } from "@probewright/grammar/testing";
import fc from "fast-check";

import {
  applyEdit,
  closeDocument,
  type Document,
  openDocument,
  parseScript,
  type TextEdit,
} from "./document.ts";
import { showProblems } from "./testing/show-problems.ts";

const testParser = nativeParser();

const SCRIPT = `#include <linux/sched.h>

config = { max_map_keys = 10 }

// Counts opens.
kprobe:do_sys_openat2
{
  @[comm] = count(); // by name
}

macro twice($x) { $x * 2 }

end { clear(@); }
// the end
`;

/** The document after replacing the first `old` by `text`. */
function replaced(document: Document, old: string, text: string): Document {
  const start = document.text.indexOf(old);
  assert.ok(start !== -1, old);
  return applyEdit(document, { start, end: start + old.length, text }, testParser);
}

/** For each item of the newer document, whether it is an object of the older one. */
function kept(older: Document, newer: Document): string {
  const old = new Set(older.script.items.map(({ item }) => item));
  return newer.script.items.map(({ item }) => (old.has(item) ? "k" : "n")).join("");
}

const edits: readonly (readonly [name: string, old: string, text: string, kept: string])[] = [
  ["inside an item", "count()", "sum(1)", "kknkk"],
  ["inside a comment of an item", "by name", "by process", "kknkk"],
  ["inside a comment before an item", "opens.", "opens by process.", "kknkk"],
  ["white space inside an item", "  @[comm]", "    @[comm]", "kknkk"],
  ["a space behind an item", "$x * 2 }", "$x * 2 } ", "kkkkk"],
  ["a blank line before an item", "\nmacro", "\n\nmacro", "kkkkk"],
  ["a mistake", "count();", "count(;", "kknkk"],
  ["a new item", "\nmacro", "\ninterval:s:1 { }\nmacro", "kkknkk"],
  ["an item taken away", "macro twice($x) { $x * 2 }", "", "kkkk"],
  ["two items made one", "}\n\nmacro twice($x) {", "", "kknk"],
  ["the first line", "#include <linux/sched.h>", "", "kkkk"],
  ["the comment at the end", "the end", "the very end", "kkkkn"],
  ["an item at the end", "// the end\n", "// the end\nbegin { }", "kkkknn"],
];

test("an edit makes the items it touches anew and keeps the others", () => {
  for (const [name, old, text, wanted] of edits) {
    const before = openDocument(SCRIPT, testParser);
    const after = replaced(before, old, text);
    assert.equal(kept(before, after), wanted, name);
    assertFresh(after);
    closeDocument(after);
  }
});

test("a mistake mended brings back a tree equal to the first", () => {
  const before = openDocument(SCRIPT, testParser);
  const broken = replaced(before, "comm]", "comm");
  assert.equal(kept(before, broken), "kknkk");
  const mended = replaced(broken, "comm", "comm]");
  assert.deepEqual(mended.script, before.script);
  closeDocument(mended);
});

/** The document is what opening its text gives. */
function assertFresh(document: Document): void {
  assert.deepEqual(document.script, parseScript(document.text, testParser));
}

const PIECES = [
  "$x",
  "@m[1]",
  "begin {",
  "}",
  " ",
  "\n",
  ";",
  "+ 1",
  "// c\n",
  "/* c */",
  '"s"',
  "kprobe:f { }",
  "(",
  ")",
];

test("a comment that an unfinished item had taken in becomes the next one's", () => {
  // The parser leaves the comment to the unfinished settings, until they end in a directive.
  let document = openDocument(SCRIPT, testParser);
  for (const edit of [
    { start: 1, end: 9, text: ")" },
    { start: 47, end: 49, text: "" },
    { start: 8, end: 19, text: "" },
  ]) {
    document = applyEdit(document, edit, testParser);
  }
  assertFresh(document);
  closeDocument(document);
});

test("any edits keep the script one of the text", () => {
  const edit = fc.record({
    at: fc.nat(1000),
    length: fc.oneof(fc.constant(0), fc.nat(12)),
    text: fc.oneof(fc.constantFrom(...PIECES), fc.constant("")),
  });
  fc.assert(
    fc.property(fc.array(edit, { maxLength: 12 }), (edits) => {
      let document = openDocument(SCRIPT, testParser);
      for (const { at, length, text } of edits) {
        const start = Math.min(at % (document.text.length + 1), document.text.length);
        const change: TextEdit = { start, end: Math.min(start + length, document.text.length), text };
        document = applyEdit(document, change, testParser);
        for (const { start: itemStart, item } of document.script.items) {
          assert.equal(document.text.slice(itemStart, itemStart + item.text.length), item.text);
        }
        // Where there are errors, the parser may skip other text than it would in a text that is new to it.
        if (!document.tree.hasError && showProblems(document.text, document.script).length === 0)
          assertFresh(document);
      }
      closeDocument(document);
    }),
    { numRuns: 300 },
  );
});
