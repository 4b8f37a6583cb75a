/** How the loader lives and dies: sealing, back pressure, statistics, and that nothing stays attached whoever is killed. */

import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { before, test, afterEach } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";

import { burst, dumpTasks, onTracepoint } from "./testing/attaching.ts";
import { endLoaders, isSanitized, loaderPath, type RequestError } from "./testing/client.ts";
import { bytes, i32, numberOf, text, u16, u32, u64, type Field } from "./testing/frames.ts";
import { buildLoader, cannotLoad, listedPrograms, readCounts, startProbes } from "./testing/probes.ts";

before(buildLoader);
afterEach(endLoaders);

const skip = cannotLoad();
const EPERM = 1;
const PATIENCE_MS = 60_000;

const run = [text("burst"), bytes(Buffer.alloc(0)), bytes(Buffer.alloc(0)), u32(0), i32(-1)];

function tracepoint(link: number): readonly Field[] {
  const kind = u16(numberOf("ATTACH_TRACEPOINT"));
  return [u32(link), text("on_tracepoint"), u64(9n), kind, text("syscalls"), text("sys_enter_getppid")];
}

async function eventually(check: () => boolean, what: string): Promise<void> {
  for (let waited = 0; waited < PATIENCE_MS; waited += 50) {
    if (check()) return;
    await sleep(50);
  }
  assert.fail(`${what} within ${PATIENCE_MS} ms`);
}

test("after SEAL everything but loading and attaching goes on", { skip }, async () => {
  const host = await startProbes([burst, onTracepoint, dumpTasks], { wantedProcess: process.pid });
  await host.request("ATTACH", ...tracepoint(1));
  const iterator = [
    u32(2),
    text("dump_tasks"),
    u64(0n),
    u16(numberOf("ATTACH_ITERATOR")),
    u32(0),
    u32(0),
    text(""),
  ];
  await host.request("ATTACH", ...iterator);
  await host.request("ENABLE_STATS");
  await host.request("SEAL");
  const status = execFileSync("cat", [`/proc/${host.child.pid ?? 0}/status`], { encoding: "utf8" });
  assert.match(status, /CapEff:\s0+\n/);
  assert.match(status, /NoNewPrivs:\s1\n/);
  assert.match(status, /Seccomp:\s2\n/);

  const sealed = (error: RequestError): boolean => error.errno === EPERM && error.stage === "sealed";
  await assert.rejects(host.request("ATTACH", ...tracepoint(3)), sealed);
  await assert.rejects(host.request("OBJECT", bytes(Buffer.alloc(0))), sealed);
  for (let i = 0; i < 7; i += 1) assert.ok(process.ppid > 0);
  await host.request("RUN", ...run);
  assert.equal((await readCounts(host)).get(9n), 7n);
  const read = await host.request("ITER_READ", u32(2));
  assert.match(read.map(({ payload }) => (payload.u32(), payload.text())).join(""), /^(task\n){3,}$/);
  const [stats] = await host.request("PROGRAM_STATS");
  const runs = new Map<string, bigint>();
  stats?.payload.u32();
  for (let left = stats?.payload.u32() ?? 0; stats !== undefined && left > 0; left -= 1) {
    const name = stats.payload.text();
    stats.payload.u32();
    runs.set(name, stats.payload.u64());
    assert.ok(stats.payload.u64() >= 0n);
    stats.payload.u64();
  }
  assert.ok((runs.get("on_tracepoint") ?? 0n) >= 7n);
  const [links] = await host.request("LINK_STATS");
  assert.deepEqual([links?.payload.u32(), links?.payload.u32()], [1, 2]);
  await host.request("MAP_CLEAR", text("counts"));
  await host.request("DETACH", u32(1));
  await host.request("DETACH_ALL");
  await host.request("STOP_EVENTS");
  assert.equal((await host.shutdown()).code, 0);
});

test("a host that does not read makes the ring fill, and nothing is lost unseen", { skip }, async () => {
  const host = await startProbes([burst], { burstLength: 5000n });
  host.child.stdout.pause();
  const runs = Array.from({ length: 400 }, () => host.send("RUN", ...run));
  await sleep(500);
  const memory = execFileSync("cat", [`/proc/${host.child.pid ?? 0}/status`], { encoding: "utf8" });
  const residentKb = Number(/VmRSS:\s+(\d+)/.exec(memory)?.[1]);
  assert.ok(residentKb < (isSanitized ? 180_000 : 56_000), `memory stays bounded: ${residentKb} KiB`);
  host.child.stdout.resume();
  await host.reply(runs.at(-1) ?? 0);
  const [stopped] = await host.request("STOP_EVENTS");
  assert.equal(stopped?.payload.u32(), 1);
  stopped.payload.u32();
  const delivered = host.events();
  assert.equal(stopped.payload.u64(), BigInt(delivered.length));
  assert.ok(
    delivered.every(({ sequence }, i) => sequence === BigInt(i)),
    "what is delivered has no hole",
  );
  const [bss] = await host.request("MAP_LOOKUP", text(".bss"), bytes(u32(0)));
  bss?.payload.raw(20 + 4);
  assert.equal(bss?.payload.u64(), BigInt(delivered.length));
  assert.equal(bss.payload.u64() + BigInt(delivered.length), 400n * 5000n);
  await host.shutdown();
});

test("requests are served while events flow", { skip }, async () => {
  const host = await startProbes([onTracepoint], { wantedProcess: process.pid });
  await host.request("ATTACH", ...tracepoint(1));
  for (let round = 1; round <= 20; round += 1) {
    for (let i = 0; i < 100; i += 1) assert.ok(process.ppid > 0);
    assert.equal((await readCounts(host)).get(9n), BigInt(round * 100));
    assert.equal(host.events().length, round * 100);
  }
  await host.shutdown();
});

test("many tracepoints are detached at once, and the end of the output does not wait for the kernel", {
  skip,
}, async (context) => {
  const host = await startProbes([onTracepoint], { wantedProcess: process.pid });
  const events = [
    "open",
    "close",
    "read",
    "write",
    "openat",
    "getpid",
    "getuid",
    "getgid",
    "dup",
    "dup2",
    "pipe",
    "poll",
  ];
  const kind = u16(numberOf("ATTACH_TRACEPOINT"));
  let link = 0;
  for (const event of events) {
    for (const edge of ["enter", "exit"]) {
      const place = [text("syscalls"), text(`sys_${edge}_${event}`)];
      await host.request(
        "ATTACH",
        u32((link += 1)),
        text("on_tracepoint"),
        u64(BigInt(link)),
        kind,
        ...place,
      );
    }
  }
  const started = performance.now();
  await host.request("DETACH_ALL");
  const detached = performance.now() - started;
  const counted = (await readCounts(host)).size;
  assert.ok(counted > 0);
  await host.request("MAP_CLEAR", text("counts"));
  await sleep(20);
  assert.equal((await readCounts(host)).size, 0, "no program runs any more");
  const ended = once(host.child.stdout, "end");
  host.send("SHUTDOWN");
  await ended;
  context.diagnostic(`detached after ${detached} ms, ended after ${performance.now() - started} ms`);
  assert.deepEqual(listedPrograms(loaderPath, ["on_tracepoint"]), []);
  assert.equal((await host.exit).code, 0);
});

test("a killed loader leaves nothing", { skip }, async () => {
  const host = await startProbes([onTracepoint]);
  await host.request("ATTACH", ...tracepoint(1));
  assert.equal(listedPrograms(loaderPath, ["on_tracepoint"]).length, 1);
  host.kill();
  assert.equal((await host.exit).signal, "SIGKILL");
  await eventually(() => listedPrograms(loaderPath, ["on_tracepoint"]).length === 0, "no program left");
});

test("a killed host takes the loader along, even one that does not read its input", { skip }, async () => {
  const program = new URL("testing/killed-host.ts", import.meta.url).pathname;
  const child = spawn(process.execPath, ["--conditions=source", "--import", "tsx", program], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  child.stdout.setEncoding("utf8");
  const first = await Promise.race([once(child.stdout, "data"), once(child, "exit")]);
  const loader = Number(first[0]);
  assert.ok(loader > 0);
  assert.equal(listedPrograms(loaderPath, ["on_tracepoint"]).length, 1);
  process.kill(loader, "SIGSTOP"); // it cannot notice the end of its input: only the kernel can end it
  child.kill("SIGKILL");
  await once(child, "exit");
  await eventually(() => listedPrograms(loaderPath, ["on_tracepoint"]).length === 0, "no program left");
});

test("the terminal's signals are the host's business", { skip }, async () => {
  const host = await startProbes([burst]);
  for (const signal of ["SIGINT", "SIGHUP", "SIGQUIT"] as const) host.child.kill(signal);
  await host.request("RUN", ...run);
  assert.equal((await host.shutdown()).code, 0);
});

test("a loader without standard descriptors does not start", () => {
  const started = spawn("bash", ["-c", `exec "${loaderPath}" 0<&-`], { stdio: "ignore" });
  return once(started, "exit").then(([code]) => {
    assert.equal(code, 4);
  });
});
