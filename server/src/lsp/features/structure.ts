/** `textDocument/documentSymbol`, `workspace/symbol` and `textDocument/foldingRange`. */

import {
  FoldingRangeKind,
  SymbolKind,
  type DocumentSymbol,
  type DocumentSymbolParams,
  type FoldingRange,
  type FoldingRangeParams,
  type SymbolInformation,
} from "vscode-languageserver";
import type { TextDocument } from "vscode-languageserver-textdocument";

import { folds, type Fold } from "../../ide/folding.ts";
import { outline, type OutlineEntry } from "../../ide/outline.ts";
import { toRange } from "../to-proto.ts";
import { about, type Feature } from "./feature.ts";

const symbolKinds: Readonly<Record<OutlineEntry["kind"], SymbolKind>> = {
  probe: SymbolKind.Event,
  macro: SymbolKind.Function,
  subprogram: SymbolKind.Function,
  map: SymbolKind.Variable,
  definition: SymbolKind.Struct,
  config: SymbolKind.Namespace,
  import: SymbolKind.Module,
  setting: SymbolKind.Property,
  constant: SymbolKind.Constant,
};

export const documentSymbols: Feature = {
  name: "document symbols",
  does: "The outline of a script.",
  requests: ["textDocument/documentSymbol"],
  test: "server/src/ide/outline.test.ts",
  capabilities: { documentSymbolProvider: true },
  register: (connection, context) => {
    connection.onDocumentSymbol(
      about<DocumentSymbolParams, DocumentSymbol[]>(context, [], ({ text, snapshot }) =>
        outline(snapshot).map((entry) => toDocumentSymbol(text, entry)),
      ),
    );
  },
};

function toDocumentSymbol(text: TextDocument, entry: OutlineEntry): DocumentSymbol {
  return {
    name: entry.name,
    detail: entry.detail,
    kind: symbolKinds[entry.kind],
    range: toRange(text, entry.span),
    selectionRange: toRange(text, entry.selection),
    children: entry.children.map((child) => toDocumentSymbol(text, child)),
  };
}

/** Over all scripts of the workspace. */
export const workspaceSymbols: Feature = {
  name: "workspace symbols",
  does: "Probes, macros, maps and settings of all scripts of the workspace.",
  requests: ["workspace/symbol"],
  test: "tests/lsp/features.test.ts",
  capabilities: { workspaceSymbolProvider: true },
  register: (connection, { workspace }) => {
    connection.onWorkspaceSymbol(({ query }): SymbolInformation[] =>
      workspace.all().flatMap(({ uri, text, snapshot }) =>
        outline(snapshot)
          .filter(({ name }) => hasLetters(name, query))
          .map((entry) => ({
            name: entry.name,
            kind: symbolKinds[entry.kind],
            location: { uri, range: toRange(text, entry.selection) },
          })),
      ),
    );
  },
};

/** Whether the letters of `query` stand in `name` in this order; the client ranks. */
function hasLetters(name: string, query: string): boolean {
  let from = 0;
  const haystack = name.toLowerCase();
  for (const letter of query.toLowerCase()) {
    const at = haystack.indexOf(letter, from);
    if (at === -1) return false;
    from = at + 1;
  }
  return true;
}

const foldKinds: Readonly<Record<Fold["kind"], FoldingRangeKind | undefined>> = {
  code: undefined,
  comment: FoldingRangeKind.Comment,
  imports: FoldingRangeKind.Imports,
};

export const folding: Feature = {
  name: "folding",
  does: "Blocks, definitions, comments and imports.",
  requests: ["textDocument/foldingRange"],
  test: "server/src/ide/outline.test.ts",
  capabilities: { foldingRangeProvider: true },
  register: (connection, context) => {
    connection.onFoldingRanges(
      about<FoldingRangeParams, FoldingRange[]>(context, [], ({ text, snapshot }) =>
        folds(snapshot).map((fold) => {
          const { start, end } = toRange(text, fold);
          const kind = foldKinds[fold.kind];
          return { startLine: start.line, endLine: end.line, ...(kind === undefined ? {} : { kind }) };
        }),
      ),
    );
  },
};
