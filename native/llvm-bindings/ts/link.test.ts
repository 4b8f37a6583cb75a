/** Modules of a C compiler in the script's own: what comes in, what stays out, what is refused. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { compileIr, describeObject, type CompileFailure } from "./index.ts";
import { needsLlvm } from "./testing/skip.ts";

const script = `
@LICENSE = dso_local global [4 x i8] c"GPL\\00", section "license"
declare i64 @weigh(i64)
define i64 @probe(ptr %ctx) section "probe/0" {
  %a = ptrtoint ptr %ctx to i64
  %b = call i64 @weigh(i64 %a)
  ret i64 %b
}
`;

const library = `
target triple = "bpf"
@_license = dso_local global [13 x i8] c"Dual BSD/GPL\\00", section "license"
@LICENSE = dso_local global [4 x i8] c"MIT\\00", section "license"
@hits = dso_local global { ptr } zeroinitializer, section ".maps"
@unused = dso_local global { ptr } zeroinitializer, section ".maps"
@total = dso_local global i64 0
@llvm.compiler.used = appending global [2 x ptr] [ptr @hits, ptr @on_open], section "llvm.metadata"
declare i64 @other(i64)
define dso_local i64 @weigh(i64 %n) noinline {
  %t = load i64, ptr @total
  %s = add i64 %t, %n
  store i64 %s, ptr @total
  %o = call i64 @other(i64 %s)
  %h = call i64 inttoptr (i64 1 to ptr)(ptr @hits, i64 %o)
  ret i64 %h
}
define dso_local i64 @never(i64 %n) noinline { ret i64 %n }
define dso_local double @strange(double %n) noinline { ret double %n }
define dso_local i64 @on_open(ptr %ctx) section "kprobe/do_open" { ret i64 0 }
`;

const second = "define dso_local i64 @other(i64 %n) noinline { %m = mul i64 %n, 3 ret i64 %m }";

function refusal(ir: string, link: readonly string[]): CompileFailure {
  const result = compileIr(ir, { link });
  assert.ok(result.kind === "error");
  return result;
}

test("what is called comes in, with what it needs, and nothing else", needsLlvm(), () => {
  const result = compileIr(script, { link: [library, second] });
  assert.ok(result.kind === "ok", JSON.stringify(result));
  assert.deepEqual(result.functions.map(({ name }) => name).toSorted(), ["other", "probe", "weigh"]);
  const { symbols, sections } = describeObject(result.object).object;
  const bindingOf = (name: string): string | undefined => symbols.find((each) => each.name === name)?.binding;
  assert.equal(bindingOf("weigh"), "local");
  assert.equal(bindingOf("hits"), "global");
  assert.equal(bindingOf("unused"), undefined);
  assert.equal(bindingOf("on_open"), undefined);
  const license = sections.find(({ name }) => name === "license");
  assert.equal(Buffer.from(license?.bytes ?? []).toString(), "GPL\0");
});

test("what the script and files have under one name stays apart", needsLlvm(), () => {
  const map = '@hits = dso_local global { ptr } zeroinitializer, section ".maps"';
  const own = script.replace(
    "%a = ptrtoint ptr %ctx to i64",
    "%m = call i64 inttoptr (i64 1 to ptr)(ptr @hits, ptr @total) %a = add i64 %m, 0",
  );
  const withOwn = `${map}\n@total = dso_local global i64 7\n${own}`;
  const ofOther = `${map}\n${second.replace("%m = mul i64 %n, 3", "%m = call i64 inttoptr (i64 1 to ptr)(ptr @hits, i64 %n)")}`;
  const result = compileIr(withOwn, { link: [library, ofOther] });
  assert.ok(result.kind === "ok", JSON.stringify(result));
  const { symbols } = describeObject(result.object).object;
  const named = symbols.filter(({ name }) => /^(hits|total)/.test(name)).map(({ name }) => name);
  assert.deepEqual(named.toSorted(), ["hits", "hits_2", "hits_3", "total", "total_2"]);
});

test("a name that nothing defines is told", needsLlvm(), () => {
  assert.match(refusal(script, [library]).message, /'other' is used and defined nowhere/);
});

test("two functions of one name are told", needsLlvm(), () => {
  assert.match(refusal(script, [library, second, second]).message, /cannot be linked: .*other/);
});

test("what the target cannot take is told when it is called", needsLlvm(), () => {
  const calls = script
    .replaceAll("weigh", "strange")
    .replaceAll("i64 @strange(i64", "double @strange(double");
  const broken = calls
    .replace("%a = ptrtoint ptr %ctx to i64", "%a = sitofp i64 1 to double")
    .replace("ret i64 %b", "ret i64 0");
  assert.equal(refusal(broken, [library]).stage, "verify");
});

test("a text that is no IR is told", needsLlvm(), () => {
  assert.equal(refusal(script, ["int weigh(int n) { return n; }"]).stage, "parse");
});
