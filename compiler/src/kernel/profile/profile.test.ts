/** Profiles: what is captured comes back, and damaged files are refused or answer nothing. */

import assert from "node:assert/strict";
import { test } from "node:test";

import fc from "fast-check";

import type { BtfType } from "../btf/model.ts";
import { typeAt } from "../btf/model.ts";
import { openBtf } from "../btf/reader.ts";
import { encodeBtf } from "../btf/writer.ts";
import { fakeKernel } from "../fake.ts";
import type { KernelFacts } from "../facts.ts";
import { sample } from "../testing/sample-types.ts";
import { captureProfile } from "./capture.ts";
import { compactTypes, expandTypes } from "./compact-types.ts";
import { packProfile, plainCodec, type ProfileCodec, repackProfile, unpackProfile } from "./container.ts";
import { importMockKernel } from "./mock.ts";
import { openProfile } from "./open.ts";

/** Stands for compression: turns every bit round. */
const flipped: ProfileCodec = {
  name: "flipped",
  compress: (bytes) => bytes.map((byte) => byte ^ 0xff),
  decompress: (bytes) => bytes.map((byte) => byte ^ 0xff),
};

const kernel = fakeKernel({
  name: "6.12.0-test",
  cpuCount: 8,
  functions: ["vfs_read", "vfs_read_untyped", "nf:nf_init"],
  tracepoints: {
    "sched:sched_switch": "char prev_comm[16]; int prev_pid;",
    "sched:sched_wakeup": "char prev_comm[16]; int prev_pid;",
    "syscalls:sys_enter_openat": "int nr; const char *filename; __data_loc char[] text;",
  },
  rawTracepoints: { exit: "struct task *victim", "nf:drop": "" },
  symbols: { vfs_read: 0xffffffff81000000n },
  lacks: ["kprobe_session"],
});

function capture(codec: ProfileCodec = flipped): Uint8Array {
  const types = [{ module: "vmlinux", bytes: encodeBtf(sample) }];
  return captureProfile({ facts: kernel, types, release: "6.12.0-test" }, codec);
}

function open(bytes: Uint8Array): KernelFacts {
  const opened = openProfile(bytes, { codecs: [flipped] });
  assert.ok(opened.ok, opened.ok ? "" : opened.error.message);
  return opened.value;
}

test("a profile answers as the kernel did that it was captured from", () => {
  const facts = open(capture());
  assert.equal(facts.source, "profile");
  assert.equal(facts.name, "6.12.0-test");
  assert.equal(facts.cpuCount, 8);
  assert.deepEqual([...(facts.traceableFunctions() ?? [])], [...(kernel.traceableFunctions() ?? [])]);
  assert.equal(facts.traceableFunctionsExact(), true);
  assert.deepEqual(facts.modules(), kernel.modules());
  assert.deepEqual(facts.rawTracepoints(), kernel.rawTracepoints());
  assert.equal(facts.hasFeature("kprobe_session"), false);
  assert.equal(facts.hasFeature("loop"), true);
  assert.deepEqual(facts.tracepointCategories(), kernel.tracepointCategories());
  for (const category of kernel.tracepointCategories()) {
    assert.deepEqual(facts.tracepointEvents(category), kernel.tracepointEvents(category));
    for (const event of kernel.tracepointEvents(category)) {
      assert.deepEqual(facts.tracepointFormat(category, event), kernel.tracepointFormat(category, event));
    }
  }
  const task = facts.findStruct("struct task");
  assert.ok(task !== undefined && task !== "missing");
  assert.equal(task.fields[1]?.name, "comm");
  assert.equal(facts.findFunctions("vfs_read")[0]?.parameters[0]?.name, "task");
  assert.deepEqual(
    facts.findRawTracepoint("exit")?.parameters.map(({ name }) => name),
    ["victim"],
  );
  assert.deepEqual(facts.gaps, []);
});

test("a profile holds no addresses, and no events that were not there", () => {
  const facts = open(capture());
  assert.equal(facts.kernelSymbol("vfs_read"), undefined);
  assert.equal(facts.tracepointFormat("sched", "nothing"), undefined);
  assert.deepEqual(facts.tracepointEvents("nothing"), []);
});

test("the profile that ships is called by its release", () => {
  const opened = openProfile(capture(plainCodec), { codecs: [], source: "default" });
  assert.ok(opened.ok);
  assert.equal(opened.value.name, "default profile (6.12)");
  assert.equal(opened.value.source, "default");
});

test("a profile can be compressed anew", () => {
  const packed = repackProfile(capture(), [flipped], plainCodec);
  assert.ok(packed.ok);
  assert.deepEqual(
    [...(open(packed.value).traceableFunctions() ?? [])],
    [...(kernel.traceableFunctions() ?? [])],
  );
});

test("files that are no profiles are refused, each for its reason", () => {
  const good = capture();
  const newer = good.slice();
  newer[4 + "kernel profile of probewright".length] = 9;
  const kinds = [new Uint8Array(), good.subarray(0, good.length - 10), newer, new Uint8Array(200)].map(
    (bytes) => {
      const opened = openProfile(bytes, { codecs: [flipped] });
      return opened.ok ? "opened" : opened.error.kind;
    },
  );
  assert.deepEqual(kinds, ["not-a-profile", "damaged", "other-version", "not-a-profile"]);
  const unknown = openProfile(good, { codecs: [] });
  assert.equal(unknown.ok ? "" : unknown.error.kind, "unknown-codec");
});

test("a damaged part is a gap, and the rest still answers", () => {
  const file = unpackProfile(capture(plainCodec), []);
  assert.ok(file.ok);
  const sections = file.value.names.map((name) => ({
    name,
    bytes: name === "types/vmlinux" ? new Uint8Array(7) : (file.value.read(name) ?? new Uint8Array()),
  }));
  const facts = open(packProfile(sections, plainCodec));
  assert.equal(facts.findStruct("struct task"), undefined);
  assert.deepEqual(facts.gaps, ["types of vmlinux: this part of the profile is damaged"]);
  const format = facts.tracepointFormat("sched", "sched_switch");
  assert.ok(format !== undefined && format !== "missing");
  assert.equal(format.fields.length, 6);
});

test("a profile of which any byte changed is refused", () => {
  const good = capture(plainCodec);
  for (let at = 0; at < good.length; at += 1) {
    const bytes = good.slice();
    bytes[at] = (bytes[at] ?? 0) ^ 0x10;
    assert.equal(openProfile(bytes, { codecs: [flipped] }).ok, false, `byte ${at.toString()}`);
  }
});

test("whatever is changed in the profile that ships, asking it everything neither throws nor hangs", () => {
  const good = capture(plainCodec);
  const change = fc.tuple(fc.nat(good.length - 1), fc.integer({ min: 0, max: 255 }));
  fc.assert(
    fc.property(fc.array(change, { minLength: 1, maxLength: 12 }), (changes) => {
      const bytes = good.slice();
      for (const [at, value] of changes) bytes[at] = value;
      const opened = openProfile(bytes, { codecs: [flipped], source: "default" });
      if (!opened.ok) return;
      const facts = opened.value;
      facts.traceableFunctions();
      facts.rawTracepoints();
      for (const name of facts.typeNames()) facts.findStruct(name);
      for (const category of facts.tracepointCategories()) {
        for (const event of facts.tracepointEvents(category)) facts.tracepointFormat(category, event);
      }
      facts.bpfPrograms();
      facts.binary("/bin/sh");
    }),
    { numRuns: 200 },
  );
});

const name = fc.constantFrom("", "a", "task", "x_1", "long_name_of_a_member");
const id = fc.nat(30);
const u32 = fc.nat(0xffffff);
const anyType: fc.Arbitrary<BtfType> = fc.oneof(
  fc.record({
    kind: fc.constant("integer" as const),
    name,
    size: fc.constantFrom(1, 2, 4, 8),
    bits: fc.constantFrom(8, 32),
    bitOffset: fc.constant(0),
    signed: fc.boolean(),
    boolean: fc.boolean(),
  }),
  fc.record({ kind: fc.constant("pointer" as const), type: id }),
  fc.record({ kind: fc.constant("array" as const), type: id, indexType: id, count: u32 }),
  fc.record({
    kind: fc.constantFrom("struct" as const, "union" as const),
    name,
    size: u32,
    members: fc.array(fc.record({ name, type: id, bitOffset: u32, bitWidth: fc.constant(0) }), {
      maxLength: 5,
    }),
  }),
  fc.record({
    kind: fc.constant("enum" as const),
    name,
    size: fc.constant(4),
    signed: fc.constant(true),
    enumerators: fc.array(
      fc.record({ name, value: fc.bigInt({ min: -(1n << 31n), max: (1n << 31n) - 1n }) }),
      {
        maxLength: 5,
      },
    ),
  }),
  fc.record({
    kind: fc.constantFrom("typedef" as const, "const" as const, "type-tag" as const),
    name,
    type: id,
  }),
  fc.record({ kind: fc.constant("function" as const), name, type: id, linkage: fc.nat(2) }),
  fc.record({
    kind: fc.constant("function-prototype" as const),
    returns: id,
    parameters: fc.array(fc.record({ name, type: id }), { maxLength: 5 }),
  }),
);

test("types written compactly come back the same", () => {
  fc.assert(
    fc.property(fc.array(anyType, { maxLength: 30 }), (types) => {
      const before = openBtf(encodeBtf(types), { module: "vmlinux" });
      assert.ok(before.ok);
      const expanded = expandTypes(compactTypes(before.value, new Map()).bytes, undefined);
      assert.ok(expanded !== undefined);
      const after = openBtf(expanded, { module: "vmlinux" });
      assert.ok(after.ok);
      assert.deepEqual(
        types.map((_, i) => typeAt(after.value, i + 1)),
        types.map((_, i) => typeAt(before.value, i + 1)),
      );
    }),
    { numRuns: 200 },
  );
});

test("a kernel described in JSON becomes a profile", () => {
  const packed = importMockKernel(
    {
      modules: ["vmlinux", "mod"],
      traceable_functions: { vmlinux: ["f", "g"], mod: ["m"] },
      raw_tracepoints: { vmlinux: ["event"] },
      tracepoints: { sched: ["two", "one"] },
      tracepoint_args: { "sched:one": { fields: [{ name: "pid", type: "int32", offset: 8 }] } },
      bpf_progs: [[7, "prog"]],
      user_symbols: { "/bin/sh": ["main"] },
      usdt: { "/bin/sh": ["provider:probe"] },
      btf_types: [
        { id: 1, kind: "INT", name: "int", size: 4, bits_offset: 0, nr_bits: 32, encoding: "SIGNED" },
        {
          id: 2,
          kind: "STRUCT",
          name: "Foo",
          size: 8,
          members: [{ name: "a", type_id: 1, bits_offset: 32 }],
        },
        { id: 3, kind: "FUNC_PROTO", name: "(anon)", ret_type_id: 1, params: [{ name: "x", type_id: 1 }] },
        { id: 4, kind: "FUNC", name: "f", type_id: 3, linkage: "static" },
      ],
    },
    plainCodec,
  );
  assert.ok(packed.ok);
  const facts = open(packed.value);
  assert.deepEqual(
    [...(facts.traceableFunctions() ?? [])].map((one) => `${one.module}:${one.name}`),
    ["vmlinux:f", "vmlinux:g", "mod:m"],
  );
  assert.deepEqual(facts.tracepointEvents("sched"), ["one", "two"]);
  const format = facts.tracepointFormat("sched", "one");
  assert.ok(format !== undefined && format !== "missing");
  assert.equal(format.fields[0]?.cType, "int");
  assert.deepEqual(facts.bpfPrograms(), [{ id: 7, name: "prog" }]);
  assert.equal(facts.findFunctions("f")[0]?.parameters[0]?.name, "x");
  const found = facts.findStruct("struct Foo");
  assert.ok(found !== undefined && found !== "missing");
  assert.equal(found.fields[0]?.offset, 4);
  const binary = facts.binary("/bin/sh");
  assert.ok(binary !== undefined && binary !== "missing" && !("error" in binary));
  assert.equal(binary.symbols[0]?.name, "main");
  assert.equal(binary.usdt[0]?.provider, "provider");
  assert.equal(facts.hasFeature("kprobe_multi"), true);
});

test("a description that is not understood says where", () => {
  const wrong = importMockKernel({ btf_types: [{ id: 1, kind: "NEW", name: "x" }] }, plainCodec);
  assert.deepEqual(wrong, { ok: false, error: "btf_types: entry 1 is not understood, or out of order" });
  assert.equal(importMockKernel([], plainCodec).ok, false);
});
