/**
 * Whose memory the pointers are to that functions of the script are called with. Each walk collects what calls say; the next one
 * types the parameters by it.
 */

import { commonSpace } from "../../types/relations.ts";
import type { Subprogram } from "../../syntax/ast.ts";
import type { AddressSpace, Type } from "../../types/type.ts";

type Calls = Map<Subprogram, (AddressSpace | undefined)[]>;

export interface ParameterSpaces {
  /** Of the last walk, by position; undefined until there was one. */
  known: Calls | undefined;
  /** Of this walk. */
  found: Calls;
  /** Nothing more is to be learnt: what is still unknown stays so. */
  settled: boolean;
}

export function freshSpaces(): ParameterSpaces {
  return { known: undefined, found: new Map(), settled: false };
}

export function noteArguments(
  { found }: ParameterSpaces,
  subprogram: Subprogram,
  types: readonly Type[],
): void {
  const before = found.get(subprogram);
  const spaces = types.map((type, i) => {
    const space = type.kind === "pointer" ? type.space : undefined;
    const other = before?.[i];
    return space === undefined || other === undefined ? (space ?? other) : commonSpace(space, other);
  });
  found.set(subprogram, spaces);
}

/**
 * The memory of parameter `index`; undefined while a call may still say it: then nothing must be concluded from its type. A
 * function that nobody calls may take the kernel's, for no code is made of it.
 */
export function spaceOfParameter(
  { known, settled }: ParameterSpaces,
  subprogram: Subprogram,
  index: number,
): AddressSpace | undefined {
  if (known === undefined) return undefined;
  const calls = known.get(subprogram);
  if (calls === undefined) return "kernel";
  return calls[index] ?? (settled ? "none" : undefined);
}

/** @returns whether the walk that ended knows more than the one before it */
export function closeWalk(spaces: ParameterSpaces): boolean {
  const { known, found } = spaces;
  spaces.known = found;
  spaces.found = new Map();
  if (known?.size !== found.size) return found.size > 0;
  return [...found].some(([subprogram, calls]) => {
    const before = known.get(subprogram);
    return calls.some((space, i) => space !== before?.[i]);
  });
}

/** @returns whether a parameter waited for it */
export function settleSpaces(spaces: ParameterSpaces): boolean {
  if (spaces.settled) return false;
  spaces.settled = true;
  return [...(spaces.known?.values() ?? [])].some((calls) => calls.includes(undefined));
}
