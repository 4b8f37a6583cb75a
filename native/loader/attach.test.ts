/** Each kind of attachment, on the running kernel: what is attached runs, what is detached does not, refusals are told. */

import assert from "node:assert/strict";
import { before, test, afterEach } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";

import { endLoaders, type RequestError } from "./testing/client.ts";
import { bytes, i32, numberOf, text, u32, u64, type Field } from "./testing/frames.ts";
import { buildLoader, cannotLoad, startProbes } from "./testing/probes.ts";
import {
  FIRST_ONLINE,
  ALL_ONLINE,
  PERF_TYPE_SOFTWARE,
  CPU_CLOCK,
  ENOENT,
  EINVAL,
  begin,
  burst,
  onTracepoint,
  onClock,
  onFunction,
  onFunctionMulti,
  onRaw,
  onSwitch,
  dumpTasks,
  attach,
  refusal,
  callGetppid,
  sumAll,
} from "./testing/attaching.ts";
import { isLacking, tryAttach } from "./testing/refusals.ts";
import { TracedProgram } from "./testing/traced.ts";

before(buildLoader);
afterEach(endLoaders);

const skip = cannotLoad();

test("events of a run stand before its reply", { skip }, async () => {
  const host = await startProbes([begin, burst], { burstLength: 1000n });
  const [begun] = await host.request(
    "RUN",
    text("begin"),
    bytes(Buffer.alloc(0)),
    bytes(Buffer.alloc(0)),
    u32(0),
    i32(-1),
  );
  assert.deepEqual(
    host.events().map(({ site }) => site),
    [1n],
  );
  const [ran] = await host.request(
    "RUN",
    text("burst"),
    bytes(Buffer.alloc(0)),
    bytes(Buffer.alloc(0)),
    u32(0),
    i32(-1),
  );
  const events = host.events();
  assert.deepEqual(
    events.map(({ sequence }) => sequence),
    Array.from({ length: 1001 }, (_, i) => BigInt(i)),
  );
  assert.ok(events.every(({ index }) => index < (ran?.index ?? 0)));
  assert.equal(begun?.payload.u32(), 0);
  const [stopped] = await host.request("STOP_EVENTS");
  const totals = [
    stopped?.payload.u32(),
    stopped?.payload.u32(),
    stopped?.payload.u64(),
    stopped?.payload.u64(),
  ];
  assert.deepEqual(totals, [1, 1, 1001n, 16016n]);
  assert.equal((await host.shutdown()).code, 0);
});

test("a tracepoint, with its cookie, until it is detached", { skip }, async () => {
  const host = await startProbes([onTracepoint], { wantedProcess: process.pid });
  const count = await attach(
    host,
    5,
    "on_tracepoint",
    42n,
    "TRACEPOINT",
    text("syscalls"),
    text("sys_enter_getppid"),
  );
  assert.equal(count, 1);
  callGetppid(10);
  assert.equal(await sumAll(host, 42n), 10n);
  assert.equal(host.events().filter(({ site }) => site === 3n).length, 10);
  await host.request("DETACH", u32(5));
  callGetppid(10);
  assert.equal(await sumAll(host, 42n), 10n);
  await host.shutdown();
});

test("tracepoints that are not there, or no names", { skip }, async () => {
  const host = await startProbes([onTracepoint]);
  const tried = (category: string, event: string): Promise<RequestError> =>
    refusal(attach(host, 1, "on_tracepoint", 0n, "TRACEPOINT", text(category), text(event)));
  assert.deepEqual(await tried("syscalls", "sys_enter_nothing").then(({ errno, stage }) => [errno, stage]), [
    ENOENT,
    "tracefs",
  ]);
  assert.deepEqual(await tried("..", "x").then(({ errno, stage }) => [errno, stage]), [EINVAL, "tracefs"]);
  assert.deepEqual(await tried("sched", "../../x").then(({ errno, stage }) => [errno, stage]), [
    EINVAL,
    "tracefs",
  ]);
  await host.shutdown();
});

test("a clock on one cpu, and on all", { skip }, async () => {
  const host = await startProbes([onClock]);
  const clock = (cpu: number): readonly Field[] => [
    u32(PERF_TYPE_SOFTWARE),
    u64(CPU_CLOCK),
    u64(5_000_000n),
    i32(cpu),
    i32(-1),
    u32(0),
  ];
  assert.equal(await attach(host, 1, "on_clock", 0n, "PERF_EVENT", ...clock(FIRST_ONLINE)), 1);
  await host.until(() => (host.events().length >= 3 ? true : undefined), "three ticks");
  const everywhere = await attach(host, 2, "on_clock", 0n, "PERF_EVENT", ...clock(ALL_ONLINE));
  assert.ok(everywhere >= 1);
  await host.request("DETACH_ALL");
  const ticks = host.events().length;
  await sleep(50);
  await host.request("STOP_EVENTS");
  assert.equal(host.events().length, ticks);
  await host.shutdown();
});

test("a function of a program, with a cookie and a semaphore", { skip }, async () => {
  const program = await TracedProgram.start();
  try {
    const host = await startProbes([onFunction]);
    const place = [text(program.path), u64(program.functionOffset), u64(program.semaphoreOffset)];
    await attach(host, 1, "on_function", 11n, "UPROBE", ...place, i32(program.pid), u32(0));
    assert.equal(await program.call(), 1, "the semaphore is raised");
    assert.equal(await sumAll(host, 11n), 3n);
    await host.request("DETACH", u32(1));
    assert.equal(await program.call(), 0);
    const returning = [...place, i32(-1), u32(numberOf("PROBE_RETURN"))];
    await attach(host, 2, "on_function", 12n, "UPROBE", ...returning);
    await program.call();
    assert.deepEqual([await sumAll(host, 11n), await sumAll(host, 12n)], [3n, 3n]);
    await host.shutdown();
    assert.equal(await program.call(), 0, "nothing is left on the program");
  } finally {
    program.end();
  }
});

test("many places of a program with one link, each with its cookie", { skip }, async (context) => {
  const program = await TracedProgram.start();
  try {
    const host = await startProbes([onFunctionMulti]);
    const place = [u64(program.functionOffset), u64(program.semaphoreOffset)];
    const entering = [text(program.path), i32(-1), u32(0), u32(1), ...place, u64(22n)];
    const refused = await tryAttach(host, 1, "on_function_multi", "UPROBE_MULTI", ...entering);
    if (!isLacking(context, refused, "uprobe_multi")) {
      assert.equal(await program.call(), 1, "the semaphore is raised");
      const flags = u32(numberOf("PROBE_RETURN"));
      const returning = [text(program.path), i32(program.pid), flags, u32(1), ...place, u64(33n)];
      await attach(host, 2, "on_function_multi", 0n, "UPROBE_MULTI", ...returning);
      await program.call();
      assert.deepEqual([await sumAll(host, 22n), await sumAll(host, 33n)], [6n, 3n]);
    }
    await host.shutdown();
    assert.equal(await program.call(), 0, "nothing is left on the program");
  } finally {
    program.end();
  }
});

test("files that are not there, or no files", { skip }, async () => {
  const host = await startProbes([onFunctionMulti]);
  const tried = (path: string): Promise<RequestError> =>
    refusal(
      attach(
        host,
        1,
        "on_function_multi",
        0n,
        "UPROBE_MULTI",
        text(path),
        i32(-1),
        u32(0),
        u32(1),
        u64(0n),
        u64(0n),
        u64(0n),
      ),
    );
  for (const path of ["/nowhere", "/tmp", "relative", "/dev/null", ""]) {
    assert.equal((await tried(path)).stage, "path", path);
  }
  assert.equal(
    (await refusal(host.request("DETACH", u32(1)))).errno,
    ENOENT,
    "nothing stays after a refusal",
  );
  await host.shutdown();
});

test("raw tracepoints by name and by BTF", { skip }, async () => {
  const host = await startProbes([onRaw, onSwitch]);
  await attach(host, 1, "on_raw", 0n, "RAW_TRACEPOINT", text("sys_enter"));
  await attach(host, 2, "on_switch", 0n, "TRACING");
  while ((await sumAll(host, 100n)) === 0n || (await sumAll(host, 200n)) === 0n) await sleep(20);
  assert.equal(
    (await refusal(attach(host, 3, "on_raw", 0n, "RAW_TRACEPOINT", text("no_such")))).stage,
    "attach",
  );
  await host.shutdown();
});

test("an iterator is read as often as one likes", { skip }, async () => {
  const host = await startProbes([dumpTasks]);
  await attach(host, 1, "dump_tasks", 0n, "ITERATOR", u32(numberOf("ITERATOR_ALL")), u32(0), text(""));
  const read = async (): Promise<string> => {
    const parts = await host.request("ITER_READ", u32(1));
    return parts.map(({ payload }) => (payload.u32(), payload.text())).join("");
  };
  const lines = (await read()).split("\n").length - 1;
  assert.ok(lines > 5);
  assert.equal(host.events().length, lines);
  await read();
  await attach(
    host,
    2,
    "dump_tasks",
    0n,
    "ITERATOR",
    u32(numberOf("ITERATOR_PROCESS")),
    u32(process.pid),
    text(""),
  );
  const own = await host.request("ITER_READ", u32(2));
  assert.ok(
    own
      .map(({ payload }) => (payload.u32(), payload.text()))
      .join("")
      .split("\n").length -
      1 >=
      1,
  );
  await host.shutdown();
});
