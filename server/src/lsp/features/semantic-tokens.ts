/** `textDocument/semanticTokens/full` and `range`. */

import {
  SemanticTokensBuilder,
  type SemanticTokens,
  type SemanticTokensParams,
  type SemanticTokensRangeParams,
} from "vscode-languageserver";

import {
  semanticTokens as findTokens,
  tokenModifiers,
  tokenTypes,
  type SemanticToken,
} from "../../ide/semantic-tokens.ts";
import type { OpenDocument } from "../documents.ts";
import { about, type Feature } from "./feature.ts";

export const semanticTokens: Feature = {
  name: "semantic tokens",
  capabilities: {
    semanticTokensProvider: {
      legend: { tokenTypes: [...tokenTypes], tokenModifiers: [...tokenModifiers] },
      full: true,
      range: true,
    },
  },
  register: (connection, context) => {
    const none: SemanticTokens = { data: [] };
    connection.languages.semanticTokens.on(
      about<SemanticTokensParams, SemanticTokens>(context, none, (document) =>
        encode(document, findTokens(document.snapshot)),
      ),
    );
    connection.languages.semanticTokens.onRange(
      about<SemanticTokensRangeParams, SemanticTokens>(context, none, (document, { range }) => {
        const { text, snapshot } = document;
        const span = { start: text.offsetAt(range.start), end: text.offsetAt(range.end) };
        return encode(document, findTokens(snapshot, span));
      }),
    );
  },
};

function encode({ text }: OpenDocument, tokens: readonly SemanticToken[]): SemanticTokens {
  const builder = new SemanticTokensBuilder();
  for (const { start, end, type, modifiers } of tokens) {
    const { line, character } = text.positionAt(start);
    const bits = modifiers.reduce((all, each) => all | (1 << tokenModifiers.indexOf(each)), 0);
    builder.push(line, character, end - start, tokenTypes.indexOf(type), bits);
  }
  return builder.build();
}
