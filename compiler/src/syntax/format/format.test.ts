/** The formatter: the layout of each construct, and what holds for any program. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { nativeParser } from "@probewright/grammar/testing";
import fc from "fast-check";

import type { Script } from "../ast.ts";
import { applyEdit, closeDocument, openDocument, parseScript, type TextEdit } from "../document.ts";
import { recoverItems } from "../recover/recover.ts";
import { desugar } from "../testing/desugar.ts";
import { plainPrograms, programs } from "../testing/programs.ts";
import { lineEdits } from "./edits.ts";
import { formatEdits, formatRange, formatScript } from "./format.ts";

const parser = nativeParser();

function format(text: string): string {
  const formatted = formatScript(parseScript(text, parser), text);
  assert.ok(formatted.ok, `${text}\n${JSON.stringify(formatted)}`);
  return formatted.text;
}

test("a formatted program means the same and is not changed again", () => {
  fc.assert(
    fc.property(plainPrograms, (text) => {
      const once = format(text);
      assert.deepEqual(desugar(parseScript(once, parser)), desugar(parseScript(text, parser)), once);
      assert.equal(format(once), once);
    }),
    { numRuns: 400 },
  );
});

test("every comment survives, once, in its order within a statement's reach", () => {
  fc.assert(
    fc.property(programs, ({ text, comments }) => {
      const once = format(text);
      const found = once.match(/\bc\d+\b/g) ?? [];
      assert.deepEqual([...found].sort(), [...comments].sort(), once);
      assert.deepEqual(desugar(parseScript(once, parser)), desugar(parseScript(text, parser)), once);
    }),
    { numRuns: 400 },
  );
});

test("with comments too, a second time changes nothing", () => {
  fc.assert(
    fc.property(programs, ({ text }) => {
      const once = format(text);
      assert.equal(format(once), once);
    }),
    { numRuns: 400 },
  );
});

test("both parsers make the same tree of a valid program", () => {
  fc.assert(
    fc.property(programs, ({ text }) => {
      const lowered = parseScript(text, parser).items.map(({ start, item }) => ({ start, item }));
      const recovered = recoverItems(text, { start: 0, end: text.length }, []);
      const isC = (kind: string): boolean => kind === "c-definition" || kind === "preprocessor-line";
      assert.deepEqual(
        recovered.filter(({ item }) => !isC(item.kind)),
        lowered.filter(({ item }) => !isC(item.kind)),
      );
    }),
    { numRuns: 300 },
  );
});

/** Statements of a probe, and how they come out. */
const layouts: Readonly<Record<string, string>> = {
  "$x=(1+2)*3;$y=-(-$x);$z=$p->q.r": "$x = (1 + 2) * 3;\n$y = -(-$x);\n$z = $p.q.r;",
  "$x = $x + 1; @m[1,2] = @m[1,2] * 2; $y += 1;": "$x += 1;\n@m[1, 2] *= 2;\n$y += 1;",
  "@m[(1, 2)] = 1; @m[(1,)] = (1,);": "@m[1, 2] = 1;\n@m[(1,)] = (1,);",
  "if(1){print(1)}else if($x==1){2}else{3}\n$y=1;":
    "if 1 {\n  print(1)\n} else if ($x == 1) {\n  2\n} else {\n  3\n}\n$y = 1;",
  "$x = if (1) { 2 } else { 3 }; $y = {4};": "$x = if 1 { 2 } else { 3 };\n$y = { 4 };",
  "while($i<5){$i++} for($kv:@m){print($kv.0)} for $i:0..$n{} unroll 5 {1}":
    "while ($i < 5) {\n  $i++;\n}\nfor $kv : @m {\n  print($kv.0);\n}\nfor $i : 0..($n) {}\nunroll (5) {\n  1;\n}",
  'let $a;let $b:int8 * =(int8*)0;_=f(typeof($a),sizeof(struct s));print("\\x41\\t\\"");':
    'let $a;\nlet $b : int8* = (int8*)0;\n_ = f(typeof($a), sizeof(struct s));\nprint("A\\t\\"");',
  "$a = $b ?: 1;": "$a = $b ? $b : 1;",
  // Where the other formatter's output would not parse, or would mean something else.
  "$a ? f() : g(); $b = 1;": "$a ? f() : g();\n$b = 1;",
  "let $x = $x + 1; $y = $y == 1; $z = $z && 1;": "let $x = $x + 1;\n$y = $y == 1;\n$z = $z && 1;",
  "$a = $x + ($b < $c); $d = ($e == $f) < $g; $h = $i == ($j < $k);":
    "$a = $x + ($b < $c);\n$d = ($e == $f) < $g;\n$h = $i == $j < $k;",
  "if (((struct s *)$x).f) { } if (($a, 1)) { }": "if (((struct s*)$x).f) {}\nif (($a, 1)) {}",
  "if $x { }; ++@n; { 1 }; *$p;": "if $x {};\n++@n;\n{ 1 };\n*$p;",
  "$x = if 1 { if 2 { 3 } else { 4 }; } else { 5 };":
    "$x = if 1 {\n  if 2 { 3 } else { 4 };\n} else {\n  5\n};",
  "if 1 { $a = 1 } let $b : typeof({ @a = 1; 1 }) = 1;":
    "if 1 {\n  $a = 1;\n}\nlet $b : typeof({\n                  @a = 1;\n                  1\n                }) = 1;",
  "$a = (comptime $x).y + (comptime $x.y)[0] + (comptime ($x + 1)).0;":
    "$a = ((comptime $x).y + (comptime $x.y)[0]) + (comptime ($x + 1)).0;",
  "return f($x, 1); return @m[1]; return $a + 1;": "return f($x, 1);\nreturn @m[1];\nreturn ($a + 1);",
};

test("each construct has its layout", () => {
  for (const [statements, wanted] of Object.entries(layouts)) {
    const body = wanted.replace(/^(?=.)/gm, "  ");
    assert.equal(format(`begin { ${statements} }`), `begin\n{\n${body}\n}\n`, statements);
  }
});

test("lists that are too long fill their last lines first", () => {
  const names = ["first", "second", "third", "fourth", "fifth"].map((word) => `$${word}_argument_of_it`);
  const [first, second, third, fourth, fifth] = names;
  assert.equal(
    format(`begin { printf("%d", ${names.join(", ")}); }`),
    [
      "begin",
      "{",
      `  printf("%d", ${first}, ${second},`,
      `         ${third}, ${fourth}, ${fifth});`,
      "}",
      "",
    ].join("\n"),
  );
});

test("items have their layout", () => {
  const text = [
    "#!/usr/bin/env bpftrace",
    "#include <a.h> // why",
    "struct s { int x; }",
    'config={max_map_keys=1_000;stack_mode="perf"; /* about it */ }',
    "let @m=hash(0x10)",
    "macro m($a,@b,c){$a+c}",
    "fn f($a:int32):void{print($a)}",
    "kprobe:f,kprobe:g,/pid==1/{exit()}",
    "begin/ *p()/{}",
  ].join("\n");
  assert.equal(
    format(text),
    [
      "#!/usr/bin/env bpftrace",
      "#include <a.h> // why",
      "struct s { int x; };",
      "config = {",
      "  max_map_keys = 1000;",
      "  stack_mode = perf;",
      "  // about it",
      "}",
      "let @m = hash(16);",
      "",
      "macro m($a, @b, c)",
      "{",
      "  $a + c",
      "}",
      "fn f($a : int32) : void",
      "{",
      "  print($a);",
      "}",
      "kprobe:f,",
      "kprobe:g",
      "/pid == 1/",
      "{",
      "  exit();",
      "}",
      "begin",
      "/(*p())/",
      "{}",
      "",
    ].join("\n"),
  );
});

test("edits of whole lines turn one text into another", () => {
  const text = fc
    .array(fc.constantFrom("a", "b", "c", ""), { maxLength: 20 })
    .map((lines) => lines.join("\n"));
  fc.assert(
    fc.property(text, text, (before, after) => {
      assert.equal(applied(before, lineEdits(before, after)), after);
    }),
  );
});

function applied(text: string, edits: readonly TextEdit[]): string {
  return edits.reduceRight(
    (changed, { start, end, text: made }) => changed.slice(0, start) + made + changed.slice(end),
    text,
  );
}

test("formatting edits leave alone what is right already", () => {
  const text = "begin\n{\n  print(1);\n}\n\nend { print(2) }\n";
  const formatted = formatEdits(parseScript(text, parser), text);
  assert.ok(formatted.ok);
  assert.equal(applied(text, formatted.edits), "begin\n{\n  print(1);\n}\n\nend\n{\n  print(2);\n}\n");
  assert.ok(formatted.edits.every(({ start }) => start >= text.indexOf("end")));
});

test("a range formats its items, whatever is wrong with others", () => {
  const text = "begin { $x = ; }\n// about end\nend { print(2) } // tail\n";
  const at = text.indexOf("print");
  const script = parseScript(text, parser);
  const range = formatRange(script, text, { start: at, end: at });
  assert.ok(range.ok);
  assert.equal(
    applied(text, range.edits),
    "begin { $x = ; }\n// about end\nend\n{\n  print(2);\n} // tail\n",
  );
  assert.ok(!formatScript(script, text).ok);
  assert.ok(!formatRange(script, text, { start: 0, end: at }).ok);
});

/** What an edit may change beside and within items. */
const typed = ["\n", "\n\n", " ", "// c\n", "/* c */", ";", "}", "end {}", "$x = 1;", "#define A 1\n"];

test("after any edits, a script is laid out as it would be from scratch", () => {
  const edit = fc.record({ at: fc.nat(), length: fc.nat({ max: 6 }), text: fc.constantFrom("", ...typed) });
  fc.assert(
    fc.property(programs, fc.array(edit, { minLength: 1, maxLength: 5 }), ({ text: first }, edits) => {
      let document = openDocument(first, parser);
      formatEdits(document.script, document.text);
      for (const { at, length, text } of edits) {
        const start = at % (document.text.length + 1);
        const end = Math.min(document.text.length, start + length);
        document = applyEdit(document, { start, end, text }, parser);
        const anew = parseScript(document.text, parser);
        const kept = formatEdits(document.script, document.text);
        assert.deepEqual(kept.ok && kept.edits, formatsFromScratch(anew, document.text));
        const whole = formatScript(anew, document.text);
        if (kept.ok && whole.ok) assert.equal(applied(document.text, kept.edits), whole.text);
      }
      closeDocument(document);
    }),
    { numRuns: 200 },
  );
});

function formatsFromScratch(script: Script, text: string): readonly TextEdit[] | false {
  const formatted = formatEdits(script, text);
  return formatted.ok && formatted.edits;
}
