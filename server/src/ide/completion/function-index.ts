/** The kernel's traceable functions, prepared for searching: once for each kernel. */

import {
  inPieces,
  listedFunctions,
  type FunctionNames,
  type KernelFacts,
  type Pieces,
} from "@probewright/compiler";
import { indexing, search, type NameIndex } from "./fuzzy.ts";

export interface FunctionIndex extends NameIndex {
  readonly functions: FunctionNames;
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
  const functions = facts.traceableFunctions() ?? listedFunctions([]);
  yield;
  const names = yield* indexing(functions.length, functions.nameAt);
  return { ...names, functions };
}

/** As people begin to type: one letter and several, found in one piece and scattered. */
const queries = ["vfs_re", "tcp_", "x", "blkwai"] as const;

/** Names of which a search is as good as one of all to make fast code of it. */
const SOME = 10_000;

/** What the first completion would have to wait for. */
export function* prepareFunctions(facts: KernelFacts): Generator<undefined, void> {
  while (!indexOf(facts).goOn()) yield;
  const index = functionIndex(facts);
  const some = { ...index, count: Math.min(index.count, SOME) };
  for (const query of queries) {
    const { found } = search(some, query, 10);
    yield;
    for (const { index: at } of found) {
      facts.findFunctions(index.functions.nameAt(at), index.functions.moduleAt(at));
      yield;
    }
  }
}
