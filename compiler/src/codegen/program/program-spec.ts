/** What the loader must know of each program: its type, how it attaches and to what. */

import type { CoreProbe } from "../../core/core.ts";
import type { ProbeTarget } from "../../core/target.ts";
import type { ProgramSpec, SourcePosition } from "../../manifest/manifest.ts";

type Kinds = Pick<ProgramSpec, "type" | "attachType" | "attachTarget">;

export function describeProgram(probe: CoreProbe, index: number, position: SourcePosition): ProgramSpec {
  const [target] = probe.targets;
  const kinds: Kinds =
    target === undefined
      ? { type: "raw_tracepoint", attachType: "none", attachTarget: undefined }
      : kindsOf(target);
  return {
    function: functionName(probe.name, index),
    section: `probe/${index}`,
    ...kinds,
    sleepable: false,
    probeType: probe.probeType,
    targets: probe.targets,
    position,
  };
}

/** Longer ones the kernel would refuse. */
const MOST_NAME_CHARACTERS = 96;

/** As stock bpftrace calls it, so that the kernel's lists of programs tell what each is for: `interval_us_100000_1`. */
function functionName(probe: string, index: number): string {
  return `${probe.replaceAll(/\W/g, "_").slice(0, MOST_NAME_CHARACTERS)}_${index + 1}`;
}

function kindsOf(target: ProbeTarget): Kinds {
  const none = { attachType: "none", attachTarget: undefined } as const;
  switch (target.kind) {
    case "begin":
    case "end":
    case "self":
      return { type: "raw_tracepoint", ...none };
    case "test":
    case "bench":
      return { type: "xdp", ...none };
    case "tracepoint":
      return { type: "tracepoint", ...none };
    case "kprobe":
      if (target.session) return { type: "kprobe", attachType: "kprobe_session", attachTarget: undefined };
      return { type: "kprobe", attachType: target.multi ? "kprobe_multi" : "none", attachTarget: undefined };
    case "uprobe":
      return { type: "kprobe", attachType: target.multi ? "uprobe_multi" : "none", attachTarget: undefined };
    case "profile":
    case "interval":
    case "perf-event":
    case "watchpoint":
      return { type: "perf_event", ...none };
    case "rawtracepoint":
    case "fentry":
    case "iter":
      return tracingKinds(target);
  }
}

function tracingKinds(target: ProbeTarget & { readonly kind: "rawtracepoint" | "fentry" | "iter" }): Kinds {
  switch (target.kind) {
    case "rawtracepoint":
      return {
        type: "tracing",
        attachType: "trace_raw_tp",
        attachTarget: { function: target.event, module: target.module },
      };
    case "iter":
      return {
        type: "tracing",
        attachType: "trace_iter",
        attachTarget: { function: target.iterator, module: "vmlinux" },
      };
    case "fentry": {
      const { module, bpfProgram } = target;
      return {
        type: "tracing",
        attachType: target.returns ? "trace_fexit" : "trace_fentry",
        attachTarget: {
          function: target.function,
          module,
          ...(bpfProgram === undefined ? {} : { bpfProgram }),
        },
      };
    }
  }
}
