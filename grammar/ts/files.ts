/** Where the files of this package are that are no modules: the caller reads them as its surroundings allow. */

export const QUERY_NAMES = [
  "brackets",
  "folds",
  "highlights",
  "indents",
  "injections",
  "locals",
  "outline",
  "tags",
  "textobjects",
] as const;

/** A query file of the grammar. */
export type QueryName = (typeof QUERY_NAMES)[number];

/** Address of a query. */
export function queryUrl(name: QueryName): URL {
  return new URL(`../queries/${name}.scm`, import.meta.url);
}

/** Address of the grammar for web-tree-sitter. */
export function wasmUrl(): URL {
  return new URL("../tree-sitter-bpftrace.wasm", import.meta.url);
}
