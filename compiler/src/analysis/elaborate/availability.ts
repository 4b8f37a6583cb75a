/** Whether a builtin can be used where it stands: probe, loop, safe mode, kernel. */

import type { Builtin } from "../../builtins/builtin.ts";
import {
  contextInLoopBody,
  kernelLacks,
  notInThisProbe,
  unsafeFunction,
} from "../../diagnostics/catalog/calls.ts";
import { unstableFeature, unstableFeatureDisabled } from "../../diagnostics/catalog/config.ts";
import { outsideProbe } from "../../diagnostics/catalog/names.ts";
import type { Place } from "../../diagnostics/diagnostic.ts";
import { capabilities, type Capability } from "../../probes/capability.ts";
import type { KernelFeature } from "../../kernel/facts.ts";
import { hasFeature } from "../state/features.ts";
import { report, type Scope } from "../state/scope.ts";

/** What to call a kernel ability, since when there is one, and what to do without. */
const featureWords: Partial<Record<KernelFeature, readonly [what: string, since: string, instead: string]>> =
  {
    ktime_get_tai_ns: ["the TAI clock", "6.1", "; use nsecs(sw_tai)"],
    dpath: ["the helper bpf_d_path", "5.10", ""],
    get_func_ip: ["the helper bpf_get_func_ip", "5.15", ""],
    for_each_map_elem: ["the helper bpf_for_each_map_elem", "5.13", ""],
    map_lookup_percpu_elem: ["the helper bpf_map_lookup_percpu_elem", "5.19", ""],
    btf: ["its types (BTF)", "5.4", ""],
    loop: ["the helper bpf_loop", "5.17", ""],
  };

export function checkAvailability(row: Builtin, name: string, place: Place, scope: Scope): boolean {
  const { routine, walk } = scope;
  if (routine.kind === "subprogram" && (row.probeOnly === true || row.needs.length > 0)) {
    report(scope, outsideProbe(place, { name }));
    return false;
  }
  for (const need of row.needs) {
    if (!checkCapability(need, name, place, scope)) return false;
  }
  if (row.usesContext === true && scope.inCallback) {
    report(scope, contextInLoopBody(place, { name }));
    return false;
  }
  if (row.unsafe === true && !walk.program.options.unsafe) {
    report(scope, unsafeFunction(place, { name }));
    return false;
  }
  for (const feature of row.requires ?? []) {
    if (!checkFeature(feature, name, place, scope)) return false;
  }
  return row.unstable === undefined || checkUnstable(row.unstable, name, place, scope);
}

/** Where to find, by probe type, what it does not have under that name. */
const elsewhere: Partial<Record<Capability, Readonly<Record<string, string>>>> = {
  "argument-registers": {
    tracepoint: "the fields of the event are in 'args': 'args.FIELD'",
    fentry: "the arguments have their names and types in 'args': 'args.NAME'",
    fexit: "the arguments have their names and types in 'args': 'args.NAME'",
    kretprobe: "keep it in a map when the function starts: 'kprobe:FUNCTION { @first[tid] = arg0; }'",
    uretprobe: "keep it in a map when the function starts: 'uprobe:BINARY:FUNCTION { @first[tid] = arg0; }'",
    iter: "what the iterator shows is in 'ctx'",
  },
  "return-value": {
    kprobe: "a 'kretprobe' of the function has it",
    uprobe: "a 'uretprobe' of the function has it",
    fentry: "an 'fexit' of the function has it",
    tracepoint: "where an event has a result, it is a field: 'args.ret' in 'sys_exit' tracepoints",
    rawtracepoint: "where an event has a result, it is a field of 'args'",
  },
};

export function checkCapability(capability: Capability, name: string, place: Place, scope: Scope): boolean {
  const { context } = scope.routine;
  if (context.capabilities.has(capability)) return true;
  const probe = context.probeType ?? "these";
  const hint = elsewhere[capability]?.[probe];
  const hints = hint === undefined ? [] : [hint];
  report(scope, notInThisProbe(place, { name, probe, needs: capabilities[capability] }, { hints }));
  return false;
}

export function checkFeature(feature: KernelFeature, name: string, place: Place, scope: Scope): boolean {
  const { program } = scope.walk;
  if (hasFeature(program, feature)) return true;
  const [what, since, instead] = featureWords[feature] ?? [feature, "a later version", ""];
  report(scope, kernelLacks(place, { name, feature: what, since, kernel: program.facts.name, instead }));
  return false;
}

function checkUnstable(key: "tseries" | "dw_ustack", name: string, place: Place, scope: Scope): boolean {
  const { unstable } = scope.walk.program;
  const policy = key === "tseries" ? unstable.tseries : unstable.dwUstack;
  const facts = { feature: `'${name}'`, key: `unstable_${key}` };
  if (policy === "warn") report(scope, unstableFeature(place, facts));
  if (policy === "error") report(scope, unstableFeatureDisabled(place, facts));
  return policy !== "error";
}
