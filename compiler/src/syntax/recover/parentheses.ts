/** What a `(` may open: an empty tuple, a record, a cast, a group or a tuple, tried in this order. */

import type { Expression, RecordLiteral } from "../ast.ts";
import { isBuiltinName } from "../builtin-names.ts";
import { UNNUMBERED } from "../item-draft.ts";
import { checkRepeatedField } from "../targets.ts";
import { isTrailingComma } from "./keywords.ts";
import { close } from "./skipping.ts";
import type { RecoveryState } from "./state.ts";
import { parseType, tryType } from "./types.ts";

/** What can start the operand of a cast. It is looked for without knowing which names are types. */
const OPERAND = /[0-9A-Za-z_$@"(!~*&]|-(?!>)/y;

export function parseParenthesized(state: RecoveryState): Expression {
  state.skip();
  const start = state.at;
  state.advance(1);
  if (state.take(")")) return { kind: "tuple", id: UNNUMBERED, span: state.spanFrom(start), elements: [] };
  if (startsRecord(state)) return parseRecord(state, start);
  return tryCast(state, start) ?? parseGroup(state, start);
}

function startsRecord(state: RecoveryState): boolean {
  return !isBuiltinName(state.word()) && state.comesNext(/[A-Za-z_][A-Za-z0-9_]*/y, /=(?!=)/y);
}

function parseRecord(state: RecoveryState, start: number): Expression {
  const seen = new Set<string>();
  const fields: RecordLiteral["fields"][number][] = [];
  do {
    if (fields.length > 0 && isTrailingComma(state, "a record")) break;
    fields.push(parseField(state, seen));
  } while (state.take(","));
  close(state, ")");
  return { kind: "record", id: UNNUMBERED, span: state.spanFrom(start), fields };
}

function parseField(state: RecoveryState, seen: Set<string>): RecordLiteral["fields"][number] {
  const word = state.word();
  if (word === "") {
    const gap = state.gap();
    state.fail("expected-name", { what: "a field of the record", found: gap.text }, gap);
  }
  const found = state.advance(word.length);
  if (word !== "") checkRepeatedField(state.draft, seen, found);
  if (!state.takeEquals()) state.failMissing("=");
  return { name: state.name(found), value: state.productions.expression(state) };
}

/** `(type) operand`; nothing is taken when it is none. */
function tryCast(state: RecoveryState, start: number): Expression | undefined {
  const mark = state.mark();
  const { quiet } = state;
  state.quiet = true;
  const isCast = tryType(state) !== undefined && state.take(")") && state.match(OPERAND) !== undefined;
  state.quiet = quiet;
  state.rewind(mark);
  if (!isCast) return undefined;
  // Once more, for what is wrong inside of the type to be reported.
  const type = parseType(state);
  state.take(")");
  const operand = state.productions.unary(state);
  return { kind: "cast", id: UNNUMBERED, span: state.spanFrom(start), type, operand };
}

function parseGroup(state: RecoveryState, start: number): Expression {
  const first = state.productions.expression(state);
  if (!state.take(",")) {
    close(state, ")");
    state.group = { start, end: state.lastEnd };
    return first;
  }
  const elements = [first];
  while (!state.looksAt(")") && !state.atEnd()) {
    elements.push(state.productions.expression(state));
    if (!state.take(",")) break;
  }
  close(state, ")");
  return { kind: "tuple", id: UNNUMBERED, span: state.spanFrom(start), elements };
}
