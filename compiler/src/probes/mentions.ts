/** Which names a probe's code mentions, directly or through the macros and subprograms it calls. */

import type { Item, Probe } from "../syntax/ast.ts";
import { walk } from "../syntax/walk.ts";

const cache = new WeakMap<Item, ReadonlySet<string>>();

function namesIn(item: Item): ReadonlySet<string> {
  const known = cache.get(item);
  if (known !== undefined) return known;
  const names = new Set<string>();
  walk(item, (node) => {
    if (node.kind === "identifier") names.add(node.name);
    else if (node.kind === "call") names.add(node.callee.text);
  });
  cache.set(item, names);
  return names;
}

/** @param items the whole script, imports included, where macros and subprograms are found by name */
export function mentionedNames(probe: Probe, items: readonly Item[]): ReadonlySet<string> {
  const mentioned = new Set<string>();
  const pending: Item[] = [probe];
  const seen = new Set<Item>(pending);
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    for (const name of namesIn(next)) mentioned.add(name);
    for (const item of items) {
      const callable = item.kind === "macro" || item.kind === "subprogram";
      if (!callable || seen.has(item) || !mentioned.has(item.name.text)) continue;
      seen.add(item);
      pending.push(item);
    }
  }
  return mentioned;
}
