/** A loader with file capabilities, run by a user who is not root: what works, and what it refuses to be talked into. */

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { chmodSync, copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test, afterEach } from "node:test";

import { dumpTasks, onClock, onFunctionMulti, onRaw } from "./testing/attaching.ts";
import {
  endLoaders,
  loaderPath,
  RequestError,
  startLoader,
  type StartOptions,
  type TestHost,
} from "./testing/client.ts";
import { bytes, i32, numberOf, Payload, text, u16, u32, u64, type Field } from "./testing/frames.ts";
import {
  buildLoader,
  cannotLoad,
  listedPrograms,
  objectOf,
  programFields,
  programType,
  readCounts,
  startProbes,
} from "./testing/probes.ts";
import { isLacking, tryAttach } from "./testing/refusals.ts";
import { TracedProgram } from "./testing/traced.ts";

const EPERM = 1;
const EACCES = 13;
const NOBODY = 65534;

/** Why there can be no loader with file capabilities here; `false` when there can. */
function cannotCap(): string | false {
  const load = cannotLoad();
  if (load !== false) return load;
  for (const tool of ["setcap", "setpriv"]) {
    try {
      execFileSync("sh", ["-c", `PATH="$PATH:/sbin:/usr/sbin" command -v ${tool}`], { stdio: "ignore" });
    } catch {
      return `no ${tool}: apt-get install ${tool === "setcap" ? "libcap2-bin" : "util-linux"}`;
    }
  }
  return false;
}

const skip = cannotCap();

/** Debian's kernels know a level 3 of the sysctl and boot with it: then perf events are for CAP_SYS_ADMIN only. */
function cannotPerf(): string | false {
  const level = Number(readFileSync("/proc/sys/kernel/perf_event_paranoid", "utf8"));
  return level > 2 && "kernel.perf_event_paranoid is above 2: perf events are for root here";
}

const skipPerf = skip === false ? cannotPerf() : skip;
const folder = mkdtempSync(join(tmpdir(), "probewright-capable-"));
const capable = join(folder, "loader");
const asNobody: StartOptions = {
  command: [
    "setpriv",
    `--reuid=${NOBODY}`,
    `--regid=${NOBODY}`,
    "--clear-groups",
    "--inh-caps=-all",
    capable,
  ],
};

/** The same where tracefs is mounted for sure: only root could mount it privately. */
const asNobodyWithTracefs: StartOptions = {
  command: [
    "unshare",
    "--mount",
    "sh",
    "-c",
    'test -d /sys/kernel/tracing/events || mount -t tracefs tracefs /sys/kernel/tracing; exec "$@"',
    "sh",
    ...(asNobody.command ?? []),
  ],
};

before(() => {
  buildLoader();
  if (skip !== false) return;
  chmodSync(folder, 0o755);
  copyFileSync(loaderPath, capable);
  chmodSync(capable, 0o755);
  const capabilities = "cap_bpf,cap_perfmon,cap_dac_read_search=ep";
  execFileSync("setcap", [capabilities, capable], { env: { PATH: "/sbin:/usr/sbin:/bin:/usr/bin" } });
});

afterEach(endLoaders);

after(() => {
  rmSync(folder, { recursive: true });
});

function attach(
  host: TestHost,
  link: number,
  program: string,
  kind: string,
  ...rest: readonly Field[]
): ReturnType<TestHost["reply"]> {
  return host.request("ATTACH", u32(link), text(program), u64(0n), u16(numberOf(`ATTACH_${kind}`)), ...rest);
}

function uprobe(path: string, offset: bigint): readonly Field[] {
  return [text(path), i32(-1), u32(0), u32(1), u64(offset), u64(0n), u64(5n)];
}

test("what it says of itself", { skip }, async () => {
  const host = await startLoader(asNobody);
  const ready = new Payload((await host.notice("READY")).payload);
  ready.u32();
  ready.u32();
  assert.deepEqual([ready.u32(), ready.u32()], [NOBODY, NOBODY]);
  const CAP_DAC_READ_SEARCH = 2n;
  const CAP_PERFMON = 38n;
  const CAP_BPF = 39n;
  assert.equal(ready.u64(), (1n << CAP_DAC_READ_SEARCH) | (1n << CAP_PERFMON) | (1n << CAP_BPF));
  await host.shutdown();
});

test("raw tracepoints, functions, iterators and runs work", { skip }, async (context) => {
  const program = await TracedProgram.start();
  execFileSync("chmod", ["-R", "a+rX", join(program.path, "..")]);
  try {
    const programs = [
      { name: "begin", type: programType.rawTracepoint },
      onRaw,
      onClock,
      onFunctionMulti,
      dumpTasks,
    ];
    const host = await startProbes(programs, {}, asNobody);
    await host.request("RUN", text("begin"), bytes(Buffer.alloc(0)), bytes(Buffer.alloc(0)), u32(0), i32(-1));
    assert.equal(host.events().length, 1);
    await attach(host, 1, "on_raw", "RAW_TRACEPOINT", text("sys_enter"));
    const place = uprobe(program.path, program.functionOffset);
    const refused = await tryAttach(host, 3, "on_function_multi", "UPROBE_MULTI", ...place);
    await attach(host, 4, "dump_tasks", "ITERATOR", u32(0), u32(0), text(""));
    await host.request("SEAL");
    await program.call();
    const counts = await readCounts(host);
    if (!isLacking(context, refused, "uprobe_multi")) assert.equal(counts.get(5n), 3n);
    assert.ok((counts.get(100n) ?? 0n) > 0n);
    assert.ok((await host.request("ITER_READ", u32(4))).length > 1);
    await host.shutdown();
  } finally {
    program.end();
  }
});

test("clocks work", { skip: skipPerf }, async () => {
  const host = await startProbes([onClock], {}, asNobody);
  const clock = [u32(1), u64(0n), u64(1_000_000n), i32(-1), i32(-1), u32(0)];
  await attach(host, 2, "on_clock", "PERF_EVENT", ...clock);
  await host.request("SEAL");
  await host.until(() => (host.events().length > 2 ? true : undefined), "ticks");
  await host.shutdown();
});

test("tracepoints and their formats, through cap_dac_read_search", { skip: skipPerf }, async () => {
  const onTracepoint = { name: "on_tracepoint", type: programType.tracepoint };
  const host = await startProbes([onTracepoint], { wantedProcess: process.pid }, asNobodyWithTracefs);
  await attach(host, 1, "on_tracepoint", "TRACEPOINT", text("syscalls"), text("sys_enter_getppid"));
  for (let i = 0; i < 5; i += 1) assert.ok(process.ppid > 0);
  assert.equal((await readCounts(host)).get(0n), 5n);
  const file = [u32(numberOf("KERNEL_FILE_EVENT_FORMAT")), text("sched"), text("sched_switch")];
  const parts = await host.request("KERNEL_FILE", ...file);
  assert.match(parts.map(({ payload }) => (payload.u32(), payload.text())).join(""), /prev_comm/);
  const symbols = host.request("KERNEL_FILE", u32(numberOf("KERNEL_FILE_KALLSYMS")), text(""), text(""));
  await assert.rejects(symbols, (error: RequestError) => error.errno === EPERM && error.stage === "file");
  await host.shutdown();
});

test("no file is opened that the user could not open", { skip }, async () => {
  const secret = join(folder, "secret");
  copyFileSync("/bin/true", secret);
  chmodSync(secret, 0o700);
  const closed = mkdtempSync(join(folder, "closed-"));
  writeFileSync(join(closed, "inside"), "");
  const host = await startProbes([onFunctionMulti], {}, asNobody);
  for (const path of [secret, join(closed, "inside"), "/proc/1/exe"]) {
    await assert.rejects(
      attach(host, 1, "on_function_multi", "UPROBE_MULTI", ...uprobe(path, 0x1000n)),
      (error: RequestError) => error.errno === EACCES && error.stage === "path",
      path,
    );
  }
  await host.shutdown();
});

test("no helper that interferes, no other type of program, no pin", { skip }, async () => {
  const host = await startLoader(asNobody);
  await host.request("OBJECT", bytes(objectOf("probes")));
  await host.request("PROGRAM", ...programFields({ name: "signals", type: programType.rawTracepoint }));
  const failed = (await host.request("LOAD", u32(0), u32(0))).at(-1);
  assert.equal(failed?.name, "LOAD_FAILED");
  assert.deepEqual([failed.payload.u32(), failed.payload.text()], [EPERM, "signals"]);
  assert.match(failed.payload.text(), /root only/);

  await host.request("OBJECT", bytes(objectOf("probes")));
  const CGROUP_SKB = 8;
  const MODIFY_RETURN = 26;
  for (const [type, attachTypeNumber] of [
    [CGROUP_SKB, 0],
    [programType.tracing, MODIFY_RETURN],
  ] as const) {
    const fields = programFields({ name: "begin", type, attachType: attachTypeNumber });
    await assert.rejects(
      host.request("PROGRAM", ...fields),
      (error: RequestError) => error.stage === "privilege",
    );
  }
  await host.shutdown();

  const pinning = await startProbes([dumpTasks], {}, asNobody);
  const pin = attach(
    pinning,
    1,
    "dump_tasks",
    "ITERATOR",
    u32(0),
    u32(0),
    text("/sys/fs/bpf/probewright-test"),
  );
  await assert.rejects(pin, (error: RequestError) => error.errno === EPERM && error.stage === "privilege");
  await assert.rejects(pinning.request("ITER_READ", u32(1)), RequestError);
  await pinning.shutdown();
});

test("the user's kill takes everything along", { skip }, async () => {
  const host = await startProbes([onRaw], {}, asNobody);
  await attach(host, 1, "on_raw", "RAW_TRACEPOINT", text("sys_enter"));
  assert.equal(listedPrograms(loaderPath, ["on_raw"]).length, 1);
  host.kill();
  await host.exit;
  for (let i = 0; i < 100 && listedPrograms(loaderPath, ["on_raw"]).length > 0; i += 1);
  assert.deepEqual(listedPrograms(loaderPath, ["on_raw"]), []);
});
