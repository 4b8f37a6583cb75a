/**
 * Which per-CPU values no two programs change at the same time, so that plain additions lose nothing.
 * The kernel runs programs of kprobes, tracepoints and perf events one at a time on each CPU: what would interrupt is
 * left out, and counted as missed. All other programs may be interrupted by them, by each other, and by other tasks.
 */

import { oncePer } from "../../base/once.ts";
import type { CoreMap, CoreProgram, CoreStatement } from "../../core/core.ts";
import { walk } from "../../core/walk.ts";

/** Source: bpf_prog_active in kernel/trace/bpf_trace.c and kernel/events/core.c. */
const oneAtATime: ReadonlySet<string> = new Set([
  "kprobe",
  "kretprobe",
  "tracepoint",
  "profile",
  "interval",
  "software",
  "hardware",
  "watchpoint",
]);

/** They run before the others are attached and after they are detached. */
const alone: ReadonlySet<string> = new Set(["begin", "end"]);

export interface Exclusivity {
  readonly maps: ReadonlySet<CoreMap>;
  /** Of the counters of sites, which every program changes. */
  readonly counters: boolean;
}

export const findExclusive = oncePer((core: CoreProgram): Exclusivity => {
  const shared = new Set<CoreMap>();
  let counters = true;
  for (const probe of core.probes) {
    if (oneAtATime.has(probe.probeType) || alone.has(probe.probeType)) continue;
    counters = false;
    for (const map of aggregatedBy(core, probe.body, new Set())) shared.add(map);
  }
  return { maps: new Set(core.maps.filter((map) => !shared.has(map))), counters };
});

function aggregatedBy(
  core: CoreProgram,
  body: readonly CoreStatement[],
  visited: Set<string>,
): ReadonlySet<CoreMap> {
  const maps = new Set<CoreMap>();
  walk(body, (node) => {
    if (node.kind === "aggregate") maps.add(node.map);
    if (node.kind === "subprogram-call" && !visited.has(node.subprogram.name)) {
      visited.add(node.subprogram.name);
      const callee = core.subprograms.find(({ name }) => name === node.subprogram.name);
      for (const map of aggregatedBy(core, callee?.body ?? [], visited)) maps.add(map);
    }
    return true;
  });
  return maps;
}
