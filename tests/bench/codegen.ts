/**
 * What probes cost, beside bpftrace in the same run: kernel run-time statistics per event on a system call in a loop, an
 * empty probe's cost subtracted. And what compiling costs: a script of 300 lines from source to IR, and to an object.
 */

import { execFileSync, spawn, spawnSync, type ChildProcess } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { build } from "esbuild";

import { nodeBundle } from "../../scripts/bundling.mjs";
import { toolPaths, unmet } from "../harness/needs.ts";
import { environment } from "./environment.ts";
import { longScript } from "./workload/long-script.ts";

export interface BenchRow {
  readonly name: string;
  readonly ours: number | string;
  readonly bpftrace: number | string;
  readonly unit: "ns" | "ms";
  /** The share of bpftrace's figure that ours should not exceed, or for one figure alone its limit. */
  readonly goal?: number;
  readonly ratio?: number;
}

const executable = fileURLToPath(new URL("../../server/bin/probewright", import.meta.url));
/** Where a bundle outside the repository finds what it leaves out. */
const modules = fileURLToPath(new URL("../../node_modules", import.meta.url));
const CALLS = 2_000_000;
const ROUNDS = 3;

const scripts: readonly { readonly name: string; readonly text: string; readonly goal: number }[] = [
  { name: "@ = count()", text: "tracepoint:syscalls:sys_enter_getppid { @ = count(); }", goal: 0.25 },
  {
    name: "@[comm, pid] = count()",
    text: "tracepoint:syscalls:sys_enter_getppid { @[comm, pid] = count(); }",
    goal: 0.7,
  },
  {
    name: "latency histogram",
    text: `tracepoint:syscalls:sys_enter_getppid { @start[tid] = nsecs; }
tracepoint:syscalls:sys_exit_getppid /@start[tid]/ { @us = hist((nsecs - @start[tid]) / 1000); delete(@start, tid); }`,
    goal: 0.7,
  },
];
const EMPTY = "tracepoint:syscalls:sys_enter_getppid { }";

/** All rows, in the order to show them. */
export async function run(): Promise<readonly BenchRow[]> {
  const lack = unmet("linux", "root", "bpf", "loader", "executable", "gcc", "bpftrace");
  if (lack !== false) return [{ name: `skipped: ${lack}`, ours: "", bpftrace: "", unit: "ns" }];
  const folder = mkdtempSync(join(tmpdir(), "bench-"));
  const statistics = "/proc/sys/kernel/bpf_stats_enabled";
  const before = readFileSync(statistics, "utf8");
  try {
    writeFileSync(statistics, "1");
    const loop = buildLoop(folder);
    return [...(await probeRows(loop)), ...(await compileRows(folder))];
  } finally {
    writeFileSync(statistics, before);
    rmSync(folder, { recursive: true });
  }
}

function buildLoop(folder: string): string {
  const [source, program] = [join(folder, "loop.c"), join(folder, "loop")];
  writeFileSync(
    source,
    `#include <sys/syscall.h>\n#include <unistd.h>\nint main(void) { for (int i = 0; i < ${CALLS.toString()}; i++) syscall(SYS_getppid); return 0; }\n`,
  );
  execFileSync("gcc", ["-O1", "-o", program, source]);
  return program;
}

const ours = [process.execPath, executable, "run", "-q", "-e"];
const theirs = [toolPaths.bpftrace, "-q", "-e"];

async function probeRows(loop: string): Promise<readonly BenchRow[]> {
  const empty = await costOf(ours, EMPTY, loop);
  const rows: BenchRow[] = [{ name: "empty probe", ours: round(empty), bpftrace: "", unit: "ns" }];
  for (const { name, text, goal } of scripts) {
    const count = text.split("tracepoint:").length - 1;
    const own = (await costOf(ours, text, loop)) - count * empty;
    const peer = (await costOf(theirs, text, loop)) - count * empty;
    rows.push({ name, ours: round(own), bpftrace: round(peer), unit: "ns", goal, ratio: own / peer });
  }
  return rows.map((row) => (row.ratio === undefined ? row : { ...row, ratio: round(100 * row.ratio) / 100 }));
}

function round(value: number): number {
  return Math.round(10 * value) / 10;
}

/** Nanoseconds per event, all programs of the script together: the best of several rounds. */
async function costOf(tool: readonly string[], script: string, loop: string): Promise<number> {
  const [program = "", ...args] = tool;
  const child = spawn(program, [...args, script], {
    env: { ...process.env, __BPFTRACE_NOTIFY_PROBES_ATTACHED: "1" },
    stdio: ["ignore", "pipe", "ignore"],
  });
  await attached(child);
  let best = Number.POSITIVE_INFINITY;
  let last = programStatistics(child.pid ?? 0);
  for (let i = 0; i < ROUNDS; i += 1) {
    spawnSync(loop);
    const now = programStatistics(child.pid ?? 0);
    let cost = 0;
    for (const [id, { runs, time }] of now) {
      const earlier = last.get(id) ?? { runs: 0, time: 0 };
      if (runs - earlier.runs >= CALLS) cost += (time - earlier.time) / (runs - earlier.runs);
    }
    best = Math.min(best, cost);
    last = now;
  }
  child.kill("SIGINT");
  await new Promise((resolve) => child.on("close", resolve));
  return best;
}

function attached(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    child.stdout?.on("data", (chunk: Buffer) => {
      if (chunk.includes("PROBES_ATTACHED")) resolve();
    });
    child.on("exit", () => {
      reject(new Error("ended before anything was attached"));
    });
  });
}

interface Statistics {
  readonly runs: number;
  readonly time: number;
}

/** What the kernel tells of the programs that a process or its children hold, by program id. */
function programStatistics(root: number): ReadonlyMap<string, Statistics> {
  const found = new Map<string, Statistics>();
  for (const pid of [root, ...childrenOf(root)]) {
    for (const fd of list(`/proc/${pid.toString()}/fdinfo`)) {
      const text = read(`/proc/${pid.toString()}/fdinfo/${fd}`);
      const [id, time, runs] = ["prog_id", "run_time_ns", "run_cnt"].map(
        (name) => new RegExp(`^${name}:\\s*(\\d+)`, "m").exec(text)?.[1],
      );
      if (id !== undefined && runs !== undefined && time !== undefined)
        found.set(id, { runs: Number(runs), time: Number(time) });
    }
  }
  return found;
}

function childrenOf(parent: number): readonly number[] {
  return list("/proc")
    .filter((entry) => /^\d+$/.test(entry))
    .filter((entry) => {
      const stat = read(`/proc/${entry}/stat`);
      return Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]) === parent;
    })
    .map(Number);
}

function list(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function read(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}

async function compileRows(folder: string): Promise<readonly BenchRow[]> {
  const text = longScript();
  const { toIr, toObject } = await ownCompile(folder);
  const peer = peerCompile(text);
  return [
    {
      name: `${text.split("\n").length.toString()} lines: source to IR, warm`,
      ours: round(toIr),
      bpftrace: "",
      unit: "ms",
      goal: 60,
    },
    {
      name: "the same: source to object",
      ours: round(toObject),
      bpftrace: round(peer),
      unit: "ms",
      goal: 0.5,
      ratio: round((100 * toObject) / peer) / 100,
    },
  ];
}

async function ownCompile(folder: string): Promise<{ readonly toIr: number; readonly toObject: number }> {
  const bundle = join(folder, "compile-time.cjs");
  await build(nodeBundle("tests/bench/workload/compile-time.ts", bundle));
  const printed = execFileSync(process.execPath, [bundle], {
    env: { ...environment, NODE_PATH: modules },
    encoding: "utf8",
  });
  return JSON.parse(printed) as { readonly toIr: number; readonly toObject: number };
}

/** bpftrace's own compile, without the start of its process: with the script less with an empty one. */
function peerCompile(text: string): number {
  const time = (script: string): number =>
    median(() => spawnSync(toolPaths.bpftrace, ["-q", "--dry-run", "-d", "codegen-opt", "-e", script]), 5);
  return Math.max(0.1, time(text) - time("begin { }"));
}

function median(action: () => unknown, rounds: number): number {
  const times = Array.from({ length: rounds }, () => {
    const start = performance.now();
    action();
    return performance.now() - start;
  });
  return times.sort((left, right) => left - right)[rounds >> 1] ?? 0;
}
