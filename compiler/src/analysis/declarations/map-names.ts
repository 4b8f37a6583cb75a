/** The maps that an item's own code names. A macro touches none but its parameters, which are not counted. */

import type { Item } from "../../syntax/ast.ts";
import { walk } from "../../syntax/walk.ts";

export interface MapNames {
  readonly mentioned: ReadonlySet<string>;
  /** Those that something is assigned to. */
  readonly written: ReadonlySet<string>;
}

const cache = new WeakMap<Item, MapNames>();

export function mapNamesIn(item: Item): MapNames {
  let names = cache.get(item);
  if (names === undefined) {
    names = item.kind === "macro" ? { mentioned: new Set(), written: new Set() } : collect(item);
    cache.set(item, names);
  }
  return names;
}

function collect(item: Item): MapNames {
  const mentioned = new Set<string>();
  const written = new Set<string>();
  walk(item, (node) => {
    if (node.kind === "map-name") mentioned.add(node.name);
    if ((node.kind === "assignment" || node.kind === "increment") && node.target.kind === "map")
      written.add(node.target.map.name);
  });
  return { mentioned, written };
}
