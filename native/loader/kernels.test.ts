/**
 * Attachments that not every kernel has: kernel functions by kprobe, kprobe_multi, kprobe_session, fentry and fexit, and functions
 * of BPF programs. Where the kernel has one it must work; where it has none, the refusal must be the one that hosts know.
 */

import assert from "node:assert/strict";
import { before, test, afterEach } from "node:test";
import { readFileSync } from "node:fs";

import { endLoaders, startLoader, type TestHost } from "./testing/client.ts";
import { bytes, i32, numberOf, text, u32, u64, type Field } from "./testing/frames.ts";
import {
  buildLoader,
  cannotLoad,
  objectOf,
  programFields,
  programType,
  readCounts,
  startProbes,
} from "./testing/probes.ts";
import { isLacking, tryAttach, tryLoad } from "./testing/refusals.ts";

before(buildLoader);
afterEach(endLoaders);

const skip = cannotLoad();

/** enum bpf_attach_type */
const FENTRY = 24;
const FEXIT = 25;
const KPROBE_MULTI = 42;
const KPROBE_SESSION = 56;

const ENOENT = 2;
const ESRCH = 3;
/** A function of the kernel that reading a file calls. */
const FUNCTION = "vfs_read";

function readSomething(): void {
  for (let i = 0; i < 5; i += 1) readFileSync("/proc/self/comm");
}

async function isCounted(host: TestHost, key: bigint): Promise<bigint> {
  return (await readCounts(host)).get(key) ?? 0n;
}

test("fentry and fexit", { skip }, async (context) => {
  for (const [attachType, what] of [
    [FENTRY, "fentry"],
    [FEXIT, "fexit"],
  ] as const) {
    const host = await startLoader();
    const program = { name: "on_switch", type: programType.tracing, attachType, target: FUNCTION };
    if (!isLacking(context, await tryLoad(host, program), what)) {
      assert.equal(await tryAttach(host, 1, "on_switch", "TRACING"), undefined);
      readSomething();
      assert.ok((await isCounted(host, 200n)) >= 5n, what);
    }
    await host.shutdown();
  }
});

test("a kernel function that is not there, or in a module that is not", { skip }, async () => {
  const program = {
    name: "on_switch",
    type: programType.tracing,
    attachType: FENTRY,
    target: "no_such_function",
  };
  const host = await startLoader();
  assert.equal((await tryLoad(host, program))?.errno, ENOENT);
  assert.equal((await tryLoad(host, { ...program, module: "no_such_module" }))?.errno, ENOENT);
  await host.shutdown();
});

test("fentry of a function of a BPF program", { skip }, async (context) => {
  const traced = await startLoader();
  await traced.request("OBJECT", bytes(objectOf("probes")));
  await traced.request("PROGRAM", ...programFields({ name: "begin", type: programType.rawTracepoint }));
  const loaded = (await traced.request("LOAD", u32(0), u32(0))).at(-1)?.payload;
  loaded?.u32();
  loaded?.u32();
  loaded?.text();
  const programId = loaded?.u32() ?? 0;
  const host = await startLoader();
  const program = {
    name: "on_switch",
    type: programType.tracing,
    attachType: FENTRY,
    target: "begin",
    programId,
  };
  assert.equal((await tryLoad(host, { ...program, target: "not_in_it" }))?.errno, ENOENT);
  if (!isLacking(context, await tryLoad(host, program), "fentry of BPF programs")) {
    assert.equal(await tryAttach(host, 1, "on_switch", "TRACING"), undefined);
    const none = bytes(Buffer.alloc(0));
    for (let i = 0; i < 4; i += 1) await traced.request("RUN", text("begin"), none, none, u32(0), i32(-1));
    assert.equal(await isCounted(host, 200n), 4n);
  }
  await host.shutdown();
  await traced.shutdown();
});

test("kprobe and kretprobe, with an offset, by address, and on what is not there", {
  skip,
}, async (context) => {
  const host = await startProbes([{ name: "on_function", type: programType.kprobe }]);
  const kprobe = (symbol: string, address: bigint, offset: bigint, flags: number): readonly Field[] => [
    text(symbol),
    u64(address),
    u64(offset),
    u32(flags),
  ];
  const first = await tryAttach(host, 1, "on_function", "KPROBE", ...kprobe(FUNCTION, 0n, 0n, 0));
  if (!isLacking(context, first, "kprobe")) {
    readSomething();
    assert.ok((await isCounted(host, 0n)) >= 5n);
    const returning = kprobe(FUNCTION, 0n, 0n, numberOf("PROBE_RETURN"));
    assert.equal(await tryAttach(host, 2, "on_function", "KPROBE", ...returning), undefined);
    const address = /^([0-9a-f]+) \w vfs_write$/m.exec(readFileSync("/proc/kallsyms", "utf8"))?.[1] ?? "0";
    const byAddress = kprobe("", BigInt(`0x${address}`), 0n, 0);
    assert.equal(await tryAttach(host, 3, "on_function", "KPROBE", ...byAddress), undefined);
    const missing = await tryAttach(
      host,
      4,
      "on_function",
      "KPROBE",
      ...kprobe("no_such_function", 0n, 0n, 0),
    );
    assert.equal(missing?.errno, ENOENT);
    const inside = await tryAttach(host, 5, "on_function", "KPROBE", ...kprobe(FUNCTION, 0n, 1n << 40n, 0));
    assert.notEqual(inside, undefined);
    const [stats] = await host.request("LINK_STATS");
    assert.deepEqual([stats?.payload.u32(), stats?.payload.u32()], [1, 3]);
  }
  await host.shutdown();
});

test("kprobe_multi and kprobe_session", { skip }, async (context) => {
  for (const [attachType, flags, what] of [
    [KPROBE_MULTI, 0, "kprobe_multi"],
    [KPROBE_MULTI, numberOf("PROBE_RETURN"), "kprobe_multi of returns"],
    [KPROBE_SESSION, numberOf("PROBE_SESSION"), "kprobe_session"],
  ] as const) {
    const host = await startLoader();
    const name = "on_function_multi";
    const program = { name, type: programType.kprobe, attachType };
    const multi = (...symbols: readonly string[]): readonly Field[] => [
      u32(flags),
      u32(symbols.length),
      ...symbols.map(text),
      u32(symbols.length),
      ...symbols.map((_, i) => u64(BigInt(i + 1))),
    ];
    const refused =
      (await tryLoad(host, program)) ??
      (await tryAttach(host, 1, name, "KPROBE_MULTI", ...multi(FUNCTION, "vfs_write")));
    if (!isLacking(context, refused, what)) {
      readSomething();
      assert.ok((await isCounted(host, 1n)) >= 5n, what);
      const missing = await tryAttach(host, 2, name, "KPROBE_MULTI", ...multi(FUNCTION, "no_such_function"));
      assert.ok(missing?.errno === ESRCH || missing?.errno === ENOENT, missing?.words);
    }
    await host.shutdown();
  }
});
