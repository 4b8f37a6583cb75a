/** One run of a script that shows a feature of a probe type, as plain data: it may be run here or in a guest. */

import type { KernelFeature } from "@probewright/compiler";

export interface ProbeCase {
  /** The probe type in the table of the compiler. */
  readonly probe: string;
  /** A column of the table in `docs/probes.md`; see `features.ts`. */
  readonly feature: string;
  /** What is special about it, where one type and feature have several cases. */
  readonly what?: string;
  readonly script: string;
  /** A shell line that makes the events, run when all is attached. A script without `exit()` is interrupted, as by Ctrl-C, when it has ended. */
  readonly workload?: string;
  /** A command started before; `$PID` in the script stands for it, and with `byPid` it is chosen as by `-p`. */
  readonly before?: string;
  readonly byPid?: boolean;
  /** A library that `before` has loaded by the time the case starts. */
  readonly loaded?: string;
  /** Another script that runs meanwhile. */
  readonly beside?: string;
  /** A command traced as by `-c`. */
  readonly command?: string;
  /** The run is interrupted no sooner than this after all was attached. */
  readonly seconds?: number;
  readonly unsafe?: boolean;
  /** What `--test` and `--bench` choose. */
  readonly mode?: "test" | "bench";
  /** The run itself is sent SIGUSR1. */
  readonly signalled?: boolean;
  /** Each must match what is printed, on either stream. */
  readonly expect: readonly RegExp[];
  readonly never?: readonly RegExp[];
  /** All that is printed, line by line, but for what says that the probes are attached. */
  readonly prints?: readonly string[];
  /** What the kernel must have; elsewhere it cannot be shown. */
  readonly needs?: readonly KernelFeature[];
  /** What is printed where the machine cannot do it, by a clear refusal that is right: the reason to skip. */
  readonly excuse?: RegExp;
}

export interface CaseResult {
  readonly name: string;
  /** Undefined when it passed. */
  readonly failure?: string;
  /** Why it was not run. */
  readonly skipped?: string;
}

export function nameOf({ probe, feature, what }: ProbeCase): string {
  return [probe, feature, what].filter((part) => part !== undefined).join(": ");
}
