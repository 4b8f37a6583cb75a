/**
 * Runs beside bpftrace, in turn: from the start of the process to the first output, processor time, memory of all
 * processes together, and how much of a flood of events arrives. Needs root; without bpftrace its columns stay empty.
 */

import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { toolPaths, unmet } from "../harness/needs.ts";
import { environment } from "./environment.ts";

export interface BenchRow {
  readonly name: string;
  readonly ours: number;
  readonly bpftrace: number | undefined;
  readonly unit: "ms" | "MB" | "M/s" | "%";
  /** Ours over bpftrace's. */
  readonly ratio: number | undefined;
  /** The ratio should be at most this, or at least where more is better. */
  readonly goal: string;
}

const executable = fileURLToPath(new URL("../../server/bin/probewright", import.meta.url));
const flood = fileURLToPath(new URL("../kernel/programs/flood.c", import.meta.url));

const commands = {
  ours: [process.execPath, executable, "run"],
  bpftrace: [toolPaths.bpftrace],
} as const;
type Who = keyof typeof commands;

const STARTS = 9;
const EVENTS = 2_000_000;
const STEADY_EVENTS = 500_000;
const STEADY_RATE = 500_000;

const hello = 'begin { printf("hello\\n"); exit(); }';
const tool = `
tracepoint:syscalls:sys_enter_openat { @opens[comm] = count(); @start[tid] = nsecs; }
tracepoint:syscalls:sys_exit_openat /@start[tid]/ { @times = hist(nsecs - @start[tid]); delete(@start, tid); }
tracepoint:sched:sched_switch { @switches[args.next_comm] = count(); }
tracepoint:syscalls:sys_enter_read { @bytes[pid, comm] = sum(args.count); }
interval:s:1 { print(@opens); clear(@opens); }
begin { printf("hello\\n"); exit(); }`;
const idle = 'begin { printf("hello\\n"); } interval:s:60 { exit(); }';
const onCalls =
  'tracepoint:syscalls:sys_enter_close /pid == cpid/ { printf("%d %s %lx\\n", pid, comm, args.fd); }';

export async function run(): Promise<readonly BenchRow[]> {
  const lacking = unmet("linux", "root", "bpf", "loader", "llvm-bindings", "executable", "gcc");
  if (lacking !== false) throw new Error(lacking);
  const folder = mkdtempSync(join(tmpdir(), "probewright-bench-"));
  try {
    const program = join(folder, "flood");
    execFileSync("gcc", ["-O2", "-o", program, flood]);
    const out = join(folder, "out");
    return [
      ...(await startRows("hello world", hello, "≤ 0.8", "≤ 1.0")),
      ...(await startRows("tool of 6 probes, first time", tool, "≤ 0.7", "", withoutCache)),
      ...(await startRows("tool of 6 probes, again", tool, "≤ 0.7", "")),
      await memoryRow(),
      ...(await floodRows("flood", `${program} ${EVENTS.toString()}`, out)),
      ...(await floodRows(
        "0.5 M/s offered",
        `${program} ${STEADY_EVENTS.toString()} ${STEADY_RATE.toString()}`,
        out,
      )),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const hasPeer = unmet("bpftrace") === false;

function row(
  name: string,
  unit: BenchRow["unit"],
  goal: string,
  ours: number,
  theirs: number | undefined,
): BenchRow {
  const round = (value: number): number => Math.round(value * 100) / 100;
  const ratio = theirs === undefined ? undefined : round(ours / theirs);
  return {
    name,
    ours: round(ours),
    bpftrace: theirs === undefined ? undefined : round(theirs),
    unit,
    ratio,
    goal,
  };
}

/** As if the script had never been run: nothing that was compiled before is used. */
const withoutCache = { ...environment, PROBEWRIGHT_OBJECT_CACHE: "off" };

function start(who: Who, args: readonly string[], env: NodeJS.ProcessEnv = environment): ChildProcess {
  const [program = "", ...rest] = commands[who];
  return spawn(program, [...rest, ...args], { env, stdio: ["ignore", "pipe", "ignore"] });
}

const ended = (child: ChildProcess): Promise<unknown> => new Promise((resolve) => child.on("close", resolve));

interface Start {
  readonly firstMs: number;
  readonly cpuMs: number;
}

/** In turn, so that what else the machine does meets both. */
async function startRows(
  name: string,
  program: string,
  wallGoal: string,
  cpuGoal: string,
  env: NodeJS.ProcessEnv = environment,
): Promise<readonly BenchRow[]> {
  const starts: Record<Who, Start[]> = { ours: [], bpftrace: [] };
  for (let i = 0; i < STARTS; i += 1) {
    starts.ours.push(await measureStart("ours", program, env));
    if (hasPeer) starts.bpftrace.push(await measureStart("bpftrace", program, env));
  }
  const middle = (of: readonly Start[], value: keyof Start): number | undefined =>
    of.map((each) => each[value]).sort((a, b) => a - b)[Math.floor(of.length / 2)];
  const rowOf = (what: string, value: keyof Start, goal: string): BenchRow =>
    row(`${name}: ${what}`, "ms", goal, middle(starts.ours, value) ?? 0, middle(starts.bpftrace, value));
  return [rowOf("to first output", "firstMs", wallGoal), rowOf("processor time", "cpuMs", cpuGoal)];
}

async function measureStart(who: Who, program: string, env: NodeJS.ProcessEnv): Promise<Start> {
  const before = childrenTime();
  const begin = performance.now();
  const child = start(who, ["-e", program], env);
  const first = await new Promise<number>((resolve) => {
    child.stdout?.once("data", () => {
      resolve(performance.now() - begin);
    });
  });
  await ended(child);
  return { firstMs: first, cpuMs: childrenTime() - before };
}

const TICK_MS = 10;

/** Processor time of ended children and theirs. Fields 16 and 17 of proc(5)'s stat. */
function childrenTime(): number {
  const text = readFileSync("/proc/self/stat", "utf8");
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[13]) + Number(fields[14])) * TICK_MS;
}

async function memoryRow(): Promise<BenchRow> {
  const measure = async (who: Who): Promise<number> => {
    const child = start(who, ["-e", idle]);
    await new Promise((resolve) => child.stdout?.once("data", resolve));
    const bytes = memoryOf(child.pid ?? 0);
    child.kill("SIGINT");
    await ended(child);
    return bytes;
  };
  const ours = await measure("ours");
  return row(
    "memory of all processes (PSS)",
    "MB",
    "≤ 157 MB",
    ours,
    hasPeer ? await measure("bpftrace") : undefined,
  );
}

/** Proportional set size of a process and all below it, in MB. */
function memoryOf(pid: number): number {
  const folder = `/proc/${pid.toString()}`;
  const own = /^Pss:\s+(\d+)/m.exec(readFileSync(`${folder}/smaps_rollup`, "utf8"))?.[1] ?? "0";
  const children = readdirSync(`${folder}/task`).flatMap((thread) =>
    readFileSync(`${folder}/task/${thread}/children`, "utf8")
      .trim()
      .split(" ")
      .filter((word) => word !== "")
      .map(Number),
  );
  return Number(own) / 1024 + children.reduce((sum, child) => sum + memoryOf(child), 0);
}

interface Flood {
  /** Million events a second, and how many of a hundred. */
  readonly rate: number;
  readonly share: number;
}

async function measureFlood(who: Who, command: string, out: string): Promise<Flood> {
  const [program = "", ...rest] = commands[who];
  const args = [...rest, "-o", out, "-e", onCalls, "-c", command];
  const child = spawn(program, args, { stdio: ["ignore", "ignore", "pipe"] });
  let said = "";
  child.stderr.on("data", (chunk: Buffer) => {
    said += chunk.toString("utf8");
  });
  await ended(child);
  const [, calls = "0", microseconds = "1"] = /(\d+) calls in (\d+) us/.exec(said) ?? [];
  const lines = readFileSync(out)
    .toString("latin1")
    .split("\n")
    .filter((line) => line.includes("flood")).length;
  return { rate: lines / Number(microseconds), share: (100 * lines) / Number(calls) };
}

async function floodRows(name: string, command: string, out: string): Promise<readonly BenchRow[]> {
  const ours = await measureFlood("ours", command, out);
  const theirs = hasPeer ? await measureFlood("bpftrace", command, out) : undefined;
  return [
    row(`${name}: delivered a second`, "M/s", "≥ 4, or all that is offered", ours.rate, theirs?.rate),
    row(`${name}: delivered of it`, "%", "100 %", ours.share, theirs?.share),
  ];
}
