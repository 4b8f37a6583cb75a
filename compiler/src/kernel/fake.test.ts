/** Kernels described in C answer as real ones do. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { fakeKernel } from "./fake.ts";
import { tracepointArguments } from "./tracepoint-format.ts";

const kernel = fakeKernel({
  c: `
    struct file { int ino; char name[8]; };
    struct bpf_iter__task { struct file *file; };
    enum state { IDLE, BUSY };
    long vfs_read(struct file *file, char __user *buf, unsigned long count);
  `,
  modules: { nf: "struct nf_conn { struct file *owner; }; int nf_init(struct nf_conn *conn);" },
  functions: ["do_exit", "other:do_exit"],
  tracepoints: {
    "sched:sched_switch": "char comm[16]; int pid; __data_loc char[] text; unsigned long args[2];",
  },
  rawTracepoints: { sched_switch: "bool preempt, struct file *file" },
  binaries: { "/bin/sh": { functions: ["main", "short+4"], usdt: ["p:n -4@%edi"], c: "int add(int a);" } },
  files: { "/home/lib.bt": "macro x() { 1 }" },
  withheld: ["include", "module-types"],
});

test("prototypes are traceable functions with types", () => {
  assert.deepEqual(
    [...(kernel.traceableFunctions() ?? [])].map(({ name, module }) => `${module}:${name}`),
    ["other:do_exit", "vmlinux:do_exit", "nf:nf_init", "vmlinux:vfs_read"],
  );
  const [read] = kernel.findFunctions("vfs_read");
  assert.deepEqual(
    read?.parameters.map(({ name, type }) => [name, type.kind === "pointer" ? type.space : type.kind]),
    [
      ["file", "kernel"],
      ["buf", "user"],
      ["count", "integer"],
    ],
  );
  assert.deepEqual(kernel.modules(), ["vmlinux", "nf", "other"]);
  assert.deepEqual(kernel.iterators(), ["task"]);
});

test("tracepoints are laid out behind the common fields", () => {
  const format = kernel.tracepointFormat("sched", "sched_switch");
  assert.ok(format !== undefined && format !== "missing");
  const { fields } = tracepointArguments(format, kernel);
  assert.deepEqual(
    fields.map(({ name, offset, type }) => `${offset} ${name} ${type.kind}`),
    ["8 comm string", "24 pid integer", "28 text pointer", "32 args array"],
  );
});

test("what is withheld is missing and noted once", () => {
  assert.equal(kernel.includeFile("/a.bt", "x.h", true), "missing");
  assert.equal(kernel.includeFile("/a.bt", "x.h", true), "missing");
  assert.equal(kernel.findStruct("struct nf_conn", "nf"), "missing");
  assert.deepEqual(kernel.missing(), [
    { kind: "include", from: "/a.bt", path: "x.h", system: true },
    { kind: "module-types", module: "nf" },
  ]);
});

test("binaries and files are found by path", () => {
  const shell = kernel.binary("/bin/sh");
  assert.ok(shell !== undefined && shell !== "missing" && !("error" in shell));
  assert.deepEqual(
    shell.symbols.map(({ name, size }) => [name, size]),
    [
      ["main", 16],
      ["short", 4],
      ["add", 16],
    ],
  );
  assert.equal(shell.usdt[0]?.sites[0]?.arguments[0], "-4@%edi");
  assert.deepEqual(kernel.binaryPaths("*sh"), ["/bin/sh"]);
  assert.equal(kernel.binary("/bin/none"), undefined);
  const imported = kernel.importFile("/home/main.bt", "lib.bt");
  assert.ok(Array.isArray(imported));
  assert.equal(imported.length, 1);
});
