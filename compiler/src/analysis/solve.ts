/** The fix point: walks over the whole program until no type changes any more. */

import type { CoreMap, CoreProbe, CoreSubprogram } from "../core/core.ts";
import { typingDidNotEnd } from "../diagnostics/catalog/types.ts";
import type { Diagnostic, Place } from "../diagnostics/diagnostic.ts";
import type { ProbeInstance } from "../probes/environment.ts";
import type { Macro, Subprogram } from "../syntax/ast.ts";
import { settle } from "../types/relations.ts";
import { int64, type IntegerType } from "../types/type.ts";
import type { NodeFact } from "./node-facts.ts";
import type { SyntaxNode } from "../syntax/children.ts";
import { elaborateProbe } from "./probe-bodies.ts";
import { noteDefinitions } from "./definitions.ts";
import { declareMaps } from "./map-declarations.ts";
import { freshStates, type MapState, type States } from "./state.ts";
import { elaborateSubprogram } from "./subprograms.ts";
import type { SymbolTable } from "./symbols.ts";
import { elaborateUnusedMacros } from "./unused-macros.ts";
import type { Program, Walk } from "./walk.ts";

/** Types only grow, and no script needs more than a handful of rounds. */
const MOST_ROUNDS = 50;

export interface Solved<L extends Listener> {
  readonly states: States;
  readonly probes: readonly CoreProbe[];
  readonly subprograms: readonly CoreSubprogram[];
  readonly coreMaps: ReadonlyMap<MapState, CoreMap>;
  readonly usedMacros: ReadonlySet<Macro>;
  readonly calledSubprograms: ReadonlySet<Subprogram>;
  /** The facts do not suffice to compile it. */
  readonly incomplete: boolean;
  /** That of the last walk. */
  readonly collector: L;
}

export interface Listener {
  readonly report: (diagnostic: Diagnostic) => void;
  readonly note: (place: Place, node: SyntaxNode, fact: NodeFact) => void;
  readonly symbols: SymbolTable;
}

/**
 * Walks until types have settled. From the second walk on each may be the last: it reports and builds, and when it has
 * changed a type after all, what it said is dropped.
 */
export function solve<L extends Listener>(
  program: Program,
  instances: readonly ProbeInstance[],
  createListener: () => L,
): Solved<L> {
  const states = freshStates();
  declareMaps(program, states);
  run(createWalk(program, states, createListener(), false), instances);
  for (let round = 1; ; round += 1) {
    applyDefaults(states, "arithmetic");
    const collector = createListener();
    const walk = createWalk(program, states, collector, true);
    const { probes, subprograms } = run(walk, instances);
    const done = isDone(walk);
    if (!done && round < MOST_ROUNDS) continue;
    const [first] = instances;
    if (!done && first !== undefined) {
      collector.report(typingDidNotEnd({ item: first.probe, span: first.probe.span }, {}));
    }
    const { usedMacros, calledSubprograms, coreMaps, progress } = walk;
    const used = { usedMacros, calledSubprograms, coreMaps };
    return { states, probes, subprograms, ...used, incomplete: progress.incomplete, collector };
  }
}

/** Nothing has changed, and nothing waits any more. */
function isDone(walk: Walk): boolean {
  const { states } = walk;
  return (
    !walk.progress.changed &&
    !applyDefaults(states, "arithmetic") &&
    !decide(walk) &&
    !applyDefaults(states, "read")
  );
}

function createWalk(program: Program, states: States, listener: Listener, final: boolean): Walk {
  states.undecided.clear();
  states.namedParameters.clear();
  return {
    program,
    states,
    final,
    coreMaps: new Map(),
    coreVariables: new Map(),
    untyped: new Set(),
    progress: { changed: false, incomplete: false, expansions: 0 },
    pending: [],
    asked: undefined,
    signatures: new Map(),
    calledSubprograms: new Set(),
    usedMacros: new Set(),
    report: final ? listener.report : nothing,
    note: final ? listener.note : nothing,
    symbols: listener.symbols,
  };
}

function nothing(): void {
  return;
}

function run(
  walk: Walk,
  instances: readonly ProbeInstance[],
): { readonly probes: readonly CoreProbe[]; readonly subprograms: readonly CoreSubprogram[] } {
  const subprograms = [...walk.program.subprograms.values()].map((each) => elaborateSubprogram(each, walk));
  const probes = instances.map((instance) => elaborateProbe(instance, walk));
  if (walk.final) {
    elaborateUnusedMacros(walk);
    noteDefinitions(walk);
  }
  return { probes, subprograms };
}

/** What nothing has decided although it was used: counted things are numbers, and what is only read is zero. */
function applyDefaults(states: States, why: "arithmetic" | "read"): boolean {
  const small: IntegerType = { kind: "integer", size: 1, signed: true, flexible: true };
  let applied = false;
  for (const [state, reason] of states.undecided) {
    if (reason !== why || state.type.kind !== "none") continue;
    state.type = why === "arithmetic" ? small : int64;
    applied = true;
  }
  return applied;
}

/** Answers the compile-time conditions that waited for types, and holds those types fast. */
function decide(walk: Walk): boolean {
  for (const { instance, node, answer, asked, place } of walk.pending) {
    instance.decisions.set(node, answer);
    for (const state of asked) state.lock ??= { type: settle(state.type), place };
  }
  return walk.pending.length > 0;
}
