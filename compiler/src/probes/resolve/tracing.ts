/** Targets of fentry, fexit, rawtracepoint and iter: programs bound to one BTF function each. */

import { ambiguousFunction, featureMissing } from "../../diagnostics/catalog/probes.ts";
import type { Place } from "../../diagnostics/diagnostic.ts";
import type { FunctionPrototype, KernelFacts } from "../../kernel/facts.ts";
import { pointer, struct } from "../../types/type.ts";
import { isPattern, matcher, type AttachSpec } from "../attach-spec.ts";
import { likelyMeant } from "../fitting.ts";
import { functionArguments, plainContext, type ProbeContext } from "../context.ts";
import {
  failed,
  pendingResolution,
  resolved,
  type ProbeEnvironment,
  type Resolution,
  type ResolvedTarget,
} from "../environment.ts";
import type { ProbeType } from "../probe-type.ts";
import { matchFunctions } from "./functions.ts";
import { checkModule, namesOf } from "./kprobe.ts";
import { missingSeverity, missingTarget } from "./missing.ts";

type Spec<Kind extends AttachSpec["kind"]> = Extract<AttachSpec, { kind: Kind }>;

/** The reason to do without a probe type: the kernel is known to lack what it stands on. How bad that is the script says. */
export function missingFeature(
  probeType: ProbeType,
  place: Place,
  environment: ProbeEnvironment,
): Resolution | undefined {
  const lacking = probeType.requires.some((feature) => environment.facts.hasFeature(feature) === false);
  if (!lacking) return undefined;
  const facts = {
    what: `${probeType.name} probes`,
    kernel: environment.facts.name,
    since: probeType.sinceKernel,
    untyped: probeType.requires.includes("btf") && environment.facts.hasFeature("btf") === false,
  };
  const severity = missingSeverity(environment);
  return severity === undefined ? failed() : failed(featureMissing(place, facts, { severity }));
}

export function resolveFentry(
  probeType: ProbeType,
  spec: Spec<"fentry">,
  place: Place,
  environment: ProbeEnvironment,
): Resolution {
  const { facts } = environment;
  const module = checkModule(spec.module, place, environment);
  if (module !== undefined) return module;
  if (facts.source === "none")
    return resolved(
      fentryTarget(probeType, spec, spec.function, spec.module ?? "vmlinux", undefined, environment.facts),
    );
  if (isPattern(spec.function) || isPattern(spec.module ?? "")) {
    const matches = matchFunctions(facts, spec.function, spec.module) ?? [];
    const typed = matches.flatMap((entry) => facts.findFunctions(entry.name, entry.module).slice(0, 1));
    return resolved(
      ...typed.map((prototype) =>
        fentryTarget(probeType, spec, prototype.name, prototype.module, prototype, environment.facts),
      ),
    );
  }
  const prototypes = facts.findFunctions(spec.function, spec.module);
  const [first, ...others] = prototypes;
  if (first !== undefined && (others.length === 0 || spec.module !== undefined)) {
    return resolved(fentryTarget(probeType, spec, spec.function, first.module, first, environment.facts));
  }
  if (first !== undefined) {
    return failed(
      ambiguousFunction(place, {
        name: spec.function,
        modules: prototypes.map((prototype) => prototype.module),
      }),
    );
  }
  const all = facts.traceableFunctions();
  const candidates = all === undefined ? [] : likelyMeant(all, spec.function);
  return missingTarget(environment, place, {
    what: "kernel function",
    name: spec.function,
    where: facts.name,
    candidates,
  });
}

function fentryTarget(
  probeType: ProbeType,
  spec: Spec<"fentry">,
  name: string,
  module: string,
  prototype: FunctionPrototype | undefined,
  facts: KernelFacts,
): ResolvedTarget {
  const full = `${probeType.name}:${module}:${name}`;
  const returns = spec.side === "return";
  const plain = plainContext(probeType);
  const context: ProbeContext = {
    ...plain,
    arguments:
      prototype === undefined
        ? { kind: "unknown" }
        : { kind: "struct", definition: functionArguments(full, prototype, facts) },
    retval: !returns ? undefined : (prototype?.returns ?? "unknown"),
  };
  return { context, target: { kind: "fentry", name: full, function: name, module, returns } };
}

export function resolveFentryBpf(
  probeType: ProbeType,
  spec: Spec<"fentry-bpf">,
  place: Place,
  environment: ProbeEnvironment,
): Resolution {
  const context: ProbeContext = {
    ...plainContext(probeType),
    arguments: { kind: "none", reason: "the arguments of a BPF program have no types here" },
    retval: spec.side === "return" ? "unknown" : undefined,
  };
  const build = (id: number, name: string): ResolvedTarget => ({
    context,
    target: {
      kind: "fentry",
      name: `${probeType.name}:bpf:${id.toString()}:${name}`,
      function: name,
      module: "bpf",
      returns: spec.side === "return",
      bpfProgram: id,
    },
  });
  if (environment.facts.source === "none") return resolved(build(spec.program ?? 0, spec.function));
  const programs = environment.facts.bpfPrograms();
  if (programs === "missing") return pendingResolution;
  const matches = matcher(spec.function);
  const found = programs.filter((entry) => matches(entry.name) && (spec.program ?? entry.id) === entry.id);
  if (found.length > 0 || isPattern(spec.function))
    return resolved(...found.map((entry) => build(entry.id, entry.name)));
  const missing = {
    what: "loaded BPF program",
    name: spec.function,
    where:
      programs.length > 0
        ? environment.facts.name
        : `${environment.facts.name}: none is listed, and only root may list them`,
    candidates: namesOf(programs),
  };
  return missingTarget(environment, place, missing);
}

export function resolveRawTracepoint(
  probeType: ProbeType,
  spec: Spec<"rawtracepoint">,
  place: Place,
  environment: ProbeEnvironment,
): Resolution {
  const { facts } = environment;
  if (facts.source === "none")
    return resolved(rawTarget(probeType, spec.event, spec.module ?? "vmlinux", undefined, environment.facts));
  const matchesEvent = matcher(spec.event);
  const matchesModule = matcher(spec.module ?? "*");
  const found = facts
    .rawTracepoints()
    .filter((entry) => matchesEvent(entry.name) && matchesModule(entry.module));
  if (found.length > 0 || isPattern(spec.event)) {
    return resolved(
      ...found.map((entry) =>
        rawTarget(
          probeType,
          entry.name,
          entry.module,
          facts.findRawTracepoint(entry.name, entry.module),
          facts,
        ),
      ),
    );
  }
  const candidates = namesOf(facts.rawTracepoints());
  return missingTarget(environment, place, {
    what: "raw tracepoint",
    name: spec.event,
    where: facts.name,
    candidates,
  });
}

function rawTarget(
  probeType: ProbeType,
  event: string,
  module: string,
  prototype: FunctionPrototype | undefined,
  facts: KernelFacts,
): ResolvedTarget {
  const name = `${probeType.name}:${module}:${event}`;
  const context: ProbeContext = {
    ...plainContext(probeType),
    arguments:
      prototype === undefined
        ? { kind: "unknown" }
        : { kind: "struct", definition: functionArguments(name, prototype, facts) },
  };
  return { context, target: { kind: "rawtracepoint", name, event, module } };
}

export function resolveIter(
  probeType: ProbeType,
  spec: Spec<"iter">,
  place: Place,
  environment: ProbeEnvironment,
): Resolution {
  const { facts } = environment;
  const context: ProbeContext = {
    ...plainContext(probeType),
    arguments: { kind: "none", reason: "iterators have a context instead: use ctx" },
    ctx: pointer(struct(`struct bpf_iter__${spec.iterator}`), "kernel"),
  };
  const name = [probeType.name, spec.iterator, spec.pin].filter((part) => part !== undefined).join(":");
  const found = resolved({ context, target: { kind: "iter", name, iterator: spec.iterator, pin: spec.pin } });
  if (facts.source === "none" || facts.iterators().includes(spec.iterator)) return found;
  const missing = { what: "iterator", name: spec.iterator, where: facts.name, candidates: facts.iterators() };
  return missingTarget({ ...environment, missingProbes: "error" }, place, missing);
}
