/** Queries over the WebAssembly grammar, for tests: what each capture of a query covers. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

import { Language, Parser, Query } from "web-tree-sitter";

import { queryUrl, wasmUrl } from "../files.ts";
import type { QueryName } from "../files.ts";

export interface Capture {
  readonly name: string;
  readonly text: string;
  readonly row: number;
  /** What `#set!` says in the pattern. */
  readonly properties: Readonly<Record<string, string | null>>;
}

export async function loadLanguage(): Promise<Language> {
  const runtime = createRequire(import.meta.url).resolve("web-tree-sitter/tree-sitter.wasm");
  await Parser.init({ wasmBinary: readFileSync(runtime) });
  return Language.load(readFileSync(wasmUrl()));
}

/** Captures in order of their place. @throws Error when the text does not parse */
export async function captures(name: QueryName, text: string): Promise<readonly Capture[]> {
  const language = await loadLanguage();
  const parser = new Parser();
  parser.setLanguage(language);
  const tree = parser.parse(text);
  if (tree === null || tree.rootNode.hasError) throw new Error(`not a script: ${text}`);
  const query = new Query(language, readFileSync(queryUrl(name), "utf8"));
  const found = query.captures(tree.rootNode).map(({ name: capture, node, setProperties }) => ({
    name: capture,
    text: node.text,
    row: node.startPosition.row,
    properties: setProperties ?? {},
  }));
  query.delete();
  tree.delete();
  parser.delete();
  return found;
}
