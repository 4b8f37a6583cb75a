/** Kernel functions by name, module and pattern, as kprobe and fentry want them. */

import { isPattern, matcher } from "../attach-spec.ts";
import type { KernelFacts } from "../../kernel/facts.ts";

export interface KernelFunction {
  readonly name: string;
  readonly module: string;
}

/**
 * Traceable functions that match. Parts that the compiler split off (`f.part.0`) are never meant.
 * @returns undefined when the facts have no list
 */
export function matchFunctions(
  facts: KernelFacts,
  pattern: string,
  module: string | undefined,
): readonly KernelFunction[] | undefined {
  const all = facts.traceableFunctions();
  if (all === undefined) return undefined;
  const named = isPattern(pattern) ? matching(all, pattern) : withName(all, pattern);
  if (module === undefined) return named;
  const inModule = matcher(module);
  return named.filter((entry) => inModule(entry.module));
}

function matching(all: readonly KernelFunction[], pattern: string): readonly KernelFunction[] {
  const matches = matcher(pattern);
  return all.filter((entry) => matches(entry.name) && !entry.name.includes(".part."));
}

/** The run of entries with this name, by binary search: the list is sorted. */
function withName(all: readonly KernelFunction[], name: string): readonly KernelFunction[] {
  let low = 0;
  let high = all.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((all[middle]?.name ?? "") < name) low = middle + 1;
    else high = middle;
  }
  let end = low;
  while (all[end]?.name === name) end += 1;
  return all.slice(low, end);
}

/** Each name once, in order: a multi link attaches by name and the kernel refuses a name it is given twice. */
export function distinctNames(functions: readonly KernelFunction[]): readonly string[] {
  return [...new Set(functions.map((entry) => entry.name))];
}
