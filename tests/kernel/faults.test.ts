/** What goes wrong around a run: a clear result, and nothing attached afterwards, by the kernel's own list. */

import assert from "node:assert/strict";
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { copyFileSync, existsSync, readFileSync, renameSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { PATIENCE_MS } from "../harness/patience.ts";
import { unmet } from "../harness/needs.ts";
import { execute, sendSignal, start, type Execution, type Running } from "./execute.ts";
import { loadedPrograms, newPrograms, openWorkshop, stillLoaded, type Workshop } from "./workload.ts";

const skip = unmet("linux", "root", "bpf", "loader", "llvm-bindings", "executable", "gcc");

let shop: Workshop;
before(() => {
  if (skip === false) shop = openWorkshop();
});
after(() => {
  if (skip === false) shop.close();
});

/** Errors are sentences: no trace of ours, no bare number. */
function assertClear({ stderr }: Execution): void {
  assert.doesNotMatch(stderr, /\n\s+at |internal error|undefined|\[object/);
}

function childrenOf(pid: number): readonly number[] {
  const text = readFileSync(`/proc/${pid.toString()}/task/${pid.toString()}/children`, "utf8");
  return text
    .trim()
    .split(" ")
    .filter((word) => word !== "")
    .map(Number);
}

function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid.toString()}/cmdline`, "utf8");
  } catch {
    return "";
  }
}

function childNamed(running: Running, part: string): number {
  const found = childrenOf(running.child.pid ?? 0).find((pid) => commandOf(pid).includes(part));
  assert.ok(found !== undefined, `no child ${part}`);
  return found;
}

const isAlive = (pid: number): boolean => !["", "Z"].includes(stateOf(pid));

function stateOf(pid: number): string {
  try {
    return /\) (\w)/.exec(readFileSync(`/proc/${pid.toString()}/stat`, "utf8"))?.[1] ?? "";
  } catch {
    return "";
  }
}

async function waitUntil(condition: () => boolean): Promise<boolean> {
  const deadline = Date.now() + PATIENCE_MS;
  while (!condition() && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 50));
  return condition();
}

const ticking = 'interval:ms:10 { @ticks = count(); printf("tick\\n"); }';

test("a uprobe that is not there: refused before anything is attached", { skip }, async () => {
  for (const point of ["/bin/bash:no_such_function", "/nonexistent/file:main", "/bin/bash:readline+99999"]) {
    const run = await execute(["run", "-e", `uprobe:${point} { exit(); }`]);
    assert.equal(run.code, 1, run.stderr);
    assert.match(run.stderr, /stdin:1:1.*error\[PW\d+\]/);
    assertClear(run);
  }
});

test("an error that cannot be told ends the run all the same", { skip }, () => {
  const program = `${process.execPath} server/bin/probewright run -e 'uprobe:/bin/bash:nothing { }'`;
  const status = execFileSync("sh", ["-c", `${program} >&- 2>&-; echo $?`], { encoding: "utf8" });
  assert.equal(status.trim(), "1");
});

test("a loader that dies at the start is told, with what helps", { skip }, async () => {
  for (const [loader, reason] of [
    ["/bin/false", /the loader ended with status 1/],
    ["/bin/echo", /the loader ended with status 0/],
  ] as const) {
    const run = await execute(["run", "-e", "begin { exit(); }"], { env: { PROBEWRIGHT_LOADER: loader } });
    assert.equal(run.code, 255, run.stderr);
    assert.match(run.stderr, reason);
    assertClear(run);
  }
});

test("whoever is killed while probes are attached, nothing stays", { skip }, async () => {
  for (const victim of ["probewright-loader", "itself"]) {
    const before = loadedPrograms();
    const running = start(["run", "-e", ticking, "-c", "/bin/sleep 60"]);
    await running.seen("tick");
    const programs = newPrograms(before, /^interval_/);
    assert.ok(programs.length > 0);
    const [loader, sleeper] = [childNamed(running, "probewright-loader"), childNamed(running, "sleep")];
    process.kill(victim === "itself" ? (running.child.pid ?? 0) : loader, "SIGKILL");
    const run = await running.done;
    assert.deepEqual(await stillLoaded(programs), []);
    assert.ok(await waitUntil(() => !isAlive(loader) && !isAlive(sleeper)), "processes stay");
    if (victim === "itself") continue;
    assert.equal(run.code, 255);
    assert.match(run.stderr, /the loader was ended by SIGKILL; everything it attached is detached/);
    assertClear(run);
  }
});

test("a loader killed while it attaches many probes", { skip }, async () => {
  const before = loadedPrograms();
  const running = start(["run", "-v", "-e", "tracepoint:syscalls:sys_enter_* { @ = count(); }"]);
  await running.seen(/attaching tracepoint/);
  process.kill(childNamed(running, "probewright-loader"), "SIGKILL");
  const programs = newPrograms(before, /^tracepoint_/);
  const run = await running.done;
  assert.equal(run.code, 255, run.stderr.slice(-500));
  assertClear(run);
  assert.deepEqual(await stillLoaded(programs), []);
});

test("a command that dies before it was let go ends the run", { skip }, async () => {
  const running = start([
    "run",
    "-e",
    "tracepoint:syscalls:sys_enter_* { @ = count(); }",
    "-c",
    "/bin/sleep 60",
  ]);
  await waitUntil(() => childrenOf(running.child.pid ?? 0).some((pid) => commandOf(pid).includes("sleep")));
  process.kill(childNamed(running, "sleep"), "SIGKILL");
  const run = await running.done;
  assert.equal(run.code, 0, run.stderr.slice(-500));
  assertClear(run);
});

test("a full disk ends the run with an error that names the file", { skip }, async (context) => {
  const disk = join(shop.folder, "disk");
  execFileSync("mkdir", ["-p", disk]);
  execFileSync("mount", ["-t", "tmpfs", "-o", "size=64k", "tmpfs", disk]);
  context.after(() => execFileSync("umount", [disk]));
  const before = loadedPrograms();
  const run = await execute([
    ...["run", "-o", join(disk, "out"), "-e"],
    'interval:us:100 { printf("%s\\n", "a line of text that fills the disk in the end, sooner or later"); }',
  ]);
  assert.equal(run.code, 1);
  assert.match(run.stderr, /cannot write .*disk\/out: the disk is full/);
  assertClear(run);
  assert.deepEqual(await stillLoaded(newPrograms(before, /^interval_/)), []);
});

test("an output file that cannot be opened is said before anything is attached", { skip }, async () => {
  const run = await execute(["run", "-o", "/nonexistent/folder/file", "-e", "begin { exit(); }"]);
  assert.equal(run.code, 1);
  assert.match(run.stderr, /cannot write '\/nonexistent\/folder\/file': there is no such folder/);
  assert.doesNotMatch(run.stderr, /Attached/);
});

test("a reader that has seen enough ends the run quietly", { skip }, async () => {
  const before = loadedPrograms();
  const script = `${process.execPath} server/bin/probewright run -q -e '${ticking}' | head -n 1`;
  const text = execFileSync("sh", ["-c", script], { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
  assert.equal(text, "tick\n");
  assert.deepEqual(await stillLoaded(newPrograms(before, /^interval_/)), []);
});

test("ten thousand map entries are printed", { skip }, async () => {
  const program = "config = { max_map_keys = 20000 } begin { for ($i : 0..10000) { @m[$i] = $i; } exit(); }";
  const run = await execute(["run", "-q", "-e", program]);
  assert.equal(run.code, 0, run.stderr);
  assert.equal(run.stdout.match(/^@m\[\d+\]: \d+$/gm)?.length, 10_000);
});

test("a process that goes away, before or while it is traced", { skip }, async () => {
  const gone = spawn("/bin/true");
  await new Promise((resolve) => gone.on("exit", resolve));
  const late = await execute(["run", "-p", String(gone.pid), "-e", ticking]);
  assert.equal(late.code, 1);
  assert.match(late.stderr, /there is no process \d+/);
  const brief = spawn("/bin/sleep", ["0.6"]);
  const run = await execute([
    "run",
    "-p",
    String(brief.pid),
    "-e",
    "uprobe:/bin/sleep:* { @ = count(); } interval:ms:10 { @t = count(); }",
  ]);
  assert.ok([0, 1, 255].includes(run.code ?? -1), run.stderr);
  assertClear(run);
});

test("a binary that is replaced while it is traced: the run goes on with what it attached", {
  skip,
}, async () => {
  const program = join(shop.folder, "replaced");
  copyFileSync(shop.build("flood"), program);
  const before = loadedPrograms();
  const running = start(["run", "-e", `uprobe:${program}:main { @calls = count(); printf("called\\n"); }`]);
  await running.seen("Attached 1 probe");
  execFileSync(program, ["1"], { stdio: "ignore" });
  await running.seen("called");
  copyFileSync(shop.build("flood"), `${program}.new`);
  renameSync(`${program}.new`, program);
  execFileSync(program, ["1"], { stdio: "ignore" });
  running.child.kill("SIGINT");
  const run = await running.done;
  assert.equal(run.code, 0);
  assert.match(run.stdout, /@calls: 1/);
  assert.deepEqual(await stillLoaded(newPrograms(before, /^uprobe_/)), []);
});

test("a program that was replaced while it runs is traced and named by what it runs", { skip }, async () => {
  const path = join(shop.folder, "deployed");
  copyFileSync(shop.build("works"), path);
  const child = spawn(path, { stdio: "ignore" });
  copyFileSync(shop.build("flood"), `${path}.new`);
  renameSync(`${path}.new`, path);
  const run = await execute([
    ...["run", "-q", "-p", String(child.pid), "-e"],
    'uprobe:work { printf("%s %s", func, ustack(1)); exit(); }',
  ]);
  child.kill();
  assert.equal(run.code, 0, run.stderr);
  assert.match(run.stdout, /^work\s+work\+0/);
});

/** Large libraries whose functions can all be probed. */
const libraries = ["libcrypto.so.3", "libstdc++.so.6"].flatMap((name) =>
  ["/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu", "/usr/lib64"].map((folder) =>
    join(folder, name),
  ),
);
const library = libraries.find((path) => existsSync(path));

test("thousands of probes by one wildcard: counted, attached, and gone", {
  skip: library === undefined ? `needs one of ${libraries.join(", ")}` : skip,
}, async () => {
  const few = await execute(["run", "-e", `uprobe:${library ?? ""}:* { @ = count(); }`]);
  assert.equal(few.code, 1);
  assert.match(few.stderr, /max_probes/);
  assertClear(few);
  const before = loadedPrograms();
  // Some begin with instructions that kernels cannot probe.
  const settings = 'config = { max_probes = 100000; missing_probes = "warn" }';
  const program = `${settings} uprobe:${library ?? ""}:* { @ = count(); }`;
  const running = start(["run", "-e", program]);
  await running.seen(/Attached \d{4,} probes/);
  const programs = newPrograms(before, /^uprobe_/);
  running.child.kill("SIGINT");
  const run = await running.done;
  assert.equal(run.code, 0, run.stderr.slice(-500));
  assert.deepEqual(await stillLoaded(programs), []);
});

test("a second Ctrl-C ends a run at once", { skip }, async () => {
  const running = start(["run", "-e", 'begin { system("sleep 20"); }', "--unsafe", "-c", "/bin/sleep 30"]);
  await running.seen("Attached 1 probe");
  const target = {
    pid: running.child.pid ?? 0,
    kill: (signal: NodeJS.Signals) => running.child.kill(signal),
  };
  await sendSignal(target, "SIGINT");
  await new Promise((resolve) => setTimeout(resolve, 800));
  await sendSignal(target, "SIGINT");
  const run = await running.done;
  assert.equal(run.code, 130);
  assert.match(run.stderr, /ended at once/);
});

/** A run for which only so many files may be open. Root may raise its own limit, unless it lacks what that takes. */
function withFewFiles(limit: number, program: string): { status: number | null; stderr: string } {
  const run = `exec setpriv --bounding-set=-sys_resource ${process.execPath} server/bin/probewright run -e '${program}'`;
  return spawnSync("sh", ["-c", `ulimit -n ${limit.toString()}; ${run}`], { encoding: "utf8" });
}

test("too few files may be open for all probes: said with what helps", { skip }, () => {
  const before = loadedPrograms();
  const { status, stderr } = withFewFiles(64, "tracepoint:syscalls:sys_enter_* { @ = count(); }");
  assert.equal(status, 255, stderr);
  assert.match(
    stderr,
    /cannot attach tracepoint:\S+: too many open files \(EMFILE\)\n {2}allow more open files: `ulimit -n/,
  );
  assert.doesNotMatch(stderr, /missing_probes/);
  assert.deepEqual(newPrograms(before, /^tracepoint_/), []);
});

test("too few files may be open to start the loader: said in words", { skip }, () => {
  // How many Node itself takes differs.
  const said = [18, 20, 22, 24, 26, 28, 30].map((limit) => withFewFiles(limit, "interval:ms:1 { exit(); }"));
  assert.ok(said.some(({ stderr }) => /the loader could not be started: .*EMFILE/.test(stderr)));
  for (const { stderr } of said) assert.doesNotMatch(stderr, /Unhandled 'error' event/);
});

test("a root that lacks capabilities, as in a container, is told which", { skip }, () => {
  const program = `${process.execPath} server/bin/probewright run -e 'interval:ms:1 { exit(); }'`;
  const { status, stderr } = spawnSync(
    "sh",
    ["-c", `exec setpriv --bounding-set=-sys_admin,-bpf,-perfmon ${program}`],
    { encoding: "utf8" },
  );
  assert.equal(status, 255, stderr);
  assert.match(stderr, /this root lacks CAP_BPF and CAP_PERFMON, as in a container/);
});

test("--dry-run loads and attaches nothing", { skip }, async () => {
  const run = await execute(["run", "--dry-run", "-e", `${ticking} begin { printf("begun\\n"); }`]);
  assert.equal(run.code, 0, run.stderr);
  assert.equal(run.stdout, "");
  assert.doesNotMatch(run.stderr, /Attached/);
});
