/** The fix point: walks over code until no type changes any more. */

import type { CoreMap, CoreProbe, CoreSubprogram } from "../core/core.ts";
import { typingDidNotEnd } from "../diagnostics/catalog/types.ts";
import type { Diagnostic, Place } from "../diagnostics/diagnostic.ts";
import type { Macro, Subprogram } from "../syntax/ast.ts";
import { settle } from "../types/relations.ts";
import { int64, type IntegerType } from "../types/type.ts";
import { createCollector, type Collector, type Listener } from "./state/collector.ts";
import { isSubprogram, mapsOf, type Group, type Member } from "./groups.ts";
import { declareMaps } from "./map-declarations.ts";
import { elaborateProbe } from "./probe-bodies.ts";
import { checkVariables } from "./rules.ts";
import { settleStatements } from "./settle-core.ts";
import { closeWalk, settleSpaces } from "./state/parameter-spaces.ts";
import { freshStates, type MapState, type States } from "./state/state.ts";
import { constructs } from "./elaborate/constructs.ts";
import { elaborateSubprogram } from "./elaborate/subprograms.ts";
import { createOwnedSymbols, type SharedSymbols } from "./state/symbols.ts";
import { elaborateUnusedMacros } from "./unused-macros.ts";
import type { Program } from "./state/program.ts";
import type { Walk } from "./state/scope.ts";

/** Types only grow, and no script needs more than a handful of rounds. */
const MOST_ROUNDS = 50;

/** What became of one member of a group. */
export interface SolvedMember {
  readonly member: Member;
  readonly core: CoreProbe | CoreSubprogram;
  /** Found in its code, in order. */
  readonly diagnostics: readonly Diagnostic[];
  /** Found of its variables, once all is known. */
  readonly variables: readonly Diagnostic[];
  /** Maps that it is the first of the group to name, in order. */
  readonly maps: readonly NamedMap[];
}

interface NamedMap {
  readonly state: MapState;
  /** Undefined when its type is not known. */
  readonly core: CoreMap | undefined;
}

/** What code that is typed together came to. */
export interface Solved {
  readonly states: States;
  readonly coreMaps: ReadonlyMap<MapState, CoreMap>;
  readonly usedMacros: ReadonlySet<Macro>;
  readonly calledSubprograms: ReadonlySet<Subprogram>;
  /** The facts do not suffice to compile it. */
  readonly incomplete: boolean;
  /** That of the last walk. */
  readonly collector: Collector;
}

export interface SolvedGroup extends Solved {
  readonly members: readonly SolvedMember[];
  readonly hasErrors: boolean;
}

export function solveGroup(program: Program, group: Group, shared: SharedSymbols): SolvedGroup {
  const states = freshStates();
  declareMaps(program, states, mapsOf(group));
  const maps = group.members.map((): MapState[] => []);
  const [first] = group.members;
  const { result, ...solved } = findFixPoint(program, states, shared, {
    place: first === undefined ? undefined : placeOfMember(first),
    walk: (walk, collector) =>
      group.members.map((member, index) => {
        const before = collector.diagnostics.length;
        const known = states.maps.size;
        const core = isSubprogram(member) ? elaborateSubprogram(member, walk) : elaborateProbe(member, walk);
        maps[index]?.push(...[...states.maps.values()].slice(known));
        return { member, core, diagnostics: collector.diagnostics.slice(before) };
      }),
  });
  const members = result.map((each, index) => ({
    ...each,
    core: { ...each.core, body: settleStatements(each.core.body) },
    variables: checkVariables(states.instances.get(each.member)),
    maps: (maps[index] ?? []).map((state) => ({ state, core: solved.coreMaps.get(state) })),
  }));
  const hasErrors = solved.collector.diagnostics.some(({ severity }) => severity === "error");
  return { ...solved, members, hasErrors };
}

function placeOfMember(member: Member): Place {
  const item = isSubprogram(member) ? member : member.probe;
  return { item, span: item.span };
}

/** Macros that no other code of the program uses: nothing of them is compiled, but they are checked. */
export function solveUnusedMacros(program: Program, used: ReadonlySet<Macro>, shared: SharedSymbols): Solved {
  return findFixPoint(program, freshStates(), shared, {
    place: undefined,
    walk: (walk) => {
      if (walk.final) elaborateUnusedMacros(walk, used);
    },
  });
}

interface Code<Result> {
  /** Where to say that types never settle. */
  readonly place: Place | undefined;
  readonly walk: (walk: Walk, collector: Collector) => Result;
}

/**
 * Walks until types have settled. From the second walk on each may be the last: it reports and builds, and when it has
 * changed a type after all, what it said is dropped.
 */
function findFixPoint<Result>(
  program: Program,
  states: States,
  shared: SharedSymbols,
  code: Code<Result>,
): Solved & { readonly result: Result } {
  const start = createCollector({ ...shared, ...createOwnedSymbols() });
  code.walk(createWalk(program, states, start, false), start);
  closeWalk(states.parameterSpaces);
  for (let round = 1; ; round += 1) {
    applyDefaults(states, "arithmetic");
    const collector = createCollector({ ...shared, ...createOwnedSymbols() });
    const walk = createWalk(program, states, collector, true);
    const result = code.walk(walk, collector);
    const learnt = closeWalk(states.parameterSpaces);
    const done = !learnt && isDone(walk);
    if (!done && round < MOST_ROUNDS) continue;
    if (!done && code.place !== undefined) collector.report(typingDidNotEnd(code.place, {}));
    const { usedMacros, calledSubprograms, coreMaps, progress } = walk;
    const used = { usedMacros, calledSubprograms, coreMaps };
    return { states, result, ...used, incomplete: progress.incomplete, collector };
  }
}

/** Nothing has changed, and nothing waits any more. */
function isDone(walk: Walk): boolean {
  const { states } = walk;
  return (
    !walk.progress.changed &&
    !settleSpaces(states.parameterSpaces) &&
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
    constructs,
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
