/** Stand-ins for probes that have no targets: their bodies are checked too, so that one mistake does not hide others. */

import { capabilities, type Capability } from "../../probes/capability.ts";
import { findProbeType, getProbeType } from "../../probes/catalog.ts";
import { plainContext, REGISTER_ARGUMENTS, type ProbeContext } from "../../probes/context.ts";
import type { ProbeInstance } from "../../probes/environment.ts";
import type { Item, Probe } from "../../syntax/ast.ts";
import { uint64 } from "../../types/type.ts";

/** @param known stand-ins that are taken over for probes that are still there */
export function withoutTargets(
  items: readonly Item[],
  instances: readonly ProbeInstance[],
  known: ReadonlyMap<Probe, ProbeInstance> = new Map(),
): ReadonlyMap<Probe, ProbeInstance> {
  const resolved = new Set(instances.map(({ probe }) => probe));
  const standIns = new Map<Probe, ProbeInstance>();
  for (const item of items) {
    if (item.kind === "probe" && !resolved.has(item)) standIns.set(item, known.get(item) ?? standIn(item));
  }
  return standIns;
}

function standIn(probe: Probe): ProbeInstance {
  const [point] = probe.attachPoints;
  const context = contextOf(point?.provider.text ?? "");
  return {
    probe,
    name: point?.text ?? "",
    probeType: context.probeType,
    targets: [],
    context,
    attachPoints: [],
    pidCheck: undefined,
  };
}

/** What the probe type has without looking at a target; of an unknown type everything may be there. */
function contextOf(provider: string): ProbeContext {
  const row = findProbeType(provider);
  if (row !== undefined) {
    const context = plainContext(row);
    return row.capabilities.has("typed-arguments") ? { ...context, arguments: { kind: "unknown" } } : context;
  }
  return {
    ...plainContext(getProbeType("begin")),
    capabilities: new Set(Object.keys(capabilities) as Capability[]), // the table's keys
    arguments: { kind: "unknown" },
    argumentCount: REGISTER_ARGUMENTS,
    retval: uint64,
    ctx: undefined,
  };
}
