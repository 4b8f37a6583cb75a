/** How messages call the probe that a program was made for. */

import { spokenName, type ProgramSpec } from "@probewright/compiler";

/** Undefined for a program of no probe. */
export function spokenProbe(program: ProgramSpec | undefined): string | undefined {
  const target = program?.targets[0];
  return target === undefined ? undefined : spokenName(target);
}
