/** Attachments that need more than a name, long records, and requests that cannot be met, on the running kernel. */

import assert from "node:assert/strict";
import { before, test, afterEach } from "node:test";

import { endLoaders, loaderPath, startLoader } from "./testing/client.ts";
import { bytes, i32, numberOf, Payload, text, u32, u64, type Field } from "./testing/frames.ts";
import {
  buildLoader,
  cannotLoad,
  load,
  objectOf,
  programFields,
  programType,
  startProbes,
} from "./testing/probes.ts";
import {
  ALL_ONLINE,
  PERF_TYPE_SOFTWARE,
  CPU_CLOCK,
  HW_BREAKPOINT_W,
  ENOENT,
  ESRCH,
  begin,
  onClock,
  onRaw,
  onSwitch,
  dumpTasks,
  attach,
  refusal,
  sumAll,
} from "./testing/attaching.ts";

import { TracedProgram } from "./testing/traced.ts";

before(buildLoader);
afterEach(endLoaders);

const skip = cannotLoad();

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
