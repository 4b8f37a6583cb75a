/** The parser of this process: the native binding, or WebAssembly where that is not built. */

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

import type { SyntaxParser } from "@probewright/grammar";
import { loadNativeParser } from "@probewright/grammar/native";

let loaded: Promise<SyntaxParser> | undefined;

/** Loaded once; the same parser serves every file. */
export function openParser(): Promise<SyntaxParser> {
  loaded ??= load();
  return loaded;
}

async function load(): Promise<SyntaxParser> {
  const native = loadNativeParser();
  if (native.ok) return native.parser;
  const { loadWasmParser } = await import("@probewright/grammar/wasm");
  const require = createRequire(import.meta.url);
  return loadWasmParser({
    runtime: readFileSync(require.resolve("web-tree-sitter/tree-sitter.wasm")),
    grammar: readFileSync(
      fileURLToPath(new URL("../../../grammar/tree-sitter-bpftrace.wasm", import.meta.url)),
    ),
  });
}
