/** Formatting in editors: which part of a script moves, and when nothing does. */

import assert from "node:assert/strict";
import { test } from "node:test";

import type { TextEdit } from "@probewright/compiler";
import { formatDocument, formatSpan, formatTyped } from "./format.ts";
import { open } from "./testing/open.ts";

function applied(text: string, edits: readonly TextEdit[]): string {
  return [...edits]
    .sort((left, right) => right.start - left.start)
    .reduce((now, edit) => now.slice(0, edit.start) + edit.text + now.slice(edit.end), text);
}

/** What the script is after the character before `<|>` was typed. */
function typed(marked: string): string {
  const { snapshot, source, at } = open(marked);
  return applied(source, formatTyped(snapshot, at, source.charAt(at - 1)));
}

test("a whole script", () => {
  const { snapshot, source } = open("begin{print(1)}\nend{ }");
  const formatted = formatDocument(snapshot);
  assert.ok(formatted.ok);
  assert.equal(applied(source, formatted.edits), "begin\n{\n  print(1);\n}\nend\n{}\n");
});

test("a script with mistakes stays as it is; a range beside them does not", () => {
  const { snapshot, source, at } = open("begin{print(1<|>)}\nend { print( }");
  assert.equal(formatDocument(snapshot).ok, false);
  const formatted = formatSpan(snapshot, { start: at, end: at });
  assert.ok(formatted.ok);
  assert.equal(applied(source, formatted.edits), "begin\n{\n  print(1);\n}\nend { print( }");
});

test("a closing brace lays out what it closes", () => {
  assert.equal(typed("begin{print(1)}<|>"), "begin\n{\n  print(1);\n}");
  assert.equal(
    typed("begin\n{\n    print(0);\n  if $x {\nprint(1);\n    }<|>\n}"),
    "begin\n{\n    print(0);\n  if $x {\n    print(1);\n  }\n}",
  );
});

test("a semicolon and a new line lay out one line", () => {
  assert.equal(typed("begin\n{\n$a=1;<|>\n    $b=2;\n}"), "begin\n{\n  $a = 1;\n    $b=2;\n}");
  assert.equal(typed("begin\n{\n  $b=2;\n<|>\n}"), "begin\n{\n  $b = 2;\n\n}");
});

test("nothing moves while the item is unfinished", () => {
  for (const marked of ["begin\n{\n$a=1;<|>\n print(\n}\n", "begin { if $x { print(; }<|> }", "$x }<|>"]) {
    assert.equal(typed(marked), open(marked).source);
  }
});
