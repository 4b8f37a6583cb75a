/** A parser for tests: the native one where it is built, else the one that needs no building. */

import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";

import { type SyntaxParser, wasmUrl } from "@probewright/grammar";
import { loadNativeParser } from "@probewright/grammar/native";
import { loadWasmParser } from "@probewright/grammar/wasm";

async function load(): Promise<SyntaxParser> {
  const native = loadNativeParser();
  return native.ok ? native.parser : loadWasm();
}

/** The parser for browsers, also where the native one is built. */
export async function loadWasm(): Promise<SyntaxParser> {
  const runtime = createRequire(import.meta.url).resolve("web-tree-sitter/tree-sitter.wasm");
  return loadWasmParser({ runtime: await readFile(runtime), grammar: await readFile(wasmUrl()) });
}

export const testParser: SyntaxParser = await load();
