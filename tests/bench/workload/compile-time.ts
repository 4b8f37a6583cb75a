/**
 * What compiling a script of 300 lines costs, in a process of its own that runs the code as the server does: bundled, with its
 * settings of the heap, and warm. Its argument is bpftrace's program, whose own compile is timed in turn with ours to an object: a
 * machine that gets slower or faster meanwhile does so for both. Prints medians in ms as JSON, and that of the rounds' ratios.
 */

import { spawnSync } from "node:child_process";
import { setTimeout } from "node:timers/promises";

import { openDefaultProfile } from "@probewright/runtime";
import { collectLater, limitHeapGrowth } from "@probewright/server/host";

import { buildGenerated, generateScript, type Generated } from "../../codegen/compile.ts";
import { longScript } from "./long-script.ts";

/** The server's functions have run often when somebody types. */
const WARM_UP_ROUNDS = 20;
const ROUNDS = 15;
const ROUNDS_BESIDE = 5;

const [, , bpftrace = "bpftrace"] = process.argv;
collectLater();
limitHeapGrowth();
const profile = openDefaultProfile();
if (!profile.ok) throw new Error(profile.error.message);
const facts = profile.value;
const text = longScript();

function generate(): Generated {
  const generated = generateScript(text, facts);
  if (generated === undefined) throw new Error("the long script has errors");
  return generated;
}

function timeOf(action: () => unknown): number {
  const start = performance.now();
  action();
  return performance.now() - start;
}

function times<Result>(rounds: number, each: (round: number) => Result): readonly Result[] {
  return Array.from({ length: rounds }, (_, round) => each(round));
}

function middle(values: readonly number[]): number {
  return values.toSorted((left, right) => left - right)[values.length >> 1] ?? 0;
}

/** bpftrace's own compile, without the start of its process: with the script less with an empty one. */
function peerCompile(): number {
  const time = (script: string): number =>
    timeOf(() => spawnSync(bpftrace, ["-q", "--dry-run", "-d", "codegen-opt", "-e", script]));
  return Math.max(0.1, time(text) - time("begin { }"));
}

async function measure(): Promise<void> {
  for (let i = 0; i < WARM_UP_ROUNDS; i += 1) {
    generate();
    // The server's limit is looked at between one thing and the next.
    await setTimeout(1);
  }
  const toIr = middle(times(ROUNDS, () => timeOf(generate)));
  const beside = times(ROUNDS_BESIDE, (round) => {
    const own = (): number => timeOf(() => buildGenerated(generate()));
    if (round % 2 === 0) return { ours: own(), theirs: peerCompile() };
    const theirs = peerCompile();
    return { ours: own(), theirs };
  });
  const toObject = middle(beside.map(({ ours }) => ours));
  const peer = middle(beside.map(({ theirs }) => theirs));
  const ratio = middle(beside.map(({ ours, theirs }) => ours / theirs));
  process.stdout.write(JSON.stringify({ toIr, toObject, peer, ratio }));
}

void measure();
