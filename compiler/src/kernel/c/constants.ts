/** Integer constants within declarations: array sizes, enum values, widths of bit-fields. */

import { type ConstantNames, evaluate } from "./constant.ts";
import { current, type Parser, within } from "./cursor.ts";
import { findTypedef } from "./scope.ts";
import { isPlainWord } from "./sized-type.ts";
import type { CToken } from "./tokens.ts";
import { isIgnoredWord } from "./words.ts";

/** The value of an integer constant expression; undefined when it is none or uses unknown names. */
export function constantOf(parser: Parser, tokens: readonly CToken[]): bigint | undefined {
  return evaluate(tokens, constantNames(parser));
}

/** Names in constant expressions: enum constants of this text and of the kernel, `sizeof`. */
function constantNames(parser: Parser): ConstantNames {
  const { scope } = parser;
  return {
    value: (name) => scope.constants.get(name) ?? scope.outer.findEnumConstant(name)?.value,
    sizeOf: (tokens) => {
      const inner = within(parser, tokens);
      const specifiers = isTypeStart(inner) ? parser.rules.parseSpecifiers(inner) : undefined;
      if (specifiers === undefined) return undefined;
      const { type } = parser.rules.parseDeclarator(inner, specifiers.type, []);
      return type.size === undefined ? undefined : BigInt(type.size);
    },
  };
}

/** Whether a type starts here; an unknown name does not count, so that asking notes no problem. */
function isTypeStart(parser: Parser): boolean {
  const { kind, text } = current(parser);
  if (kind !== "name") return false;
  if (isPlainWord(text) || isIgnoredWord(text) || /^(struct|union|enum)$/.test(text)) return true;
  return findTypedef(parser.scope, text) !== undefined;
}
