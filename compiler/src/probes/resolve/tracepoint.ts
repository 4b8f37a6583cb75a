/** Targets of tracepoint probes, and what `args` is in each. */

import { hiddenTracepoints } from "../../diagnostics/catalog/probes.ts";
import type { Place } from "../../diagnostics/diagnostic.ts";
import { tracepointArguments } from "../../kernel/tracepoint-format.ts";
import { isPattern, matcher, type AttachSpec } from "../attach-spec.ts";
import { plainContext, type ArgumentsContext } from "../context.ts";
import {
  failed,
  pendingResolution,
  resolved,
  type ProbeEnvironment,
  type Resolution,
  type ResolvedTarget,
} from "../environment.ts";
import type { ProbeType } from "../probe-type.ts";
import { eventMeant } from "./named.ts";
import { missingSeverity, missingTarget } from "./missing.ts";

type TracepointSpec = Extract<AttachSpec, { kind: "tracepoint" }>;

/** @param withArguments the probe uses `args`, so the format of every match is needed */
export function resolveTracepoint(
  probeType: ProbeType,
  spec: TracepointSpec,
  place: Place,
  environment: ProbeEnvironment,
  withArguments: boolean,
): Resolution {
  const { facts } = environment;
  if (facts.source === "none")
    return resolved(build(probeType, spec.category, spec.event, { kind: "unknown" }));
  const categories = matching(spec.category, facts.tracepointCategories());
  const targets: ResolvedTarget[] = [];
  for (const category of categories) {
    for (const event of matching(spec.event, facts.tracepointEvents(category))) {
      const args = withArguments ? argumentsAt(category, event, environment) : ({ kind: "unknown" } as const);
      if (args === "missing") return pendingResolution;
      targets.push(build(probeType, category, event, args));
    }
  }
  if (targets.length > 0 || isPattern(spec.category) || isPattern(spec.event)) return resolved(...targets);
  return missingTracepoint(spec, categories, place, environment);
}

/** A plain name is looked up: some categories have hundreds of events, and most attach points name one. */
function matching(pattern: string, names: readonly string[]): readonly string[] {
  if (pattern.includes("*")) return names.filter(matcher(pattern));
  return names.includes(pattern) ? [pattern] : [];
}

function argumentsAt(
  category: string,
  event: string,
  environment: ProbeEnvironment,
): ArgumentsContext | "missing" {
  const format = environment.facts.tracepointFormat(category, event);
  if (format === "missing") return "missing";
  if (format === undefined)
    return {
      kind: "none",
      reason: `${environment.facts.name} does not tell the fields of ${category}:${event}`,
    };
  return { kind: "struct", definition: tracepointArguments(format, environment.facts) };
}

function missingTracepoint(
  spec: TracepointSpec,
  categories: readonly string[],
  place: Place,
  environment: ProbeEnvironment,
): Resolution {
  const { facts } = environment;
  const all = facts.tracepointCategories();
  if (all.length === 0) return hidden(place, environment);
  if (categories.length === 0) {
    const elsewhere = all.find((category) => facts.tracepointEvents(category).includes(spec.event));
    const candidates = elsewhere === undefined ? all : [elsewhere, ...all];
    return missingTarget(environment, place, {
      what: "tracepoint category",
      name: spec.category,
      where: facts.name,
      candidates,
    });
  }
  const candidates = facts.tracepointEvents(spec.category);
  return missingTarget(environment, place, {
    what: `${spec.category} tracepoint`,
    name: spec.event,
    where: facts.name,
    candidates,
    meant: eventMeant(spec.category, spec.event, facts),
  });
}

function build(
  probeType: ProbeType,
  category: string,
  event: string,
  args: ArgumentsContext,
): ResolvedTarget {
  const plain = plainContext(probeType);
  return {
    // The pointers that system calls take are the program's own.
    context: { ...plain, arguments: args, space: category === "syscalls" ? "user" : plain.space },
    target: { kind: "tracepoint", name: `${probeType.name}:${category}:${event}`, category, event },
  };
}

/** How a kernel's facts begin to say why they lack tracepoints. */
const GAP = "tracepoints: ";

function hidden(place: Place, environment: ProbeEnvironment): Resolution {
  const severity = missingSeverity(environment);
  if (severity === undefined) return failed();
  const { gaps, name: where } = environment.facts;
  const reason = gaps.find((gap) => gap.startsWith(GAP))?.slice(GAP.length) ?? "it tells of none";
  return failed(hiddenTracepoints(place, { where, reason }, { severity }));
}
