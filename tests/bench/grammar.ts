/**
 * How fast the grammar parses: a script of 10,000 lines as a whole, and after one-character edits, in a clean file and in
 * one with 200 scattered errors, natively and as WebAssembly.
 *
 * `PEER_GRAMMAR=FOLDER` adds rows for another tree-sitter grammar of the language, whose native binding is built there,
 * and makes its full parse the goal of ours. The two take turns, so that the machine's other work falls on both.
 */

import { createRequire } from "node:module";
import { resolve } from "node:path";

import { nativeParser, wasmParser } from "@probewright/grammar/testing";
import type { SyntaxParser, SyntaxTree } from "@probewright/grammar";

export interface BenchRow {
  readonly name: string;
  readonly value: number;
  readonly unit: "ms";
  /** The value should not be above this. */
  readonly goal?: number;
}

interface Variant {
  readonly name: string;
  readonly parser: SyntaxParser;
  readonly goals: boolean;
}

const LINES = 10_000;
const ERRORS = 200;
const EDITS = 400;
const FULL_PARSES = 9;

/** All rows, in the order to show them. */
export async function run(): Promise<readonly BenchRow[]> {
  const variants: Variant[] = [
    { name: "native", parser: nativeParser(), goals: false },
    { name: "wasm", parser: await wasmParser(), goals: true },
  ];
  const clean = generateScript();
  const broken = withErrors(clean);
  return [...variants.flatMap((variant) => measure(variant, clean, broken)), ...peerRows(clean)];
}

interface PeerParser {
  setLanguage(language: unknown): void;
  parse(text: string): unknown;
}

/** Full parses by another grammar and by ours in turn, when one is given. */
function peerRows(clean: string): readonly BenchRow[] {
  const folder = process.env["PEER_GRAMMAR"];
  if (folder === undefined) return [];
  const require = createRequire(import.meta.url);
  // Both packages export one function; their types say otherwise.
  const Parser = require("tree-sitter") as new () => PeerParser;
  const load = require("node-gyp-build") as (path: string) => unknown;
  const peer = new Parser();
  peer.setLanguage(load(resolve(folder)));
  const own = nativeParser();
  const turns = Array.from({ length: FULL_PARSES }, () => ({
    peer: timeOf(() => peer.parse(clean)),
    own: timeOf(() => own.parse(clean)),
  }));
  const theirs = percentile(
    turns.map((turn) => turn.peer),
    0.5,
  );
  const ours = percentile(
    turns.map((turn) => turn.own),
    0.5,
  );
  return [
    { name: `peer native: full parse of ${String(LINES)} lines`, value: theirs, unit: "ms" },
    { name: `grammar native: full parse, in turn with the peer`, value: ours, unit: "ms", goal: theirs },
  ];
}

function measure({ name, parser, goals }: Variant, clean: string, broken: string): readonly BenchRow[] {
  const full = percentile(
    times(FULL_PARSES, () => parser.parse(clean)),
    0.5,
  );
  const cleanEdits = editTimes(parser, clean);
  const brokenEdits = editTimes(parser, broken);
  const goal = (value: number): { goal?: number } => (goals ? { goal: value } : {});
  return [
    { name: `grammar ${name}: full parse of ${String(LINES)} lines`, value: full, unit: "ms" },
    { name: `grammar ${name}: one-character edit, p50`, value: percentile(cleanEdits, 0.5), unit: "ms" },
    {
      name: `grammar ${name}: one-character edit, p95`,
      value: percentile(cleanEdits, 0.95),
      unit: "ms",
      ...goal(2),
    },
    {
      name: `grammar ${name}: one-character edit among ${String(ERRORS)} errors, p50`,
      value: percentile(brokenEdits, 0.5),
      unit: "ms",
    },
    {
      name: `grammar ${name}: one-character edit among ${String(ERRORS)} errors, p95`,
      value: percentile(brokenEdits, 0.95),
      unit: "ms",
      ...goal(4),
    },
  ];
}

function times(count: number, action: () => unknown): readonly number[] {
  return Array.from({ length: count }, () => timeOf(action));
}

function timeOf(action: () => unknown): number {
  const begin = performance.now();
  action();
  return performance.now() - begin;
}

/** Types a character and takes it away again, at places spread over the script. */
function editTimes(parser: SyntaxParser, text: string): readonly number[] {
  const random = randomNumbers(7);
  let tree: SyntaxTree = parser.parse(text);
  const edit = (start: number, oldEnd: number, inserted: string): number => {
    const begin = performance.now();
    tree.edit({ start, oldEnd, inserted });
    const next = parser.parse(tree.text, tree);
    const time = performance.now() - begin;
    tree.dispose();
    tree = next;
    return time;
  };
  const found: number[] = [];
  for (let i = 0; i < EDITS / 2; i++) {
    const start = wordNear(text, Math.floor(random() * text.length));
    found.push(edit(start, start, "x"), edit(start, start + 1, ""));
  }
  tree.dispose();
  return found;
}

/** The end of a word at or behind `offset`: where people type. */
function wordNear(text: string, offset: number): number {
  const found = /[A-Za-z](?![A-Za-z])/.exec(text.slice(offset));
  return found === null ? 0 : offset + found.index + 1;
}

/** Probes as people write them, none like the other. */
function generateScript(): string {
  const probes: string[] = [
    "#include <linux/sched.h>\n\nstruct event {\n  u64 when;\n  char name[16];\n};\n",
  ];
  for (let i = 0, lines = 0; lines < LINES; i++) {
    const probe = `kprobe:vfs_function_${String(i)},
tracepoint:syscalls:sys_enter_call_${String(i)}
/ pid == ${String(1000 + i)} && args.count / 4 > ${String(i % 7)} /
{
  $task = (struct task_struct *)curtask;
  $latency_${String(i)} = (nsecs - @start[tid]) / 1000; // microseconds
  @calls_${String(i)}[comm, $task->parent->pid] = count();
  if ($latency_${String(i)} > ${String(i)} && @enabled) {
    printf("%-16s %6d %s\\n", comm, $latency_${String(i)}, str(args.filename));
    @slow[kstack(3)] = hist($latency_${String(i)});
  } else {
    for ($n : 0..${String((i % 9) + 1)}) { @levels[$n] += $n * 2 + 1; }
  }
  delete(@start, tid);
}
`;
    probes.push(probe);
    lines += 16;
  }
  return probes.join("\n");
}

/** The script with tokens left out at places spread over it. */
function withErrors(text: string): string {
  const random = randomNumbers(3);
  let broken = text;
  for (let i = 0; i < ERRORS; i++) {
    const offset = Math.floor(random() * broken.length);
    const found = /[;)(,=]/.exec(broken.slice(offset));
    if (found !== null)
      broken = broken.slice(0, offset + found.index) + broken.slice(offset + found.index + 1);
  }
  return broken;
}

/** Numbers from 0 to 1, the same in every run. */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return state / 0x80000000;
  };
}

function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}
