/** Gathers findings and node facts of one walk, each once however often its code is elaborated. */

import type { Diagnostic, Place } from "../diagnostics/diagnostic.ts";
import type { Item } from "../syntax/ast.ts";
import type { NodeFact, NodeFacts, Reference, SymbolFact } from "./node-facts.ts";
import type { Listener } from "./solve.ts";
import { createSymbolTable } from "./symbols.ts";

export interface Collector extends Listener {
  readonly diagnostics: readonly Diagnostic[];
  readonly nodeFacts: NodeFacts;
}

/** Facts of one item at the index of their node's id. */
type ItemFacts = (NodeFact | undefined)[];

/** @param before what was found before the walks */
export function createCollector(before: readonly Diagnostic[]): Collector {
  const diagnostics: Diagnostic[] = [];
  const seen = new Map<Item, Set<string>>();
  const facts = new Map<Item, ItemFacts>();
  const references = new Map<SymbolFact, Reference[]>();
  let lastItem: Item | undefined;
  let lastFacts: ItemFacts = [];
  const factsOf = (item: Item): ItemFacts => {
    if (item === lastItem) return lastFacts;
    lastItem = item;
    lastFacts = getOrMake(facts, item, () => new Array<NodeFact | undefined>(item.nodeCount));
    return lastFacts;
  };
  const refer = (place: Place, { symbol, access = "read" }: NodeFact): void => {
    if (symbol !== undefined) getOrMake(references, symbol, () => []).push({ place, access });
  };
  const collector: Collector = {
    diagnostics,
    symbols: createSymbolTable(),
    report: (diagnostic) => {
      const { item, span } = diagnostic.place;
      const key = `${diagnostic.code} ${span.start} ${span.end}`;
      const known = getOrMake(seen, item, () => new Set<string>());
      if (known.has(key)) return;
      known.add(key);
      diagnostics.push(diagnostic);
    },
    note: (place, node, fact) => {
      const ofItem = factsOf(place.item);
      const known = ofItem[node.id];
      if (known === undefined) {
        ofItem[node.id] = fact;
        refer(place, fact);
        return;
      }
      if (known.symbol === undefined) refer(place, fact);
      const isNews =
        (known.symbol === undefined && fact.symbol !== undefined) ||
        (known.type === undefined && fact.type !== undefined) ||
        (known.constant === undefined && fact.constant !== undefined);
      if (isNews) ofItem[node.id] = { ...fact, ...known };
    },
    nodeFacts: {
      at: (item, id) => facts.get(item)?.[id],
      references: (symbol) => references.get(symbol) ?? [],
      symbols: () => [...references.keys()],
    },
  };
  for (const diagnostic of before) collector.report(diagnostic);
  return collector;
}

function getOrMake<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  let value = map.get(key);
  if (value === undefined) {
    value = make();
    map.set(key, value);
  }
  return value;
}
