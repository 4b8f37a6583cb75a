/** The maps that an item's own code names. A macro touches none but its parameters, which are not counted. */

import type { Item } from "../../syntax/ast.ts";
import { itemNames } from "../../syntax/item-names.ts";

export interface MapNames {
  readonly mentioned: ReadonlySet<string>;
  /** Those that something is assigned to. */
  readonly written: ReadonlySet<string>;
}

const none: MapNames = { mentioned: new Set(), written: new Set() };

export function mapNamesIn(item: Item): MapNames {
  if (item.kind === "macro") return none;
  const { maps, writtenMaps } = itemNames(item);
  return { mentioned: maps, written: writtenMaps };
}
