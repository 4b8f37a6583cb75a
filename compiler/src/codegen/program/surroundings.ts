/** What the code of one probe depends on of the rest of its program, beside the types of maps. */

import type { CoreMap, CoreProgram } from "../../core/core.ts";
import { findExclusive } from "./exclusive.ts";
import { findExits } from "./exits.ts";
import { storeMaps } from "./map-storage.ts";
import { hasSitesBefore } from "./sites-before.ts";

/** @param maps that their code uses @returns the same text where it is the same */
export function surroundings(
  core: CoreProgram,
  probes: CoreProgram["probes"],
  maps: readonly CoreMap[],
): string {
  const stored = storeMaps(core);
  const exclusive = findExclusive(core);
  const ofMaps = maps.map((map) => `${Number(stored.get(map)?.kept)}${Number(exclusive.maps.has(map))}`);
  const ofAll = [findExits(core).possible, exclusive.counters, hasSitesBefore(core, probes)].map(Number);
  return [...ofAll, ...ofMaps].join(" ");
}
