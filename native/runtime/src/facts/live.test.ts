/** The running host, where there is one to ask; and a made-up one in a folder. */

import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { release, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, test } from "node:test";

import { listedFunctions, noKernelFacts } from "@probewright/compiler";

import { createLiveFacts, type HostFacts, type LiveFactsOptions } from "./live.ts";
import { canRead } from "./read.ts";

const folder = mkdtempSync(join(tmpdir(), "facts-"));
after(() => {
  rmSync(folder, { recursive: true });
});

function write(path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

const format = `name: sched_one
ID: 1
format:
	field:unsigned short common_type;	offset:0;	size:2;	signed:0;

	field:int pid;	offset:8;	size:4;	signed:1;
`;

write("sys/kernel/tracing/events/sched/sched_one/format", format);
write("sys/kernel/tracing/events/sched/enable", "0\n");
write("sys/kernel/tracing/available_filter_functions", "vfs_write\nvfs_read\nnf_init [nf]\nvfs_read\n");
write("sys/devices/system/cpu/possible", "0-3,8-11\n");
write("proc/modules", "nf 16384 0 - Live 0x0\nbridge 16384 0 - Live 0x0\n");
write(
  "proc/kallsyms",
  "ffffffff81000000 T vfs_read\nffffffff81000010 t vfs_read_iter\nffffffffc0000000 t nf_init\t[nf]\n",
);

function facts(options: Partial<LiveFactsOptions> = {}): HostFacts {
  return createLiveFacts({
    eager: true,
    environment: {},
    workingDirectory: "/",
    systemRoot: folder,
    ...options,
  });
}

test("tracepoints, functions, modules and processors are read from where the kernel tells them", () => {
  const host = facts();
  assert.deepEqual(host.tracepointCategories(), ["sched"]);
  assert.deepEqual(host.tracepointEvents("sched"), ["sched_one"]);
  const found = host.tracepointFormat("sched", "sched_one");
  assert.ok(found !== undefined && found !== "missing");
  assert.equal(found.fields[1]?.name, "pid");
  assert.deepEqual(
    [...(host.traceableFunctions() ?? [])],
    [
      { name: "nf_init", module: "nf" },
      { name: "vfs_read", module: "vmlinux" },
      { name: "vfs_write", module: "vmlinux" },
    ],
  );
  assert.equal(host.traceableFunctionsExact(), true);
  assert.deepEqual(host.modules(), ["vmlinux", "bridge", "nf"]);
  assert.equal(host.cpuCount, 12);
});

test("a name from a script leads nowhere else in the file system", () => {
  const host = facts();
  assert.equal(host.tracepointFormat("sched", "../sched/sched_one"), undefined);
  assert.equal(host.tracepointFormat("..", ".."), undefined);
  assert.deepEqual(host.tracepointEvents(".."), []);
});

test("kernel symbols are found by their whole name, those of modules too", () => {
  const host = facts();
  assert.equal(host.kernelSymbol("vfs_read"), 0xffffffff81000000n);
  assert.equal(host.kernelSymbol("nf_init"), 0xffffffffc0000000n);
  assert.equal(host.kernelSymbol("vfs_rea"), undefined);
  assert.equal(host.kernelSymbol("read"), undefined);
});

test("addresses that the kernel hides from this user are not taken for 0", () => {
  const other = mkdtempSync(join(tmpdir(), "probewright-kallsyms-"));
  mkdirSync(join(other, "proc"));
  const symbols = (addresses: readonly string[]): void => {
    const names = ["A fixed_percpu_data", "T vfs_read"];
    const lines = names.map((name, i) => `${addresses[i] ?? ""} ${name}\n`);
    writeFileSync(join(other, "proc/kallsyms"), lines.join(""));
  };
  symbols(["0000000000000000", "0000000000000000"]);
  const hidden = facts({ systemRoot: other });
  assert.equal(hidden.kernelSymbol("vfs_read"), "hidden");
  assert.equal(hidden.kernelSymbol("no_such_name"), undefined);
  symbols(["0000000000000000", "ffffffff81000000"]);
  const told = facts({ systemRoot: other });
  assert.equal(told.kernelSymbol("fixed_percpu_data"), 0n);
  assert.equal(told.kernelSymbol("vfs_read"), 0xffffffff81000000n);
  rmSync(other, { recursive: true });
});

test("without eagerness, what takes long is missing until it is fetched", async () => {
  const host = facts({ eager: false });
  assert.equal(host.kernelSymbol("vfs_read"), "missing");
  assert.equal(host.kernelSymbol("nf_init"), "missing");
  assert.equal(host.binary("/no/such/file"), "missing");
  assert.deepEqual(host.missing(), [{ kind: "kernel-symbols" }, { kind: "binary", path: "/no/such/file" }]);
  await host.fulfil(host.missing());
  assert.deepEqual(host.missing(), []);
  assert.equal(host.kernelSymbol("vfs_read"), 0xffffffff81000000n);
  assert.equal(host.binary("/no/such/file"), undefined);
  host.forget(({ kind }) => kind === "binary");
  assert.equal(host.binary("/no/such/file"), undefined);
  assert.deepEqual(host.missing(), [{ kind: "binary", path: "/no/such/file" }], "it is read again");
});

test("loaded programs are those that the loader lists", () => {
  const programs = [{ id: 3, name: "prog" }];
  assert.deepEqual(facts({ listBpfPrograms: () => programs }).bpfPrograms(), programs);
  assert.deepEqual(facts({}).bpfPrograms(), []);
});

test("gaps say what is lacking and how to mend it; a captured profile fills them", () => {
  const empty = mkdtempSync(join(tmpdir(), "facts-empty-"));
  const bare = facts({ systemRoot: empty });
  assert.match(bare.gaps.join("\n"), /kernel types: no .*vmlinux/);
  assert.match(bare.gaps.join("\n"), /tracefs is not mounted; as root: mount -t tracefs/);
  assert.equal(bare.traceableFunctions(), undefined);
  const captured = {
    ...noKernelFacts(),
    tracepointCategories: () => ["captured"],
    traceableFunctions: () => listedFunctions([{ name: "f", module: "vmlinux" }]),
    traceableFunctionsExact: () => true,
  };
  const stoodIn = facts({ systemRoot: empty, standIn: () => ({ ...captured, name: "other kernel" }) });
  assert.deepEqual(stoodIn.tracepointCategories(), ["captured"]);
  assert.equal(
    stoodIn.traceableFunctionsExact(),
    false,
    "functions of another kernel say nothing about this one",
  );
  assert.match(stoodIn.gaps.join("\n"), /those of the other kernel stand in/);
  const filled = facts({ systemRoot: empty, captured });
  assert.deepEqual(filled.tracepointCategories(), ["captured"]);
  assert.equal(filled.traceableFunctionsExact(), true);
  assert.doesNotMatch(filled.gaps.join("\n"), /tracefs/);
  rmSync(empty, { recursive: true });
});

const noBtf = canRead("/sys/kernel/btf/vmlinux") ? false : "needs a kernel with BTF";

test("the types of the running kernel are read", { skip: noBtf }, () => {
  const host = createLiveFacts({ eager: true, environment: {}, workingDirectory: "/" });
  assert.equal(host.name, release());
  const task = host.findStruct("struct task_struct");
  assert.ok(task !== undefined && task !== "missing");
  const comm = task.fields.find(({ name }) => name === "comm");
  assert.deepEqual(comm?.type, { kind: "string", size: 16 });
  const inner = host.findStruct("struct list_head");
  assert.ok(inner !== undefined && inner !== "missing");
  assert.equal(inner.size, 16);
  assert.deepEqual(host.findTypedef("pid_t"), { kind: "integer", size: 4, signed: true });
  assert.deepEqual(
    host
      .findRawTracepoint("sched_switch")
      ?.parameters.slice(0, 3)
      .map(({ name }) => name),
    ["preempt", "prev", "next"],
  );
  assert.ok(host.iterators().includes("task"));
  assert.ok(host.rawTracepoints().some(({ name }) => name === "sched_switch"));
  assert.equal(host.hasFeature("btf"), true);
});

test("the members of a task are found without the other types as with them", { skip: noBtf }, () => {
  const [fresh, whole] = [0, 1].map(() =>
    createLiveFacts({ eager: true, environment: {}, workingDirectory: "/" }),
  );
  const names = ["comm", "pid", "tgid"];
  const task = whole?.findStruct("struct task_struct");
  assert.ok(task !== undefined && task !== "missing");
  const places = names.map((name) => task.fields.find((field) => field.name === name)?.offset);
  assert.deepEqual(
    fresh?.findMembers?.("task_struct", names)?.map(({ offset }) => offset),
    places,
  );
});

test("every type of the running kernel is decoded, inside its size", { skip: noBtf }, () => {
  const host = createLiveFacts({ eager: true, environment: {}, workingDirectory: "/" });
  const wrong: string[] = [];
  for (const name of host.typeNames()) {
    const found = name.startsWith("enum ") ? undefined : host.findStruct(name);
    if (found === undefined || found === "missing") continue;
    for (const field of found.fields) {
      const inside = field.offset <= found.size && field.name !== "" && field.cType !== undefined;
      if (!inside) wrong.push(`${name}.${field.name}`);
    }
  }
  assert.deepEqual(wrong, []);
});

test("folders that are no control groups have no id of one", () => {
  assert.equal(facts().cgroupId(folder), undefined);
  assert.equal(facts().cgroupId(join(folder, "not-there")), undefined);
});
