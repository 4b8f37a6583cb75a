/** Objects put behind a script's own: what comes in and where, what stays out, what is refused. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { compileIr, describeObject, type CompileFailure, type ObjectResult } from "../index.ts";
import { readObject } from "../object.ts";
import { randomNumbers } from "../testing/random.ts";
import { needsLlvm } from "../testing/skip.ts";
import { linkObjects } from "./link-objects.ts";
import { openTypes } from "./type-section.ts";

const script = `
@LICENSE = dso_local global [4 x i8] c"GPL\\00", section "license"
@hits = dso_local global { ptr } zeroinitializer, section ".maps"
@known = internal constant i64 7, section ".rodata"
declare i64 @weigh(i64)
define internal i64 @own(i64 %n) noinline {
  %m = mul i64 %n, 3
  %h = call i64 inttoptr (i64 1 to ptr)(ptr @hits, i64 %m)
  ret i64 %h
}
define i64 @probe(ptr %ctx) section "probe/0" {
  %a = ptrtoint ptr %ctx to i64
  %b = call i64 @weigh(i64 %a)
  %c = call i64 @own(i64 %b)
  ret i64 %c
}
`;

const debug = `
!llvm.dbg.cu = !{!0}
!llvm.module.flags = !{!2}
!0 = distinct !DICompileUnit(language: DW_LANG_C11, file: !1, emissionKind: FullDebug, globals: !8)
!1 = !DIFile(filename: "library.c", directory: "", source: "long weigh(long n);")
!2 = !{i32 2, !"Debug Info Version", i32 3}
!3 = !DIBasicType(name: "long", size: 64, encoding: DW_ATE_signed)
!4 = distinct !DISubprogram(name: "weigh", file: !1, line: 1, type: !5, unit: !0, spFlags: DISPFlagDefinition, retainedNodes: !6)
!5 = !DISubroutineType(types: !{!3, !3})
!6 = !{!7}
!7 = !DILocalVariable(name: "n", arg: 1, scope: !4, file: !1, type: !3)
!8 = !{!9, !11}
!9 = !DIGlobalVariableExpression(var: !10, expr: !DIExpression())
!10 = distinct !DIGlobalVariable(name: "hits", file: !1, line: 1, type: !3, isDefinition: true)
!11 = !DIGlobalVariableExpression(var: !12, expr: !DIExpression())
!12 = distinct !DIGlobalVariable(name: "total", file: !1, line: 1, type: !3, isDefinition: true)
!13 = !DILocation(line: 2, column: 1, scope: !4)
`;

const library = `
source_filename = "library.c"
@hits = dso_local global i64 0, section ".maps", !dbg !9
@total = dso_local global i64 5, section ".data", !dbg !11
@_license = dso_local global [13 x i8] c"Dual BSD/GPL\\00", section "license"
define internal i64 @inner(i64 %n) noinline {
  %h = call i64 inttoptr (i64 1 to ptr)(ptr @hits, i64 %n)
  ret i64 %h
}
define dso_local i64 @weigh(i64 %n) noinline !dbg !4 {
  %t = load volatile i64, ptr @total, !dbg !13
  %s = add i64 %t, %n, !dbg !13
  %o = call i64 @inner(i64 %s), !dbg !13
  ret i64 %o, !dbg !13
}
define dso_local i64 @on_open(ptr %ctx) section "kprobe/do_open" { ret i64 0 }
${debug}`;

function objectOf(ir: string): Uint8Array {
  const result = compileIr(ir, { emit: "bytes" });
  return result.kind === "ok" ? result.object : assert.fail(result.message);
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("latin1");
}

function linked(...objects: readonly string[]): ObjectResult | CompileFailure {
  return compileIr(script, { link: objects.map((ir) => textOf(objectOf(ir))) });
}

function refusal(...objects: readonly string[]): string {
  const result = linked(...objects);
  return result.kind === "error" ? result.message : assert.fail("it is linked");
}

test(
  "functions, maps and data come in behind the script's own; programs and licenses do not",
  needsLlvm(),
  () => {
    const result = linked(library);
    assert.ok(result.kind === "ok", JSON.stringify(result));
    assert.deepEqual(
      result.functions.map(({ name, section }) => `${section} ${name}`),
      [".text own", ".text inner", ".text weigh", "probe/0 probe"],
    );
    const { sections, symbols } = describeObject(result.object).object;
    const license = sections.find(({ name }) => name === "license");
    assert.equal(Buffer.from(license?.bytes ?? []).toString(), "GPL\0");
    assert.equal(symbols.find(({ name }) => name === "weigh")?.binding, "local");
  },
);

test("an object's map of a name that the script has is another map", needsLlvm(), () => {
  const result = linked(library);
  assert.ok(result.kind === "ok");
  const { object } = describeObject(result.object);
  const maps = object.symbols.filter(({ name }) => name.startsWith("hits"));
  assert.deepEqual(
    maps.map(({ name, offset, binding }) => [name, offset, binding]),
    [
      ["hits", 0, "global"],
      ["hits_2", 8, "global"],
    ],
  );
  const uses = object.relocations.filter(({ symbol }) => maps.includes(symbol));
  assert.deepEqual(uses.map(({ symbol }) => symbol.name).toSorted(), ["hits", "hits_2"]);
});

test("types, and what is said of instructions, move along", needsLlvm(), () => {
  const result = linked(library);
  assert.ok(result.kind === "ok");
  const { object, functions } = describeObject(result.object);
  const weigh = functions.find(({ name }) => name === "weigh");
  assert.deepEqual(weigh?.lines.map(({ file, line }) => `${file}:${line}`).slice(0, 1), ["library.c:2"]);
  const btf = object.sections.find(({ name }) => name === ".BTF");
  const types = openTypes(btf?.bytes ?? new Uint8Array());
  const names = types?.types.map((type) => `${type.kind} ${types.nameOf(type)}`) ?? [];
  for (const wanted of ["12 weigh", "14 hits_2", "14 total", "15 .maps", "15 .data"])
    assert.ok(names.includes(wanted), `${wanted} in ${names.join(", ")}`);
  assert.ok(!names.includes("15 license"));
});

test("what nothing defines and what two define is told", needsLlvm(), () => {
  const calls = library.replace("call i64 @inner(i64 %s)", "call i64 @missing(i64 %s)");
  assert.equal(
    refusal(`${calls}\ndeclare i64 @missing(i64)`),
    "'missing' is used in 'library.c' and defined nowhere",
  );
  assert.equal(refusal(library, library), "'hits' is defined in 'library.c' and in 'library.c'");
  const [first] = library.split("!llvm.dbg.cu");
  assert.match(refusal((first ?? "").replaceAll(/,? !dbg !\d+/g, "")), /has no type information/);
});

test("C that is linked as IR calls functions of objects", needsLlvm(), () => {
  const between =
    "declare i64 @weigh(i64)\ndefine i64 @twice(i64 %n) noinline { %m = call i64 @weigh(i64 %n) ret i64 %m }";
  const link = [between, textOf(objectOf(library))];
  const result = compileIr(script.replaceAll("@weigh", "@twice"), { link });
  assert.ok(result.kind === "ok", JSON.stringify(result));
  assert.ok(result.functions.some(({ name }) => name === "weigh"));
});

test("a damaged object is refused or linked, and never throws", needsLlvm(), () => {
  const [own, other] = [objectOf(script), objectOf(library)];
  const random = randomNumbers(20261128);
  for (let round = 0; round < 1500; round++) {
    const damaged = other.slice();
    for (let flips = 0; flips < 4; flips++) damaged[random(damaged.length)] = random(256);
    const result = linkObjects(own, [damaged]);
    if (result.kind === "ok") readObject(result.object);
  }
  for (let size = 0; size < other.length; size += 7)
    assert.equal(linkObjects(own, [other.slice(0, size)]).kind, "error", `cut at ${size}`);
});
