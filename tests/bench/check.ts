/**
 * How long it takes to say what is wrong with a script: a whole check, a check after one character was typed, and the
 * `check` command from nothing. On the profile that ships, as it is the same everywhere.
 */

import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { build } from "esbuild";

import { nodeBundle } from "../../scripts/bundling.mjs";
import { generateScript } from "./workload/script.ts";
import { environment } from "./environment.ts";
import type { BenchRow } from "./kernel.ts";

const LINES = 500;
const COLD_ROUNDS = 9;
const executable = fileURLToPath(new URL("../../server/bin/probewright", import.meta.url));
/** Where a bundle outside the repository finds what it leaves out. */
const modules = fileURLToPath(new URL("../../node_modules", import.meta.url));

/** All rows, in the order to show them. */
export async function run(): Promise<readonly BenchRow[]> {
  const folder = mkdtempSync(join(tmpdir(), "probewright-bench-"));
  try {
    const { whole, edits } = await warmTimes(folder);
    return [
      row(`check of ${LINES.toString()} lines, warm, median`, quantile(whole, 0.5), 30),
      row("check after a one-character edit, p95", quantile(edits, 0.95), 8),
      row("`check` command, cold, median", quantile(coldRuns(folder), 0.5), 250),
    ];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function row(name: string, value: number, goal: number): BenchRow {
  return { name, value: Number(value.toFixed(2)), unit: "ms", goal };
}

async function warmTimes(
  folder: string,
): Promise<{ readonly whole: readonly number[]; readonly edits: readonly number[] }> {
  const bundle = join(folder, "check-time.cjs");
  await build(nodeBundle("tests/bench/workload/check-time.ts", bundle));
  const printed = execFileSync(process.execPath, [bundle], {
    env: { ...environment, NODE_PATH: modules },
    encoding: "utf8",
  });
  return JSON.parse(printed) as { readonly whole: readonly number[]; readonly edits: readonly number[] };
}

function coldRuns(folder: string): readonly number[] {
  const file = join(folder, "bench.bt");
  writeFileSync(file, generateScript(LINES));
  return Array.from({ length: COLD_ROUNDS }, () => {
    const start = performance.now();
    const { status } = spawnSync(process.execPath, [executable, "check", "--kernel", "default", file], {
      env: environment,
    });
    if (status !== 0) throw new Error(`check ended with ${String(status)}`);
    return performance.now() - start;
  });
}

function quantile(times: readonly number[], share: number): number {
  const sorted = times.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
