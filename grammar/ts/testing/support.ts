/** What the grammar's tests share: parsers, the scripts of test/scripts, and trees as text. */
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";

import { wasmUrl } from "../files.ts";
import { loadNativeParser } from "../native.ts";
import type { SyntaxParser, SyntaxTree } from "../syntax.ts";
import { loadWasmParser } from "../wasm.ts";

const SCRIPTS = new URL("../../test/scripts/", import.meta.url);

export interface Script {
  readonly name: string;
  readonly text: string;
}

/** The native parser. Throws when it is not built. */
export function nativeParser(): SyntaxParser {
  const result = loadNativeParser();
  if (!result.ok) throw new Error(`build the native binding with scripts/build-native.sh: ${result.reason}`);
  return result.parser;
}

/** The WebAssembly parser. */
export async function wasmParser(): Promise<SyntaxParser> {
  const runtime = createRequire(import.meta.url).resolve("web-tree-sitter/tree-sitter.wasm");
  return loadWasmParser({ runtime: readFileSync(runtime), grammar: readFileSync(wasmUrl()) });
}

/** Scripts of our own that use every production. */
export function scripts(): readonly Script[] {
  return readdirSync(SCRIPTS)
    .filter((name) => name.endsWith(".bt"))
    .map((name) => ({ name, text: readFileSync(new URL(name, SCRIPTS), "utf8") }));
}

/** All of a tree, a line a node: depth, field, kind, flags, range. */
export function dumpTree(tree: SyntaxTree): string {
  const cursor = tree.walk();
  const lines: string[] = [];
  const visit = (depth: number): void => {
    const flags = `${cursor.isNamed ? "named" : "token"}${cursor.isMissing ? " missing" : ""}`;
    const range = `${String(cursor.start)}-${String(cursor.end)}`;
    lines.push(`${String(depth)} ${cursor.field ?? "-"} ${cursor.kind} ${flags} ${range}`);
    if (!cursor.gotoFirstChild()) return;
    do visit(depth + 1);
    while (cursor.gotoNextSibling());
    cursor.gotoParent();
  };
  visit(0);
  cursor.dispose();
  return lines.join("\n");
}

export interface Item {
  readonly kind: string;
  readonly start: number;
  readonly end: number;
  readonly hasError: boolean;
}

/** The children of the root. */
export function items(tree: SyntaxTree): readonly Item[] {
  const found: Item[] = [];
  const cursor = tree.walk();
  if (cursor.gotoFirstChild()) {
    do {
      const { kind, start, end, hasError } = cursor;
      found.push({ kind, start, end, hasError });
    } while (cursor.gotoNextSibling());
  }
  cursor.dispose();
  return found;
}
