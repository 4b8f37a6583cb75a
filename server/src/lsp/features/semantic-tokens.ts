/** `textDocument/semanticTokens/full`, `full/delta` and `range`. */

import {
  type SemanticTokens,
  type SemanticTokensDelta,
  type SemanticTokensDeltaParams,
  type SemanticTokensParams,
  type SemanticTokensRangeParams,
} from "vscode-languageserver";

import { tokenModifiers, tokenTypes } from "../../ide/semantic-tokens.ts";
import type { OpenDocument } from "../documents.ts";
import { encodeRange, encodeTokens } from "../encoded-tokens.ts";
import { about, type Feature } from "./feature.ts";

/** What a document's client was sent last. */
interface Sent {
  readonly resultId: string;
  readonly data: readonly number[];
}

export const semanticTokens: Feature = {
  name: "semantic tokens",
  does: "Colours by meaning: whole, changed or in a range.",
  requests: [
    "textDocument/semanticTokens/full",
    "textDocument/semanticTokens/full/delta",
    "textDocument/semanticTokens/range",
  ],
  test: "server/src/ide/semantic-tokens.test.ts",
  capabilities: {
    semanticTokensProvider: {
      legend: { tokenTypes: [...tokenTypes], tokenModifiers: [...tokenModifiers] },
      full: { delta: true },
      range: true,
    },
  },
  register: (connection, context) => {
    const { semanticTokens: tokens } = connection.languages;
    const sent = new Map<string, Sent>();
    let last = 0;
    const whole = (document: OpenDocument): SemanticTokens & Sent => {
      for (const uri of sent.keys()) if (context.documents.get(uri) === undefined) sent.delete(uri);
      last += 1;
      const made = { resultId: last.toString(), data: encodeTokens(document, context.documents.encoding()) };
      sent.set(document.uri, made);
      return made;
    };
    const none: SemanticTokens = { data: [] };
    tokens.on(about<SemanticTokensParams, SemanticTokens>(context, none, whole));
    tokens.onDelta(
      about<SemanticTokensDeltaParams, SemanticTokens | SemanticTokensDelta>(
        context,
        none,
        (document, { previousResultId }) => {
          const before = sent.get(document.uri);
          const made = whole(document);
          if (before?.resultId !== previousResultId) return made;
          return { resultId: made.resultId, edits: difference(before.data, made.data) };
        },
      ),
    );
    tokens.onRange(
      about<SemanticTokensRangeParams, SemanticTokens>(context, none, (document, { range }) => {
        const { text } = document;
        const span = { start: text.offsetAt(range.start), end: text.offsetAt(range.end) };
        return { data: encodeRange(document, span) };
      }),
    );
  },
};

/** One edit from the first to the last difference; none when nothing has changed. */
function difference(before: readonly number[], after: readonly number[]): SemanticTokensDelta["edits"] {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start += 1;
  let tail = 0;
  while (tail < shorter - start && before[before.length - 1 - tail] === after[after.length - 1 - tail])
    tail += 1;
  const deleteCount = before.length - start - tail;
  const data = after.slice(start, after.length - tail);
  return deleteCount === 0 && data.length === 0 ? [] : [{ start, deleteCount, data }];
}
