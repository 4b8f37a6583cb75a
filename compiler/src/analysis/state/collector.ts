/** Gathers findings and node facts of one walk, each once however often its code is elaborated. */

import type { Diagnostic, Place } from "../../diagnostics/diagnostic.ts";
import type { Item } from "../../syntax/ast.ts";
import type { SyntaxNode } from "../../syntax/children.ts";
import type { NodeFact, Reference, SymbolFact } from "./node-facts.ts";
import type { SymbolTable } from "./symbols.ts";

/** Facts of one item at the index of their node's id. */
export type ItemFacts = readonly (NodeFact | undefined)[];

/** What walks report to. */
export interface Listener {
  readonly report: (diagnostic: Diagnostic) => void;
  readonly note: (place: Place, node: SyntaxNode, fact: NodeFact) => void;
  readonly symbols: SymbolTable;
}

export interface Collector extends Listener {
  readonly diagnostics: readonly Diagnostic[];
  readonly facts: ReadonlyMap<Item, ItemFacts>;
  readonly references: ReadonlyMap<SymbolFact, readonly Reference[]>;
}

export function createCollector(symbols: SymbolTable): Collector {
  const findings = createFindings();
  const facts = new Map<Item, (NodeFact | undefined)[]>();
  const references = new Map<SymbolFact, Reference[]>();
  let lastItem: Item | undefined;
  let lastFacts: (NodeFact | undefined)[] = [];
  const factsOf = (item: Item): (NodeFact | undefined)[] => {
    if (item === lastItem) return lastFacts;
    lastItem = item;
    lastFacts = getOrMake(facts, item, () => new Array<NodeFact | undefined>(item.nodeCount));
    return lastFacts;
  };
  const refer = (place: Place, { symbol, access = "read" }: NodeFact): void => {
    if (symbol !== undefined) getOrMake(references, symbol, () => []).push({ place, access });
  };
  return {
    ...findings,
    symbols,
    facts,
    references,
    note: (place, node, fact) => {
      const ofItem = factsOf(place.item);
      const known = ofItem[node.id];
      if (known?.symbol === undefined) refer(place, fact);
      ofItem[node.id] = addFact(known, fact);
    },
  };
}

/** What is known first stays; what a later expansion of the same code adds is added. */
export function addFact(known: NodeFact | undefined, fact: NodeFact): NodeFact {
  if (known === undefined) return fact;
  const isNews =
    (known.symbol === undefined && fact.symbol !== undefined) ||
    (known.type === undefined && fact.type !== undefined) ||
    (known.constant === undefined && fact.constant !== undefined);
  return isNews ? { ...fact, ...known } : known;
}

export interface Findings {
  readonly report: (diagnostic: Diagnostic) => void;
  readonly diagnostics: readonly Diagnostic[];
}

/** A list of findings that holds each once. */
export function createFindings(): Findings {
  const diagnostics: Diagnostic[] = [];
  const seen = new Map<Item, Set<string>>();
  return {
    diagnostics,
    report: (diagnostic) => {
      const { item, span } = diagnostic.place;
      const key = `${diagnostic.code} ${span.start} ${span.end}`;
      const known = getOrMake(seen, item, () => new Set<string>());
      if (known.has(key)) return;
      known.add(key);
      diagnostics.push(diagnostic);
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
