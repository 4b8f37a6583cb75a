/**
 * Every kind of item, statement and expression that the tree has, right and wrong: the codes of errors and warnings, in order.
 * A kind without a program here does not pass.
 */

import assert from "node:assert/strict";
import { test } from "node:test";

import type { Expression, Item, Statement } from "../syntax/ast.ts";
import { walk } from "../syntax/walk.ts";
import { checkText, parse, smallKernel } from "./testing/check-text.ts";

const kernel = smallKernel();

/** Expressions by kind, each as it stands in `print(…)` of an fentry probe. */
const expressions: Readonly<Record<Expression["kind"], Readonly<Record<string, readonly string[]>>>> = {
  integer: { "10": [], "0x1f_ff": [], "5ms": [], "18446744073709551616": ["PW1046"], "5kg": ["PW1044"] },
  string: { '"text"': [], '"a\\x41"': [], '"\\q"': ["PW1041"] },
  boolean: { true: [] },
  identifier: { pid: [], nosuch: ["PW2011"] },
  variable: { $i: [], $none: ["PW2001"] },
  map: { "@n": [], "@m[1]": [], "@none": ["PW2008"], "@m": [], "@n[1]": ["PW4003"], '@m["a"]': ["PW4002"] },
  "positional-parameter": { $1: [], $0: ["PW1048"] },
  "parameter-count": { "$#": [] },
  call: { "strlen(comm)": [], "strlen()": ["PW5001"], "strlen(1)": ["PW5002"], "nosuch(1)": ["PW2012"] },
  unary: {
    "-$i": [],
    "!$i": [],
    "~$i": [],
    "&$i": [],
    "*args.file": [],
    "-comm": ["PW3005"],
    "*$s": ["PW3025"],
  },
  increment: { "$i++": [], "--$i": [], "$s++": ["PW3005"], "1++": ["PW1020"] },
  binary: { "$i + 1": [], "comm + 1": ["PW3005"], '$i == "a"': ["PW3006"] },
  conditional: { "pid ? 1 : 2": [], 'pid ? 1 : "a"': ["PW6016"] },
  if: { "if (pid) { 1 } else { 2 }": [], 'if (pid) { 1 } else { "a" }': ["PW6016"] },
  "block-expression": { "{ $z = 1; $z }": [], "{ $z = 1; }": ["PW5011"] },
  "field-access": {
    "args.file": [],
    "args.file->f_flags": [],
    "args.file->nosuch": ["PW3017"],
    "$i.nosuch": ["PW3015"],
  },
  "tuple-access": { "$t.0": [], "$t.2": ["PW3024"], "$i.0": ["PW3015"] },
  index: { "$a[0]": [], "$a[4]": ["PW3022"], "$i[0]": ["PW3020"] },
  cast: { "(int8)$i": [], "(nosuch)$i": ["PW3011"], "(struct file)$i": ["PW3010"] },
  tuple: { "(1, comm)": [], "()": [] },
  record: { "(a=1, b=comm)": [], "(a=1, a=2)": ["PW1022"] },
  "type-query": { "sizeof(int64)": [], "sizeof(struct nosuch)": ["PW3011"] },
  offsetof: { "offsetof(struct file, f_flags)": [], "offsetof(struct file, nosuch)": ["PW3017"] },
  comptime: { "comptime 1 + 2": [], "comptime $i": ["PW3030"] },
  missing: { "1 +": ["PW1002"] },
};

const statements: Readonly<Record<Statement["kind"], Readonly<Record<string, readonly string[]>>>> = {
  "expression-statement": { "exit();": [], "$i;": ["PW6014"] },
  assignment: {
    "$i = 2;": [],
    "@n = 2;": [],
    '$i = "a";': ["PW3001"],
    '@n = "a";': ["PW4001"],
    "1 = 2;": ["PW1019"],
  },
  "variable-declaration": { "let $new : int8 = 1; print($new);": [], "let $i;": ["PW2002"] },
  discard: { "_ = pid;": [], "_ = nosuch;": ["PW2011"] },
  while: { "while ($i < 3) { $i++; }": ["PW6010"], "while (comm) { $i++; }": ["PW6013", "PW6010"] },
  unroll: { "unroll (2) { print(1); }": [], "unroll (0) { print(1); }": ["PW6011"] },
  for: {
    "for ($k : 0..3) { print($k); }": [],
    "for ($k : @m) { print($k.1); }": [],
    "for ($k : @n) { print(1); }": ["PW4014"],
  },
  break: { "break;": ["PW6001"], "for ($k : 0..3) { break; }": [] },
  continue: { "continue;": ["PW6001"], "for ($k : 0..3) { continue; }": [] },
  return: { "return;": [], "return 1;": [], "return comm;": ["PW6008"] },
  "import-statement": { 'import "nosuch.bt";': ["PW7208"] },
};

const items: Readonly<Record<Item["kind"], Readonly<Record<string, readonly string[]>>>> = {
  shebang: { "#!/usr/bin/bpftrace\nbegin { }": [] },
  "preprocessor-line": { "#define A 1\nbegin { print(A); }": [], "#nonsense\nbegin { }": ["PW1028"] },
  "c-definition": {
    "struct own { int x; }; begin { }": [],
    "struct own { nosuch x; }; begin { }": ["PW7408"],
  },
  config: { "config = { max_strlen = 9 } begin { }": [], "config = { nosuch = 9 } begin { }": ["PW7201"] },
  import: { 'import "nosuch.bt"; begin { }': ["PW7401"] },
  "map-declaration": {
    "let @d = hash(9); begin { @d[1] = 1; }": [],
    "let @d = nosuch(9); begin { @d[1] = 1; }": ["PW4008"],
  },
  macro: { "macro m(x) { x } begin { print(m(1)); }": [], "macro m(x, x) { x } begin { }": ["PW7002"] },
  subprogram: {
    "fn f($a : int64) : int64 { return $a; } begin { print(f(1)); }": [],
    "fn f($a : nosuch) : int64 { return 1; } begin { print(f(1)); }": ["PW3011"],
  },
  probe: { "begin { }": [], "nosuch { }": ["PW9001"], "begin /comm/ { }": ["PW6013"] },
  "loose-text": { "begin { } }": ["PW1005"] },
};

function codesOf(program: string): readonly string[] {
  return checkText(program, { unsafe: true }, kernel)
    .findings.filter(({ severity }) => severity !== "hint")
    .map(({ code }) => code);
}

function kindsIn(program: string): ReadonlySet<string> {
  const kinds = new Set<string>();
  for (const { item } of parse(program).items) walk(item, ({ kind }) => kinds.add(kind));
  return kinds;
}

function checkTable(
  table: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>,
  programOf: (text: string) => string,
): void {
  for (const [kind, cells] of Object.entries(table)) {
    const found = Object.fromEntries(Object.keys(cells).map((text) => [text, codesOf(programOf(text))]));
    assert.deepEqual(found, cells, kind);
    const [first = ""] = Object.keys(cells);
    assert.ok(kindsIn(programOf(first)).has(kind), `'${first}' is no ${kind}`);
  }
}

const declared =
  "$i = (int64)tid; $s = comm; $t = (1, comm); $a = (uint8[4])pid; @m[1] = 1; @n = 1; print(($i, $s, $t, $a)); print(@m); print(@n);";

test("expressions of every kind", () => {
  checkTable(expressions, (text) => `fentry:vfs_read { ${declared} print(${text}); }`);
});

test("statements of every kind", () => {
  checkTable(statements, (text) => `fentry:vfs_read { ${declared} ${text} }`);
});

test("items of every kind", () => {
  checkTable(items, (text) => text);
});
