/**
 * A probe on the entry of functions and one on their return share one program and one link where the kernel has
 * kprobe.session: it calls the program on both sides, and tells it which.
 */

import type { CoreExpression, CoreProbe, CoreProgram, CoreStatement } from "../../core/core.ts";
import type { ProbeTarget } from "../../core/target.ts";
import { walk } from "../../core/walk.ts";
import { boolean } from "../../types/type.ts";
import type { CodegenEnvironment } from "./environment.ts";

type KprobeTarget = Extract<ProbeTarget, { readonly kind: "kprobe" }>;

/** The builtin of no script that tells the sides apart: see `builtins/lowering/context.ts`. */
export const SESSION_RETURNS = "session_returns";

/** Each pair becomes one probe, in the place of its entry. */
export function mergeSessions(core: CoreProgram, askKernel: CodegenEnvironment["session"]): CoreProgram {
  const candidates = findPairs(core.probes);
  const session = candidates.size === 0 ? undefined : askKernel?.();
  if (session === undefined) return core;
  const reachable = ({ targets }: CoreProbe): boolean =>
    targets.every((target) => target.kind === "kprobe" && target.functions.every(session.isTraceable));
  const pairs = new Map([...candidates].filter(([entry]) => reachable(entry)));
  if (pairs.size === 0) return core;
  const merged = new Set(pairs.values());
  const probes = core.probes.flatMap((probe) => {
    if (merged.has(probe)) return [];
    const returning = pairs.get(probe);
    return returning === undefined ? [probe] : [merge(probe, returning, session.takesContext)];
  });
  return { ...core, probes };
}

/** Probes on entry, each with its one probe on return. */
function findPairs(probes: readonly CoreProbe[]): ReadonlyMap<CoreProbe, CoreProbe> {
  const entries = bySide(probes, false);
  const returns = bySide(probes, true);
  const pairs = new Map<CoreProbe, CoreProbe>();
  for (const [functions, [entry, ...others]] of entries) {
    const [returning, ...more] = returns.get(functions) ?? [];
    if (entry === undefined || returning === undefined || others.length + more.length > 0) continue;
    if (!answers(entry) && !answers(returning)) pairs.set(entry, returning);
  }
  return pairs;
}

/** By the functions they stand at. */
function bySide(probes: readonly CoreProbe[], returns: boolean): ReadonlyMap<string, readonly CoreProbe[]> {
  const found = new Map<string, CoreProbe[]>();
  for (const probe of probes) {
    const target = sessionTarget(probe);
    if (target?.returns !== returns) continue;
    const functions = target.functions.join("\n");
    found.set(functions, [...(found.get(functions) ?? []), probe]);
  }
  return found;
}

function sessionTarget({ targets }: CoreProbe): KprobeTarget | undefined {
  const [target, ...others] = targets;
  if (target?.kind !== "kprobe" || others.length > 0) return undefined;
  const plain = target.module === undefined && target.offset === 0n && target.address === undefined;
  return plain ? target : undefined;
}

/** What a program answers at the entry decides whether it is called on return: a script's own answer would. */
function answers({ body }: CoreProbe): boolean {
  let found = false;
  walk(body, (node) => {
    found ||= node.kind === "return" && node.value !== undefined;
    return !found;
  });
  return found;
}

function merge(entry: CoreProbe, returning: CoreProbe, takesContext: boolean): CoreProbe {
  const condition: CoreExpression = {
    kind: "call",
    name: SESSION_RETURNS,
    arguments: [],
    detail: takesContext ? { kind: "text", text: "context" } : { kind: "none" },
    type: boolean,
    place: returning.place,
  };
  const sides: CoreStatement = {
    kind: "if",
    condition,
    then: returning.body,
    otherwise: entry.body,
    place: returning.place,
  };
  const name = `${entry.name} and ${returning.name}`;
  return {
    ...entry,
    name,
    targets: entry.targets.map((target) => ({ ...target, name, multi: true, session: true })),
    body: [sides],
    variables: [...entry.variables, ...returning.variables],
    attachPoints: [...entry.attachPoints, ...returning.attachPoints],
  };
}
