/** The kernel's functions by number: a hundred thousand and more, which need not be an object each. */

import type { NamedInModule } from "./named.ts";

/** Sorted by name, then module. */
export interface FunctionNames extends Iterable<NamedInModule> {
  readonly length: number;
  readonly nameAt: (index: number) => string;
  readonly moduleAt: (index: number) => string;
  /** Numbers of those whose name has this text in it, ascending. */
  readonly having: (text: string) => readonly number[];
}

export function listedFunctions(functions: readonly NamedInModule[]): FunctionNames {
  return {
    length: functions.length,
    nameAt: (index) => functions[index]?.name ?? "",
    moduleAt: (index) => functions[index]?.module ?? "",
    having: (text) => functions.flatMap(({ name }, index) => (name.includes(text) ? [index] : [])),
    [Symbol.iterator]: () => functions[Symbol.iterator](),
  };
}

/** Number of the first name that is not before this one. */
export function firstAtLeast({ length, nameAt }: FunctionNames, wanted: string): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (nameAt(middle) < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Numbers of those that begin with this text. */
export function startingWith(
  functions: FunctionNames,
  start: string,
): { readonly from: number; readonly to: number } {
  return { from: firstAtLeast(functions, start), to: firstAtLeast(functions, `${start}\uffff`) };
}

export function hasFunction(functions: FunctionNames, name: string): boolean {
  const index = firstAtLeast(functions, name);
  return index < functions.length && functions.nameAt(index) === name;
}
