/** What is said about mistakes, and what is kept of the text around them. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { nativeParser } from "@probewright/grammar/testing";
import fc from "fast-check";

import type { Script } from "../ast.ts";
import { parseScript } from "../document.ts";
import { checkNumbering } from "../item-draft.ts";
import { showProblems } from "../testing/show-problems.ts";
import { findNodeAt, walk } from "../walk.ts";

const testParser = nativeParser();

function problems(text: string): readonly string[] {
  return showProblems(text, parseScript(text, testParser));
}

/** Programs with one mistake each, and what is said about it. */
const mistakes: readonly (readonly [program: string, problem: string])[] = [
  // Missing tokens
  ["begin { print(1) print(2) }", '1:18 missing-token "print"'],
  ["begin { print(1)\n  print(2) }", '1:17 missing-token "\\n"'],
  ["begin { print(1 }", '1:17 missing-token "}"'],
  ["begin { print(1, 2; $x = 1; }", '1:19 missing-token ";"'],
  ["begin { if (pid == 1 { print(1); } print(2); }", '1:22 missing-token "{"'],
  ["begin { $x = $y ? 1; }", '1:20 missing-token ";"'],
  ["begin { for ($kv : @m) print($kv); }", '1:24 missing-token "print"'],
  ["kprobe:f /pid == 1 { }", '1:20 missing-token "{"'],
  ["macro m { 1 }", '1:9 missing-token "{"'],
  ["fn f($a) : void { }", '1:8 missing-token ")"'],
  ['import "x"\nbegin { }', '1:11 missing-token "\\n"'],
  ["config { a = 1 } begin { }", '1:8 missing-token "{"'],
  ["config = { a = 1 b = 2 } begin { }", '1:18 missing-token "b"'],
  ["begin { $x = (typeof(pid, 1))2; }", '1:25 missing-token ","'],
  ["begin { print(sizeof(int8[2, 3])); }", '1:28 missing-token ","'],
  ["kprobe:f\nend { }", '1:9 missing-token "\\n"'],
  // Expressions, names and types that are not there
  ["begin { $x = ; print(1); }", '1:14 expected-expression ";"'],
  ["begin { print(); ) }", '1:18 expected-expression ")"'],
  ["begin { $x = (1 + ; print(2); }", '1:19 expected-expression ";"'],
  ["kprobe:f /pid ==\n{ print(1); }", '1:17 expected-expression "\\n"'],
  ["begin {\n  $x =\n  $y = 2;\n  print($y); }", '2:7 expected-expression "\\n"'],
  ["begin {\n  print(\n  @x[comm] = count();\n}", '2:9 expected-expression "\\n"'],
  ["begin {\n  @x[\n  @y[1] += 2;\n}", '2:6 expected-expression "\\n"'],
  ["begin {\n  $x = 1 +\n  $y = 2;\n}", '2:11 expected-expression "\\n"'],
  ["begin { @x[] = 1; }", '1:12 expected-expression "]"'],
  ["begin { print((,)); }", '1:16 expected-expression ","'],
  ["kprobe:f { $x = args. }", '1:23 expected-name "}"'],
  ["kprobe:f { $x = args.\n  print(1); }", '1:22 expected-name "\\n"'],
  ["begin { let x = 1; }", '1:13 expected-name "x"'],
  ["begin { let $x : = 1; }", '1:18 expected-type "="'],
  ["begin { $ = 1; }", '1:9 name-after-sigil "$"'],
  // What other languages have
  ["begin { $x = 'a'; print(1); }", "1:14 single-quotes \"'a'\""],
  ["begin { $x = 'a; print(1); }", '1:14 expected-expression "\'"'],
  ['begin { print "a", 1; print(2) }', '1:15 call-without-parentheses "\\""'],
  ["begin { delete @x[1]; print(2) }", '1:16 call-without-parentheses "@"'],
  ["begin { int x = 1; print(2) }", '1:9 foreign-syntax "int"'],
  ["begin { if (1) { } elif (2) { } print(2) }", '1:20 foreign-syntax "elif"'],
  ["begin { switch ($x) { case 1: print(1); } print(2) }", '1:9 foreign-syntax "switch"'],
  ["begin { do { print(1); } while (1); print(2) }", '1:9 foreign-syntax "do"'],
  ["begin {\n  do {\n    print(1);\n  } while (1);\n  print(2)\n}", '2:3 foreign-syntax "do"'],
  ["begin { $a := 1; print($a) }", '1:12 foreign-syntax ":="'],
  ["begin { $a = $b = 1; print(2) }", '1:17 assignment-in-expression "="'],
  ["begin { if (pid == 1 and tid == 2) { } }", '1:22 foreign-syntax "and"'],
  ["begin { if (not pid) { } }", '1:13 foreign-syntax "not"'],
  ["begin { print(1); # one\n  print(2) }", '1:19 foreign-syntax "#"'],
  ["probe kprobe:f { print(1); }", '1:1 foreign-syntax "probe"'],
  ["probe kprobe:f { print(1) }", '1:1 foreign-syntax "probe"'],
  ["function f(a) { return a; }\nbegin { }", '1:1 foreign-syntax "function"'],
  ["kprobe f { print(1) }", '1:8 blank-in-attach-point "f"'],
  ["kprobe:f if (pid == 1) { print(1) }", '1:10 foreign-syntax "if"'],
  ["kprobe:f [pid == 1] { print(1) }", '1:10 foreign-syntax "["'],
  ["begin print(1);\nend { }", '1:7 missing-token "print"'],
  ["# reads\nbegin { }", '1:1 unknown-directive "# reads"'],
  // What stands where it cannot
  ["begin { } }\nend { }", '1:11 unexpected-text "}"'],
  ["begin { else { } }", '1:9 unexpected-text "else"'],
  ["begin { };\nend { }", '1:10 stray-semicolon ";"'],
  ["begin { 1; ; print(1) }", '1:12 stray-semicolon ";"'],
  ["begin { while (1) { }; }", '1:22 stray-semicolon ";"'],
  ["begin { print(1, ); }", '1:16 trailing-comma ","'],
  ["begin { $x = (a=1,); }", '1:18 trailing-comma ","'],
  ["begin { if (pid = 1) { print(1); } }", '1:17 assignment-in-expression "="'],
  ["begin { for ($i in 0..5) { } }", '1:17 malformed-for "in"'],
  ["begin { for ($i = 0; $i < 5; $i++) { } print(1); }", '1:17 malformed-for "="'],
  ["begin { for ($i : $j) { } }", '1:19 expected-map-or-range "$j"'],
  ["begin { for (i : @m) { } }", '1:14 expected-loop-variable "i"'],
  ["begin { if (1) { } else print(1); }", '1:25 else-without-block "print"'],
  ["begin { if x { } ++@n; }", '1:18 glued-to-block "++"'],
  ["begin { if x { }\n  *$p = 1; }", '2:3 glued-to-block "*"'],
  ["{ }", '1:1 missing-attach-point "{"'],
  ["begin,, end { }", '1:7 missing-attach-point ","'],
  ["let $a = 1;\nbegin { }", '1:1 not-a-map-declaration "let"'],
  ["let @a = hash(x);\nbegin { }", '1:15 map-size-expected "x"'],
  ["config = { a = -1 } begin { }", '1:16 invalid-config-value "-"'],
  ["macro m(pid, 1) { }", '1:9 builtin-as-parameter "pid"'],
  // Strings and braces
  ['begin { $x = "abc;\n  print($x);\n}', '1:14 unterminated-string "\\"abc;"'],
  ["begin { if (1) { $x = 1;\nkprobe:f { print(1); }", '1:16 unclosed-delimiter "{"'],
  ["begin {\n  if (1) {\n    print(1);\n}\n\nend { }", '2:10 unclosed-delimiter "{"'],
  // C
  ["struct s { int x; } __attribute__(packed)\nbegin { }", '1:35 malformed-attribute "packed"'],
  ["struct s { int x; } __attribute__ begin { }", '1:35 malformed-attribute "begin"'],
  ["struct s { int x\nbegin { }", '1:10 unclosed-delimiter "{"'],
  ["struct s { int x y z; }\nbegin { }", '1:18 unreadable-c "y"'],
];

test("one mistake, one problem, at the place of the mistake", () => {
  for (const [program, problem] of mistakes) assert.deepEqual(problems(program), [problem], program);
});

test("a mistake hides neither the next statement's nor the next item's", () => {
  assert.deepEqual(problems("begin { $x = ; $y = ; }\nend { foo(; }\nkprobe:f { 5_ }"), [
    '1:14 expected-expression ";"',
    '1:21 expected-expression ";"',
    '2:11 expected-expression ";"',
    '3:13 trailing-underscore "_"',
  ]);
});

test("statements around a mistake are kept", () => {
  const counts: Readonly<Record<string, readonly number[]>> = {
    "begin { a(); b( ; c(); }\nend { d(); }": [3, 1],
    "begin { $x = (1 + ;\n  print(2);\n  print(3); }": [3],
    "begin { print(1);\nkprobe:f { print(1); print(2); }": [1, 2],
    'begin { @a["x = 1;\n  print(2); }': [2],
  };
  for (const [program, wanted] of Object.entries(counts)) {
    assert.deepEqual(statementCounts(parseScript(program, testParser)), wanted, program);
  }
});

function statementCounts(script: Script): readonly number[] {
  return script.items.flatMap(({ item }) => (item.kind === "probe" ? [item.body.statements.length] : []));
}

test("what is being typed is in the tree, with a hole where the cursor is", () => {
  const paths: Readonly<Record<string, string>> = {
    "kprobe:f { $x = args.<|> }": "field-access name",
    "kprobe:f { $x = args.<|>\n  print(1); }": "field-access name",
    "kprobe:f { $x = args->foo.<|>": "field-access name",
    'kprobe:f { printf("%d",<|> }': "call missing",
    "kprobe:f { @x[pid,<|>\n}": "map missing",
    "kprobe:f /pid ==<|> { }": "binary missing",
    "tracepoint:syscalls:<|>\nend { }": "attach-point attach-part",
  };
  for (const [marked, wanted] of Object.entries(paths)) {
    const offset = marked.indexOf("<|>");
    const [slot] = parseScript(marked.replace("<|>", ""), testParser).items;
    assert.ok(slot !== undefined);
    const path = findNodeAt(slot.item, offset - slot.start).map((node) => node.kind);
    assert.ok(path.join(" ").endsWith(wanted), `${marked}: ${path.join(" ")}`);
  }
});

const SCRAPS = [
  "begin", "kprobe:f", "{", "}", "(", ")", "[", "]", ";", ",", "/", "$x", "@m", "@", "$1", "$", "=", "+=", "==", "+",
  "++", "->", ".", "..", ":", "?", "if", "else", "for", "while", "let", "macro", "fn", "struct", "config", "import",
  "sizeof", "offsetof", "typeof", "comptime", "pid", "foo", "1", "0x", "5ms", '"a"', '"', "\\", "//c", "/*", "*/",
  "\n", " ", "#define A 1\n", "#!", "\0", "é", "\u{1f600}", "'",
]; // biome-ignore format: a list of words

test("any text gives a script that covers it, numbered, with its problems inside", () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom(...SCRAPS), { maxLength: 60 }),
      fc.constantFrom("", " "),
      (scraps, gap) => {
        checkScript(scraps.join(gap));
      },
    ),
    { numRuns: 2000 },
  );
});

function checkScript(text: string): void {
  const script = parseScript(text, testParser);
  let end = 0;
  for (const { start, item } of script.items) {
    assert.equal(text.slice(start, start + item.text.length), item.text);
    assert.ok(start >= end, "items do not overlap");
    end = start + item.text.length;
    checkNumbering(item);
    for (const { span } of item.problems) {
      assert.ok(span.start >= -1 && span.start <= span.end && start + span.end <= text.length);
    }
    walk(item, (node) => {
      assert.ok(
        node.span.start >= 0 && node.span.start <= node.span.end && node.span.end <= item.text.length,
      );
    });
  }
}

test("deep nesting is refused without running out of stack", () => {
  const deep = 10_000;
  for (const program of [
    `begin { $x = ${"(".repeat(deep)}1${")".repeat(deep)}; }`,
    `begin { $x = ${"(".repeat(deep)}`,
    `begin { $x = ${"-".repeat(deep).replaceAll("-", "- ")}1; }`,
    `begin { $x = ${"- ".repeat(deep)}; }`,
    `begin ${"{".repeat(deep)}${"}".repeat(deep)}`,
    `begin ${"{".repeat(deep)}`,
    `begin { $x = 1${" + 1".repeat(deep)}; }`,
    `begin { $x = 1${" + 1".repeat(deep)} }}`,
    `begin { $x = $y${".a".repeat(deep)}; ) }`,
    `begin { ${"if (1) { } else ".repeat(deep)} { } }`,
    `begin { let $x : int32${"*".repeat(deep)}; }`,
    `struct a { int ${"*".repeat(deep)}x; } begin { }`,
    `struct a ${"{ struct ".repeat(deep)}`,
  ]) {
    checkScript(program);
    assert.ok(problems(program).length > 0, program.slice(0, 30));
  }
});
