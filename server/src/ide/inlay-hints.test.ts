/** Inlay hints. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { hintTooltip, inlayHints } from "./inlay-hints.ts";
import { open } from "./testing/open.ts";

test("inferred types stand after the first place of a name, written types are not repeated", () => {
  const { snapshot, source } = open("begin { $x = nsecs; let $y: uint64 = 2; @m[comm] = $x; print($y); }");
  const found = inlayHints(snapshot, { start: 0, end: source.length }).map(({ offset, label }) => ({
    after: source.slice(0, offset).split(" ").at(-1),
    label,
  }));
  assert.deepEqual(
    found.map(({ after }) => after),
    ["$x", "@m"],
  );
  assert.match(found[0]?.label ?? "", /^: \w*int64$/);
  assert.match(found[1]?.label ?? "", /^: string.* → \w*int64$/);
});

test("long types are cut between their parts, and leave the script in sight", () => {
  const { snapshot, source } = open(
    "begin { @w[comm, pid, tid, nsecs, cpu] = count(); $t = (1, 2); print($t); }",
  );
  const [map, tuple] = inlayHints(snapshot, { start: 0, end: source.length });
  assert.ok(map !== undefined);
  assert.equal(map.label, ": (string[16],uint32,uint32,…) → count_t");
  assert.equal(tuple?.label, ": (int8,int8)");
  const whole = hintTooltip(snapshot, map) ?? "";
  assert.match(whole, /string\[16\], uint32, uint32, uint64, uint\d+\]/);
});

test("literal arguments are told what they are for", () => {
  const { snapshot, source } = open(
    "macro add(a, b) { a + b }\nbegin { @ = lhist(add(1, pid), 0, 100, 10); }",
  );
  const hints = inlayHints(snapshot, { start: 0, end: source.length })
    .filter(({ kind }) => kind === "parameter")
    .map(
      ({ offset, label }) => `${label} ${source.slice(offset, source.indexOf(",", offset) + 1 || undefined)}`,
    );
  assert.deepEqual(
    hints.map((hint) => hint.split(",")[0]),
    ["a: 1", "min: 0", "max: 100", "step: 10); }"],
  );
});

test("a hint that is rested on tells what decided the type", () => {
  const { snapshot, source } = open("begin { $x = nsecs; print($x); }");
  const [hint] = inlayHints(snapshot, { start: 0, end: source.length });
  assert.match(hint === undefined ? "" : (hintTooltip(snapshot, hint) ?? ""), /decided in line 1/);
});

test("what has no type yet, and formats, get no hint", () => {
  const labels = (marked: string): readonly string[] => {
    const { snapshot, source } = open(marked);
    return inlayHints(snapshot, { start: 0, end: source.length }).map(({ label }) => label);
  };
  assert.deepEqual(labels("begin { $x = ; }"), []);
  assert.deepEqual(labels("begin { @m[1] = ; }"), []);
  assert.deepEqual(labels('begin { print(strftime("%H:%M", nsecs)); }'), []);
});
