/** Each kind of attachment, on the running kernel: what is attached runs, what is detached does not, refusals are told. */

import assert from "node:assert/strict";
import { before, test, afterEach } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";

import { endLoaders, loaderPath, RequestError, startLoader, type TestHost } from "./testing/client.ts";
import { bytes, i32, numberOf, Payload, text, u16, u32, u64, type Field } from "./testing/frames.ts";
import {
  attachType,
  buildLoader,
  cannotLoad,
  load,
  objectOf,
  programFields,
  programType,
  readCounts,
  startProbes,
} from "./testing/probes.ts";
import { isLacking, tryAttach } from "./testing/refusals.ts";
import { TracedProgram } from "./testing/traced.ts";

before(buildLoader);
afterEach(endLoaders);

const skip = cannotLoad();
/** PERF_CPU_FIRST_ONLINE and PERF_CPU_ALL_ONLINE. */
const FIRST_ONLINE = -2;
const ALL_ONLINE = -1;

/** enum perf_type_id, enum perf_sw_ids and the types of breakpoints. */
const PERF_TYPE_SOFTWARE = 1;
const CPU_CLOCK = 0n;
const HW_BREAKPOINT_W = 2;

const ENOENT = 2;
const ESRCH = 3;
const EINVAL = 22;

const begin = { name: "begin", type: programType.rawTracepoint };
const burst = { name: "burst", type: programType.rawTracepoint };
const onTracepoint = { name: "on_tracepoint", type: programType.tracepoint };
const onClock = { name: "on_clock", type: programType.perfEvent };
const onFunction = { name: "on_function", type: programType.kprobe };
const onFunctionMulti = {
  name: "on_function_multi",
  type: programType.kprobe,
  attachType: attachType.uprobeMulti,
};
const onRaw = { name: "on_raw", type: programType.rawTracepoint };
const onSwitch = {
  name: "on_switch",
  type: programType.tracing,
  attachType: attachType.rawTracepoint,
  target: "sched_switch",
};
const dumpTasks = {
  name: "dump_tasks",
  type: programType.tracing,
  attachType: attachType.iterator,
  target: "task",
};

function attachFields(
  link: number,
  program: string,
  cookie: bigint,
  kind: string,
  ...rest: readonly Field[]
): readonly Field[] {
  return [u32(link), text(program), u64(cookie), u16(numberOf(`ATTACH_${kind}`)), ...rest];
}

async function attach(host: TestHost, ...fields: Parameters<typeof attachFields>): Promise<number> {
  const [part] = await host.request("ATTACH", ...attachFields(...fields));
  part?.payload.u32();
  return part?.payload.u32() ?? 0;
}

async function refusal(promise: Promise<unknown>): Promise<RequestError> {
  const error: unknown = await promise.then(
    () => new Error("was accepted"),
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof RequestError, String(error));
  return error;
}

/** Makes this process call getppid. */
function callGetppid(times: number): void {
  for (let i = 0; i < times; i += 1) assert.ok(process.ppid > 0);
}

async function sumAll(host: TestHost, key: bigint): Promise<bigint> {
  return (await readCounts(host)).get(key) ?? 0n;
}

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
  await sleep(20);
  assert.ok((await sumAll(host, 100n)) > 0n);
  assert.ok((await sumAll(host, 200n)) > 0n);
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

test("a watchpoint on a variable of a program, and one that cannot be", { skip }, async () => {
  const program = await TracedProgram.start();
  try {
    const host = await startProbes([onClock]);
    const watch = (length: number): readonly Field[] => [
      u64(program.watchedAddress),
      u32(length),
      u32(HW_BREAKPOINT_W),
      i32(ALL_ONLINE),
      i32(program.pid),
      u32(numberOf("PERF_ALL_THREADS") | numberOf("PERF_INHERIT")),
    ];
    assert.equal(await attach(host, 1, "on_clock", 0n, "BREAKPOINT", ...watch(8)), 1);
    await program.call();
    await host.request("DETACH", u32(1));
    assert.equal(host.events().length, 3);
    assert.equal((await refusal(attach(host, 2, "on_clock", 0n, "BREAKPOINT", ...watch(3)))).stage, "open");
    await host.shutdown();
  } finally {
    program.end();
  }
});

test("a clock of so many hertz, and a process that is not there", { skip }, async () => {
  const host = await startProbes([onClock]);
  const clock = (pid: number, flags: number): readonly Field[] => [
    u32(PERF_TYPE_SOFTWARE),
    u64(CPU_CLOCK),
    u64(199n),
    i32(ALL_ONLINE),
    i32(pid),
    u32(flags),
  ];
  await attach(host, 1, "on_clock", 0n, "PERF_EVENT", ...clock(-1, numberOf("PERF_FREQUENCY")));
  await host.until(() => (host.events().length >= 3 ? true : undefined), "three ticks");
  const gone = await refusal(attach(host, 2, "on_clock", 0n, "PERF_EVENT", ...clock(0x3fff_fff0, 0)));
  assert.deepEqual([gone.errno, gone.stage], [ESRCH, "open"]);
  const nobody = attach(
    host,
    2,
    "on_clock",
    0n,
    "PERF_EVENT",
    ...clock(0x3fff_fff0, numberOf("PERF_ALL_THREADS")),
  );
  assert.equal((await refusal(nobody)).errno, ESRCH);
  const alone = attach(host, 2, "on_clock", 0n, "PERF_EVENT", ...clock(-1, numberOf("PERF_INHERIT")));
  assert.equal((await refusal(alone)).stage, "frame");
  await host.shutdown();
});

test("a packet program is run on given bytes, often", { skip }, async () => {
  const host = await startProbes([{ name: "packet", type: programType.xdp }]);
  const [ran] = await host.request(
    "RUN",
    text("packet"),
    bytes(Buffer.alloc(0)),
    bytes(Buffer.alloc(14)),
    u32(100),
    i32(-1),
  );
  assert.equal(ran?.payload.u32(), 14);
  assert.equal(await sumAll(host, 300n), 100n);
  const short = host.request(
    "RUN",
    text("packet"),
    bytes(Buffer.alloc(0)),
    bytes(Buffer.alloc(3)),
    u32(1),
    i32(-1),
  );
  assert.equal((await refusal(short)).stage, "run");
  await host.shutdown();
});

test("records longer than a frame are handed on alone, or announced", { skip }, async () => {
  const host = await startLoader();
  await host.request("OBJECT", bytes(objectOf("probes")));
  await host.request("PROGRAM", ...programFields({ name: "giants", type: programType.rawTracepoint }));
  await host.request("MAP_SETTINGS", text("ring"), u32(4 << 20), u32(0), u32(0), i32(-1));
  await load(host);
  await host.request("START_EVENTS", u32(9), text("ring"), u32(0));
  await host.request("RUN", text("giants"), bytes(Buffer.alloc(0)), bytes(Buffer.alloc(0)), u32(0), i32(-1));
  assert.deepEqual(
    host.events().map(({ site }) => site),
    [6n, 8n],
  );
  const oversized = new Payload((await host.notice("EVENT_OVERSIZED")).payload);
  assert.deepEqual([oversized.u32(), oversized.u32()], [9, 1 << 20]);
  const [stopped] = await host.request("STOP_EVENTS");
  const totals = [stopped?.payload.u32(), stopped?.payload.u32(), stopped?.payload.u64()];
  assert.deepEqual(
    [...totals, stopped?.payload.u64(), stopped?.payload.u64()],
    [1, 9, 2n, BigInt((300 << 10) + 16), 1n],
  );
  await host.shutdown();
});

test("an iterator is pinned where asked for", { skip }, async () => {
  const inside = 'mount -t bpf bpf /sys/fs/bpf && exec "$0"';
  const host = await startProbes(
    [dumpTasks],
    {},
    { command: ["unshare", "--mount", "sh", "-c", inside, loaderPath] },
  );
  const pinned = (link: number, path: string): Promise<number> =>
    attach(host, link, "dump_tasks", 0n, "ITERATOR", u32(0), u32(0), text(path));
  assert.equal(await pinned(1, "/sys/fs/bpf/probewright-test"), 1);
  assert.equal((await refusal(pinned(2, "/sys/fs/bpf/probewright-test"))).stage, "pin");
  assert.equal((await refusal(pinned(2, "/tmp/probewright-test"))).stage, "pin");
  await host.shutdown();
});

test("a link's number is used once; a program must be loaded", { skip }, async () => {
  const host = await startProbes([onRaw]);
  await attach(host, 1, "on_raw", 0n, "RAW_TRACEPOINT", text("sys_enter"));
  assert.equal(
    (await refusal(attach(host, 1, "on_raw", 0n, "RAW_TRACEPOINT", text("sys_enter")))).stage,
    "state",
  );
  assert.equal((await refusal(attach(host, 2, "on_switch", 0n, "TRACING"))).stage, "state");
  assert.equal((await refusal(attach(host, 2, "nothing", 0n, "TRACING"))).errno, ENOENT);
  await host.shutdown();
});

test("a refused program comes with the verifier's words, and the session takes another object", {
  skip,
}, async () => {
  const host = await startLoader();
  await host.request("OBJECT", bytes(objectOf("refused")));
  for (const name of ["fine", "unchecked"]) {
    await host.request("PROGRAM", ...programFields({ name, type: programType.rawTracepoint }));
  }
  const parts = await host.request("LOAD", u32(0), u32(0));
  assert.deepEqual(
    parts.map(({ name }) => name),
    ["PROGRAM_LOG", "LOAD_FAILED"],
  );
  const [log, failed] = parts;
  assert.equal(log?.payload.text(), "unchecked");
  assert.match(log.payload.text(), /invalid mem access/);
  assert.deepEqual([failed?.payload.u32(), failed?.payload.text()], [13, "unchecked"]);
  await host.request("OBJECT", bytes(objectOf("probes")));
  await host.request("PROGRAM", ...programFields(begin));
  const [loaded] = await host
    .request("LOAD", u32(4), u32(0))
    .then((all) => all.filter(({ name }) => name === "LOADED"));
  assert.deepEqual([loaded?.payload.u32(), loaded?.payload.u32(), loaded?.payload.text()], [1, 1, "begin"]);
  await host.shutdown();
});

test("a target that the kernel does not have fails its program by name", { skip }, async () => {
  const host = await startLoader();
  await host.request("OBJECT", bytes(objectOf("probes")));
  await host.request("PROGRAM", ...programFields({ ...onSwitch, target: "no_such_tracepoint" }));
  const parts = await host.request("LOAD", u32(0), u32(0));
  const failed = parts.at(-1);
  assert.equal(failed?.name, "LOAD_FAILED");
  assert.deepEqual([failed.payload.u32(), failed.payload.text()], [ENOENT, "on_switch"]);
  assert.match(failed.payload.text(), /no_such_tracepoint/);
  await host.shutdown();
});
