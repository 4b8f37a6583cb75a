/**
 * Semantic tokens as numbers, each place relative to the token before it. What an item comes to is kept with its tokens, so
 * that after an edit only the items that it touched are encoded again.
 */

import type { Item, Span } from "@probewright/compiler";
import type { PositionEncodingKind } from "vscode-languageserver";
import { SemanticTokensBuilder } from "vscode-languageserver";

import {
  itemTokens,
  semanticTokens,
  tokenModifiers,
  tokenTypes,
  type SemanticToken,
} from "../ide/semantic-tokens.ts";
import type { OpenDocument } from "./documents.ts";
import { createText } from "./encoded-text.ts";

export function encodeTokens({ text, snapshot }: OpenDocument, encoding: PositionEncodingKind): number[] {
  const all: number[] = [];
  let line = 0;
  let character = 0;
  for (const { item, start } of snapshot.script.items) {
    const { data, lastLine, lastCharacter } = encodeItem(item, itemTokens(snapshot, item), encoding);
    if (data.length === 0) continue;
    const at = text.positionAt(start);
    const [firstLine = 0, firstCharacter = 0] = data;
    const newLine = at.line + firstLine;
    const newCharacter = (firstLine === 0 ? at.character : 0) + firstCharacter;
    all.push(newLine - line, newLine === line ? newCharacter - character : newCharacter);
    for (let i = 2; i < data.length; i += 1) all.push(data[i] ?? 0);
    line = at.line + lastLine;
    character = (lastLine === 0 ? at.character : 0) + lastCharacter;
  }
  return all;
}

/** Of a part of a document, by itself. */
export function encodeRange({ text, snapshot }: OpenDocument, range: Span): number[] {
  const builder = new SemanticTokensBuilder();
  for (const { start, end, type, modifiers } of semanticTokens(snapshot, range)) {
    const { line, character } = text.positionAt(start);
    const length = text.positionAt(end).character - character;
    builder.push(line, character, length, tokenTypes.indexOf(type), modifierBits(modifiers));
  }
  return builder.build().data;
}

function modifierBits(modifiers: SemanticToken["modifiers"]): number {
  return modifiers.reduce((all, each) => all | (1 << tokenModifiers.indexOf(each)), 0);
}

interface Encoded {
  /** The first place counts from the start of the item. */
  readonly data: readonly number[];
  /** Where the last token is, from the start of the item. */
  readonly lastLine: number;
  readonly lastCharacter: number;
}

/** By the list of tokens, which is another one when anything has changed. */
const known = new WeakMap<
  readonly SemanticToken[],
  { readonly encoding: PositionEncodingKind; readonly encoded: Encoded }
>();

function encodeItem(item: Item, tokens: readonly SemanticToken[], encoding: PositionEncodingKind): Encoded {
  const before = known.get(tokens);
  if (before?.encoding === encoding) return before.encoded;
  const text = createText("", 0, item.text, encoding);
  const builder = new SemanticTokensBuilder();
  let lastLine = 0;
  let lastCharacter = 0;
  for (const { start, end, type, modifiers } of tokens) {
    const { line, character } = text.positionAt(start);
    const length = text.positionAt(end).character - character;
    builder.push(line, character, length, tokenTypes.indexOf(type), modifierBits(modifiers));
    lastLine = line;
    lastCharacter = character;
  }
  const encoded = { data: builder.build().data, lastLine, lastCharacter };
  known.set(tokens, { encoding, encoded });
  return encoded;
}
