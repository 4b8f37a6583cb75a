/**
 * Parts of a program whose types do not depend on each other: probes that share maps, and functions with those that call
 * them. Each part has a fix point of its own, so that an edit costs the part that it touches.
 */

import type { ProbeInstance } from "../probes/environment.ts";
import { callablesOf, mentionedNames, type Callable } from "../probes/mentions.ts";
import type { Item, Probe, Subprogram } from "../syntax/ast.ts";
import { mapNamesIn } from "./declarations/map-names.ts";

/** A top-level piece of code with types to find. */
export type Member = Subprogram | ProbeInstance;

export interface Group {
  /** In order of the program. */
  readonly members: readonly Member[];
}

export function isSubprogram(member: Member): member is Subprogram {
  return "kind" in member;
}

/**
 * @param items the whole script, imports included
 * @returns the groups in order of their first member
 */
export function groupMembers(members: readonly Member[], items: readonly Item[]): readonly Group[] {
  const callables = callablesOf(items);
  const functions = members.flatMap((each) => (isSubprogram(each) ? [each.name.text] : []));
  const leaders = members.map((_, index) => index);
  const leaderOf = (index: number): number => {
    let at = index;
    for (let next = leaders[at]; next !== undefined && next !== at; next = leaders[at]) at = next;
    return at;
  };
  const owners = new Map<unknown, number>();
  const mapOwners = new Map<unknown, number>();
  const tie = (all: Map<unknown, number>, by: unknown, index: number): void => {
    const owner = all.get(by);
    if (owner === undefined) all.set(by, index);
    else join(leaders, leaderOf(owner), leaderOf(index));
  };
  for (const [index, member] of members.entries()) {
    for (const name of mapNamesIn(itemOf(member)).mentioned) tie(mapOwners, name, index);
    for (const by of tiesOf(member, callables, functions)) tie(owners, by, index);
  }
  const groups = new Map<number, Member[]>();
  for (const [index, member] of members.entries()) {
    const leader = leaderOf(index);
    const group = groups.get(leader);
    if (group === undefined) groups.set(leader, [member]);
    else group.push(member);
  }
  return [...groups.values()].map((group) => ({ members: group }));
}

/** The earlier one leads. */
function join(leaders: number[], one: number, other: number): void {
  leaders[Math.max(one, other)] = Math.min(one, other);
}

/** What ties code together beside maps: functions, named parameters, and being of one probe. */
function tiesOf(
  member: Member,
  callables: readonly Callable[],
  functions: readonly string[],
): readonly unknown[] {
  const item = itemOf(member);
  const ties: unknown[] = [item];
  const names = mentionedNames(item, callables);
  if (names.has("getopt")) ties.push("getopt");
  if (isSubprogram(member) || functions.some((name) => names.has(name))) ties.push("functions");
  return ties;
}

/** Names of all maps in the code of a group. */
export function mapsOf({ members }: Group): ReadonlySet<string> {
  return new Set(members.flatMap((member) => [...mapNamesIn(itemOf(member)).mentioned]));
}

function itemOf(member: Member): Subprogram | Probe {
  return isSubprogram(member) ? member : member.probe;
}
