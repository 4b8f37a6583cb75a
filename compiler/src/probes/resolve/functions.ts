/** Kernel functions by name, module and pattern, as kprobe and fentry want them. */

import { isPattern, matcher } from "../attach-spec.ts";
import { fitting } from "../fitting.ts";
import type { KernelFacts } from "../../kernel/facts.ts";
import { firstAtLeast, type FunctionNames } from "../../kernel/function-names.ts";

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
  const found = isPattern(pattern) ? matching(all, pattern) : withName(all, pattern);
  const named = found.map((index) => ({ name: all.nameAt(index), module: all.moduleAt(index) }));
  if (module === undefined) return named;
  const inModule = matcher(module);
  return named.filter((entry) => inModule(entry.module));
}

function matching(all: FunctionNames, pattern: string): readonly number[] {
  return fitting(all, pattern).filter((index) => !all.nameAt(index).includes(".part."));
}

/** The run of entries with this name: the list is sorted. */
function withName(all: FunctionNames, name: string): readonly number[] {
  const found: number[] = [];
  for (let index = firstAtLeast(all, name); index < all.length && all.nameAt(index) === name; index += 1)
    found.push(index);
  return found;
}

/** Each name once, in order: a multi link attaches by name and the kernel refuses a name it is given twice. */
export function distinctNames(functions: readonly KernelFunction[]): readonly string[] {
  return [...new Set(functions.map((entry) => entry.name))];
}
