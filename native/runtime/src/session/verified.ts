/** How far the verifier had to go for programs that it took. */

import type { Manifest } from "@probewright/compiler";
import type { LoadedProgram } from "../loader/requests.ts";
import type { VerifiedProgram } from "./events.ts";
import { spokenProbe } from "./spoken-probe.ts";

/** Source: BPF_COMPLEXITY_LIMIT_INSNS, include/linux/bpf.h. */
const MOST_VERIFIED = 1_000_000;

export function verifiedPrograms(
  loaded: readonly LoadedProgram[],
  { programs }: Manifest,
  withLogs: boolean,
): readonly VerifiedProgram[] {
  return loaded.map(({ name, verifiedInstructions, instructions, log }) => ({
    name: spokenProbe(programs.find((program) => program.function === name)) ?? name,
    verified: verifiedInstructions,
    limit: MOST_VERIFIED,
    instructions,
    ...(withLogs ? { log } : {}),
  }));
}
