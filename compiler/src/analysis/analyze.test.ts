/** What analysis makes of whole programs: types to the fix point, macros, compile-time choices, facts for the editor. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { fakeKernel } from "../kernel/fake.ts";
import { show } from "../types/show.ts";
import type { SymbolFact } from "./state/node-facts.ts";
import { checkText, serious, type Checked } from "./testing/check-text.ts";
import { breachesOf } from "./testing/core-invariants.ts";

/** `$x: int32, @m: [uint32] count_t`, in order of appearance. */
function typesOf({ analysis }: Checked): string {
  return analysis.nodeFacts
    .symbols()
    .flatMap((symbol) => spellSymbol(symbol) ?? [])
    .join(", ");
}

function spellSymbol(symbol: SymbolFact): string | undefined {
  if (symbol.kind === "variable") return `$${symbol.name}: ${show(symbol.type)}`;
  if (symbol.kind !== "map") return undefined;
  const key = symbol.key === undefined ? "" : `[${show(symbol.key)}] `;
  return `@${symbol.name}: ${key}${show(symbol.value)}`;
}

function checkTypes(text: string, expected: string): void {
  const checked = checkText(text);
  assert.equal(typesOf(checked), expected, text);
  const { core } = checked.analysis;
  if (core !== undefined) assert.deepEqual(breachesOf(core), [], text);
}

test("types are those that all assignments together need", () => {
  checkTypes("begin { $x = 1; $x = 70000; }", "$x: int32");
  checkTypes("begin { $x = 1; $x++; }", "$x: int64");
  checkTypes("begin { $a = 5; $b = $a; $a = (uint32)7; }", "$a: uint32, $b: uint32");
  checkTypes('begin { $s = "ab"; $t = $s; $s = "abcdef"; }', "$s: string[7], $t: string[7]");
  checkTypes("begin { @x[1] = 1; @x[pid] = nsecs; }", "@x: [uint32] uint64");
  checkTypes("begin { @n++; @s = sum(-1); @c = count(); }", "@n: int64, @s: sum_t, @c: count_t");
  checkTypes("begin { $x = @later; } end { @later = (uint16)3; }", "@later: uint16, $x: uint16");
  checkTypes("begin { @a = @b; @b = @c; @c = 300; }", "@a: int16, @b: int16, @c: int16");
  checkTypes('begin { $t = (1, "a"); $t = (70000, "abc"); }', "$t: (int32,string[4])");
  checkTypes("begin { let $p : int32*; $q = $p; }", "$p: int32 *, $q: int32 *");
  checkTypes("begin { let $a; let $b : typeof($a) = 1; $a = (uint64)2; }", "$a: uint64, $b: uint64");
});

test("every instance of a probe has variables of its own", () => {
  checkTypes("begin { $x = 1; } end { $x = comm; }", "$x: int8, $x: string[16]");
});

test("a type knows what decided it", () => {
  const text = "begin { $x = 1; $x = 70000; }";
  const { analysis } = checkText(text);
  const [symbol] = analysis.nodeFacts.symbols();
  assert.ok(symbol?.kind === "variable" && symbol.decidedBy !== undefined);
  const { span } = symbol.decidedBy;
  assert.equal(text.slice(span.start, span.end), "$x = 70000;");
});

test("one mistake is one finding", () => {
  assert.deepEqual(serious(checkText("begin { $x = nope; $y = $x + 1; print($y * 2); @m[$y] = $x; }")), [
    "PW2011 nope",
  ]);
  assert.deepEqual(serious(checkText("begin { $s = (struct nope *)0; print($s->a->b); }")), [
    "PW3011 struct nope",
  ]);
  assert.deepEqual(serious(checkText("kprobe:nowhere { print(nope); }")), [
    "PW9016 kprobe:nowhere",
    "PW2011 nope",
  ]);
});

test("many mistakes are many findings", () => {
  const text = 'begin { $x = 1; $x = "a"; @m = 1; @m = "b"; print(nope); break; }';
  assert.deepEqual(serious(checkText(text)), ['PW3001 "a"', 'PW4001 "b"', "PW2011 nope", "PW6001 break"]);
});

test("macros are hygienic and take variables, maps and expressions", () => {
  checkTypes(
    "macro twice($v, @m, e) { $t = $v * 2; @m[e] = $t; $t } begin { $t = comm; $n = 3; @k[1] = 1; print(twice($n, @k, pid)); print($t); }",
    "$t: string[16], $n: int8, @k: [uint32] int64, $t: int64",
  );
  const unused = checkText("macro m(x) { 1 } begin { print(m(nope)); }");
  assert.deepEqual(serious(unused), []);
});

test("an expression is elaborated anew at each use", () => {
  const { analysis } = checkText("macro both(x) { (x, x) } begin { $i = 1; print(both($i++)); }");
  const [statement] = analysis.core?.probes[0]?.body.slice(1) ?? [];
  assert.ok(statement?.kind === "evaluate" && statement.expression.kind === "call");
  const [tuple] = statement.expression.arguments;
  assert.ok(tuple?.kind === "tuple");
  assert.deepEqual(
    tuple.elements.map(({ kind }) => kind),
    ["increment", "increment"],
  );
});

test("findings in a macro lead to its call", () => {
  const text = 'macro add(x) { x + 1 } begin { print(add("a" == comm)); print(add(kstack)); }';
  const { findings } = checkText(text);
  const [finding] = findings.filter(({ severity }) => severity === "error");
  assert.ok(finding !== undefined);
  assert.equal(finding.text, "x + 1");
  const call = finding.diagnostic.place.expandedFrom;
  assert.ok(call !== undefined);
  assert.equal(call.item.text.slice(call.span.start, call.span.end), "add(kstack)");
});

test("a compile-time condition removes the other branch before it is typed", () => {
  const text = "begin { @a = 1; if comptime (is_scalar(@a)) { print(1); } else { @a[1] = 1; } }";
  assert.deepEqual(serious(checkText(text)), []);
  checkTypes(
    'begin { if comptime (sizeof(@a) == 4) { $x = 1; } else { $x = "no"; } @a = (uint32)1; }',
    "$x: int8, @a: uint32",
  );
});

test("a type that a compile-time condition asked for stays", () => {
  const text = "begin { if comptime (sizeof(@a) == 4) { @a = (uint64)2; } @a = (uint32)1; }";
  assert.ok(checkText(text).findings.some(({ code }) => code === "PW3028"));
});

test("division of signed values is signed, and a hint says that stock bpftrace differs", () => {
  const { analysis, findings } = checkText("begin { $a = -8; $b = $a / 2; print($b); }");
  const [, statement] = analysis.core?.probes[0]?.body ?? [];
  assert.ok(statement?.kind === "assign-variable" && statement.value.kind === "arithmetic");
  assert.equal(statement.value.signed, true);
  assert.deepEqual(
    findings.map(({ code }) => code),
    ["PW8001"],
  );
});

test("scripts import others, each once, and cycles end", () => {
  const files = {
    "lib.bt": 'import "script.bt"; macro half(x) { x / 2 } begin { @imported = half(10); }',
    "script.bt": "",
  };
  const text = 'import "lib.bt"; import "lib.bt"; end { print((@imported, half(4))); }';
  const checked = checkText(text, {}, fakeKernel({ files }));
  assert.deepEqual(serious(checked), []);
  assert.equal(checked.analysis.core?.probes.length, 2);
});

test("references tell reading from writing", () => {
  const text = "begin { $x = 1; $x += 2; print($x); }";
  const { analysis } = checkText(text);
  const [symbol] = analysis.nodeFacts.symbols();
  assert.ok(symbol !== undefined);
  const references = analysis.nodeFacts
    .references(symbol)
    .map(({ place, access }) => `${access} ${place.span.start}`);
  assert.deepEqual(references, ["declaration 8", "read-write 16", "read 31"]);
});

test("exit() leaves the probe, and not a function without a value", () => {
  const { analysis } = checkText("begin { exit(); } fn f() : int64 { exit(1); }");
  const body = analysis.core?.probes[0]?.body.map(({ kind }) => kind);
  assert.deepEqual(body, ["evaluate", "return"]);
  assert.deepEqual(analysis.core === undefined ? ["no core"] : breachesOf(analysis.core), []);
});

test("-p guards programs that the kernel cannot filter", () => {
  const { analysis } = checkText("kprobe:f { print(1); } interval:s:1 { print(2); }", { pid: 7 });
  const firsts = analysis.core?.probes.map(({ body }) => body[0]?.kind);
  assert.deepEqual(firsts, ["if", "evaluate"]);
});

test("the environment wins over the config block", () => {
  const { analysis } = checkText("config = { max_strlen = 64; stack_mode = perf } begin { print(kstack); }", {
    environment: { BPFTRACE_MAX_STRLEN: "128" },
  });
  assert.ok(analysis.core !== undefined);
  assert.equal(analysis.core.config.maxStringLength, 128);
  assert.equal(analysis.core.config.stackMode, "perf");
});

test("numbers of the environment are written as in scripts", () => {
  for (const [text, length] of [
    ["0x20", 32],
    ["1e2", 100],
    ["1_0", 10],
    ["010", 8],
    [" 8", 8],
  ] as const) {
    const { analysis } = checkText("begin { }", { environment: { BPFTRACE_MAX_STRLEN: text } });
    assert.equal(analysis.core?.config.maxStringLength, length, text);
  }
  const wrong = checkText("begin { }", { environment: { BPFTRACE_MAX_STRLEN: "08" } });
  assert.deepEqual(
    wrong.analysis.diagnostics.map(({ code }) => code),
    ["PW7206"],
  );
});

test("C types and macros of the script", () => {
  checkTypes(
    "#define LIMIT 4\nenum color { RED = 3 };\nstruct s { int a; char name[8]; enum color c; struct s *next; };\nbegin { $s = (struct s *)0; $a = $s->next->a; $n = $s->name; $l = LIMIT + 1; $r = RED; $c = $s->c; }",
    "$s: struct s *, $a: int32, $n: string[9], $l: int8, $r: enum color, $c: enum color",
  );
});

test("pointers found in user memory point to user memory", () => {
  const { analysis } = checkText(
    "struct s { struct s *next; int a; }; uprobe:/bin/sh:main { $p = ((struct s *)arg0)->next; print($p->a); }",
  );
  const [symbol] = analysis.nodeFacts.symbols();
  assert.ok(symbol?.kind === "variable" && symbol.type.kind === "pointer");
  assert.equal(symbol.type.space, "user");
});

test("named parameters are listed once, with one default", () => {
  const { analysis } = checkText(
    'begin { if (getopt("v")) { print(getopt("n", 5, "how many")); print(getopt("n", 5)); } }',
  );
  const parameters = analysis.core?.namedParameters.map(({ name, type }) => `${name}: ${show(type)}`);
  assert.deepEqual(parameters, ["v: bool", "n: uint64"]);
});

test("macros that nothing uses are checked as far as they can be", () => {
  const text = "macro unused($v, @m, e) { @m[$v] = e + 1; $v++; print(nope); @other = 1; return; }";
  assert.deepEqual(serious(checkText(`${text} begin { print(1); }`)), [
    "PW2011 nope",
    "PW7006 @other",
    "PW6002 return",
  ]);
  assert.deepEqual(serious(checkText('macro unused() { fail("not yet"); } begin { print(1); }')), []);
});

test("definitions are among the references of what they define", () => {
  const text =
    "#define ONE 1\nlet @m = hash(5); macro m(e) { e } fn f() : void { } begin { @m = m(ONE); f(); }";
  const { analysis } = checkText(text);
  const seen = analysis.nodeFacts
    .symbols()
    .map((symbol) => `${symbol.kind} ${symbol.name}: ${accesses(analysis.nodeFacts.references(symbol))}`);
  assert.deepEqual(seen.toSorted(), [
    "c-macro ONE: declaration read",
    "macro m: declaration read",
    "macro-parameter e: declaration read",
    "map m: declaration write",
    "subprogram f: declaration read",
  ]);
});

function accesses(references: readonly { readonly access: string }[]): string {
  return references
    .map(({ access }) => access)
    .toSorted()
    .join(" ");
}

test("macros that double at each level end in one error", () => {
  const levels = Array.from({ length: 40 }, (_, i) => `macro m${i + 1}(x) { m${i}(x) + m${i}(x) }`);
  const found = serious(checkText(`macro m0(x) { x + x } ${levels.join(" ")} begin { print(m40(pid)); }`));
  assert.deepEqual(found, ["PW7015 m40(pid)"]);
});
