/**
 * What one analysis leaves to the next one of the same script: tables of what stands outside of probes, and of each probe
 * and each group what came of it. It holds as long as the facts answer the same.
 */

import type { KernelFacts } from "../kernel/facts.ts";
import type { ProbeInstance, ResolvedProbe } from "../probes/environment.ts";
import type { Item, Macro, Probe, Script } from "../syntax/ast.ts";
import type { CTypes } from "./declarations/c-types.ts";
import type { Definitions } from "./declarations/collect.ts";
import type { ResolvedConfig } from "./state/config.ts";
import type { DefineTable } from "./state/defines.ts";
import type { Group, Member } from "./groups.ts";
import type { Solved, SolvedGroup } from "./solve.ts";
import type { SharedSymbols } from "./state/symbols.ts";

/** What everything in a program may depend on. */
export interface Ground {
  readonly sourceName: string;
  readonly facts: KernelFacts;
  readonly options: object;
  /** All items but probes, imports included, in order. */
  readonly items: readonly Item[];
}

/** What follows from the ground alone. */
export interface Tables {
  readonly config: ResolvedConfig;
  readonly definitions: Definitions;
  readonly cTypes: CTypes;
  readonly defines: DefineTable;
  readonly shared: SharedSymbols;
}

export interface Remembered {
  readonly ground: Ground;
  readonly tables: Tables;
  /** Imported texts and texts of C macros, as they were parsed. */
  readonly parsed: ReadonlyMap<string, Script>;
  readonly probes: ReadonlyMap<Probe, ResolvedProbe>;
  readonly standIns: ReadonlyMap<Probe, ProbeInstance>;
  /** From `foreignTypes`. */
  readonly foreignTypes: string;
  /** By their first member; only those without errors, which may depend on names anywhere in the program. */
  readonly groups: ReadonlyMap<Member, SolvedGroup>;
  readonly usedMacros: ReadonlySet<Macro>;
  readonly unusedMacros: Solved;
}

export function sameGround(a: Ground, b: Ground): boolean {
  return (
    a.sourceName === b.sourceName &&
    a.facts === b.facts &&
    a.options === b.options &&
    sameElements(a.items, b.items)
  );
}

/** @returns what came of a group when all its members are the very ones of last time */
export function findGroup(group: Group, remembered: Remembered | undefined): SolvedGroup | undefined {
  const [first] = group.members;
  const known = first === undefined ? undefined : remembered?.groups.get(first);
  const isSame =
    known?.members.length === group.members.length &&
    known.members.every(({ member }, index) => member === group.members[index]);
  return isSame ? known : undefined;
}

export function rememberGroups(groups: readonly SolvedGroup[]): ReadonlyMap<Member, SolvedGroup> {
  const byFirst = new Map<Member, SolvedGroup>();
  for (const group of groups) {
    const first = group.members[0];
    if (first !== undefined && !group.hasErrors) byFirst.set(first.member, group);
  }
  return byFirst;
}

export function sameElements<T>(left: readonly T[], right: readonly T[]): boolean {
  return left.length === right.length && left.every((each, index) => each === right[index]);
}
