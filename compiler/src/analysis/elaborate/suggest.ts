/** Suggestions from the thousands of names a kernel has. */

import { nearest } from "../../base/nearest.ts";
import type { KernelFacts } from "../../kernel/facts.ts";

/** A slip of the pen changes the length by little and seldom hits the first two letters. */
const MOST_LENGTH_DIFFERENCE = 3;

const known = new WeakMap<KernelFacts, Map<string, string | undefined>>();

/**
 * The kernel type most like a misspelt one.
 * @param name with its tag, e.g. `struct task_strct`
 */
export function nearestType(name: string, facts: KernelFacts): string | undefined {
  let answers = known.get(facts);
  if (answers === undefined) {
    answers = new Map();
    known.set(facts, answers);
  }
  if (!answers.has(name)) answers.set(name, nearestTagged(name, facts.typeNames()));
  return answers.get(name);
}

/** Why no type of the kernel is known, and what helps, where that is so. */
export function hiddenTypes({ source, name, hasFeature }: KernelFacts): readonly string[] {
  if (source === "none" || hasFeature("btf") !== false) return [];
  return [
    `${name} shows no types of its own (BTF): define what is needed of them above the probes, or name a file that has them in BPFTRACE_BTF`,
  ];
}

/** The one of `known` that has the tag and is most like it. The tag counts neither as likeness nor as length. */
export function nearestTagged(name: string, known: readonly string[]): string | undefined {
  const tagEnd = name.indexOf(" ") + 1;
  const near = nearest(
    name.slice(tagEnd),
    candidates(name, known).map((other) => other.slice(tagEnd)),
  );
  return near === undefined ? undefined : name.slice(0, tagEnd) + near;
}

function candidates(name: string, names: readonly string[]): readonly string[] {
  const blank = name.indexOf(" ") + 1;
  const tag = name.slice(0, blank);
  const first = name.slice(blank, blank + 1);
  const second = name.slice(blank + 1, blank + 2);
  return names.filter(
    (other) =>
      Math.abs(other.length - name.length) <= MOST_LENGTH_DIFFERENCE &&
      other.startsWith(tag) &&
      (other.startsWith(first, blank) || other.startsWith(second, blank + 1)),
  );
}
