/**
 * How fast facts of a kernel are at hand: opening BTF, the first look-ups in it, formats of tracepoints, the profile that ships.
 * Types are those of the running kernel where it tells them, else those of the profile.
 */

import { existsSync, readFileSync } from "node:fs";

import {
  createKernelTypes,
  openBtf,
  parseTracepointFormat,
  tracepointArguments,
  type KernelFacts,
} from "@probewright/compiler";
import { openDefaultProfile } from "@probewright/runtime";

export interface BenchRow {
  readonly name: string;
  readonly value: number;
  readonly unit: "ms" | "µs";
  /** The value should not be above this. */
  readonly goal?: number;
}

const LIVE_BTF = "/sys/kernel/btf/vmlinux";
const ROUNDS = 15;
const FORMAT_ROUNDS = 2000;

/** All rows, in the order to show them. */
export function run(): Promise<readonly BenchRow[]> {
  return Promise.resolve([...btfRows(), ...formatRows(), ...profileRows()]);
}

function btfRows(): readonly BenchRow[] {
  if (!existsSync(LIVE_BTF)) return [];
  const bytes = readFileSync(LIVE_BTF);
  const open = (): KernelTypesOf => {
    const opened = openBtf(bytes, { module: "vmlinux" });
    if (!opened.ok) throw new Error(opened.error.message);
    return createKernelTypes({ vmlinux: opened.value, opened: () => [], open: () => undefined });
  };
  const size = `${(bytes.length / 1e6).toFixed(1)} MB`;
  return [
    { name: `kernel BTF: open ${size}`, value: median(ROUNDS, open), unit: "ms", goal: 30 },
    {
      name: "kernel BTF: open and first look-up (struct task_struct)",
      value: median(ROUNDS, () => open().findStruct("struct task_struct")),
      unit: "ms",
      goal: 50,
    },
    {
      name: "kernel BTF: open and list all functions",
      value: median(ROUNDS, () => open().functions()),
      unit: "ms",
    },
    warmRow(open()),
  ];
}

type KernelTypesOf = ReturnType<typeof createKernelTypes>;

function warmRow(types: KernelTypesOf): BenchRow {
  const names = types.typeNames().filter((name) => name.startsWith("struct "));
  const start = performance.now();
  for (const name of names) types.findStruct(name);
  const each = ((performance.now() - start) * 1000) / names.length;
  return { name: "kernel BTF: decode a struct, warm", value: each, unit: "µs" };
}

const format = `name: sched_switch
ID: 372
format:
	field:unsigned short common_type;	offset:0;	size:2;	signed:0;
	field:unsigned char common_flags;	offset:2;	size:1;	signed:0;
	field:unsigned char common_preempt_count;	offset:3;	size:1;	signed:0;
	field:int common_pid;	offset:4;	size:4;	signed:1;

	field:char prev_comm[16];	offset:8;	size:16;	signed:0;
	field:pid_t prev_pid;	offset:24;	size:4;	signed:1;
	field:int prev_prio;	offset:28;	size:4;	signed:1;
	field:long prev_state;	offset:32;	size:8;	signed:1;
	field:char next_comm[16];	offset:40;	size:16;	signed:0;
	field:pid_t next_pid;	offset:56;	size:4;	signed:1;
	field:int next_prio;	offset:60;	size:4;	signed:1;
`;

function formatRows(): readonly BenchRow[] {
  const facts = defaultFacts();
  const start = performance.now();
  for (let round = 0; round < FORMAT_ROUNDS; round += 1) {
    tracepointArguments(parseTracepointFormat("sched", "sched_switch", format), facts);
  }
  const each = ((performance.now() - start) * 1000) / FORMAT_ROUNDS;
  return [{ name: "tracepoint format: text to struct", value: each, unit: "µs" }];
}

function profileRows(): readonly BenchRow[] {
  return [
    { name: "default profile: open", value: median(ROUNDS, defaultFacts), unit: "ms", goal: 150 },
    {
      name: "default profile: open and first format",
      value: median(ROUNDS, () => defaultFacts().tracepointFormat("sched", "sched_switch")),
      unit: "ms",
      goal: 150,
    },
    {
      name: "default profile: open and first struct",
      value: median(ROUNDS, () => defaultFacts().findStruct("struct task_struct")),
      unit: "ms",
      goal: 150,
    },
    {
      name: "default profile: open and list all functions",
      value: median(ROUNDS, () => defaultFacts().traceableFunctions()),
      unit: "ms",
    },
  ];
}

function defaultFacts(): KernelFacts {
  const opened = openDefaultProfile();
  if (!opened.ok) throw new Error(opened.error.message);
  return opened.value;
}

function median(rounds: number, action: () => unknown): number {
  const times = Array.from({ length: rounds }, () => {
    const start = performance.now();
    action();
    return performance.now() - start;
  });
  return times.sort((left, right) => left - right)[rounds >> 1] ?? 0;
}
