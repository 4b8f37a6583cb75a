/** All probe types, in the order of the documentation. */

import type { ProbeType } from "./probe-type.ts";
import { kernelRows } from "./rows/kernel.ts";
import { perfRows } from "./rows/perf.ts";
import { specialRows } from "./rows/special.ts";
import { userRows } from "./rows/user.ts";

export const probeTypes: readonly ProbeType[] = [...specialRows, ...kernelRows, ...userRows, ...perfRows];

const byName: ReadonlyMap<string, ProbeType> = new Map(probeTypes.map((row) => [row.name, row]));
const byAlias: ReadonlyMap<string, ProbeType> = new Map(
  probeTypes.flatMap((row) => row.aliases.map((alias) => [alias, row])),
);

/** Full names in any case, aliases exactly as listed. */
export function findProbeType(name: string): ProbeType | undefined {
  return byAlias.get(name) ?? byName.get(name.toLowerCase());
}

export function getProbeType(name: string): ProbeType {
  const row = byName.get(name);
  if (row === undefined) throw new Error(`no probe type '${name}'`);
  return row;
}
