/** Rewritings: what they make of a program, and where they are not offered. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { parseScript, type Script } from "@probewright/compiler";
import { nativeParser } from "@probewright/grammar/testing";

import { refactorings } from "./refactorings.ts";
import { testKernel } from "./testing/kernel.ts";
import { open } from "./testing/open.ts";

const parse = (source: string): Script => parseScript(source, nativeParser());

/** The program after the rewriting whose title matches; what is between two `|` is selected. */
function rewritten(marked: string, title: RegExp): string | undefined {
  const [before = "", selected = "", after = ""] = marked.includes("<|>") ? [] : marked.split("¦");
  const plain = marked.includes("<|>")
    ? open(marked, testKernel())
    : open(before + selected + after, testKernel());
  const start = marked.includes("<|>") ? plain.at : before.length;
  const end = marked.includes("<|>") ? plain.at : before.length + selected.length;
  const found = refactorings(plain.snapshot, { start, end }, parse).find((each) => title.test(each.title));
  if (found === undefined) return undefined;
  const text = [...found.edits]
    .sort((left, right) => right.start - left.start)
    .reduce((sum, edit) => sum.slice(0, edit.start) + edit.text + sum.slice(edit.end), plain.source);
  const { snapshot } = open(text, testKernel());
  const errors = snapshot.analysis().diagnostics.filter(({ severity }) => severity === "error");
  assert.deepEqual(
    errors.map(({ message }) => message),
    [],
    text,
  );
  return text;
}

test("a selected expression becomes a macro with its variables as parameters", () => {
  assert.equal(
    rewritten("begin {\n  $a = 1;\n  print(¦$a * 2 + 1¦);\n}", /Extract/),
    "macro extracted($a) {\n  $a * 2 + 1\n}\n\nbegin {\n  $a = 1;\n  print(extracted($a));\n}",
  );
  assert.equal(rewritten("begin { ¦@a = 1;¦ }", /Extract/), undefined);
  assert.equal(rewritten("begin { @a = ¦count()¦; }", /Extract/), undefined);
});

test("a variable that is assigned once is put where it is read", () => {
  assert.equal(
    rewritten("begin {\n  $<|>a = pid + 1;\n  print($a * 2);\n}", /Inline/),
    "begin {\n  print((pid + 1) * 2);\n}",
  );
  assert.equal(rewritten("begin { $<|>t = nsecs; print($t); }", /Inline/), undefined, "time goes on");
  assert.equal(rewritten("begin { $<|>a = 1; $a = 2; print($a); }", /Inline/), undefined);
  assert.equal(rewritten("begin { @m = 1; $<|>a = @m; @m = 2; print($a); }", /Inline/), undefined);
});

test("predicates and ifs are turned into each other, and added", () => {
  assert.equal(
    rewritten("kprobe:vfs_read { i<|>f (pid == 1) { print(1); } }", /Turn 'if'/),
    "kprobe:vfs_read /pid == 1/ { print(1); }",
  );
  assert.equal(
    rewritten("kprobe:vfs_read /pid <|>== 1/ { print(1); }", /Turn the predicate/),
    "kprobe:vfs_read { if (pid == 1) { print(1); } }",
  );
  assert.equal(
    rewritten("kprobe:vfs_<|>read { print(1); }", /Add a predicate/),
    'kprobe:vfs_read /comm == "bash"/ { print(1); }',
  );
  assert.equal(rewritten("be<|>gin { print(1); }", /Add a predicate/), undefined);
  assert.equal(rewritten("begin { i<|>f (pid) { } else { } }", /Turn 'if'/), undefined);
});

test("an entry that may be missing is asked for first", () => {
  const program = (predicate: string): string =>
    `kprobe:vfs_read { @start[tid] = nsecs; }\nkretprobe:vfs_read${predicate} { print(nsecs - @sta<|>rt[tid]); }`;
  assert.equal(rewritten(program(""), /Run only where/), program(" /@start[tid]/").replace("<|>", ""));
  assert.equal(
    rewritten(program(" /pid/"), /Run only where/),
    program(" /(pid) && @start[tid]/").replace("<|>", ""),
  );
  assert.equal(rewritten(program(" /@start[tid]/"), /Run only where/), undefined);
});

test("maps that an extracted macro uses become parameters, but the one without a name", () => {
  assert.equal(
    rewritten("begin {\n  @start[tid] = nsecs;\n  print(¦nsecs - @start[tid]¦);\n}", /Extract/),
    "macro extracted(@start) {\n  nsecs - @start[tid]\n}\n\nbegin {\n  @start[tid] = nsecs;\n  print(extracted(@start));\n}",
  );
  assert.equal(rewritten("begin {\n  @[tid] = 1;\n  print(¦1 + @[tid]¦);\n}", /Extract/), undefined);
});

test("what the formatter has laid out stays laid out", () => {
  assert.equal(
    rewritten("begin\n{\n  $a = 1;\n  print(¦$a * 2¦);\n}", /Extract/),
    "macro extracted($a)\n{\n  $a * 2\n}\n\nbegin\n{\n  $a = 1;\n  print(extracted($a));\n}",
  );
  assert.equal(
    rewritten("kprobe:vfs_read\n/pid <|>== 1/\n{\n  print(1);\n}", /Turn the predicate/),
    "kprobe:vfs_read\n{\n  if (pid == 1) {\n    print(1);\n  }\n}",
  );
  assert.equal(
    rewritten("kprobe:vfs_read\n{\n  i<|>f (pid == 1) {\n    print(1);\n  }\n}", /Turn 'if'/),
    "kprobe:vfs_read\n/pid == 1/\n{\n  print(1);\n}",
  );
});
