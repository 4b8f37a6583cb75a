/** Reading, changing, clearing and zeroing maps of a loaded object, and what may be set before it is loaded. */

import assert from "node:assert/strict";
import { before, test, afterEach } from "node:test";

import { burst, onTracepoint } from "./testing/attaching.ts";
import { endLoaders, RequestError, startLoader, type TestHost } from "./testing/client.ts";
import { bytes, i32, numberOf, text, u16, u32, u64, type Field } from "./testing/frames.ts";
import {
  buildLoader,
  cannotLoad,
  globalFields,
  load,
  mapEntries,
  objectOf,
  programFields,
  readCounts,
  readMap,
  startProbes,
} from "./testing/probes.ts";

before(buildLoader);
afterEach(endLoaders);

const skip = cannotLoad();

const run = (program: string): readonly Field[] => [
  text(program),
  bytes(Buffer.alloc(0)),
  bytes(Buffer.alloc(0)),
  u32(0),
  i32(-1),
];

async function put(host: TestHost, key: bigint, value: bigint, flags = 0n): Promise<void> {
  await host.request("MAP_UPDATE", text("counts"), u64(flags), bytes(u64(key)), bytes(u64(value)));
}

test("a hash map: written, read in many frames, looked up, deleted, zeroed, cleared", { skip }, async () => {
  const host = await startProbes([burst]);
  const size = 10_000;
  const ids = Array.from({ length: size }, (_, i) =>
    host.send("MAP_UPDATE", text("counts"), u64(0n), bytes(u64(BigInt(i))), bytes(u64(BigInt(i * 2)))),
  );
  await host.reply(ids.at(-1) ?? 0);
  const counts = await readCounts(host);
  assert.equal(counts.size, size);
  assert.ok([...counts].every(([key, value]) => value === key * 2n));

  const [found] = mapEntries(await host.request("MAP_LOOKUP", text("counts"), bytes(u64(21n))));
  assert.equal(found?.values[0]?.readBigUInt64LE(), 42n);
  await host.request("MAP_DELETE", text("counts"), bytes(u64(21n)));
  assert.deepEqual(mapEntries(await host.request("MAP_LOOKUP", text("counts"), bytes(u64(21n)))), []);
  await assert.rejects(host.request("MAP_DELETE", text("counts"), bytes(u64(21n))), RequestError);
  await assert.rejects(
    put(host, 20n, 1n, 1n),
    (error: RequestError) => error.errno === 17 && error.stage === "map",
  );

  await host.request("MAP_ZERO", text("counts"));
  const zeroed = await readCounts(host);
  assert.equal(zeroed.size, size - 1);
  assert.ok([...zeroed.values()].every((value) => value === 0n));
  await host.request("MAP_CLEAR", text("counts"));
  assert.equal((await readCounts(host)).size, 0);
  await host.shutdown();
});

test("a per-CPU hash map gives every cpu's part, padded", { skip }, async () => {
  const host = await startProbes([onTracepoint], { wantedProcess: process.pid });
  const attach = [u32(1), text("on_tracepoint"), u64(1n), u16(numberOf("ATTACH_TRACEPOINT"))];
  await host.request("ATTACH", ...attach, text("syscalls"), text("sys_enter_getppid"));
  for (let i = 0; i < 25; i += 1) assert.ok(process.ppid > 0);
  await host.request("DETACH", u32(1));
  const [entry, ...others] = await readMap(host, "percpu_counts");
  assert.deepEqual(others, []);
  assert.equal(entry?.key.readUInt32LE(), 7);
  assert.ok(entry.values.every((value) => value.length === 8));
  assert.equal(
    entry.values.reduce((sum, value) => sum + value.readUInt32LE(), 0),
    25,
  );
  await host.request("MAP_ZERO", text("percpu_counts"));
  const [zeroed] = await readMap(host, "percpu_counts");
  assert.deepEqual(
    zeroed?.values.map((value) => value.readUInt32LE()),
    entry.values.map(() => 0),
  );
  await host.request("MAP_CLEAR", text("percpu_counts"));
  assert.deepEqual(await readMap(host, "percpu_counts"), []);
  await host.shutdown();
});

test("arrays have all their keys, and clearing zeroes them", { skip }, async () => {
  const host = await startProbes([burst]);
  const slots = await readMap(host, "percpu_slots");
  assert.deepEqual(
    slots.map(({ key }) => key.readUInt32LE()),
    [0, 1, 2, 3],
  );
  const wide = Buffer.concat((slots[0]?.values ?? []).map((_, cpu) => u64(BigInt(cpu + 1))));
  await host.request("MAP_UPDATE", text("percpu_slots"), u64(0n), bytes(u32(2)), bytes(wide));
  const [second] = mapEntries(await host.request("MAP_LOOKUP", text("percpu_slots"), bytes(u32(2))));
  assert.deepEqual(
    second?.values.map((value) => Number(value.readBigUInt64LE())),
    slots[0]?.values.map((_, cpu) => cpu + 1),
  );
  await host.request("MAP_CLEAR", text("percpu_slots"));
  const cleared = await readMap(host, "percpu_slots");
  assert.ok(cleared.every(({ values }) => values.every((value) => value.readBigUInt64LE() === 0n)));
  await host.shutdown();
});

test("section maps: enlarged, set before loading, read after", { skip }, async () => {
  const host = await startLoader();
  await host.request("OBJECT", bytes(objectOf("probes")));
  await host.request("PROGRAM", ...programFields(burst));
  const settings = (valueBytes: number): readonly Field[] => [
    text(".bss.room"),
    u32(0),
    u32(0),
    u32(valueBytes),
    i32(-1),
  ];
  await host.request("MAP_SETTINGS", ...settings(70_000));
  await host.request("GLOBAL_DATA", ...globalFields(".bss.room", 69_996, Buffer.from("tail")));
  const outside = host.request("GLOBAL_DATA", ...globalFields(".bss.room", 69_997, Buffer.from("tail")));
  await assert.rejects(outside, (error: RequestError) => error.stage === "data");
  const negative = host.request(
    "GLOBAL_DATA",
    ...globalFields(".bss.room", 0xffff_ffff, Buffer.from("tail")),
  );
  await assert.rejects(negative, (error: RequestError) => error.stage === "data");
  await load(host);
  await host.request("RUN", ...run("burst"));
  const [room] = (await readMap(host, ".bss.room"))[0]?.values ?? [];
  assert.equal(room?.length, 70_000);
  assert.equal(room[0], 1, "the program wrote its first byte");
  assert.equal(room.subarray(-4).toString(), "tail");
  await assert.rejects(
    host.request("MAP_SETTINGS", ...settings(8)),
    (error: RequestError) => error.stage === "state",
  );
  await host.shutdown();
});

test("a full ring loses in the program's own count, and what is delivered is in order", {
  skip,
}, async () => {
  const host = await startLoader();
  await host.request("OBJECT", bytes(objectOf("probes")));
  await host.request("PROGRAM", ...programFields(burst));
  await host.request("MAP_SETTINGS", text("ring"), u32(4096), u32(0), u32(0), i32(-1));
  await host.request("GLOBAL_DATA", ...globalFields(".rodata", 0, u64(5000n)));
  await load(host);
  await host.request("START_EVENTS", u32(1), text("ring"), u32(1000));
  await host.request("RUN", ...run("burst"));
  const [bss] = await readMap(host, ".bss");
  const produced = bss?.values[0]?.readBigUInt64LE(0) ?? 0n;
  const lost = bss?.values[0]?.readBigUInt64LE(8) ?? 0n;
  const events = host.events();
  assert.equal(BigInt(events.length), produced);
  assert.equal(produced + lost, 5000n);
  assert.ok(lost > 0n);
  assert.ok(events.every(({ sequence }, i) => sequence === BigInt(i)));
  await host.shutdown();
});

test("maps without entries, and wrong sizes", { skip }, async () => {
  const host = await startProbes([burst]);
  await assert.rejects(
    host.request("MAP_READ", text("ring")),
    (error: RequestError) => error.stage === "map",
  );
  await assert.rejects(
    host.request("MAP_LOOKUP", text("counts"), bytes(u32(1))),
    (error: RequestError) => error.stage === "map",
  );
  const short = host.request("MAP_UPDATE", text("counts"), u64(0n), bytes(u64(1n)), bytes(u32(1)));
  await assert.rejects(short, (error: RequestError) => error.stage === "map");
  await assert.rejects(
    host.request("START_EVENTS", u32(2), text("counts"), u32(0)),
    (error: RequestError) => error.stage === "events",
  );
  await host.shutdown();
});
