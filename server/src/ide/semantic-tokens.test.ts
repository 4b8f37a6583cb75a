/** Semantic tokens. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { semanticTokens } from "./semantic-tokens.ts";
import { open, spell } from "./testing/open.ts";

test("every name is coloured by what it is", () => {
  const { snapshot, claims } = open(`
    interval:s:1 { $x = pid; @m[$x] = 1; printf("%d", $x); }
  //^^^^^^^^ namespace
    //             ^^ variable modification
    //                  ^^^ variable defaultLibrary
    //                       ^^ property modification
    //                          ^^ variable
    //                                   ^^^^^^ function defaultLibrary
    //                                                ^^ variable
  `);
  const found = semanticTokens(snapshot).map((each) => ({
    ...each,
    text: [each.type, ...each.modifiers].join(" "),
  }));
  assert.deepEqual(spell(found), spell(claims));
});

test("the word before a type is a keyword, and no part of its name", () => {
  const { snapshot, source } = open("begin { $t = (struct task_struct *)0; $n = (uint8)1; }");
  const types = semanticTokens(snapshot).filter(({ type }) => type === "type");
  assert.deepEqual(
    types.map(({ start, end }) => source.slice(start, end)),
    ["task_struct", "uint8"],
  );
});

test("a range gets its own tokens only", () => {
  const { snapshot, source } = open("begin { @a = 1; }\nend { @b = 2; }");
  const start = source.indexOf("end");
  assert.ok(semanticTokens(snapshot, { start, end: source.length }).every((token) => token.start >= start));
});
