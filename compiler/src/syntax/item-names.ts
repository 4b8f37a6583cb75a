/** The names that an item's own code has, gathered in one walk. */

import type { Item } from "./ast.ts";
import { walk } from "./walk.ts";

export interface ItemNames {
  /** Identifiers and callees. */
  readonly words: ReadonlySet<string>;
  readonly maps: ReadonlySet<string>;
  /** Maps that something is assigned to. */
  readonly writtenMaps: ReadonlySet<string>;
}

const cache = new WeakMap<Item, ItemNames>();

export function itemNames(item: Item): ItemNames {
  const known = cache.get(item);
  if (known !== undefined) return known;
  const names = gather(item);
  cache.set(item, names);
  return names;
}

function gather(item: Item): ItemNames {
  const words = new Set<string>();
  const maps = new Set<string>();
  const writtenMaps = new Set<string>();
  walk(item, (node) => {
    if (node.kind === "identifier") words.add(node.name);
    else if (node.kind === "call") words.add(node.callee.text);
    else if (node.kind === "map-name") maps.add(node.name);
    else if (node.kind === "assignment" || node.kind === "increment") {
      if (node.target.kind === "map") writtenMaps.add(node.target.map.name);
    }
  });
  return { words, maps, writtenMaps };
}
