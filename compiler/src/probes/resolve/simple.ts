/** Targets that need no look-up: timers, perf events, watchpoints, and the probes the tool runs itself. */

import type { ProbeTarget } from "../../core/target.ts";
import type { AttachSpec } from "../attach-spec.ts";
import { findPerfEvent } from "../perf-events.ts";
import type { ProbeType } from "../probe-type.ts";

type SimpleSpec = Extract<
  AttachSpec,
  {
    kind:
      | "begin"
      | "end"
      | "self"
      | "test"
      | "bench"
      | "profile"
      | "interval"
      | "software"
      | "hardware"
      | "watchpoint";
  }
>;

export function simpleTarget(probeType: ProbeType, spec: SimpleSpec): ProbeTarget {
  switch (spec.kind) {
    case "begin":
    case "end":
      return { kind: spec.kind, name: spec.kind };
    case "self":
      return { kind: "self", name: "self:signal:SIGUSR1", signal: "SIGUSR1" };
    case "test":
    case "bench":
      return { kind: spec.kind, name: `${spec.kind}:${spec.title}`, title: spec.title };
    case "profile":
    case "interval":
      return {
        kind: spec.kind,
        name: `${spec.kind}:${spec.named}`,
        period: spec.period,
        written: spec.written,
      };
    case "software":
    case "hardware":
      return perfTarget(probeType, spec);
    case "watchpoint": {
      const { address, length, mode } = spec;
      const name = `watchpoint:${address.toString()}:${length.toString()}:${mode}`;
      return { kind: "watchpoint", name, address, length, mode };
    }
  }
}

function perfTarget(
  probeType: ProbeType,
  spec: Extract<SimpleSpec, { kind: "software" | "hardware" }>,
): ProbeTarget {
  const row = findPerfEvent(spec.kind, spec.event);
  const samplePeriod = spec.period ?? row?.defaultPeriod ?? 1n;
  return {
    kind: "perf-event",
    name: `${probeType.name}:${spec.event}:${samplePeriod.toString()}`,
    eventType: spec.kind,
    config: row?.config ?? 0,
    event: spec.event,
    samplePeriod,
  };
}
