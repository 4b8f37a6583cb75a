/**
 * The groups of a program put together again: findings, node facts, maps and code, all in order of the program. Each is made
 * when it is first asked for: completing a name needs none but the facts about its own item.
 */

import type { CoreMap, CoreProbe, CoreSubprogram, NamedParameter } from "../core/core.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { Item, Macro } from "../syntax/ast.ts";
import { once } from "../base/once.ts";
import { addFact, createCollector, type Collector, type ItemFacts } from "./state/collector.ts";
import { noteDefinitions } from "./definitions.ts";
import type { Member } from "./groups.ts";
import type { NodeFact, NodeFacts, Reference, SymbolFact } from "./state/node-facts.ts";
import { checkUse } from "./rules.ts";
import type { Solved, SolvedGroup, SolvedMember } from "./solve.ts";
import type { MapState } from "./state/state.ts";
import { createOwnedSymbols, type SharedSymbols } from "./state/symbols.ts";
import type { Program } from "./state/program.ts";

export interface SolvedProgram {
  readonly groups: readonly SolvedGroup[];
  /** By code that is compiled. */
  readonly usedMacros: ReadonlySet<Macro>;
  readonly unusedMacros: Solved;
  readonly shared: SharedSymbols;
}

/** What analysis knows of a program. */
export interface Whole {
  readonly nodeFacts: NodeFacts;
  /** The facts do not suffice to compile it. */
  readonly incomplete: boolean;
  /** Goes through all of the program. */
  readonly conclude: () => Conclusions;
}

export interface Conclusions {
  readonly diagnostics: readonly Diagnostic[];
  readonly probes: readonly CoreProbe[];
  readonly subprograms: readonly CoreSubprogram[];
  readonly maps: readonly CoreMap[];
  readonly namedParameters: readonly NamedParameter[];
  /** Names of the C functions that compiled code calls. */
  readonly calledCFunctions: ReadonlySet<string>;
}

/**
 * @param items the whole script, imports included
 * @param members functions, then probes: the order in which their findings are told
 */
export function putTogether(
  program: Program,
  items: readonly Item[],
  members: readonly Member[],
  solved: SolvedProgram,
): Whole {
  const done = once(() => inOrder(members, solved.groups));
  const maps = once(() => mergeMaps(program, done(), solved.groups));
  return {
    nodeFacts: mergeNodeFacts(program, maps, items, solved),
    incomplete: solved.groups.some(({ incomplete }) => incomplete),
    conclude: once(() => conclude(program, done(), maps(), solved)),
  };
}

function conclude(
  program: Program,
  done: readonly SolvedMember[],
  maps: ReadonlyMap<string, MapState>,
  solved: SolvedProgram,
): Conclusions {
  const { groups, unusedMacros } = solved;
  const { probes, subprograms } = coreOf(done);
  const use = {
    maps,
    probes,
    usedMacros: union([...groups, unusedMacros], ({ usedMacros }) => usedMacros),
    calledSubprograms: union([...groups, unusedMacros], ({ calledSubprograms }) => calledSubprograms),
    variables: done.flatMap(({ variables }) => variables),
  };
  return {
    diagnostics: [...mergeFindings(done, solved), ...checkUse(program, use)],
    probes,
    subprograms,
    maps: mergeCoreMaps(maps, done, groups),
    namedParameters: groups.flatMap(({ states }) => [...states.namedParameters.values()]),
    calledCFunctions: program.cFunctions.size === 0 ? new Set() : calledIn(groups),
  };
}

function calledIn(groups: readonly SolvedGroup[]): ReadonlySet<string> {
  const called = new Set<string>();
  for (const { collector } of groups) {
    for (const { kind, name } of collector.references.keys()) if (kind === "c-function") called.add(name);
  }
  return called;
}

/** Of most groups the set is empty. */
function union<T>(solved: readonly Solved[], setOf: (each: Solved) => ReadonlySet<T>): ReadonlySet<T> {
  const all = new Set<T>();
  for (const each of solved) for (const element of setOf(each)) all.add(element);
  return all;
}

/** @returns what became of each of `members` */
function inOrder(members: readonly Member[], groups: readonly SolvedGroup[]): readonly SolvedMember[] {
  const byMember = new Map<Member, SolvedMember>();
  for (const group of groups) for (const each of group.members) byMember.set(each.member, each);
  return members.flatMap((member) => byMember.get(member) ?? []);
}

/** All maps by name: those that are declared, then in the order in which code names them. */
function mergeMaps(
  program: Program,
  members: readonly SolvedMember[],
  groups: readonly SolvedGroup[],
): ReadonlyMap<string, MapState> {
  const maps = new Map<string, MapState>();
  for (const { map } of program.mapDeclarations) {
    const owner = groups.findLast(({ states }) => states.maps.has(map.name));
    const state = owner?.states.maps.get(map.name);
    if (state !== undefined) maps.set(map.name, state);
  }
  for (const member of members) for (const { state } of member.maps) maps.set(state.name, state);
  return maps;
}

function mergeCoreMaps(
  maps: ReadonlyMap<string, MapState>,
  members: readonly SolvedMember[],
  groups: readonly SolvedGroup[],
): readonly CoreMap[] {
  const known = new Map<MapState, CoreMap>();
  for (const { maps: own } of members) {
    for (const { state, core } of own) if (core !== undefined) known.set(state, core);
  }
  // Those that are declared belong to no member.
  const declared = (state: MapState): CoreMap | undefined =>
    groups.find(({ coreMaps }) => coreMaps.has(state))?.coreMaps.get(state);
  return [...maps.values()].flatMap((state) => known.get(state) ?? declared(state) ?? []);
}

function coreOf(members: readonly SolvedMember[]): {
  readonly probes: readonly CoreProbe[];
  readonly subprograms: readonly CoreSubprogram[];
} {
  const probes: CoreProbe[] = [];
  const subprograms: CoreSubprogram[] = [];
  for (const { core } of members) {
    if ("probeType" in core) probes.push(core);
    else subprograms.push(core);
  }
  return { probes, subprograms };
}

function mergeFindings(
  members: readonly SolvedMember[],
  { groups, unusedMacros }: SolvedProgram,
): readonly Diagnostic[] {
  const ofMembers = members.flatMap(({ diagnostics }) => diagnostics);
  const ofGroups = groups.flatMap(({ collector }) => collector.diagnostics);
  return [...new Set([...ofMembers, ...ofGroups]), ...unusedMacros.collector.diagnostics];
}

/** Looked up where they are, so that what an edit left alone is not gone through again. */
function mergeNodeFacts(
  program: Program,
  maps: () => ReadonlyMap<string, MapState>,
  items: readonly Item[],
  { groups, unusedMacros, shared }: SolvedProgram,
): NodeFacts {
  const solved = [...groups, unusedMacros];
  const collectors = once(() => [
    ...solved.map(({ collector }) => collector),
    definitions(program, maps, solved, shared),
  ]);
  const holders = once(() => holdersOf(collectors()));
  return {
    at: (item, id) => {
      let found: NodeFact | undefined;
      for (const holder of holders().get(item) ?? []) {
        const fact = holder[id];
        if (fact !== undefined) found = addFact(found, fact);
      }
      return found;
    },
    sourceOf: (item) => {
      const ofItem = holders().get(item) ?? [];
      return ofItem.length === 1 ? ofItem[0] : undefined;
    },
    references: (symbol) => referencesTo(symbol, collectors(), items),
    symbols: () => [...new Set(collectors().flatMap(({ references }) => [...references.keys()]))],
  };
}

function holdersOf(collectors: readonly Collector[]): ReadonlyMap<Item, readonly ItemFacts[]> {
  const holders = new Map<Item, ItemFacts[]>();
  for (const { facts } of collectors) {
    for (const [item, ofItem] of facts) {
      const known = holders.get(item);
      if (known === undefined) holders.set(item, [ofItem]);
      else known.push(ofItem);
    }
  }
  return holders;
}

function definitions(
  program: Program,
  maps: () => ReadonlyMap<string, MapState>,
  solved: readonly Solved[],
  shared: SharedSymbols,
): Collector {
  const own = createOwnedSymbols();
  const map = (state: MapState): SymbolFact => {
    const owner = solved.findLast(({ states }) => states.maps.get(state.name) === state);
    return (owner?.collector.symbols ?? own).map(state);
  };
  const collector = createCollector({ ...shared, ...own, map });
  noteDefinitions(program, maps, collector);
  return collector;
}

function referencesTo(
  symbol: SymbolFact,
  collectors: readonly Collector[],
  items: readonly Item[],
): readonly Reference[] {
  const lists = collectors.flatMap(({ references }) => {
    const list = references.get(symbol);
    return list === undefined ? [] : [list];
  });
  const order = new Map(items.map((item, index) => [item, index]));
  return lists
    .flat()
    .toSorted(
      (a, b) =>
        (order.get(a.place.item) ?? 0) - (order.get(b.place.item) ?? 0) ||
        a.place.span.start - b.place.span.start,
    );
}
