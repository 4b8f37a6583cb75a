/**
 * How fast the language server answers while somebody types, over real stdio, on a generated script and a generated list of
 * 150,000 traceable functions. Edits make and unmake a mistake. `BENCH_EDITS` is the length of the simulated hour.
 */

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { generateFunctions } from "./workload/functions.ts";
import { generateScript } from "./workload/script.ts";
import { startTypist, type Timed, type Typist } from "./workload/typist.ts";

interface Row {
  readonly name: string;
  readonly lines: number;
  /** Milliseconds, or MB. */
  readonly p50: number | string;
  readonly p95: number | string;
  /** What of it the server's main thread was at work, p50/p95. */
  readonly busy?: string;
  readonly goal: string;
}

const FUNCTIONS = 150_000;
const ROUNDS = 60;
/** Keystrokes of an hour at five a second. */
const HOUR_OF_EDITS = Number(process.env["BENCH_EDITS"] ?? 18_000);
/** What a long script may take of what a short one may. */
const LONG_FACTOR = 3;
const SHORT = 500;
const LONG = 5000;

export async function run(): Promise<readonly Row[]> {
  const folder = mkdtempSync(join(tmpdir(), "probewright-bench-"));
  try {
    const functions = join(folder, "functions");
    writeFileSync(functions, generateFunctions(FUNCTIONS));
    const args = ["--traceable-functions", functions];
    const rows = [...(await coldStart(args)), ...(await typing(args, SHORT)), ...(await typing(args, LONG))];
    return [...rows, ...(await anHour(args))];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** From starting the process to the first diagnostics of a script that it is asked to open. */
async function coldStart(args: readonly string[]): Promise<readonly Row[]> {
  const times: Timed[] = [];
  for (let round = 0; round < 9; round += 1) {
    const start = performance.now();
    const typist = await startTypist(args);
    await typist.open(generateScript(SHORT));
    times.push({ wall: performance.now() - start, busy: typist.busy() });
    await typist.close();
  }
  return [row("cold start to first diagnostics", SHORT, times, [350, 350])];
}

interface Step {
  readonly name: string;
  /** p50 and p95 for a short script, in milliseconds. */
  readonly goal: readonly [number, number];
  readonly once: (typist: Typist, round: number) => Promise<Timed | undefined>;
}

const steps: readonly Step[] = [
  {
    name: "keystroke to syntax diagnostics",
    goal: [10, 25],
    once: (typist, round) =>
      typist.timed(() => {
        if (round % 2 === 0) {
          typist.replace(mistakes.syntax.right, mistakes.syntax.wrong);
          return typist.diagnostics((found) => found.some(isSyntax));
        }
        typist.replace(mistakes.syntax.wrong, mistakes.syntax.right);
        return typist.diagnostics((found) => !found.some(isSyntax));
      }),
  },
  {
    name: "keystroke to type diagnostics",
    goal: [20, 40],
    once: (typist, round) =>
      typist.timed(() => {
        if (round % 2 === 0) {
          typist.replace(mistakes.types.right, mistakes.types.wrong);
          return typist.diagnostics((found) => found.some(isTypes));
        }
        typist.replace(mistakes.types.wrong, mistakes.types.right);
        return typist.diagnostics((found) => !found.some(isTypes));
      }),
  },
  {
    name: "completion of attach points",
    goal: [10, 30],
    once: async (typist, round) => {
      const word = ["vfs_re", "tcp_", "blk_wai", "x", "ext4_open_in"][round % 5] ?? "";
      const line = `kprobe:${word}`;
      typist.append(line);
      const time = await typist.timed(() => typist.askAtEnd("textDocument/completion"));
      typist.undo(line);
      return time;
    },
  },
  {
    name: "completion of members",
    goal: [5, 15],
    once: async (typist) => {
      typist.replace("$task->comm", "$task->com");
      const time = await typist.timed(() => typist.ask("textDocument/completion", "$task->com", 10));
      typist.replace("$task->com;", "$task->comm;");
      return time;
    },
  },
  {
    name: "hover",
    goal: [3, 10],
    once: (typist, round) =>
      typist.timed(() =>
        typist.ask("textDocument/hover", ["@latency", "args.ret", "nsecs", "$task->"][round % 4] ?? "", 2),
      ),
  },
  {
    name: "semantic tokens after an edit",
    goal: [5, 15],
    once: (typist, round) => {
      typist.replace(`clear(@parents`, round % 2 === 0 ? " clear(@parents" : "clear(@parents");
      return typist.timed(() => typist.askWhole("textDocument/semanticTokens/full"));
    },
  },
  {
    name: "rename",
    goal: [20, 50],
    once: (typist) =>
      typist.timed(() => typist.ask("textDocument/rename", "@latency1", 2, { newName: "@slow" })),
  },
  {
    name: "format",
    goal: [10, 25],
    once: (typist) =>
      typist.timed(() =>
        typist.askWhole("textDocument/formatting", { options: { tabSize: 2, insertSpaces: true } }),
      ),
  },
];

const mistakes = {
  syntax: { right: "$elapsed = nsecs - @start1[tid];", wrong: "$elapsed = nsecs - @start1[tid;" },
  types: { right: "@sizes1 = lhist(args.ret, 0", wrong: '@sizes1 = lhist("x", 0' },
};

const isSyntax = ({ code }: { readonly code: string }): boolean => /^PW[01]\d{3}$/.test(code);
const isTypes = ({ code, error }: { readonly code: string; readonly error: boolean }): boolean =>
  error && !isSyntax({ code });

async function typing(args: readonly string[], lines: number): Promise<readonly Row[]> {
  const typist = await startTypist(args);
  await typist.open(generateScript(lines));
  const rows: Row[] = [];
  const factor = lines === SHORT ? 1 : LONG_FACTOR;
  for (const { name, goal, once } of steps) {
    const times: (Timed | undefined)[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      times.push(await once(typist, round));
      await typist.settle();
    }
    rows.push(row(name, lines, times, [goal[0] * factor, goal[1] * factor]));
  }
  await typist.close();
  return rows;
}

/** Typing without a pause, with the requests that editors send meanwhile. */
async function anHour(args: readonly string[]): Promise<readonly Row[]> {
  const typist = await startTypist(args);
  await typist.open(generateScript(SHORT));
  const early = memoryOf(typist.pid);
  const text = '  printf("%d %s\\n", pid, comm); @typed[comm] = count();';
  for (let edit = 0; edit < HOUR_OF_EDITS; edit += 1) {
    const at = edit % (2 * text.length);
    if (at < text.length) typist.append(text[at] ?? " ");
    else typist.undo(text[2 * text.length - 1 - at] ?? " ");
    if (edit % 5 === 0) await typist.askWhole("textDocument/semanticTokens/full");
    if (edit % 7 === 0) await typist.askAtEnd("textDocument/completion");
  }
  await typist.settle();
  const late = memoryOf(typist.pid);
  await typist.close();
  return [
    { name: "resident memory, MB: at first", lines: SHORT, p50: early, p95: early, goal: "150" },
    {
      name: `resident memory, MB: after ${HOUR_OF_EDITS} edits`,
      lines: SHORT,
      p50: late,
      p95: late,
      goal: "150",
    },
  ];
}

function memoryOf(pid: number): number {
  const line = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"));
  return Math.round(Number(line?.[1] ?? 0) / 1024);
}

function row(
  name: string,
  lines: number,
  times: readonly (Timed | undefined)[],
  goal: readonly [number, number],
): Row {
  const answered = times.filter((each) => each !== undefined);
  const wall = quantiles(answered.map((each) => each.wall));
  const busy = quantiles(answered.map((each) => each.busy));
  return {
    name,
    lines,
    p50: wall[0],
    p95: wall[1],
    busy: `${busy[0]}/${busy[1]}`,
    goal: `${goal[0]}/${goal[1]}`,
  };
}

/** At the middle, and where one of twenty is larger. */
function quantiles(times: readonly number[]): readonly [number | string, number | string] {
  const sorted = times.toSorted((left, right) => left - right);
  const at = (share: number): number | string => {
    const value = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
    return value === undefined ? "not answered" : Math.round(value * 10) / 10;
  };
  return [at(0.5), at(0.95)];
}
