/** C files and objects compiled by a real clang: their functions, their types, their stack, and what is said when that fails. */

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";

import type { CModule } from "@probewright/compiler";
import { unmet } from "@probewright/tests/harness/needs";

import { cModuleReader } from "./c-modules.ts";
import { findProgram } from "./includes.ts";

const skip = unmet("clang", "llvm-bindings");
const folder = mkdtempSync(join(tmpdir(), "c-modules-"));
after(() => {
  rmSync(folder, { recursive: true });
});

type Answer = CModule | { readonly error: string };

function reader(text: string, headers: readonly string[] = [], environment = process.env) {
  const path = join(folder, "file.bpf.c");
  writeFileSync(path, text);
  return cModuleReader({ from: join(folder, "script.bt"), path, headers }, { environment });
}

function compile(text: string, headers: readonly string[] = []): CModule {
  const answer = reader(text, headers).now?.() ?? assert.fail("it can be had at once");
  return "error" in answer ? assert.fail(answer.error) : answer;
}

function complaint(answer: Answer | undefined): string {
  return answer !== undefined && "error" in answer ? answer.error : assert.fail("it is refused");
}

const several = `
struct point { int x; long y; };
static __attribute__((noinline)) int deep(int a) { volatile char room[100]; room[a & 63] = 1; return room[0]; }
int shallow(int a) { return a + 1; }
int chain(int a) { volatile long one = a; return deep(one); }
long out(struct point *p) { return p->y; }
__attribute__((section("kprobe/vfs_read"), used)) int on_read(void *ctx) { return 0; }
`;

test("functions come with their prototypes and stack, types by name, programs apart", { skip }, () => {
  const module = compile(several);
  const functions = new Map(module.functions.map((each) => [each.prototype.name, each]));
  assert.deepEqual([...functions.keys()].toSorted(), ["chain", "deep", "on_read", "out", "shallow"]);
  assert.equal(functions.get("deep")?.isStatic, true);
  assert.equal(functions.get("shallow")?.stackBytes, 32);
  assert.equal(functions.get("deep")?.stackBytes, 128);
  assert.equal(functions.get("chain")?.stackBytes, 32 + 128);
  assert.deepEqual(functions.get("out")?.prototype.parameters[0]?.cType, "struct point *");
  assert.equal(module.types.findStruct("struct point")?.size, 16);
  assert.deepEqual(module.programs, ["on_read"]);
});

test("no function is checked by the kernel for all that it might be called with", { skip }, () => {
  assert.doesNotMatch(compile(several).code, /spFlags: DISPFlagDefinition/);
});

test("headers are found beside the script, the file, and imported headers", { skip }, () => {
  mkdirSync(join(folder, "include"));
  writeFileSync(join(folder, "include", "far.h"), "#define FAR 7\n");
  writeFileSync(join(folder, "near.h"), "#define NEAR 1\n");
  const text = '#include "near.h"\n#include "far.h"\nint sum(void) { return NEAR + FAR; }';
  assert.equal(compile(text, [join(folder, "include", "far.h")]).functions.length, 1);
});

test("waiting for it gives the same", { skip }, async () => {
  const later = await reader(several).later?.();
  assert.ok(later !== undefined && "code" in later);
  assert.equal(later.code, compile(several).code);
});

test("a file of nothing is a file", { skip }, () => {
  assert.deepEqual(compile("typedef int nothing;").functions, []);
});

test("a mistake is told with its place, and how many more there are", { skip }, () => {
  const said = complaint(reader("int f(void) {\n  return a;\n}\nint g(void) { return b; }").now?.());
  assert.match(said, /file\.bpf\.c:2:10: error: .*'a' \(and 1 more\)$/);
});

test("without clang that is what is told", () => {
  assert.match(
    complaint(reader("", [], { PATH: folder }).now?.()),
    /compiled by clang, and none is installed/,
  );
});

function compiled(text: string, ...flags: readonly string[]): Answer {
  const path = join(folder, "made.bpf.o");
  const compiler = findProgram(["clang-19", "clang"], process.env) ?? assert.fail("clang is installed");
  execFileSync(compiler, [...flags, "-O2", "-c", "-o", path, "-x", "c", "-"], { input: text });
  const reading = cModuleReader({ from: join(folder, "script.bt"), path, headers: [] }, { environment: {} });
  return reading.now?.() ?? assert.fail("it can be had at once");
}

test("an object tells what its C file does, without a compiler", { skip }, () => {
  const module = compiled(several, "--target=bpf", "-g");
  assert.ok("code" in module);
  const fromC = compile(several);
  assert.deepEqual(
    module.functions.map(({ prototype: { name }, stackBytes, isStatic }) => [name, stackBytes, isStatic]),
    fromC.functions.map(({ prototype: { name }, stackBytes, isStatic }) => [name, stackBytes, isStatic]),
  );
  assert.deepEqual(module.programs, ["on_read"]);
  assert.equal(module.types.findStruct("struct point")?.size, 16);
  assert.ok(module.code.startsWith("\x7fELF"));
});

test("an object that cannot be linked says why", { skip }, () => {
  const text = "int f(int a) { return a; }";
  assert.match(complaint(compiled(text, "--target=bpfeb", "-g")), /other byte order/);
  assert.match(complaint(compiled(text, "--target=bpf")), /no section \.BTF.*clang -g/);
  assert.match(complaint(compiled(text, "--target=x86_64-linux-gnu")), /holds no BPF code/);
  const nothing = cModuleReader(
    { from: "", path: join(folder, "none.bpf.o"), headers: [] },
    { environment: {} },
  );
  assert.match(complaint(nothing.now?.()), /cannot be read/);
});

const open = `
int helper(int a);
extern int elsewhere;
extern void of_kernel(void) __attribute__((section(".ksyms")));
static __attribute__((noinline)) int inner(int a) { return helper(a) + 1; }
int good(int a) { return a + 1; }
int bad(int a) { return inner(a) + good(a); }
int data(void) { return elsewhere; }
void kernel(void) { of_kernel(); }
`;

test("names that a file only declares are told with the functions that come to use them", { skip }, () => {
  const module = compile(open);
  const { needs, defines, functions } = module;
  assert.deepEqual(
    needs.map(({ name, functions: users }) => [name, users.toSorted()]),
    [
      ["helper", ["bad", "inner"]],
      ["elsewhere", ["data"]],
    ],
  );
  assert.deepEqual(defines.toSorted(), ["bad", "data", "good", "kernel"]);
  const names = functions.map(({ prototype: { name } }) => name).toSorted();
  assert.deepEqual(names, ["bad", "data", "good", "inner", "kernel"], "what is declared is not there");
  const object = compiled(open, "--target=bpf", "-g");
  assert.deepEqual("needs" in object && object.needs, needs);
});
