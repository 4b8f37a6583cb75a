/**
 * Stacks of programs without frame pointers: who calls whom is known, so each stack that is taken at each instruction has to
 * be a way through those calls, from the instruction to the first one of the process.
 */

import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { unmet } from "../harness/needs.ts";
import { execute, type Execution } from "./execute.ts";
import { openWorkshop, type Workshop } from "./workload.ts";

const skip = unmet("linux", "root", "bpf", "loader", "llvm-bindings", "executable", "gcc");

let shop: Workshop;
before(() => {
  if (skip === false) shop = openWorkshop();
});
after(() => {
  if (skip === false) shop.close();
});

/** Who may have called each function of `callers.c`; `*` is the C library, which calls back. */
const callers: Readonly<Record<string, readonly string[]>> = {
  leaf: ["spills", "grows", "handler", "compare"],
  spills: ["grows", "down"],
  grows: ["down"],
  down: ["down", "large"],
  large: ["realigned"],
  realigned: ["round_of"],
  compare: ["*"],
  handler: ["*"],
  round_of: ["main"],
  finished: ["main"],
  main: ["*"],
  _start: [],
};

const config = `config = {
  unstable_dw_ustack = enable; show_debug_info = 0; max_map_keys = 50000; missing_probes = "ignore"
}`;

function build(name: string, ...flags: readonly string[]): string {
  const source = new URL("programs/callers.c", import.meta.url).pathname;
  const program = join(shop.folder, name);
  execFileSync("gcc", [...flags, "-fno-optimize-sibling-calls", "-o", program, source]);
  return program;
}

/** Until the program has gone its ways once. */
function trace(program: string, depth: number, script: string): Promise<Execution> {
  const whole = `${config} ${script} uprobe:${program}:finished { exit(); }`;
  return execute(["run", "-q", "--unsafe", "-c", `${program} ${depth.toString()}`, "-e", whole]);
}

interface Counted {
  /** Names of functions, innermost first; of the C library's `*` for any number of them. */
  readonly functions: readonly string[];
  readonly names: readonly string[];
  readonly first: string;
  readonly count: number;
}

/** The keys of the map that a script prints. */
function stacksIn({ stdout }: Execution): readonly Counted[] {
  return [...stdout.matchAll(/@\[\n((?:\s+\S.*\n)*)\]: (\d+)/g)].map(([, frames = "", count]) => {
    const lines = frames
      .split("\n")
      .map((line) => line.trim())
      .filter((line) => line !== "");
    const names = lines.map((line) => line.replace(/\+\d+$/, ""));
    const functions = names
      .map((name) => (name in callers ? name : "*"))
      .filter((name, i, all) => name !== "*" || all[i - 1] !== "*");
    return { functions, names, first: lines[0] ?? "", count: Number(count) };
  });
}

/** @returns a stack that cannot be: one that does not lead to the process's first function, or by calls that there are not */
function fault({ functions, names, count }: Counted): string | undefined {
  const possible = functions.every((name, i) => {
    const caller = functions[i + 1];
    // Anybody calls the C library; it calls back from where it was called to.
    if (caller === undefined || (name === "*" && i === 0)) return true;
    const allowed = name === "*" ? ["round_of", "main", "_start"] : callers[name];
    return allowed?.includes(caller) === true;
  });
  const whole = functions.at(-1) === "_start";
  return possible && whole ? undefined : `${count.toString()} times ${names.join(" < ")}`;
}

function assertPossible(stack: Counted): void {
  assert.equal(fault(stack), undefined);
}

/** Each instruction of the program's own functions, as attach points. */
function instructionsOf(program: string): readonly string[] {
  const listing = execFileSync("objdump", ["-d", "--no-show-raw-insn", program], { encoding: "utf8" });
  const points: string[] = [];
  let own = false;
  for (const line of listing.split("\n")) {
    const head = /^[0-9a-f]+ <(.*)>:$/.exec(line);
    if (head !== null) own = (head[1] ?? "") in callers && head[1] !== "_start";
    const instruction = /^\s+([0-9a-f]+):\t/.exec(line);
    if (own && instruction?.[1] !== undefined) points.push(`uprobe:${program}:0x${instruction[1]}`);
  }
  return points;
}

const builds = [
  { name: "without", flags: ["-O2", "-fomit-frame-pointer"] },
  { name: "plain", flags: ["-O0", "-fomit-frame-pointer"] },
  { name: "with", flags: ["-O1", "-fno-omit-frame-pointer"] },
] as const;

for (const { name, flags } of builds) {
  test(`at each instruction of a program built with ${flags.join(" ")}`, { skip }, async () => {
    const program = build(name, ...flags);
    const points = instructionsOf(program);
    assert.ok(points.length > 150, points.length.toString());
    const script = `${points.join(",")} { @[dw_ustack()] = count(); }`;
    const run = await trace(program, 2, script);
    const stacks = stacksIn(run);
    stacks.forEach(assertPossible);
    // What fills up between functions is never reached.
    assert.ok(new Set(stacks.map(({ first }) => first)).size > 0.7 * points.length, run.stderr);
    assert.doesNotMatch(run.stderr, /cut short/);
    for (const reached of ["handler", "compare", "realigned"])
      assert.ok(
        stacks.some(({ functions }) => functions[0] === reached),
        reached,
      );
  });
}

test("recursion of any depth is walked to its end", { skip }, async () => {
  const program = build("deep", "-O2", "-fomit-frame-pointer");
  const run = await trace(program, 60, `uprobe:${program}:grows { @[dw_ustack()] = count(); }`);
  const stacks = stacksIn(run);
  stacks.forEach(assertPossible);
  const depths = stacks.map(({ functions }) => functions.filter((each) => each === "down").length);
  assert.deepEqual(
    depths.sort((a, b) => a - b),
    Array.from({ length: 60 }, (_, i) => i + 1),
  );
});

test("a stack has as many frames as were asked for", { skip }, async () => {
  const program = build("limited", "-O2", "-fomit-frame-pointer");
  const run = await trace(program, 4, `uprobe:${program}:leaf { @[dw_ustack(3)] = count(); }`);
  const stacks = stacksIn(run);
  assert.ok(stacks.length > 0, run.stderr);
  for (const { names } of stacks) assert.equal(names.length, 3);
});

const running = [
  {
    name: "user probes and system calls",
    script: (
      program: string,
      pid: string,
    ): string => `uprobe:${program}:spills { @[dw_ustack()] = count(); @a = 1; }
      tracepoint:syscalls:sys_enter_clock_nanosleep /pid == ${pid}/ { @[dw_ustack()] = count(); @b = 1; }
      tracepoint:syscalls:sys_enter_rt_sigreturn /pid == ${pid}/ { @[dw_ustack()] = count(); @c = 1; }
      interval:ms:50 { if (@a > 0 && @b > 0 && @c > 0) { exit(); } }`,
    surely: 1,
  },
  {
    // By itself: an instruction that a probe is on runs somewhere else, where a sample may find it.
    name: "samples",
    script: (
      _program: string,
      pid: string,
    ): string => `profile:hz:1999 /pid == ${pid}/ { @[dw_ustack()] = count(); @n++; }
      interval:ms:50 { if (@n > 50) { exit(); } }`,
    // A sample may come while the kernel puts the registers of a signal's handler, or of what it interrupted, one after the other.
    surely: 0.95,
  },
];

for (const { name, script, surely } of running) {
  test(`a process that runs already: ${name}`, { skip }, async () => {
    const program = build("running", "-O2", "-fomit-frame-pointer");
    const traced = spawn(program, ["3", "0"]);
    try {
      const pid = (traced.pid ?? 0).toString();
      const run = await execute(["run", "-q", "-p", pid, "-e", `${config} ${script(program, pid)}`]);
      const stacks = stacksIn(run);
      const sum = (some: readonly Counted[]): number => some.reduce((all, { count }) => all + count, 0);
      const least = Math.ceil(surely * sum(stacks));
      assert.ok(least > 0, run.stderr);
      const impossible = stacks.filter((stack) => fault(stack) !== undefined);
      assert.ok(sum(stacks) - sum(impossible) >= least, impossible.map(fault).join("\n"));
    } finally {
      traced.kill("SIGKILL");
    }
  });
}

test("a library that was loaded later, in the process and in its children", { skip }, async () => {
  const source = (name: string): string => new URL(`programs/${name}.c`, import.meta.url).pathname;
  const [program, library] = [join(shop.folder, "loads"), join(shop.folder, "callback.so")];
  execFileSync("gcc", ["-O2", "-fomit-frame-pointer", "-shared", "-fPIC", "-o", library, source("callback")]);
  execFileSync("gcc", ["-O2", "-fomit-frame-pointer", "-o", program, source("loads"), "-ldl"]);
  const traced = spawn(program, [library]);
  try {
    const pid = (traced.pid ?? 0).toString();
    const body = `@[dw_ustack()] = count(); if (pid == ${pid}) { @own++; } else { @others++; }`;
    // Of the first stacks some may end early: the library's information is read when the kernel tells of it.
    const end = "interval:ms:50 { if (@own > 50 && @others > 50) { exit(); } }";
    const script = `${config} uprobe:${program}:called_back { ${body} } ${end}`;
    const run = await execute(["run", "-q", "--dwarf-pid", pid, "-e", script]);
    const whole = stacksIn(run).filter(({ names }) => names.at(-1) === "_start");
    assert.ok(whole.reduce((sum, { count }) => sum + count, 0) > 50, run.stderr + run.stdout);
    for (const { names } of whole)
      assert.deepEqual(names.slice(0, 3), ["called_back", "call_back", "main"], names.join(" < "));
  } finally {
    traced.kill("SIGKILL");
  }
});

test("without a process there is one clear message", { skip }, async () => {
  const run = await execute(["run", "-e", `${config} profile:hz:99 { @[dw_ustack()] = count(); }`]);
  assert.equal(run.code, 255);
  assert.match(run.stderr, /dw_ustack must know whose stacks it is to walk/);
  assert.match(run.stderr, /-p PID or --dwarf-pid PID, or start it with -c COMMAND/);
});
