/**
 * The recovering parser: reads again, from the text, what the grammar could not read.
 *
 * The grammar's own error recovery skips as little text as it can, which neither finds the mistake nor keeps what stands
 * around it: of `printf("%d", }` it keeps a name and an error. This parser knows one thing more, what it was waiting
 * for, so it says what is missing and where, once a mistake, and its tree has the call, its arguments and a hole.
 * On text without mistakes both make the same tree, which a test holds them to.
 */

import type { Span } from "../../base/span.ts";
import type { Item, ItemSlot } from "../ast.ts";
import { addComments, type FileComment, numberNodes } from "../item-draft.ts";
import {
  parseAttribute,
  parseCDefinition,
  parseOtherC,
  parsePreprocessorLine,
  startsCDefinition,
} from "./c-code.ts";
import { parseExpression, parseUnary } from "./expressions.ts";
import { takeBareFunction, takeForeignItem, takeLeadingCondition } from "./foreign.ts";
import { itemKeywords, parseMapDeclaration, parseProbe } from "./items.ts";
import { skipToken } from "./skipping.ts";
import { type Productions, RecoveryState } from "./state.ts";
import { parseBlock } from "./statements.ts";

const productions: Productions = { expression: parseExpression, unary: parseUnary, block: parseBlock };

/**
 * Reads the items of a part of a file that is not all white space. Comments behind the last item are that item's.
 * @param comments those before the part that belong to its first item
 */
export function recoverItems(
  text: string,
  range: Span,
  comments: readonly FileComment[],
): readonly ItemSlot[] {
  const state = new RecoveryState(text, range, productions, comments);
  const items: ItemSlot[] = [];
  while (!state.atEnd()) {
    state.startItem();
    const { start } = state.draft;
    items.push({ start, item: numberNodes(parseItem(state)) });
  }
  const last = items.pop();
  if (last !== undefined) {
    items.push({ start: last.start, item: addComments(last.item, state.comments, text, last.start) });
  }
  return items;
}

/** Characters that no attach point starts with. */
const NO_ATTACH_POINT = /[;)}\]=>|&!~^+\-/:,<%\\]/;

function parseItem(state: RecoveryState): Item {
  const character = state.peek();
  if (state.at === 0 && state.looksAt("#!")) return parseShebang(state);
  if (character === "#") return parsePreprocessorLine(state);
  if (takeBareFunction(state)) return parseProbe(state);
  if (takeForeignItem(state) || takeLeadingCondition(state))
    return { kind: "loose-text", ...state.finishItem() };
  if (startsCDefinition(state)) return parseCDefinition(state);
  const word = state.word();
  const keyword = itemKeywords.get(word);
  if (keyword !== undefined && !state.looksAt(`${word}:`)) return keyword(state);
  if (word === "let") return parseMapDeclaration(state);
  if (word === "typedef") return parseOtherC(state);
  if (word === "__attribute__" || word === "__attribute") {
    parseAttribute(state);
    return { kind: "loose-text", ...state.finishItem() };
  }
  return NO_ATTACH_POINT.test(character) ? parseLooseText(state) : parseProbe(state);
}

function parseShebang(state: RecoveryState): Item {
  state.advance(state.lineEnd(0));
  return { kind: "shebang", ...state.finishItem() };
}

/** Up to the next line that starts with a name or a `#`. */
function parseLooseText(state: RecoveryState): Item {
  const found = state.found();
  if (found.text === ";") state.fail("stray-semicolon", {}, found);
  else state.fail("unexpected-text", { found: found.text }, found);
  do skipToken(state);
  while (!state.atEnd() && NO_ATTACH_POINT.test(state.peek()));
  return { kind: "loose-text", ...state.finishItem() };
}
