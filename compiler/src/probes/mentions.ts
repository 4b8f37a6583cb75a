/** Which names a probe's or function's code mentions, directly or through the macros and subprograms it calls. */

import type { Item, Macro, Probe, Subprogram } from "../syntax/ast.ts";
import { itemNames } from "../syntax/item-names.ts";

export type Callable = Macro | Subprogram;

/** What code can call by name, of the whole script, imports included. */
export function callablesOf(items: readonly Item[]): readonly Callable[] {
  return items.filter((item): item is Callable => item.kind === "macro" || item.kind === "subprogram");
}

const mentions = new WeakMap<
  Item,
  { readonly callables: readonly Callable[]; readonly names: ReadonlySet<string> }
>();

export function mentionedNames(
  code: Probe | Subprogram,
  callables: readonly Callable[],
): ReadonlySet<string> {
  if (callables.length === 0) return itemNames(code).words;
  const known = mentions.get(code);
  if (known !== undefined && isSame(known.callables, callables)) return known.names;
  const names = follow(code, callables);
  mentions.set(code, { callables, names });
  return names;
}

function isSame(left: readonly Callable[], right: readonly Callable[]): boolean {
  return left.length === right.length && left.every((each, index) => each === right[index]);
}

function follow(code: Probe | Subprogram, callables: readonly Callable[]): ReadonlySet<string> {
  const own = itemNames(code).words;
  if (!callables.some(({ name }) => own.has(name.text))) return own;
  const mentioned = new Set<string>();
  const pending: Item[] = [code];
  const seen = new Set<Item>(pending);
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    for (const name of itemNames(next).words) mentioned.add(name);
    for (const item of callables) {
      if (seen.has(item) || !mentioned.has(item.name.text)) continue;
      seen.add(item);
      pending.push(item);
    }
  }
  return mentioned;
}
