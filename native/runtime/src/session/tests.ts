/** `test:` and `bench:` probes: run by hand, judged, timed. */

import type { Manifest, ProgramSpec } from "@probewright/compiler";
import type { LoaderChannel } from "../loader/channel.ts";
import { run as runProgram } from "../loader/requests.ts";
import type { SessionEvent } from "./events.ts";

export interface TestRun {
  readonly channel: Pick<LoaderChannel, "request">;
  readonly manifest: Manifest;
  readonly emit: (event: SessionEvent) => void;
  /** Waits until the events of the last run are handled. */
  readonly idle: () => Promise<void>;
  /** Errors, warnings and non-zero exits since the last call. */
  readonly takeProblems: () => number;
}

/** Programs of this type want a packet: the shortest an Ethernet header can be. Source: ETH_HLEN, include/uapi/linux/if_ether.h. */
const packet = new Uint8Array(14);

/** @returns whether all tests passed */
export async function runTests(run: TestRun): Promise<boolean> {
  const programs = programsOf(run.manifest, "test");
  run.emit({ kind: "tests-started", count: programs.length });
  let failed = 0;
  for (const { name, program } of programs) {
    run.emit({ kind: "test-started", name });
    run.takeProblems();
    const ran = await runProgram(run.channel, program.function, packet, 1);
    await run.idle();
    const passed = ran.ok && ran.value.returnValue === 0 && run.takeProblems() === 0;
    if (!passed) failed += 1;
    run.emit({ kind: "test-result", name, passed, durationNs: ran.ok ? ran.value.durationNs : 0 });
  }
  run.emit({ kind: "tests-ended", count: programs.length, failed });
  return failed === 0;
}

/** A benchmark has run long enough when it took this much time in all. */
const ENOUGH_NS = 1_000_000;
const MOST_ITERATIONS = 1 << 20;

/** A non-zero result means the benchmark does not want to be run here. */
export async function runBenches(run: TestRun): Promise<void> {
  const results: { readonly name: string; readonly averageNs: number; readonly iterations: number }[] = [];
  for (const { name, program } of programsOf(run.manifest, "bench")) {
    const measured = await measure(run, program);
    if (measured !== undefined) results.push({ name, ...measured });
  }
  run.emit({ kind: "bench-results", results });
}

async function measure(
  run: TestRun,
  program: ProgramSpec,
): Promise<{ readonly averageNs: number; readonly iterations: number } | undefined> {
  for (let iterations = 1; ; iterations *= 4) {
    const ran = await runProgram(run.channel, program.function, packet, iterations);
    await run.idle();
    if (!ran.ok || ran.value.returnValue !== 0) return undefined;
    const averageNs = ran.value.durationNs;
    if (averageNs * iterations >= ENOUGH_NS || iterations >= MOST_ITERATIONS)
      return { averageNs, iterations };
  }
}

function programsOf(
  manifest: Manifest,
  kind: "test" | "bench",
): readonly { readonly name: string; readonly program: ProgramSpec }[] {
  return manifest.programs.flatMap((program) =>
    program.targets.flatMap((target) => (target.kind === kind ? [{ name: target.title, program }] : [])),
  );
}
