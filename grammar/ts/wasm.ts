/**
 * The WebAssembly binding, for browsers and for Node without native bindings.
 *
 * It reads no files: the caller hands over the bytes of the two modules.
 */
import { Language, Parser } from "web-tree-sitter";

import { createSyntaxParser } from "./syntax.ts";
import type { BindingCursor, BindingTree, SyntaxParser } from "./syntax.ts";

export interface WasmModules {
  /** Bytes of web-tree-sitter's own `tree-sitter.wasm`. */
  readonly runtime: Uint8Array;
  /** Bytes of this package's `tree-sitter-bpftrace.wasm`. */
  readonly grammar: Uint8Array;
}

/** What web-tree-sitter's objects have besides the common part. */
interface Disposable {
  delete(): void;
}

type WasmParser = Disposable & {
  parse(text: string, previous: BindingTree | null): BindingTree | null;
};

/** Loads the parser. Rejects when a module is broken or of another version. */
export async function loadWasmParser(modules: WasmModules): Promise<SyntaxParser> {
  await Parser.init({ wasmBinary: modules.runtime });
  const language = await Language.load(modules.grammar);
  const parser = new Parser();
  parser.setLanguage(language);
  // The package's types name classes where the common part is structural; every member used is there.
  return wrap(parser as unknown as WasmParser);
}

function wrap(parser: WasmParser): SyntaxParser {
  return createSyntaxParser({
    parse(text, previous) {
      const tree = parser.parse(text, previous ?? null);
      if (tree === null) throw new Error("the parser stopped without a limit being set");
      return tree;
    },
    disposeTree: (tree: BindingTree) => {
      dispose(tree);
    },
    disposeCursor: (cursor: BindingCursor) => {
      dispose(cursor);
    },
    disposeParser: () => {
      parser.delete();
    },
  });
}

function dispose(object: BindingTree | BindingCursor): void {
  // Trees and cursors of this binding live in its memory and are freed by hand.
  (object as unknown as Disposable).delete();
}
