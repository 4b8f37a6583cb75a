/** The kernel that the conformance cases pretend to have, and their tracepoint formats. */

import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { test } from "node:test";

import {
  importMockKernel,
  noKernelFacts,
  openProfile,
  parseTracepointFormat,
  plainCodec,
  tracepointArguments,
  type KernelFacts,
  type StructDefinition,
} from "@probewright/compiler";

const CASES = new URL("../../../shared/conformance/", import.meta.url);
const skip = existsSync(CASES) ? false : "needs ../shared/conformance";

interface FormatCase {
  readonly id: string;
  readonly stage: string;
  readonly prog: string;
}

function mockKernel(): KernelFacts {
  const packed = importMockKernel(
    JSON.parse(readFileSync(new URL("mock_kernel.json", CASES), "utf8")),
    plainCodec,
  );
  assert.ok(packed.ok, packed.ok ? "" : packed.error);
  const opened = openProfile(packed.value, { codecs: [] });
  assert.ok(opened.ok);
  return opened.value;
}

function structOf(facts: KernelFacts, name: string): StructDefinition {
  const found = facts.findStruct(name);
  assert.ok(found !== undefined && found !== "missing", name);
  return found;
}

test("the pretended kernel becomes a profile that answers for all of it", { skip }, () => {
  const facts = mockKernel();
  const functions = [...(facts.traceableFunctions() ?? [])].map(({ name, module }) => `${module}:${name}`);
  assert.ok(functions.includes("kernel_mod_2:mod_func_1"));
  assert.deepEqual(facts.iterators(), ["task", "task_file", "task_vma"]);
  assert.deepEqual(facts.tracepointEvents("sched"), ["sched_one", "sched_two"]);
  assert.deepEqual(
    facts.findRawTracepoint("event_rt")?.parameters.map(({ name }) => name),
    ["first_real_arg"],
  );
  assert.deepEqual(
    facts.findFunctions("func_3")[0]?.parameters.map(({ name, cType }) => `${cType} ${name}`),
    ["int a", "int * b", "struct Foo1 * foo1"],
  );
  assert.equal(facts.hasFeature("kprobe_session"), true);
  const shell = facts.binary("/bin/sh");
  assert.ok(shell !== undefined && shell !== "missing" && !("error" in shell));
  assert.ok(shell.symbols.some(({ name }) => name === "_Z11cpp_mangledi"));
  assert.ok(shell.usdt.some(({ provider, name }) => `${provider}:${name}` === "prov2:tp"));
});

test("types of the pretended kernel are laid out as its C compiler did", { skip }, () => {
  const facts = mockKernel();
  const rows = structOf(facts, "struct Foo4").fields.map(({ name, offset, bitfield }) =>
    bitfield === undefined ? `${name} ${offset}` : `${name} ${offset} ${bitfield.shift}+${bitfield.width}`,
  );
  assert.deepEqual(rows, ["pid 0", "pgid 4", "a 8 12+8", "b 8 20+1", "c 8 21+3", "d 12 0+20"]);
  assert.deepEqual(
    structOf(facts, "struct Foo2").fields.map(({ name, offset }) => `${name} ${offset}`),
    ["a 0", "f 8", "g 8"],
  );
  const arrays = structOf(facts, "struct Arrays").fields.find(({ name }) => name === "multi_dim");
  assert.equal(arrays?.cType, "int[2][3]");
  const unnamed = structOf(facts, "struct anon_structs").fields.map(({ type }) =>
    type.kind === "array" && type.element.kind === "struct"
      ? structOf(facts, type.element.name).fields.length
      : 0,
  );
  assert.deepEqual(unnamed, [1, 3]);
});

test("formats of tracepoints are read", { skip }, () => {
  const cases = readFileSync(new URL("compile.jsonl", CASES), "utf8")
    .split("\n")
    .filter((line) => line.includes('"stage": "tracepoint_format"'))
    // Rows of this stage hold a format text as their program.
    .map((line) => JSON.parse(line) as FormatCase);
  assert.ok(cases.length > 0);
  for (const { id, prog } of cases) {
    const format = parseTracepointFormat("category", "event", prog);
    assert.equal(format.fields.length, prog.split("\n").filter((line) => line.includes("field:")).length, id);
    const { fields } = tracepointArguments(format, noKernelFacts());
    assert.ok(
      fields.every(({ type }) => type.kind === "pointer"),
      id,
    );
    const user = fields.filter(({ type }) => type.kind === "pointer" && type.space === "user");
    assert.deepEqual(
      user.map(({ name }) => name),
      id.includes("user_pointer") ? ["user_buf"] : [],
    );
  }
});
