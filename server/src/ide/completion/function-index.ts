/** The kernel's traceable functions, prepared for searching: once for each kernel. */

import { inPieces, type KernelFacts, type Pieces } from "@probewright/compiler";
import { indexing, search, type NameIndex } from "./fuzzy.ts";

export interface FunctionIndex extends NameIndex {
  readonly modules: readonly string[];
}

const indexes = new WeakMap<KernelFacts, Pieces<FunctionIndex>>();

export function functionIndex(facts: KernelFacts): FunctionIndex {
  return indexOf(facts).finish();
}

function indexOf(facts: KernelFacts): Pieces<FunctionIndex> {
  const known = indexes.get(facts) ?? inPieces(makeIndex(facts));
  indexes.set(facts, known);
  return known;
}

function* makeIndex(facts: KernelFacts): Generator<undefined, FunctionIndex> {
  const all = facts.traceableFunctions() ?? [];
  yield;
  const names = yield* indexing(all.map(({ name }) => name));
  return Object.assign(names, { modules: all.map(({ module }) => module) });
}

/** As people begin to type: one letter and several, found in one piece and scattered. */
const queries = ["vfs_re", "tcp_", "x", "blkwai"] as const;

/** What the first completion would have to wait for. */
export function* prepareFunctions(facts: KernelFacts): Generator<undefined, void> {
  while (!indexOf(facts).goOn()) yield;
  const index = functionIndex(facts);
  for (const query of queries) {
    const { found } = search(index, query, 10);
    yield;
    for (const { index: at } of found) facts.findFunctions(index.names[at] ?? "", index.modules[at]);
    yield;
  }
}
