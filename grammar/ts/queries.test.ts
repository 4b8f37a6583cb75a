/** What editors get from the queries besides colours: scopes, symbols, folds, indentation, text objects, pairs, injections. */
import assert from "node:assert/strict";
import { test } from "node:test";

import type { QueryName } from "./files.ts";
import { captures } from "./testing/queries.ts";

const SCRIPT = `#!/usr/bin/env bpftrace
#include <linux/fs.h>
#include <linux/sched.h>
#define LIMIT 10

config = { stack_mode = perf }

import "a.bt";
import "b.bt";

struct event { int x; };
enum color { RED, BLUE }
let @calls = hash(10);

// Twice.
// As it says.
macro twice($a) { $a * 2 }

fn add($left : int64) : int64 {
  return $left;
}

kprobe:vfs_read,
kprobe:vfs_write
/pid == 1/
{
  let $size = twice(arg2);
  @calls[comm] = count();
  if ($size > 1) {
    printf("%d\\n", $size);
  } else {
    @bytes = sum($size);
  }
  for ($i : 0..3) { print(($i, add($i))); }
}
`;

/** `CAPTURE FIRST-LINE`, of the captures whose name is one of these. */
async function found(query: QueryName, ...names: readonly string[]): Promise<readonly string[]> {
  const all = await captures(query, SCRIPT);
  return all
    .filter(({ name }) => names.length === 0 || names.includes(name))
    .map(({ name, text }) => `${name} ${text.split("\n", 1)[0] ?? ""}`);
}

test("tags: what is defined, and what is called", async () => {
  assert.deepEqual(await found("tags", "name"), [
    "name LIMIT",
    "name event",
    "name color",
    "name @calls",
    "name twice",
    "name add",
    "name kprobe:vfs_read",
    "name kprobe:vfs_write",
    "name twice",
    "name count",
    "name printf",
    "name sum",
    "name print",
    "name add",
  ]);
  const kinds = (await captures("tags", SCRIPT)).map(({ name }) => name).filter((name) => name !== "name");
  assert.deepEqual(
    new Set(kinds),
    new Set([
      "definition.macro",
      "definition.class",
      "definition.constant",
      "definition.function",
      "reference.call",
    ]),
  );
});

test("the outline has every item with a name", async () => {
  assert.deepEqual(await found("outline", "name"), [
    "name LIMIT",
    "name config",
    "name event",
    "name color",
    "name @calls",
    "name twice",
    "name add",
    "name kprobe:vfs_read",
    "name kprobe:vfs_write",
  ]);
});

test("locals: definitions in their scopes, and references to them", async () => {
  const all = await captures("locals", SCRIPT);
  const definitions = all.filter(({ name }) => name.startsWith("local.definition"));
  assert.deepEqual(
    definitions.map(({ name, text }) => `${name.slice("local.definition.".length)} ${text}`),
    [
      "macro LIMIT",
      "type event",
      "type color",
      "enum RED",
      "enum BLUE",
      "var @calls",
      "macro twice",
      "parameter $a",
      "function add",
      "parameter $left",
      "var $size",
      "var $i",
    ],
  );
  const scopes = all.filter(({ name }) => name === "local.scope").map(({ text }) => text.split(" ", 1)[0]);
  assert.ok(scopes.length >= 7, scopes.join());
  const sizes = all.filter(({ name, text }) => name === "local.reference" && text === "$size");
  assert.equal(sizes.length, 4);
});

test("folds: blocks, definitions, runs of imports and of comments", async () => {
  const rows = new Map<number, string>();
  for (const { row, text } of await captures("folds", SCRIPT)) rows.set(row, text.split("\n", 1)[0] ?? "");
  const starts = [...rows.values()];
  for (const start of ["#include <linux/fs.h>", 'import "a.bt";', "// Twice.", "kprobe:vfs_read,", "{"])
    assert.ok(starts.includes(start), `${start} among ${starts.join(" | ")}`);
});

test("indentation begins behind what opens and ends before what closes", async () => {
  const begins = await found("indents", "indent.begin");
  for (const begin of ["indent.begin {", "indent.begin ($a)", "indent.begin (arg2)"])
    assert.ok(begins.includes(begin), begins.join());
  const ends = await found("indents", "indent.branch");
  assert.equal(ends.filter((end) => end === "indent.branch }").length, 9);
  assert.deepEqual(await found("indents", "indent.zero"), [
    "indent.zero #include <linux/fs.h>",
    "indent.zero #include <linux/sched.h>",
    "indent.zero #define LIMIT 10",
  ]);
});

test("text objects: probes, conditions, loops, calls, parameters, comments", async () => {
  const all = await found("textobjects");
  for (const object of [
    "function.outer kprobe:vfs_read,",
    "function.outer macro twice($a) { $a * 2 }",
    "function.inner { $a * 2 }",
    "class.outer struct event { int x; }",
    "conditional.outer if ($size > 1) {",
    "loop.outer for ($i : 0..3) { print(($i, add($i))); }",
    "loop.inner { print(($i, add($i))); }",
    "call.outer twice(arg2)",
    "parameter.inner arg2",
    "parameter.inner $left : int64",
    "assignment.lhs @calls[comm]",
    "assignment.rhs count()",
    "attribute.inner pid == 1",
    "comment.outer // Twice.",
    "return.inner $left",
  ])
    assert.ok(all.includes(object), `${object} among\n${all.join("\n")}`);
});

test("brackets come in pairs", async () => {
  const all = await captures("brackets", SCRIPT);
  const opens = all.filter(({ name }) => name === "open").map(({ text }) => text);
  const closes = all.filter(({ name }) => name === "close").map(({ text }) => text);
  assert.equal(opens.length, closes.length);
  for (const [open, close] of ["()", "[]", "{}", '""', "//"].map((pair) => [...pair]))
    assert.equal(
      opens.filter((text) => text === open).length,
      closes.filter((text) => text === close).length,
    );
});

test("what a macro of the preprocessor stands for is C", async () => {
  const all = await captures("injections", SCRIPT);
  const c = all.filter(({ properties }) => properties["injection.language"] === "c");
  assert.deepEqual(
    c.map(({ text }) => text),
    ["10"],
  );
});

test("conversions are marked where a format is read, and only there", async () => {
  const text = 'begin { printf("%-5d %lld%% 5%", 1); print("100% sure"); strftime("%H:%M", nsecs); }';
  const all = await captures("highlights", text);
  assert.deepEqual(
    all.filter(({ name }) => name === "string.special.format").map((capture) => capture.text),
    ["%-5d", "%lld", "%%", "%H", "%M"],
  );
});
