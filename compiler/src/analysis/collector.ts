/** Gathers findings and node facts of the last walk, each once however often its code is elaborated. */

import type { NodeId } from "../base/brand.ts";
import type { Diagnostic, Place } from "../diagnostics/diagnostic.ts";
import type { Item } from "../syntax/ast.ts";
import type { NodeFact, NodeFacts, Reference, SymbolFact } from "./node-facts.ts";
import type { Listener } from "./solve.ts";
import { createSymbolTable } from "./symbols.ts";

export interface Collector extends Listener {
  readonly diagnostics: readonly Diagnostic[];
  readonly nodeFacts: NodeFacts;
}

export function createCollector(): Collector {
  const diagnostics: Diagnostic[] = [];
  const seen = new Map<Item, Set<string>>();
  const facts = new Map<Item, Map<NodeId, NodeFact>>();
  const references = new Map<SymbolFact, Reference[]>();
  const add = (symbol: SymbolFact, place: Place, fact: NodeFact): void => {
    const reference = { place, access: fact.access ?? "read" };
    const list = references.get(symbol);
    if (list === undefined) references.set(symbol, [reference]);
    else list.push(reference);
  };
  return {
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
      const ofItem = getOrMake(facts, place.item, () => new Map<NodeId, NodeFact>());
      const before = ofItem.get(node.id);
      const isNews = fact.symbol !== undefined && before?.symbol === undefined;
      if (fact.symbol !== undefined && isNews) add(fact.symbol, place, fact);
      ofItem.set(node.id, before === undefined ? fact : { ...fact, ...before });
    },
    nodeFacts: {
      at: (item, id) => facts.get(item)?.get(id),
      references: (symbol) => references.get(symbol) ?? [],
      symbols: () => [...references.keys()],
    },
  };
}

function getOrMake<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  let value = map.get(key);
  if (value === undefined) {
    value = make();
    map.set(key, value);
  }
  return value;
}
