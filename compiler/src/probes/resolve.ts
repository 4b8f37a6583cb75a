/** The probes of a script, each attach point looked up, grouped into the programs that will run. */

import {
  duplicateTestName,
  noProbes,
  singleAttachPointOnly,
  tooManyProbes,
  tooManyPrograms,
} from "../diagnostics/catalog/probes.ts";
import type { Diagnostic, Place } from "../diagnostics/diagnostic.ts";
import type { AttachPoint, Item, Probe } from "../syntax/ast.ts";
import { readAttachPoint, type ReadAttachPoint } from "./attach-point.ts";
import { plainContext } from "./context.ts";
import {
  resolved,
  type AttachPointMatches,
  type ProbeEnvironment,
  type ProbeInstance,
  type Resolution,
  type ResolvedProbe,
  type ResolvedProbes,
  type ResolvedTarget,
} from "./environment.ts";
import { callablesOf, mentionedNames, type Callable } from "./mentions.ts";
import { attachPointNamed } from "./resolve/named.ts";
import { resolveKprobe } from "./resolve/kprobe.ts";
import { nothingLeft } from "./resolve/missing.ts";
import { simpleTarget } from "./resolve/simple.ts";
import { resolveTracepoint } from "./resolve/tracepoint.ts";
import {
  missingFeature,
  resolveFentry,
  resolveFentryBpf,
  resolveIter,
  resolveRawTracepoint,
} from "./resolve/tracing.ts";
import { resolveUprobe } from "./resolve/uprobe.ts";
import { resolveUsdt } from "./resolve/usdt.ts";

/**
 * @param items the whole script, imports included; the probes among them are resolved, in order
 * @param known what is taken over for probes that are still there
 */
export function resolveProbes(
  items: readonly Item[],
  environment: ProbeEnvironment,
  known: ReadonlyMap<Probe, ResolvedProbe> = new Map(),
): ResolvedProbes {
  const byProbe = new Map<Probe, ResolvedProbe>();
  const callables = callablesOf(items);
  const instances: ProbeInstance[] = [];
  const matches: AttachPointMatches[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const item of items) {
    if (item.kind !== "probe") continue;
    const each = known.get(item) ?? resolveProbe(item, callables, environment);
    byProbe.set(item, each);
    // One by one: a pattern may match more than a call takes arguments.
    for (const instance of each.instances) instances.push(instance);
    matches.push(...each.matches);
    diagnostics.push(...each.diagnostics);
  }
  diagnostics.push(...duplicateTests(instances), ...limits(items, instances, matches, environment));
  // No more than may run are looked into: the others would be refused for the same reasons.
  return { instances: instances.slice(0, environment.maxPrograms), matches, diagnostics, byProbe };
}

function resolveProbe(
  probe: Probe,
  callables: readonly Callable[],
  environment: ProbeEnvironment,
): ResolvedProbe {
  const names = mentionedNames(probe, callables);
  const uses = {
    // The name must be a constant of the program.
    ownProgram: names.has("probe") || names.has("__builtin_probe"),
    withArguments: names.has("args"),
  };
  const found: { readonly place: Place; readonly targets: readonly ResolvedTarget[] }[] = [];
  const diagnostics: Diagnostic[] = [];
  let pending = false;
  for (const point of probe.attachPoints) {
    const place = { item: probe, span: point.span };
    const each = resolvePoint(point, place, environment, uses);
    diagnostics.push(...each.diagnostics);
    pending ||= each.pending;
    found.push({ place, targets: each.targets });
  }
  if (probe.attachPoints.length > 1 && found.some(({ targets }) => targets[0]?.target.kind === "iter")) {
    const [first] = found;
    if (first !== undefined) diagnostics.push(singleAttachPointOnly(first.place, { probeType: "iter" }));
  }
  const matches = found.map(({ place, targets }) => ({ place, count: countPlaces(targets) }));
  const nothing = !pending && found.every(({ targets }) => targets.length === 0);
  const [first] = found;
  if (nothing && first !== undefined && !diagnostics.some(({ severity }) => severity === "error")) {
    const text = probe.attachPoints.map((point) => point.text).join(", ");
    diagnostics.push(...nothingLeft(environment, first.place, text));
  }
  return { instances: groupByContext(probe, found, environment, uses.ownProgram), matches, diagnostics };
}

interface Uses {
  readonly ownProgram: boolean;
  readonly withArguments: boolean;
}

function resolvePoint(
  point: AttachPoint,
  place: Place,
  environment: ProbeEnvironment,
  uses: Uses,
): Resolution {
  const options = {
    unsafe: environment.unsafe,
    hasPid: environment.pid !== undefined,
    architecture: environment.facts.architecture,
    named: (name: string) => attachPointNamed(name, environment.facts),
  };
  const read = readAttachPoint(point, place, environment.parameters, options);
  const parts = read.specs.map((spec) => resolveSpec(spec, place, environment, uses));
  return {
    targets: parts.flatMap((part) => part.targets),
    diagnostics: [
      ...read.diagnostics,
      ...parts.flatMap((part, index) => (read.specs[index]?.optional === true ? [] : part.diagnostics)),
    ],
    pending: parts.some((part) => part.pending),
  };
}

function resolveSpec(
  read: ReadAttachPoint,
  place: Place,
  environment: ProbeEnvironment,
  uses: Uses,
): Resolution {
  const { probeType, spec } = read;
  const refused = missingFeature(probeType, place, environment);
  if (refused !== undefined) return refused;
  switch (spec.kind) {
    case "kprobe":
      return resolveKprobe(probeType, spec, place, environment, uses.ownProgram);
    case "fentry":
      return resolveFentry(probeType, spec, place, environment);
    case "fentry-bpf":
      return resolveFentryBpf(probeType, spec, place, environment);
    case "rawtracepoint":
      return resolveRawTracepoint(probeType, spec, place, environment);
    case "iter":
      return resolveIter(probeType, spec, place, environment);
    case "tracepoint":
      return resolveTracepoint(probeType, spec, place, environment, uses.withArguments);
    case "uprobe":
      return resolveUprobe(probeType, spec, place, environment, uses);
    case "usdt":
      return resolveUsdt(probeType, spec, place, environment);
    default:
      return resolved({ target: simpleTarget(probeType, spec), context: plainContext(probeType) });
  }
}

/**
 * Targets of one probe that give the same context share a program: the kernel lets one program be attached at many
 * places. Typed arguments differ by target, tracing programs are bound to theirs when loaded, and a program that
 * knows its own name is one of a kind.
 */
function groupByContext(
  probe: Probe,
  found: readonly { readonly place: Place; readonly targets: readonly ResolvedTarget[] }[],
  environment: ProbeEnvironment,
  ownProgram: boolean,
): readonly ProbeInstance[] {
  const groups = new Map<
    string,
    {
      readonly first: ResolvedTarget;
      readonly targets: ResolvedTarget["target"][];
      readonly places: Set<Place>;
    }
  >();
  for (const { place, targets } of found) {
    for (const [index, each] of targets.entries()) {
      const key = sharingKey(each, ownProgram) ?? `${place.span.start.toString()} ${index.toString()}`;
      const group = groups.get(key) ?? { first: each, targets: [], places: new Set<Place>() };
      group.targets.push(each.target);
      group.places.add(place);
      groups.set(key, group);
    }
  }
  return [...groups.values()].map(({ first, targets, places }) => ({
    probe,
    name: first.target.name,
    probeType: first.context.probeType,
    targets,
    context: first.context,
    attachPoints: [...places],
    pidCheck: first.context.probeType.pidFilter === "injected" ? environment.pid : undefined,
  }));
}

function sharingKey({ target, context }: ResolvedTarget, ownProgram: boolean): string | undefined {
  if (ownProgram || context.arguments.kind === "struct") return undefined;
  const common = `${context.probeType.name} ${context.space}`;
  switch (target.kind) {
    case "tracepoint":
      return common;
    case "kprobe":
      return target.multi ? undefined : common;
    case "uprobe":
      return target.usdt ? undefined : `${common} ${target.multi ? "multi" : "single"}`;
    case "profile":
    case "interval":
    case "perf-event":
      return common;
    default:
      return undefined;
  }
}

function countPlaces(targets: readonly ResolvedTarget[]): number {
  let count = 0;
  for (const { target } of targets) {
    if (target.kind === "kprobe") count += Math.max(1, target.functions.length);
    else if (target.kind === "uprobe") count += target.locations.length;
    else count += 1;
  }
  return count;
}

function duplicateTests(instances: readonly ProbeInstance[]): readonly Diagnostic[] {
  const seen = new Map<string, Place>();
  const diagnostics: Diagnostic[] = [];
  for (const { targets, attachPoints } of instances) {
    const [target] = targets;
    const [place] = attachPoints;
    if (place === undefined || (target?.kind !== "test" && target?.kind !== "bench")) continue;
    const other = seen.get(target.name);
    if (other === undefined) seen.set(target.name, place);
    else {
      const related = [{ place: other, message: "the first one is here" }];
      diagnostics.push(duplicateTestName(place, { probeType: target.kind, name: target.title }, { related }));
    }
  }
  return diagnostics;
}

function limits(
  items: readonly Item[],
  instances: readonly ProbeInstance[],
  matches: readonly AttachPointMatches[],
  environment: ProbeEnvironment,
): readonly Diagnostic[] {
  const [firstItem] = items;
  const callable = items.some(
    (item) => item.kind === "probe" || item.kind === "subprogram" || item.kind === "macro",
  );
  if (!items.some((item) => item.kind === "probe")) {
    if (firstItem === undefined || callable) return [];
    return [noProbes({ item: firstItem, span: firstItem.span }, { reason: "this script has no probes" })];
  }
  const widest = [...matches].sort((a, b) => b.count - a.count)[0];
  if (widest === undefined) return [];
  const { maxPrograms, maxProbes } = environment;
  if (instances.length > maxPrograms)
    return [tooManyPrograms(widest.place, { count: instances.length, limit: maxPrograms })];
  const total = matches.reduce((sum, { count }) => sum + count, 0);
  return total > maxProbes ? [tooManyProbes(widest.place, { count: total, limit: maxProbes })] : [];
}
