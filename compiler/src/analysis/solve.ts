/** The fix point: walks over the whole program until no type changes, then the last walk that reports and builds. */

import type { CoreProbe, CoreSubprogram } from "../core/core.ts";
import { typingDidNotEnd } from "../diagnostics/catalog/types.ts";
import type { Diagnostic, Place } from "../diagnostics/diagnostic.ts";
import type { ProbeInstance } from "../probes/environment.ts";
import type { Macro, Subprogram } from "../syntax/ast.ts";
import { settle } from "../types/relations.ts";
import { int64, type IntegerType } from "../types/type.ts";
import type { NodeFact } from "./node-facts.ts";
import type { SyntaxNode } from "../syntax/children.ts";
import { elaborateProbe } from "./probe-bodies.ts";
import { declareMaps } from "./map-declarations.ts";
import { freshStates, type States } from "./state.ts";
import { elaborateSubprogram } from "./subprograms.ts";
import type { SymbolTable } from "./symbols.ts";
import type { Program, Walk } from "./walk.ts";

/** Types only grow, and no script needs more than a handful of rounds. */
const MOST_ROUNDS = 50;

export interface Solved {
  readonly states: States;
  readonly probes: readonly CoreProbe[];
  readonly subprograms: readonly CoreSubprogram[];
  readonly usedMacros: ReadonlySet<Macro>;
  readonly calledSubprograms: ReadonlySet<Subprogram>;
}

export interface Listener {
  readonly report: (diagnostic: Diagnostic) => void;
  readonly note: (place: Place, node: SyntaxNode, fact: NodeFact) => void;
  readonly symbols: SymbolTable;
}

export function solve(program: Program, instances: readonly ProbeInstance[], listener: Listener): Solved {
  const states = freshStates();
  declareMaps(program, states);
  let settled = false;
  for (let round = 0; round < MOST_ROUNDS && !settled; round += 1) {
    const walk = createWalk(program, states, undefined, listener);
    run(walk, instances);
    settled =
      !walk.progress.changed &&
      !applyDefaults(states, "arithmetic") &&
      !decide(walk) &&
      !applyDefaults(states, "read");
  }
  const walk = createWalk(program, states, listener, listener);
  const [first] = instances;
  if (!settled && first !== undefined) {
    listener.report(typingDidNotEnd({ item: first.probe, span: first.probe.span }, {}));
  }
  const { probes, subprograms } = run(walk, instances);
  const { usedMacros, calledSubprograms } = walk;
  return { states, probes, subprograms, usedMacros, calledSubprograms };
}

function createWalk(
  program: Program,
  states: States,
  listener: Listener | undefined,
  { symbols }: Listener,
): Walk {
  states.undecided.clear();
  states.namedParameters.clear();
  return {
    program,
    states,
    final: listener !== undefined,
    progress: { changed: false },
    pending: [],
    asked: undefined,
    signatures: new Map(),
    calledSubprograms: new Set(),
    usedMacros: new Set(),
    report: listener?.report ?? nothing,
    note: listener?.note ?? nothing,
    symbols,
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
