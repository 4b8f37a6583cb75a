/** What stands in the box when the pointer rests on something. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { hover } from "./hover.ts";
import { testKernel } from "./testing/kernel.ts";
import { open } from "./testing/open.ts";

function text(marked: string): string {
  const { snapshot, at } = open(marked, testKernel());
  return hover(snapshot, at)?.text ?? "";
}

test("the span of a hover is the name", () => {
  const { snapshot, at, claims } = open(`
    begin { $val<|>ue = 1; print($value); }
    //      ^^^^^^ here
  `);
  const found = hover(snapshot, at);
  assert.deepEqual([found?.span.start, found?.span.end], [claims[0]?.start, claims[0]?.end]);
});

test("variables and maps tell their types, sizes, and what decided them", () => {
  const variable = text("begin { $x = nsecs; print($<|>x); }");
  assert.match(variable, /uint64 \$x/);
  assert.match(variable, /8 bytes/);
  assert.match(variable, /decided in line 1: `begin \{ \$x = nsecs;/);
  const map = text("kprobe:vfs_read {\n  @m[comm, pid] = count();\n}\nend { print(@<|>m); }");
  assert.match(map, /@m\[string\[16\], uint32\]: count_t/);
  assert.match(map, /one value per CPU/);
  assert.match(map, /Its value is decided in line 2/);
  assert.match(text("let @m = lruhash(10);\nbegin { @<|>m[1] = 2; }"), /Declared: `let @m = lruhash\(10\)/);
});

test("fields tell their declaration, offset and size", () => {
  const found = text("fentry:vfs_read { print(args.file->f_fl<|>ags); }");
  assert.match(found, /int f_flags;/);
  assert.match(found, /Offset 8, 4 bytes, in `struct file`/);
});

test("a text in a struct is declared as in C, with the size it has there", () => {
  const found = text("struct job { char name[8]; int n; } begin { print(((struct job *)1)->na<|>me); }");
  assert.match(found, /char name\[8\];/);
  assert.match(found, /Offset 0, 8 bytes, in `struct job`/);
});

test("builtins tell what they do and what they are here", () => {
  const found = text("begin { print(ns<|>ecs); }");
  assert.match(found, /uint64/);
  assert.match(found, /Here: `uint64`, 8 bytes/);
  assert.match(text("begin { @ = hi<|>st(1); }"), /hist_t hist/);
});

test("functions of C files tell their prototype and their file", () => {
  const kernel = testKernel({ "lib/sums.bpf.c": "int add(int a, char *b);" });
  const { snapshot, at } = open(
    'import "lib/sums.bpf.c"; begin { print(ad<|>d((int32)1, curtask)); }',
    kernel,
  );
  const found = hover(snapshot, at)?.text ?? "";
  assert.match(found, /int add\(int a, char \*b\);/);
  assert.match(found, /From `lib\/sums\.bpf\.c`/);
});

test("attach points tell the prototype, how many places they take, and what the probe costs", () => {
  const target = text('kprobe:vfs_<|>read { printf("%s", comm); }');
  assert.match(target, /vfs_read\(/);
  assert.match(target, /Attaches to 1 place of test kernel/);
  assert.match(target, /Stack: \d+ of 512 bytes/);
  assert.match(text("kprobe:vfs_<|>* { }"), /Attaches to 3 places/);
  assert.match(text("tracepoint:sched:sched_<|>switch { }"), /prev_comm\[16\];/);
  assert.match(text("kpro<|>be:vfs_read { }"), /kprobe:FUNCTION/);
});

test("macros tell their parameters and the comment above them", () => {
  const found = text("// Twice as much.\nmacro twice(x) { x * 2 }\nbegin { print(tw<|>ice(2)); }");
  assert.match(found, /macro twice\(x\)/);
  assert.match(found, /Twice as much\./);
  assert.match(
    text("fn f($a: int64): int64 { return $a; }\nbegin { print(<|>f(1)); }"),
    /fn f\(\$a: int64\): int64/,
  );
});

test("settings, types and constants", () => {
  assert.match(text("config = { max_<|>map_keys = 10 } begin { }"), /Default: `4096`/);
  assert.match(text("begin { $f = (struct fi<|>le *)1; print($f->f_flags); }"), /int f_flags;/);
  assert.match(text("enum color { RED = 3 };\nbegin { print(R<|>ED); }"), /RED = 3/);
});

test("nothing is said of punctuation", () => {
  assert.equal(text("begin {<|> }"), "");
});

test("keywords, literals, parameters and the script's own C are explained, too", () => {
  assert.match(text("begin { unr<|>oll(3) { print(1); } }"), /unroll\(COUNT\)/);
  assert.match(text("be<|>gin { print(1); }"), /Runs once/);
  assert.match(text("mac<|>ro m() { 1 }\nbegin { print(m()); }"), /macro NAME/);
  assert.match(text("begin { print(0xf<|>f); }"), /255, 0xff/);
  assert.match(text("begin { print(5<|>ms); }"), /5000000, 0x4c4b40/);
  assert.match(text("begin { print($<|>1); }"), /place 1 behind the script/);
  assert.match(
    text("struct po<|>int { int x; char name[8]; }\nbegin { print(1); }"),
    /char name\[8\]; \/\* at 4 \*\//,
  );
  assert.match(text("struct point { int x; char na<|>me[8]; }\nbegin { print(1); }"), /Offset 4, 8 bytes/);
  assert.match(text("#define LIM<|>IT 10\nbegin { print(LIMIT); }"), /#define LIMIT 10/);
  assert.match(text("enum color { RE<|>D }\nbegin { print(RED); }"), /enum color \{ RED \}/);
});

test("keywords in strings, comments and names are none", () => {
  assert.equal(text('begin { print("for wh<|>ile"); }'), "");
  assert.equal(text("begin { /* wh<|>ile */ print(1); }"), "");
  assert.match(text("begin { $wh<|>ile = 1; print($while); }"), /int8 \$while/);
});
