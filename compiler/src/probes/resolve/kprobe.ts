/** Targets of kprobe and kretprobe. */

import { nearest } from "../../base/nearest.ts";
import { unknownModule } from "../../diagnostics/catalog/probes.ts";
import type { Place } from "../../diagnostics/diagnostic.ts";
import { isPattern, type AttachSpec } from "../attach-spec.ts";
import { plainContext } from "../context.ts";
import {
  failed,
  featureUsable,
  resolved,
  type ProbeEnvironment,
  type Resolution,
  type ResolvedTarget,
} from "../environment.ts";
import type { ProbeType } from "../probe-type.ts";
import { likelyMeant } from "../fitting.ts";
import { distinctNames, matchFunctions, type KernelFunction } from "./functions.ts";
import { systemCallEvent } from "./named.ts";
import { missingTarget } from "./missing.ts";

type KprobeSpec = Extract<AttachSpec, { kind: "kprobe" }>;

/** @param ownProgram each match must be a program of its own, because the script asks for the probe's name */
export function resolveKprobe(
  probeType: ProbeType,
  spec: KprobeSpec,
  place: Place,
  environment: ProbeEnvironment,
  ownProgram: boolean,
): Resolution {
  const { facts } = environment;
  const build = (functions: readonly string[], module: string | undefined, multi: boolean): ResolvedTarget =>
    kprobeTarget(probeType, spec, functions, module, multi);
  if (spec.address !== undefined) return resolved(build([], spec.module, false));
  const module = checkModule(spec.module, place, environment);
  if (module !== undefined) return module;
  const functions = matchFunctions(facts, spec.function, spec.module);
  if (facts.source === "none" || functions === undefined)
    return resolved(build([spec.function], spec.module, false));

  if (!isWildcard(spec)) {
    const written = resolved(build([spec.function], spec.module, false));
    if (functions.length > 0 || !facts.traceableFunctionsExact()) return written;
    return withoutFunction(written, missingFunction(spec, environment), place, environment);
  }
  if (functions.length === 0) return failed();
  const byModule = spec.module !== undefined;
  const multi = !byModule && !ownProgram && featureUsable(environment, "kprobe_multi");
  if (multi) return resolved(build(distinctNames(functions), undefined, true));
  return resolved(...onePerMatch(functions, byModule).map(([name, module]) => build([name], module, false)));
}

function isWildcard({ function: name, module = "" }: KprobeSpec): boolean {
  return isPattern(name) || isPattern(module);
}

/** With --unsafe the kernel has the last word. */
function withoutFunction(
  written: Resolution,
  missing: Parameters<typeof missingTarget>[2],
  place: Place,
  environment: ProbeEnvironment,
): Resolution {
  if (!environment.unsafe) return missingTarget(environment, place, missing);
  const missingProbes = environment.missingProbes === "ignore" ? "ignore" : "warn";
  return {
    ...written,
    diagnostics: missingTarget({ ...environment, missingProbes }, place, missing).diagnostics,
  };
}

function onePerMatch(
  functions: readonly KernelFunction[],
  byModule: boolean,
): readonly (readonly [string, string | undefined])[] {
  if (byModule) return functions.map((entry) => [entry.name, entry.module]);
  return distinctNames(functions).map((name) => [name, undefined]);
}

function missingFunction(
  spec: KprobeSpec,
  environment: ProbeEnvironment,
): Parameters<typeof missingTarget>[2] {
  const all = environment.facts.traceableFunctions();
  const candidates = all === undefined ? [] : likelyMeant(all, spec.function);
  const where = spec.module === undefined ? environment.facts.name : `module ${spec.module}`;
  const event = systemCallEvent(spec.function, spec.side === "return" ? "exit" : "enter", environment.facts);
  const meant = event === undefined ? undefined : `tracepoint:syscalls:${event}`;
  return { what: "traceable kernel function", name: spec.function, where, candidates, meant };
}

export function* namesOf(entries: readonly { readonly name: string }[]): Iterable<string> {
  for (const entry of entries) yield entry.name;
}

/** A module must be loaded, whatever the policy for missing probes. */
export function checkModule(
  module: string | undefined,
  place: Place,
  environment: ProbeEnvironment,
): Resolution | undefined {
  const { facts } = environment;
  if (module === undefined || module === "vmlinux" || isPattern(module) || facts.source === "none")
    return undefined;
  const modules = facts.modules();
  if (modules.includes(module)) return undefined;
  return failed(unknownModule(place, { module, nearest: nearest(module, modules) }));
}

function kprobeTarget(
  probeType: ProbeType,
  spec: KprobeSpec,
  functions: readonly string[],
  module: string | undefined,
  multi: boolean,
): ResolvedTarget {
  const offset = spec.offset === 0n ? "" : `+${spec.offset.toString()}`;
  const what =
    spec.address?.toString() ?? `${multi ? spec.function : (functions[0] ?? spec.function)}${offset}`;
  const name = [probeType.name, module, what].filter((part) => part !== undefined).join(":");
  return {
    context: plainContext(probeType),
    target: {
      kind: "kprobe",
      name,
      functions,
      module,
      address: spec.address,
      offset: spec.offset,
      returns: spec.side === "return",
      multi,
      session: false,
    },
  };
}
