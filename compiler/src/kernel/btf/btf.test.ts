/** BTF made by hand, read back: look-ups, layouts, spelling, and bytes that are no BTF. */

import assert from "node:assert/strict";
import { test } from "node:test";

import fc from "fast-check";

import { char, int, member, sample } from "../testing/sample-types.ts";
import { createKernelTypes, type KernelTypes } from "./kernel-types.ts";
import type { BtfType } from "./model.ts";
import { typeAt } from "./model.ts";
import { type Btf, btfKinds, openBtf } from "./reader.ts";
import { encodeBtf } from "./writer.ts";

function open(types: readonly BtfType[], module = "vmlinux", base?: Btf): Btf {
  const opened = openBtf(encodeBtf(types), { module, base });
  assert.ok(opened.ok, opened.ok ? "" : opened.error.message);
  return opened.value;
}

function kernelOf(types: readonly BtfType[]): KernelTypes {
  return createKernelTypes({ vmlinux: open(types), opened: () => [], open: () => undefined });
}

test("every kind of type reads back as it was written", () => {
  const btf = open(sample);
  assert.deepEqual(
    sample.map((_, i) => typeAt(btf, i + 1)),
    sample,
  );
  const kinds = new Set(sample.map(({ kind }) => kind));
  const missing = btfKinds.filter((kind) => !kinds.has(kind));
  assert.deepEqual(missing, ["void", "volatile", "restrict"], "kinds that the sample leaves out");
});

test("a struct's fields have their types and places, anonymous members merged", () => {
  const found = kernelOf(sample).findStruct("struct task");
  assert.ok(found !== undefined && found !== "missing");
  assert.equal(found.size, 72);
  assert.equal(found.align, 8);
  const rows = found.fields.map(({ name, offset, cType, bitfield }) => {
    const bits = bitfield === undefined ? "" : ` bits ${bitfield.shift}+${bitfield.width}`;
    return `${offset} ${name}: ${cType ?? ""}${bits}`;
  });
  assert.deepEqual(rows, [
    "0 pid: int",
    "4 comm: char[16]",
    "24 next: struct task *",
    "32 small: int",
    "32 large: long",
    "40 flag: int bits 0+1",
    "40 level: int bits 1+3",
    "44 done: _Bool bits 0+1",
    "48 grid: int[2][3]",
    "72 tail: long[]",
  ]);
  const typeNamed = (name: string): unknown => found.fields.find((field) => field.name === name)?.type;
  assert.deepEqual(typeNamed("comm"), { kind: "string", size: 16 });
  assert.deepEqual(typeNamed("done"), { kind: "boolean" });
  assert.deepEqual(typeNamed("grid"), {
    kind: "array",
    count: 2,
    element: { kind: "array", count: 3, element: { kind: "integer", size: 4, signed: true } },
  });
});

test("pointers keep their tags, unnamed types go by their typedef, floats are not representable", () => {
  const kernel = kernelOf(sample);
  const found = kernel.findStruct("struct holder");
  assert.ok(found !== undefined && found !== "missing");
  const fields = new Map(found.fields.map((field) => [field.name, field]));
  assert.deepEqual(fields.get("read")?.type, { kind: "pointer", to: { kind: "void" }, space: "kernel" });
  assert.equal(fields.get("read")?.cType, "long (*)(struct task *task, char __user *buf, ...)");
  assert.equal(fields.get("fixed")?.cType, "struct task *const");
  assert.deepEqual(fields.get("buf")?.tags, ["user"]);
  assert.deepEqual(fields.get("buf")?.type, {
    kind: "pointer",
    to: { kind: "integer", size: 1, signed: true },
    space: "user",
  });
  assert.deepEqual(fields.get("count")?.type, { kind: "struct", name: "atomic_t" });
  assert.deepEqual(fields.get("state")?.type, {
    kind: "integer",
    size: 4,
    signed: true,
    enumName: "enum state",
  });
  assert.deepEqual(fields.get("ratio")?.type, { kind: "none" });
  const inner = fields.get("inner")?.type;
  assert.ok(inner?.kind === "struct");
  const unnamed = kernel.findStruct(inner.name);
  assert.ok(unnamed !== undefined && unnamed !== "missing");
  assert.deepEqual(
    unnamed.fields.map(({ name }) => name),
    ["counter"],
  );
});

test("names lead to typedefs, enums, constants, functions, variables and iterators", () => {
  const kernel = kernelOf(sample);
  assert.deepEqual(kernel.findTypedef("task_t"), { kind: "struct", name: "struct task" });
  assert.deepEqual(kernel.findTypedef("long"), { kind: "integer", size: 8, signed: true });
  assert.deepEqual(kernel.findEnumConstant("IDLE"), { enum: "enum state", value: -1n });
  assert.deepEqual(kernel.findEnumConstant("TOP"), { enum: "enum wide", value: 1n << 63n });
  assert.equal(kernel.findStruct("struct secret"), undefined);
  assert.equal(kernel.findStruct("task"), undefined, "a tag is no typedef");
  assert.deepEqual(kernel.iterators(), ["task"]);
  assert.deepEqual(kernel.isKernelVariable("runqueues"), { kind: "struct", name: "struct task" });
  const [read] = kernel.findFunctions("vfs_read");
  assert.deepEqual(
    read?.parameters.map(({ name, cType }) => `${cType} ${name}`),
    ["struct task * task", "char __user * buf"],
  );
  assert.equal(read.returnsCType, "long");
});

test("a raw tracepoint's parameters are named by the function that goes with it", () => {
  const kernel = kernelOf(sample);
  assert.deepEqual(kernel.rawTracepoints(), [
    { name: "exec", module: "vmlinux" },
    { name: "exit", module: "vmlinux" },
  ]);
  const names = (name: string): readonly string[] | undefined =>
    kernel.findRawTracepoint(name)?.parameters.map((parameter) => parameter.name);
  assert.deepEqual(names("exit"), ["victim"]);
  assert.deepEqual(names("exec"), ["arg0"]);
  assert.equal(kernel.findRawTracepoint("none"), undefined);
});

test("definitions are written as C", () => {
  assert.equal(
    kernelOf(sample).spellType("struct task")?.text,
    [
      "struct task {",
      "\tint pid;",
      "\tchar comm[16];",
      "\tstruct task *next;",
      "\tunion {",
      "\t\tint small;",
      "\t\tlong large;",
      "\t};",
      "\tint flag: 1;",
      "\tint level: 3;",
      "\t_Bool done: 1;",
      "\tint grid[2][3];",
      "\tlong tail[];",
      "};",
    ].join("\n"),
  );
});

test("a module's types build on the kernel's, and are found once the module is opened", () => {
  const vmlinux = open(sample);
  // A module's strings continue the kernel's, so offsets of names are moved up by hand.
  const bytes = encodeBtf([
    { kind: "struct", name: "nf_conn", size: 8, members: [member("owner", 6, 0)] },
    { kind: "function", name: "nf_init", type: 18, linkage: 0 },
  ]);
  const view = new DataView(bytes.buffer);
  for (const word of [0, 3, 6]) {
    const at = 24 + word * 4;
    view.setUint32(at, view.getUint32(at, true) + vmlinux.strings.length, true);
  }
  const opened = openBtf(bytes, { module: "nf", base: vmlinux });
  assert.ok(opened.ok);
  let loaded = false;
  const kernel = createKernelTypes({
    vmlinux,
    opened: () => (loaded ? [opened.value] : []),
    open: (module) => {
      if (module !== "nf") return undefined;
      return loaded ? opened.value : "missing";
    },
  });
  assert.equal(kernel.findStruct("struct nf_conn"), undefined);
  assert.equal(kernel.findStruct("struct nf_conn", "nf"), "missing");
  loaded = true;
  const found = kernel.findStruct("struct nf_conn", "nf");
  assert.ok(found !== undefined && found !== "missing");
  assert.equal(found.fields[0]?.cType, "struct task *");
  assert.equal(kernel.findFunctions("nf_init")[0]?.module, "nf");
  assert.equal(kernel.findFunctions("vfs_read", "nf").length, 0);
});

test("a packed struct is aligned to one byte", () => {
  const packed: BtfType = {
    kind: "struct",
    name: "p",
    size: 5,
    members: [member("c", 2, 0), member("i", 1, 8)],
  };
  const found = kernelOf([int, char, packed]).findStruct("struct p");
  assert.ok(found !== undefined && found !== "missing");
  assert.equal(found.align, 1);
});

test("a bit-field across the boundary of its type is read from a unit that holds it", () => {
  const crossing: BtfType = { kind: "struct", name: "b", size: 8, members: [member("x", 1, 28, 10)] };
  const found = kernelOf([int, crossing]).findStruct("struct b");
  assert.ok(found !== undefined && found !== "missing");
  assert.deepEqual(found.fields[0]?.bitfield, { shift: 4, width: 10 });
  assert.equal(found.fields[0].offset, 3);
});

test("types that refer to themselves or to nothing end", () => {
  const looping: readonly BtfType[] = [
    { kind: "typedef", name: "loop", type: 1 },
    { kind: "pointer", type: 2 },
    { kind: "array", type: 3, indexType: 3, count: 4 },
    {
      kind: "struct",
      name: "s",
      size: 8,
      members: [member("", 4, 0), member("x", 99, 0), member("y", 2, 0)],
    },
    { kind: "function", name: "f", type: 1, linkage: 0 },
  ];
  const kernel = kernelOf(looping);
  assert.deepEqual(kernel.findTypedef("loop"), { kind: "void" });
  assert.notEqual(kernel.findStruct("struct s"), undefined);
  assert.deepEqual(kernel.findFunctions("f"), []);
});

test("bytes that are no BTF give an error, and never an exception", () => {
  const good = encodeBtf(sample);
  const kinds = [
    new Uint8Array(),
    new Uint8Array(100),
    good.subarray(0, 30),
    good.subarray(0, good.length - 1),
    Uint8Array.from([0xeb, 0x9f, ...good.subarray(2)]),
  ].map((bytes) => {
    const opened = openBtf(bytes, { module: "vmlinux" });
    return opened.ok ? "opened" : opened.error.kind;
  });
  assert.deepEqual(kinds, ["truncated", "not-btf", "truncated", "truncated", "unsupported"]);
});

test("types without a name that hold themselves, or each other twice, are written to a bound", () => {
  const eight = Array.from({ length: 8 }, () => member("", 1, 0));
  const itself = kernelOf([
    { kind: "struct", name: "", size: 8, members: eight },
    { kind: "struct", name: "holder", size: 8, members: eight },
  ]);
  assert.ok((itself.spellType("struct holder")?.text.length ?? 0) < 4_000_000);
  const found = itself.findStruct("struct holder");
  assert.ok(found !== undefined && found !== "missing");
  assert.deepEqual([found.fields, found.align], [[], 1]);
  const prototype = { kind: "function-prototype", returns: 0 } as const;
  const parameters = Array.from({ length: 8 }, () => ({ name: "f", type: 2 }));
  const callers = kernelOf([
    { ...prototype, parameters },
    { kind: "pointer", type: 1 },
    { kind: "struct", name: "holder", size: 8, members: [member("call", 2, 0)] },
  ]);
  assert.ok((callers.spellType("struct holder")?.text.length ?? 0) < 4_000_000);
});

test("whatever is changed in BTF, reading everything in it neither throws nor hangs", () => {
  const good = encodeBtf(sample);
  const change = fc.tuple(fc.nat(good.length - 1), fc.integer({ min: 0, max: 255 }));
  fc.assert(
    fc.property(fc.array(change, { minLength: 1, maxLength: 20 }), (changes) => {
      const bytes = good.slice();
      for (const [at, value] of changes) bytes[at] = value;
      const opened = openBtf(bytes, { module: "vmlinux" });
      if (!opened.ok) return;
      const kernel = createKernelTypes({ vmlinux: opened.value, opened: () => [], open: () => undefined });
      for (const name of kernel.typeNames()) {
        kernel.findStruct(name);
        kernel.findEnum(name);
        kernel.spellType(name);
      }
      for (const { name } of kernel.functions()) kernel.findFunctions(name);
      for (const { name } of kernel.rawTracepoints()) kernel.findRawTracepoint(name);
      kernel.findEnumConstant("IDLE");
      kernel.findTypedef("task_t");
    }),
    { numRuns: 300 },
  );
});
