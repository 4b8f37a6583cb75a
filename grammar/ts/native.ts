/** The native binding, for Node: what the command line uses, because it starts fastest. */
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

import { createSyntaxParser } from "./syntax.ts";
import type { BindingCursor, BindingTree, SyntaxParser } from "./syntax.ts";

interface NativeParser {
  setLanguage(language: unknown): void;
  parse(text: string, previous: BindingTree | null): BindingTree;
}

export type NativeParserResult =
  | { readonly ok: true; readonly parser: SyntaxParser }
  /** The bindings are not built, or not for this Node. */
  | { readonly ok: false; readonly reason: string };

/** Loads the native parser, or says why this machine has none. `scripts/build-native.sh` builds it. */
export function loadNativeParser(): NativeParserResult {
  const require = createRequire(import.meta.url);
  try {
    // The package's own types describe a module, not the constructor it exports.
    const Parser = require("tree-sitter") as new () => NativeParser;
    const loadBinding = require("node-gyp-build") as (folder: string) => unknown;
    const parser = new Parser();
    parser.setLanguage(loadBinding(fileURLToPath(new URL("..", import.meta.url))));
    return { ok: true, parser: wrap(parser) };
  } catch (error) {
    return { ok: false, reason: error instanceof Error ? error.message : String(error) };
  }
}

function wrap(parser: NativeParser): SyntaxParser {
  return createSyntaxParser({
    parse: (text, previous) => parser.parse(text, previous ?? null),
    // Trees, cursors and parsers are collected as garbage.
    disposeTree: (_tree: BindingTree) => undefined,
    disposeCursor: (_cursor: BindingCursor) => undefined,
    disposeParser: () => undefined,
  });
}
