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

/** Names that a mistaken one may have meant: a slip rarely hits the first letter. */
export function* sharingFirstLetter(functions: FunctionNames, name: string): Iterable<string> {
  const { from, to } = startingWith(functions, name.slice(0, 1));
  for (let index = from; index < to; index += 1) yield functions.nameAt(index);
}
