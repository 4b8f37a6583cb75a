/** Kernel functions by pattern, without looking at all of them where their order or their text can tell. */

import { startingWith, type FunctionNames } from "../kernel/function-names.ts";
import { matcher } from "./attach-spec.ts";

/** Numbers of the functions whose name fits a pattern, ascending. */
export function fitting(functions: FunctionNames, pattern: string): readonly number[] {
  const [start = "", ...pieces] = pattern.split("*");
  const fits = matcher(pattern);
  const found: number[] = [];
  const look = (index: number): void => {
    if (fits(functions.nameAt(index))) found.push(index);
  };
  const longest = pieces.reduce((left, right) => (right.length > left.length ? right : left), "");
  if (start === "" && longest !== "") functions.having(longest).forEach(look);
  else {
    const { from, to } = startingWith(functions, start);
    for (let index = from; index < to; index += 1) look(index);
  }
  return found;
}

const LETTERS = "_abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ".split("");

/**
 * Names that a mistaken one may have meant: those with its first letter, and those that have it when its first letters are
 * swapped, one of them is lost or wrong, or one or two are too many. Looked up by how they start, for there are many.
 */
export function* likelyMeant(functions: FunctionNames, name: string): Iterable<string> {
  for (const start of likelyStarts(name)) {
    const { from, to } = startingWith(functions, start);
    for (let index = from; index < to; index += 1) yield functions.nameAt(index);
  }
}

/** What is shorter is most often a name that is still being typed. */
const LEAST_LENGTH = 5;

/** None of them starts with another one, so that no name comes twice. */
function likelyStarts(name: string): ReadonlySet<string> {
  const starts = new Set([name.slice(0, 1)]);
  if (name.length < LEAST_LENGTH) return starts;
  for (const start of [
    name.slice(1, 2) + name.slice(0, 1),
    name.slice(1, 4),
    name.slice(2, 5),
    ...LETTERS.flatMap((letter) => [letter + name.slice(0, 2), letter + name.slice(1, 3)]),
    `__${name.slice(0, 2)}`,
  ]) {
    if (start.length > 1 && ![...starts].some((known) => start.startsWith(known))) starts.add(start);
  }
  return starts;
}
