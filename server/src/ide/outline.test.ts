/** The outline, the folds. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { folds } from "./folding.ts";
import { outline } from "./outline.ts";
import { open, spell } from "./testing/open.ts";

test("the outline names every item at its place", () => {
  const { snapshot, claims } = open(`
    let @sizes = hash(10);
    //  ^^^^^^ map @sizes
    macro twice(x) { x * 2 }
    //    ^^^^^ macro twice
    fn add($a: int64): int64 { return $a; }
    // ^^^ subprogram add
    interval:s:1, interval:s:2 { @sizes[1] = 1; }
  //^^^^^^^^^^^^ probe interval:s:1, interval:s:2
  `);
  const found = outline(snapshot).map(({ name, kind, selection }) => ({
    ...selection,
    text: `${kind} ${name}`,
  }));
  assert.deepEqual(spell(found), spell(claims));
});

test("settings are children of config, and spans hold their selections", () => {
  const { snapshot } = open(`
    config = { max_map_keys = 10; }
    begin { }
  `);
  const [config, probe] = outline(snapshot);
  assert.deepEqual(
    config?.children.map(({ name }) => name),
    ["max_map_keys"],
  );
  assert.equal(probe?.name, "begin");
  for (const entry of [config, probe, ...config.children]) {
    assert.ok(entry.span.start <= entry.selection.start && entry.selection.end <= entry.span.end);
  }
});

test("blocks and comments of several lines fold, single lines do not", () => {
  const { snapshot, source } = open(`
    // one
    // two
    begin {
      if (1) { print(1); }
      if (2) {
        print(2);
      }
    }
    /* long
       comment */
    end { }
  `);
  const lineOf = (offset: number): number => source.slice(0, offset).split("\n").length;
  assert.deepEqual(
    folds(snapshot).map(
      ({ start, end, kind }) => `${kind} ${lineOf(start).toString()}-${lineOf(end).toString()}`,
    ),
    ["comment 1-2", "code 3-8", "code 5-7", "comment 9-10"],
  );
});
