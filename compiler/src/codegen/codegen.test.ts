/** What matters in the IR of small scripts. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { generateText, helpersOf, instructionsOf, programOf } from "./testing/generate.ts";

test("a constant in a scalar map: one number, no helper, no stack", () => {
  const generated = generateText("kprobe:f { @x = 1 << 10; }");
  assert.match(generated.ir, /store i64 1024|store i16 1024/);
  assert.deepEqual(helpersOf(programOf(generated)), []);
  assert.equal(generated.stack.functions[0]?.predictedBytes, 0);
});

test("a map without keys is found without a hash, an aggregation by one look-up", () => {
  const plain = generateText("begin { @x = pid; @x++; print(@x); }");
  assert.ok(!helpersOf(programOf(plain)).some((name) => name.startsWith("map_")));
  const counted = generateText("kprobe:f { @ = count(); }");
  assert.deepEqual(helpersOf(programOf(counted)), ["map_lookup_elem"]);
  assert.equal(counted.manifest.maps[0]?.storage, "array");
});

test("a failed look-up skips the update alone", () => {
  const generated = generateText('kprobe:f { @ = count(); printf("after"); }');
  const program = programOf(generated);
  const update = instructionsOf(program).find(({ kind }) => kind === "atomic");
  const reserve = program.blocks.find((block) =>
    block.instructions.some((node) => node.kind === "helper" && node.helper === "ringbuf_reserve"),
  );
  assert.ok(update !== undefined && reserve !== undefined);
  assert.equal(program.blocks.filter(({ terminator }) => terminator.kind === "return").length, 1);
});

test("values of a printf are written into the event, not to the stack", () => {
  const generated = generateText(
    'tracepoint:syscalls:sys_enter_openat { printf("%s %s %d\\n", comm, str(args.filename), pid); }',
  );
  const objects = generated.stack.functions[0]?.objects.map(({ label }) => label);
  assert.deepEqual(objects, ["pid and tid"], "the ids of another pid namespace");
  assert.match(generated.ir, /call ptr inttoptr \(i64 131 to ptr\)/);
});

test("what a printf changes happens though there is no room for the event", () => {
  const program = programOf(generateText('begin { $i = 1; printf("%d", $i++); print($i); }'));
  const order = instructionsOf(program).map((node) => (node.kind === "helper" ? node.helper : node.kind));
  assert.ok(order.indexOf("binary") < order.indexOf("ringbuf_reserve"));
});

test("events of each site are counted, and so are the lost ones", () => {
  const { manifest } = generateText('begin { printf("a"); printf("b"); @m[1] = 2; }');
  assert.deepEqual(
    manifest.counters.sites.map(({ kind, name }) => `${kind} ${name}`),
    ["event printf", "event printf", "event helper-error", "map-update @m"],
  );
  assert.equal(manifest.counters.count, 4);
});

test("division of signed numbers is made of unsigned division", () => {
  const { ir } = generateText(
    "begin { $a = (int64)pid - 10; print($a / 3); print($a % 3); print($a >> 1); }",
  );
  assert.doesNotMatch(ir, /\b(sdiv|srem)\b/);
  assert.match(ir, /udiv i64/);
  assert.match(ir, /ashr i64/);
});

test("division by what may be zero is checked, by a constant not", () => {
  assert.match(JSON.stringify(generateText("begin { print(5 / pid); }").manifest.sites), /division-by-zero/);
  assert.doesNotMatch(
    JSON.stringify(generateText("begin { print(pid / 5); }").manifest.sites),
    /division-by-zero/,
  );
});

test("pid and tid ask the kernel once", () => {
  const program = programOf(generateText("kprobe:f { @a[pid] = tid; @b[tid, pid] = 1; }"));
  const asked = helpersOf(program).filter((name) => name.startsWith("get_"));
  assert.deepEqual(asked, ["get_ns_current_pid_tgid", "get_current_task_btf"]);
});

test("nsecs is read anew each time", () => {
  const program = programOf(generateText("kprobe:f { @a = nsecs; @b = nsecs; }"));
  assert.equal(helpersOf(program).filter((name) => name === "ktime_get_boot_ns").length, 2);
});

test("a constant key needs no stack", () => {
  const { stack } = generateText('kprobe:f { @a["abc", 1] = count(); }');
  assert.deepEqual(stack.functions[0]?.objects, []);
});

test("an assigned string is written to its last byte", () => {
  const generated = generateText('begin { $s = "a longer text"; print($s); $s = "ab"; print($s); }');
  const program = programOf(generated);
  const zeroed = instructionsOf(program).filter((node) => node.kind === "zero");
  const stored = instructionsOf(program).filter((node) => node.kind === "store");
  assert.ok(zeroed.length > 0 || stored.length >= 4);
});

test("the memory of what lies in the kernel is read by the helper of its address space", () => {
  const user = programOf(generateText("tracepoint:syscalls:sys_enter_openat { print(str(args.filename)); }"));
  assert.ok(helpersOf(user).includes("probe_read_user_str"));
  const kernel = programOf(generateText("kprobe:vfs_read { print(((struct file *)arg0)->f_flags); }"));
  assert.ok(helpersOf(kernel).includes("probe_read_kernel"));
});

test("a loop's body is a function that the kernel calls", () => {
  const generated = generateText("begin { $sum = 0; for ($i : 0..10) { $sum += $i; } print($sum); }");
  assert.ok(helpersOf(programOf(generated)).includes("loop"));
  const callback = generated.module.functions.find(({ kind }) => kind === "callback");
  assert.ok(callback !== undefined);
  assert.deepEqual(generated.stack.functions.find(({ name }) => name === "begin")?.calls, [
    "begin loop at line 1",
  ]);
});

test("return inside a loop leaves the loop and then the program", () => {
  const generated = generateText(
    "begin { for ($i : 0..10) { if ($i == 3) { return; } print($i); } print(100); }",
  );
  const callback = generated.module.functions.find(({ kind }) => kind === "callback");
  const stops = callback?.blocks.filter(
    ({ terminator }) =>
      terminator.kind === "return" && terminator.value?.kind === "constant" && terminator.value.value === 1n,
  );
  assert.equal(stops?.length, 1);
  assert.equal(
    programOf(generated).blocks.filter(({ terminator }) => terminator.kind === "return").length,
    2,
  );
});

test("each statement's helper call has the statement's line", () => {
  const lines = ["begin {", "  @a = nsecs;", "  @b = rand;", "  @c = jiffies;", "  @d = cgroup;", "}"];
  const generated = generateText(lines.join("\n"));
  const calls = generated.ir.split("\n").filter((line) => line.includes("call i64 inttoptr"));
  const located = calls.map((line) => {
    const node = /!dbg (!\d+)/.exec(line)?.[1] ?? "";
    return Number(new RegExp(`^${node} = !DILocation\\(line: (\\d+)`, "m").exec(generated.ir)?.[1]);
  });
  assert.deepEqual(located, [2, 3, 4, 5]);
});

test("a program prints the same text each time", () => {
  const text = 'kprobe:f { @a[comm, pid] = count(); printf("%d", @a["x", 1]); }';
  assert.equal(generateText(text).ir, generateText(text).ir);
});

test("a number that is an address is read where it comes from", () => {
  const readerOf = (source: string): readonly string[] =>
    helpersOf(programOf(generateText(`kprobe:f { @ = str(${source}); }`))).filter((name) =>
      name.endsWith("_str"),
    );
  assert.deepEqual(readerOf("arg0"), ["probe_read_kernel_str"]);
  assert.deepEqual(readerOf("(int64)arg1"), ["probe_read_kernel_str"]);
  assert.deepEqual(readerOf("uptr(arg0)"), ["probe_read_user_str"]);
});

test("what a branch reads again after a change is not taken for known behind it", () => {
  const { ir } = generateText("begin { print(@x[1]); if (pid) { @x[1] = 2; print(@x[1]); } print(@x[1]); }");
  assert.match(ir, /ret i64/);
});

test("an address of the kernel is read in the kernel, whatever the probe", () => {
  const read = (address: string): readonly string[] =>
    helpersOf(programOf(generateText(`uprobe:/bin/sh:main { print(*(uint64 *)${address}); }`))).filter(
      (name) => name.startsWith("probe_read"),
    );
  assert.deepEqual(read('kaddr("jiffies")'), ["probe_read_kernel"]);
  assert.deepEqual(read("kptr(arg0)"), ["probe_read_kernel"]);
  assert.deepEqual(read("arg0"), ["probe_read_user"]);
});

test("the variable of a CPU is as far from its symbol as the kernel's table says", () => {
  const program = programOf(generateText('begin { print(percpu_kaddr("process_counts", 1)); }'));
  assert.deepEqual(
    helpersOf(program).filter((name) => name.startsWith("probe_read") || name === "get_smp_processor_id"),
    ["probe_read_kernel"],
  );
});
