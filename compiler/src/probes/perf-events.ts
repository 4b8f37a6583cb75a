/** Software and hardware events, one row each. */

/** One event of the perf interface. `config` is its number in `perf_event_attr`. Source: include/uapi/linux/perf_event.h. */
export interface PerfEvent {
  readonly name: string;
  readonly alias?: string;
  readonly config: number;
  /** Sample period when the script names none. */
  readonly defaultPeriod: bigint;
}

const software: readonly PerfEvent[] = [
  { name: "cpu-clock", alias: "cpu", config: 0, defaultPeriod: 1_000_000n },
  { name: "task-clock", config: 1, defaultPeriod: 1n },
  { name: "page-faults", alias: "faults", config: 2, defaultPeriod: 100n },
  { name: "context-switches", alias: "cs", config: 3, defaultPeriod: 1000n },
  { name: "cpu-migrations", config: 4, defaultPeriod: 1n },
  { name: "minor-faults", config: 5, defaultPeriod: 100n },
  { name: "major-faults", config: 6, defaultPeriod: 1n },
  { name: "alignment-faults", config: 7, defaultPeriod: 1n },
  { name: "emulation-faults", config: 8, defaultPeriod: 1n },
  { name: "dummy", config: 9, defaultPeriod: 1n },
  { name: "bpf-output", config: 10, defaultPeriod: 1n },
];

const hardware: readonly PerfEvent[] = [
  { name: "cpu-cycles", alias: "cycles", config: 0, defaultPeriod: 1_000_000n },
  { name: "instructions", config: 1, defaultPeriod: 1_000_000n },
  { name: "cache-references", config: 2, defaultPeriod: 1_000_000n },
  { name: "cache-misses", config: 3, defaultPeriod: 1_000_000n },
  { name: "branch-instructions", alias: "branches", config: 4, defaultPeriod: 100_000n },
  { name: "branch-misses", config: 5, defaultPeriod: 100_000n },
  { name: "bus-cycles", config: 6, defaultPeriod: 100_000n },
  { name: "frontend-stalls", config: 7, defaultPeriod: 1_000_000n },
  { name: "backend-stalls", config: 8, defaultPeriod: 1_000_000n },
  { name: "ref-cycles", config: 9, defaultPeriod: 1_000_000n },
];

export function perfEvents(kind: "software" | "hardware"): readonly PerfEvent[] {
  return kind === "software" ? software : hardware;
}

export function findPerfEvent(kind: "software" | "hardware", name: string): PerfEvent | undefined {
  return perfEvents(kind).find((row) => row.name === name || row.alias === name);
}
