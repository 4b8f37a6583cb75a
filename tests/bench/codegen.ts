/**
 * What probes cost, beside bpftrace on the same calls: kernel run-time statistics per event on a system call in a loop, an empty
 * probe's cost subtracted. And what compiling costs: a script of 300 lines from source to IR, and to an object.
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
/** Odd, so that the middle one is a round that was. */
const ROUNDS = 5;

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

type Side = "empty" | "ours" | "bpftrace";

const own = [process.execPath, executable, "run", "-q", "-e"];
const peer = [toolPaths.bpftrace, "-q", "-e"];

async function probeRows(loop: string): Promise<readonly BenchRow[]> {
  const rows: BenchRow[] = [];
  const emptyCosts: number[] = [];
  for (const { name, text, goal } of scripts) {
    const rounds: Readonly<Record<Side, number>>[] = [];
    for (let i = 0; i < ROUNDS; i += 1) rounds.push(await costsOf(text, loop, i % 2 === 0));
    const count = text.split("tracepoint:").length - 1;
    const net = rounds.map(({ empty, ours, bpftrace }) => ({
      ours: ours - count * empty,
      bpftrace: bpftrace - count * empty,
    }));
    emptyCosts.push(...rounds.map(({ empty }) => empty));
    rows.push({
      name,
      ours: round(middle(net.map(({ ours }) => ours))),
      bpftrace: round(middle(net.map(({ bpftrace }) => bpftrace))),
      unit: "ns",
      goal,
      ratio: hundredths(middle(net.map(({ ours, bpftrace }) => ours / bpftrace))),
    });
  }
  return [{ name: "empty probe", ours: round(middle(emptyCosts)), bpftrace: "", unit: "ns" }, ...rows];
}

function round(value: number): number {
  return Math.round(10 * value) / 10;
}

function hundredths(value: number): number {
  return Math.round(100 * value) / 100;
}

function middle(values: readonly number[]): number {
  return [...values].sort((left, right) => left - right)[values.length >> 1] ?? 0;
}

/**
 * Nanoseconds per event, all programs of a script together, by side. All sides are attached at once, so each call runs the programs of
 * one after those of the other, and a machine that gets slower or faster meanwhile does so for both.
 * @param oursFirst what runs first may find colder caches: every other round turns them round
 */
async function costsOf(script: string, loop: string, oursFirst: boolean): Promise<Record<Side, number>> {
  const both: readonly (readonly [Side, readonly string[]])[] = [
    ["ours", [...own, script]],
    ["bpftrace", [...peer, script]],
  ];
  const started = new Map<Side, ChildProcess>();
  const costs: Record<Side, number> = { empty: 0, ours: 0, bpftrace: 0 };
  try {
    started.set("empty", await attachedTool([...own, EMPTY]));
    for (const [side, command] of oursFirst ? both : [...both].reverse())
      started.set(side, await attachedTool(command));
    const before = new Map([...started].map(([side, { pid }]) => [side, programStatistics(pid ?? 0)]));
    spawnSync(loop);
    for (const [side, { pid }] of started)
      costs[side] = costBetween(before.get(side), programStatistics(pid ?? 0));
  } finally {
    for (const child of started.values()) await ended(child);
  }
  return costs;
}

type ProgramStatistics = ReadonlyMap<string, Statistics>;

function costBetween(before: ProgramStatistics | undefined, after: ProgramStatistics): number {
  let cost = 0;
  for (const [id, { runs, time }] of after) {
    const earlier = before?.get(id) ?? { runs: 0, time: 0 };
    if (runs - earlier.runs >= CALLS) cost += (time - earlier.time) / (runs - earlier.runs);
  }
  return cost;
}

async function attachedTool([program = "", ...args]: readonly string[]): Promise<ChildProcess> {
  const child = spawn(program, args, {
    env: { ...process.env, __BPFTRACE_NOTIFY_PROBES_ATTACHED: "1" },
    stdio: ["ignore", "pipe", "ignore"],
  });
  await attached(child);
  return child;
}

async function ended(child: ChildProcess): Promise<void> {
  const closed = new Promise((resolve) => child.on("close", resolve));
  child.kill("SIGINT");
  await closed;
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
function programStatistics(root: number): ProgramStatistics {
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
  const { toIr, toObject, peer, ratio } = await compileTimes(folder);
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
      ratio: hundredths(ratio),
    },
  ];
}

type CompileTimes = Readonly<Record<"toIr" | "toObject" | "peer" | "ratio", number>>;

async function compileTimes(folder: string): Promise<CompileTimes> {
  const bundle = join(folder, "compile-time.cjs");
  await build(nodeBundle("tests/bench/workload/compile-time.ts", bundle));
  const printed = execFileSync(process.execPath, [bundle, toolPaths.bpftrace], {
    env: { ...environment, NODE_PATH: modules },
    encoding: "utf8",
  });
  return JSON.parse(printed) as CompileTimes;
}
