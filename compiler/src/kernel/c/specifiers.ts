/** Specifiers: the part of a C declaration before its declarators, with the type it is about. */

import { noAttributes, readAttribute } from "./attributes.ts";
import {
  accept,
  type Attributes,
  current,
  deeper,
  type Parser,
  problem,
  skipGroup,
  skipTo,
  type Specifiers,
} from "./cursor.ts";
import { findTagged, findTypedef } from "./scope.ts";
import { isPlainWord, plainType, type SizedType, unknownSized } from "./sized-type.ts";
import { parseEnumBody, parseStructBody } from "./tagged.ts";
import { isIgnoredWord } from "./words.ts";

/** What has been read of the specifiers so far. */
interface Gathered {
  words: string[];
  type: SizedType | undefined;
  isTypedef: boolean;
  attributes: Attributes;
}

/**
 * Storage classes, qualifiers and the type that declarators build on.
 * @returns undefined when there is nothing of the kind
 */
export function parseSpecifiers(parser: Parser): Specifiers | undefined {
  const gathered: Gathered = { words: [], type: undefined, isTypedef: false, attributes: noAttributes };
  while (current(parser).kind === "name" && parseSpecifier(parser, gathered));
  const type = gathered.type ?? (gathered.words.length > 0 ? plainType(gathered.words) : undefined);
  return type === undefined
    ? undefined
    : { type, isTypedef: gathered.isTypedef, attributes: gathered.attributes };
}

/** @returns false when the current name is no specifier */
function parseSpecifier(parser: Parser, gathered: Gathered): boolean {
  const word = current(parser).text;
  const attributes = readAttribute(parser, gathered.attributes);
  if (attributes !== undefined) {
    gathered.attributes = attributes;
    return true;
  }
  if (word === "typedef" || isIgnoredWord(word)) {
    gathered.isTypedef ||= word === "typedef";
    parser.at += 1;
    return true;
  }
  if (isPlainWord(word)) {
    if (gathered.type !== undefined) return false;
    gathered.words.push(word);
    parser.at += 1;
    return true;
  }
  if (gathered.type !== undefined || gathered.words.length > 0) return false;
  gathered.type = parseNamedType(parser, word);
  return gathered.type !== undefined;
}

function parseNamedType(parser: Parser, word: string): SizedType | undefined {
  if (word === "struct" || word === "union" || word === "enum") return parseTagged(parser, word);
  if (/^(__)?typeof(__|_unqual)?$/.test(word)) {
    parser.at += 1;
    if (current(parser).text === "(") skipGroup(parser);
    return unknownSized("typeof(...)");
  }
  const found = findTypedef(parser.scope, word);
  if (found === undefined) problem(parser, `unknown type name '${word}'`);
  parser.at += 1;
  return found ?? unknownSized(word);
}

function parseTagged(parser: Parser, tag: "struct" | "union" | "enum"): SizedType {
  parser.at += 1;
  let attributes = noAttributes;
  for (;;) {
    const more = readAttribute(parser, attributes);
    if (more === undefined) break;
    attributes = more;
  }
  const named = current(parser).kind === "name" ? current(parser).text : undefined;
  if (named !== undefined) parser.at += 1;
  const key = `${tag} ${named ?? `(anonymous ${parser.scope.origin} ${(parser.scope.unnamed += 1)})`}`;
  // `enum x : unsigned char` fixes the type behind it.
  const underlying = tag === "enum" && accept(parser, ":") ? parseSpecifiers(parser)?.type : undefined;
  if (current(parser).text !== "{") {
    if (named === undefined) problem(parser, `expected a name or '{' after '${tag}'`);
    return findTagged(parser.scope, key);
  }
  parser.at += 1;
  if (tag === "enum") {
    parseEnumBody(parser, key, underlying?.size);
  } else if (deeper(parser, () => parseStructBody(parser, tag, key, attributes)) === undefined) {
    problem(parser, "nested too deeply");
    skipTo(parser, ["}"]);
  }
  return findTagged(parser.scope, key);
}
