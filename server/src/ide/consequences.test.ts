/** What is left of the findings while a statement is half typed. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { withoutConsequences } from "./consequences.ts";
import { absolute } from "./snapshot.ts";
import { testKernel } from "./testing/kernel.ts";
import { open } from "./testing/open.ts";

/** Lines, from 1, and codes of the findings of a script with a cursor in it. */
function shown(marked: string): readonly string[] {
  const { snapshot } = open(marked, testKernel());
  return withoutConsequences(snapshot.script, snapshot.analysis().diagnostics)
    .filter(({ severity }) => severity !== "hint")
    .map(({ code, place }) => {
      const start = absolute(snapshot, place)?.start ?? 0;
      return `${snapshot.text.slice(0, start).split("\n").length.toString()} ${code}`;
    });
}

test("a half-typed name, member or call is one finding", () => {
  assert.deepEqual(shown("begin {\n  pri<|>\n  print(1);\n}"), ["2 PW1001"]);
  assert.deepEqual(shown("fentry:vfs_read {\n  print(args.fi<|>\n}"), ["2 PW1001"]);
  assert.deepEqual(shown('begin {\n  printf("%d %d\\n", 1<|>)\n  print(1);\n}'), ["2 PW1001"]);
  assert.deepEqual(shown("fentry:vfs_read /args.<|>/ { print(1); }"), ["1 PW1003"]);
});

test("what broken code writes is not said to be missing elsewhere", () => {
  const swallowed = "begin {\n  if<|>\n  $a = 1;\n  print($a);\n}";
  assert.ok(!shown(swallowed).some((each) => each.endsWith("PW2001")), shown(swallowed).join());
  const map = "begin {\n  if<|>\n  @m[1] = 1;\n  print(2);\n}\nend { print(@m); }";
  assert.ok(!shown(map).some((each) => each.startsWith("6 ")), shown(map).join());
  const keys = "begin {\n  @m[comm<|> = 1\n}\nend { @m[1] = 2; print(@m[1]); }";
  assert.ok(!shown(keys).some((each) => each.startsWith("4 ")), shown(keys).join());
});

test("lines that go on with what is half typed are not told to do nothing", () => {
  const call = (first: string, body = '         "%d %d",\n         1, nsecs') =>
    shown(`begin {\n  ${first}<|>\n${body});\n  print($none);\n}`);
  for (const first of ["p", "pr", "prin"]) {
    const found = call(first);
    assert.ok(!found.some((each) => each.startsWith("3 PW6") || each.startsWith("4 PW6")), found.join());
    assert.ok(found.some((each) => each.startsWith("2 PW1")) && found.includes("5 PW2001"), found.join());
  }
  assert.deepEqual(shown("begin {\n  pri<|>\n  print($none);\n}"), ["2 PW1001", "3 PW2001"], "as deep");
});

test("what has nothing to do with it stays", () => {
  assert.deepEqual(shown("begin {\n  print($other);\n  pri<|>\n  print($none);\n}\nend { print(@never); }"), [
    "3 PW1001",
    "2 PW2001",
    "4 PW2001",
    "6 PW2008",
  ]);
  assert.deepEqual(shown("begin { print($none); print(piid); }"), ["1 PW2001", "1 PW2011"]);
});
