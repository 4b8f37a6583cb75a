/** Problems as a list of places and keys, for tests. */

import type { Script } from "../ast.ts";
import { scriptProblems } from "../order.ts";

/** `LINE:COLUMN key 'text'` for each problem of a script, in order; lines and columns count from 1. */
export function showProblems(text: string, script: Script): readonly string[] {
  const starts = new Map(script.items.map(({ item, start }) => [item, start]));
  return scriptProblems(script).map(({ item, problem }) => {
    const start = (starts.get(item) ?? 0) + problem.span.start;
    const lines = text.slice(0, start).split("\n");
    const quoted = text.slice(start, start + problem.span.end - problem.span.start);
    return `${lines.length}:${(lines.at(-1) ?? "").length + 1} ${problem.problem} ${JSON.stringify(quoted)}`;
  });
}
