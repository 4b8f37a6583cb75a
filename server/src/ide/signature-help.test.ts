/** The parameters of the call around the cursor. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { signatureHelp } from "./signature-help.ts";
import { testKernel } from "./testing/kernel.ts";
import { open } from "./testing/open.ts";

/** The chosen signature with the parameter being written in brackets of its own. */
function help(marked: string): string | undefined {
  const { snapshot, at } = open(marked, testKernel());
  const found = signatureHelp(snapshot, at);
  const signature = found?.signatures[found.active];
  const parameter = signature?.active === undefined ? undefined : signature.parameters[signature.active];
  return parameter === undefined ? signature?.label : signature?.label.replace(parameter, `<${parameter}>`);
}

function documentation(marked: string): string {
  const { snapshot, at } = open(marked, testKernel());
  const found = signatureHelp(snapshot, at);
  return found?.signatures[found.active]?.documentation ?? "";
}

test("builtins, argument by argument", () => {
  assert.equal(
    help("begin { @ = lhist(1, <|>0, 100, 10); }"),
    "lhist_t lhist(number, <const min>, const max, const step)",
  );
  assert.match(help('begin { printf(<|>"x"); }') ?? "", /printf\(<const format>/);
  assert.match(help('begin { printf("%d", <|>); }') ?? "", /<args…>|<values…>|…>/);
});

test("of nested calls, the inner one", () => {
  assert.match(help("begin { print(str(<|>)); }") ?? "", /str\(</);
  assert.match(help("begin { print(str(arg0), <|>); }") ?? "", /print\(/);
});

test("casts, tuples and brackets that group belong to the call around them", () => {
  assert.match(help("begin { print((1, <|>2)); }") ?? "", /print\(</);
  assert.match(help('begin { printf("%d", (uint64)(nsecs - <|>1)); }') ?? "", /printf\(/);
  assert.equal(help("begin { if (<|>1) { } }"), undefined);
});

test("values that may be asked for in more detail", () => {
  assert.match(help("kprobe:vfs_read { @[kstack(<|>)] = count(); }") ?? "", /kstack\(</);
  assert.match(help("begin { print(pid(<|>)); }") ?? "", /pid\(</);
  assert.equal(help("begin { print(cpu(<|>)); }"), undefined);
});

test("the conversion that an argument is printed by", () => {
  assert.match(documentation('begin { printf("%d %s", 1, <|>); }'), /`%s`/);
  assert.match(documentation('begin { printf("%d", 1, <|>); }'), /no conversion left/);
});

test("macros and subprograms, with their comment", () => {
  assert.equal(
    help("macro add($a, n) { $a + n }\nbegin { $x = 1; print(add($x, <|>)); }"),
    "macro add($a, <n>)",
  );
  assert.equal(
    help("fn f($a: int64): int64 { return $a; }\nbegin { print(f(<|>)); }"),
    "fn f(<$a: int64>): int64",
  );
  assert.match(documentation("// Adds.\nmacro add(a) { a }\nbegin { print(add(<|>)); }"), /Adds/);
});

test("functions of imported C files", () => {
  const kernel = testKernel({ "lib.bpf.c": "long add(int a, char *b);" });
  const { snapshot, at } = open('import "lib.bpf.c"; begin { print(add(1, <|>)); }', kernel);
  const signature = signatureHelp(snapshot, at)?.signatures[0];
  assert.equal(signature?.label, "long add(int a, char *b)");
  assert.deepEqual(signature, { ...signature, parameters: ["int a", "char *b"], active: 1 });
});

test("keys of a map", () => {
  assert.equal(
    help("begin { @m[comm, pid] = count(); print(@m[comm, <|>]); }"),
    "@m[string[16], <uint32>]: count_t",
  );
});

test("nothing outside calls", () => {
  assert.equal(help("begin { <|> }"), undefined);
  assert.equal(help("begin { if (<|>pid) { } }"), undefined);
  assert.equal(help("begin { // print(<|>\n }"), undefined);
});
