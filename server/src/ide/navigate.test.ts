/** Names: where they come from, where they stand, and what they may be called instead. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { namedAt } from "./names.ts";
import { definition, references } from "./navigate.ts";
import { prepareRename, rename } from "./rename.ts";
import { open, spell } from "./testing/open.ts";

/** Every place of the name under the cursor is claimed with its access. */
function claimsReferences(marked: string): void {
  const { snapshot, at, claims } = open(marked);
  const found = references(snapshot, at, true).map((each) => ({ ...each, text: each.access }));
  assert.deepEqual(spell(found), spell(claims));
}

function renamed(marked: string, name: string): string {
  const { snapshot, at, source } = open(marked);
  const renaming = rename(snapshot, at, name);
  if (renaming.kind === "refused") return renaming.message;
  return [...(renaming.files[0]?.edits ?? [])]
    .reverse()
    .reduce(
      (text, { start, end, text: inserted }) => text.slice(0, start) + inserted + text.slice(end),
      source,
    );
}

test("a map is one thing in all probes, read and written", () => {
  claimsReferences(`
    let @sizes = hash(10);
    //  ^^^^^^ declaration
    begin { @si<|>zes[1] = 2; @sizes[1]++; }
    //      ^^^^^^ write
    //                     ^^^^^^ read-write
    end { print(@sizes); clear(@sizes); }
    //          ^^^^^^ read
    //                         ^^^^^^ write
  `);
});

test("variables of one name in two probes are two things", () => {
  claimsReferences(`
    begin { $x = 1; print($<|>x); }
    //      ^^ write
    //                    ^^ read
    end { $x = 2; print($x); }
  `);
});

test("a macro's parameters are its own, whatever its argument is called", () => {
  claimsReferences(`
    macro raise($v, n) { $v += n; }
    begin { $v = 1; raise($v, 2); print($<|>v); }
    //      ^^ write
    //                    ^^ read
    //                                  ^^ read
  `);
  claimsReferences(`
    macro raise($v, n) { $<|>v += n; }
    //          ^^ declaration
    //                   ^^ read-write
    begin { $v = 1; raise($v, 2); print($v); }
  `);
});

test("macros and subprograms are found from their calls", () => {
  const { snapshot, at, claims } = open(`
    macro twice(x) { x * 2 }
    //    ^^^^^ here
    begin { print(tw<|>ice(2)); }
  `);
  const target = definition(snapshot, at);
  assert.deepEqual(target, { kind: "here", span: { start: claims[0]?.start, end: claims[0]?.end } });
  claimsReferences(`
    fn ad<|>d($a: int64): int64 { return $a; }
    // ^^^ declaration
    begin { print(add(1)); }
    //            ^^^ read
  `);
});

test("nothing is found where no name is", () => {
  const { snapshot, at } = open("begin { print(<|>12); }");
  assert.equal(namedAt(snapshot, at), undefined);
  assert.equal(definition(snapshot, at), undefined);
  assert.equal(prepareRename(snapshot, at), undefined);
});

test("renaming takes every place, with and without the sigil", () => {
  const program = "begin { @a = 1; print(@<|>a); } end { @b = 2; @a = 3; }";
  const expected = "begin { @total = 1; print(@total); } end { @b = 2; @total = 3; }";
  assert.equal(renamed(program, "total"), expected);
  assert.equal(renamed(program, "@total"), expected);
});

test("renaming is refused where the program would change its meaning", () => {
  assert.match(renamed("begin { @<|>a = 1; @b = 2; }", "b"), /exists already/);
  assert.match(renamed("begin { $<|>a = 1; $b = 2; print($a + $b); }", "b"), /exists already/);
  assert.match(renamed("macro <|>one() { 1 } begin { print(one()); }", "printf"), /builtin/);
  assert.match(renamed("macro <|>one() { 1 } begin { print(one()); }", "while"), /word/);
  assert.match(renamed("begin { $<|>a = 1; print($a); }", "1x"), /not a name/);
  const apart = renamed("begin { $<|>a = 1; print($a); } end { $b = 2; print($b); }", "b");
  assert.match(apart, /begin \{ \$b = 1; print\(\$b\); \}/);
});

test("constants of the script's own C are found where they are used, and renamed", () => {
  claimsReferences(`
    enum color { RED, GREEN };
    //           ^^^ declaration
    begin { $c = R<|>ED; if ($c == RED) { print(GREEN); } }
    //           ^^^ read
    //                          ^^^ read
  `);
  assert.equal(
    renamed("#define LI<|>MIT 10\nbegin { print(LIMIT + 1); }", "MOST"),
    "#define MOST 10\nbegin { print(MOST + 1); }",
  );
  assert.equal(
    renamed("#define ONE 1\n#define TWO (ONE + 1)\nbegin { print(O<|>NE + TWO); }", "EINS"),
    "'ONE' is also used in C, which is not changed",
  );
  assert.equal(
    renamed("#define ONE 1\n#define TWO 2\nbegin { print(O<|>NE); }", "TWO"),
    "'TWO' exists already",
  );
});

const pairs = `struct inner { int x; };
struct pair { int first; struct inner in; union { int low; long all; }; struct { int hid; } named; };
typedef struct { int first; } tt;
`;

test("types and fields of the script's own C are found where they are used, and renamed", () => {
  claimsReferences(`
    struct pair { int first; int second; };
    //                ^^^^^ declaration
    begin { $p = (struct pair *)0; print($p->fi<|>rst); print(offsetof(struct pair, first)); }
    //                                       ^^^^^ read
    //                                                                           ^^^^^ read
  `);
  const code = (at: string): string => `${pairs}begin { $p = (struct pair *)0; $t = (tt *)0; ${at} }`;
  const inCode = (at: string, name: string): readonly string[] =>
    renamed(code(at), name)
      .split("\n")
      .map((line, index) => (line === pairs.split("\n")[index] ? "same" : line));
  assert.deepEqual(inCode("print($p->fi<|>rst, $t->first);", "one"), [
    "same",
    "struct pair { int one; struct inner in; union { int low; long all; }; struct { int hid; } named; };",
    "same",
    "begin { $p = (struct pair *)0; $t = (tt *)0; print($p->one, $t->first); }",
  ]);
  assert.match(renamed(code("print($p->l<|>ow);"), "y"), /union \{ int y;[^]*\$p->y\)/);
  assert.match(
    renamed(code("print(sizeof(struct inn<|>er));"), "y"),
    /^struct y [^]*struct y in;[^]*sizeof\(struct y\)/,
  );
  assert.match(renamed(code("print(sizeof(t<|>t));"), "y"), /\} y;\n[^]*\(y \*\)0; print\(sizeof\(y\)\)/);
});

test("types and fields keep their names where another would not do", () => {
  const first = "begin { $p = (struct pair *)0; print($p->fi<|>rst); }";
  assert.match(renamed(`${pairs}${first}`, "in"), /exists already/);
  assert.match(renamed(`${pairs}${first}`, "long"), /word of C/);
  assert.match(
    renamed(`${pairs}macro unused($q) { $q->first }\n${first}`, "y"),
    /where its struct is not known/,
  );
  assert.match(renamed(`${pairs}#define GET(p) p->first\n${first}`, "y"), /used in C/);
  const other = "struct other { int second; };\n";
  assert.match(renamed(`${other}${pairs}${first}`, "second"), /int second; struct inner/);
  assert.match(renamed(`${pairs}begin { $p = (struct pa<|>ir *)0; print($p); }`, "inner"), /exists already/);
});
