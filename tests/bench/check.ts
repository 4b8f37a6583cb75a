/**
 * How long it takes to say what is wrong with a script: a whole check, a check after one character was typed, and the
 * `check` command from nothing. On the profile that ships, as it is the same everywhere.
 */

import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import {
  applyEdit,
  check,
  defaultOptions,
  openDocument,
  parseScript,
  type Check,
  type Document,
  type KernelFacts,
  type Script,
} from "@probewright/compiler";
import { nativeParser } from "@probewright/grammar/testing";
import { openDefaultProfile } from "@probewright/runtime";

import { generateScript } from "./workload/script.ts";
import { environment } from "./environment.ts";
import type { BenchRow } from "./kernel.ts";

const LINES = 500;
const WARM_UP = 30;
const ROUNDS = 60;
const COLD_ROUNDS = 9;
const executable = fileURLToPath(new URL("../../server/bin/probewright", import.meta.url));
const parser = nativeParser();

/** All rows, in the order to show them. */
export function run(): Promise<readonly BenchRow[]> {
  const opened = openDefaultProfile();
  if (!opened.ok) throw new Error(opened.error.message);
  const text = generateScript(LINES);
  const facts = opened.value;
  const whole = sample(() => checkOf(parseScript(text, parser), facts));
  return Promise.resolve([
    row(`check of ${LINES.toString()} lines, warm, median`, quantile(whole, 0.5), 30),
    ...editRows(text, facts),
    row("`check` command, cold, median", quantile(coldRuns(text), 0.5), 250),
  ]);
}

function row(name: string, value: number, goal: number): BenchRow {
  return { name, value: Number(value.toFixed(2)), unit: "ms", goal };
}

function checkOf(script: Script, facts: KernelFacts, previous?: Check): Check {
  return check({
    script,
    sourceName: "bench.bt",
    facts,
    options: defaultOptions,
    parse: (source) => parseScript(source, parser),
    previous,
  });
}

/** One letter of a string in the middle, back and forth: the text that changes most while scripts are written. */
function editRows(text: string, facts: KernelFacts): readonly BenchRow[] {
  let document: Document = openDocument(text, parser);
  let last = checkOf(document.script, facts);
  const at = text.indexOf('printf("', text.length / 2) + 'printf("'.length;
  let letter = "a";
  const times = sample(() => {
    letter = letter === "a" ? "b" : "a";
    document = applyEdit(document, { start: at, end: at + 1, text: letter }, parser);
    last = checkOf(document.script, facts, last);
  });
  return [row("check after a one-character edit, p95", quantile(times, 0.95), 8)];
}

function sample(work: () => unknown): readonly number[] {
  const times: number[] = [];
  for (let round = 0; round < WARM_UP + ROUNDS; round += 1) {
    const start = performance.now();
    work();
    if (round >= WARM_UP) times.push(performance.now() - start);
  }
  return times;
}

function coldRuns(text: string): readonly number[] {
  const folder = mkdtempSync(join(tmpdir(), "probewright-bench-"));
  try {
    const file = join(folder, "bench.bt");
    writeFileSync(file, text);
    return Array.from({ length: COLD_ROUNDS }, () => {
      const start = performance.now();
      const { status } = spawnSync(process.execPath, [executable, "check", "--kernel", "default", file], {
        env: environment,
      });
      if (status !== 0) throw new Error(`check ended with ${String(status)}`);
      return performance.now() - start;
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function quantile(times: readonly number[], share: number): number {
  const sorted = times.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
