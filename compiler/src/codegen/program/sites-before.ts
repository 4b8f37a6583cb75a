/** Which probes have sites, known of each once its code was made: only the very first site of a program has the number 0. */

import type { CoreProbe, CoreProgram } from "../../core/core.ts";

const known = new WeakMap<CoreProbe, boolean>();

export function noteSites(probe: CoreProbe, has: boolean): void {
  known.set(probe, has);
}

export function isKnown(probe: CoreProbe): boolean {
  return known.has(probe);
}

/** Those in front of a part of the program, up to the first that has sites. */
export function* probesBefore(core: CoreProgram, part: CoreProgram["probes"]): Generator<CoreProbe> {
  for (const probe of core.probes) {
    if (probe === part[0]) return;
    yield probe;
    if (known.get(probe) === true) return;
  }
}

export function hasSitesBefore(core: CoreProgram, part: CoreProgram["probes"]): boolean {
  return [...probesBefore(core, part)].some((probe) => known.get(probe) === true);
}
