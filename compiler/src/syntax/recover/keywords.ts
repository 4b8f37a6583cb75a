/** Calls, `if` and the operators that are words, as the recovering parser reads them. */

import type { Block, Call, Expression, If, TypeQuery } from "../ast.ts";
import type { Name } from "../node.ts";
import { UNNUMBERED } from "../item-draft.ts";
import { checkCondition } from "../targets.ts";
import { takeUnquoted } from "./foreign.ts";
import { close } from "./skipping.ts";
import type { Found, RecoveryState } from "./state.ts";
import { parseTypeof, parseTypeSubject } from "./types.ts";

/** @param name the function's name, already taken */
export function parseCall(state: RecoveryState, name: Found): Expression {
  const callee = state.name(name);
  state.advance(1);
  const parsed: Call["arguments"][number][] = [];
  if (!state.take(")")) {
    do {
      if (parsed.length > 0 && isTrailingComma(state, "the arguments of a call")) break;
      parsed.push(parseArgument(state));
    } while (state.take(","));
    // An argument may be what could not be read.
    if (!state.looksAt(")")) parsed.push(state.draft.missing(state.lastEnd, "an argument"));
    close(state, ")");
  }
  return { kind: "call", id: UNNUMBERED, span: state.spanFrom(name.start), callee, arguments: parsed };
}

/** Complains about a comma, just taken, with nothing behind it. */
export function isTrailingComma(state: RecoveryState, where: string): boolean {
  if (!state.looksAt(")")) return false;
  state.fail("trailing-comma", { where }, { start: state.lastStart, end: state.lastEnd });
  return true;
}

function parseArgument(state: RecoveryState): Call["arguments"][number] {
  const unquoted = takeUnquoted(state);
  if (unquoted !== undefined) return unquoted;
  if (state.word() !== "typeof" || !state.comesNext("typeof", "("))
    return state.productions.expression(state);
  const start = state.at;
  const type = parseTypeof(state);
  return { kind: "type-argument", id: UNNUMBERED, span: state.spanFrom(start), type };
}

export function parseTypeQuery(state: RecoveryState, query: TypeQuery["query"]): Expression {
  const found = state.advance(query.length);
  state.expect("(");
  const subject = parseTypeSubject(state);
  close(state, ")");
  return { kind: "type-query", id: UNNUMBERED, span: state.spanFrom(found.start), query, subject };
}

export function parseOffsetOf(state: RecoveryState): Expression {
  const found = state.advance("offsetof".length);
  state.expect("(");
  const subject = parseTypeSubject(state);
  const path: Name[] = [];
  if (state.expect(",")) {
    do {
      const word = state.word();
      const gap = state.gap();
      if (word === "") state.fail("expected-name", { what: "a field", found: gap.text }, gap);
      else path.push(state.name(state.advance(word.length)));
    } while (state.take("."));
  }
  close(state, ")");
  return { kind: "offsetof", id: UNNUMBERED, span: state.spanFrom(found.start), subject, path };
}

export function parseComptime(state: RecoveryState): Expression {
  const found = state.advance("comptime".length);
  const operand = state.productions.unary(state);
  return { kind: "comptime", id: UNNUMBERED, span: state.spanFrom(found.start), operand };
}

/** The condition of `if` or `while`, or the count of `unroll`. */
export function parseCondition(state: RecoveryState, statement: string): Expression {
  state.skip();
  const start = state.at;
  if (state.looksAt("{")) {
    state.fail("condition-missing", { statement }, state.found());
    return state.draft.missing(state.lastEnd, "a condition");
  }
  const expression = state.productions.expression(state);
  const end = Math.max(start, state.lastEnd);
  const parenthesized = state.group.start === start && state.group.end === end;
  return checkCondition(state.draft, statement, { expression, parenthesized, start, end });
}

/** The block of a statement; an empty one and a complaint when there is none. */
export function parseBody(state: RecoveryState): Block {
  if (state.looksAt("{")) return state.productions.block(state);
  state.failMissing("{");
  return emptyBlock(state);
}

export function emptyBlock(state: RecoveryState): Block {
  const span = state.draft.span(state.lastEnd, state.lastEnd);
  return { kind: "block", id: UNNUMBERED, span, statements: [], value: undefined };
}

export function parseIf(state: RecoveryState): If {
  const found = state.advance("if".length);
  const condition = parseCondition(state, "if");
  const then = parseBody(state);
  const otherwise = state.takeWord("else") ? parseElse(state) : undefined;
  return { kind: "if", id: UNNUMBERED, span: state.spanFrom(found.start), condition, then, otherwise };
}

function parseElse(state: RecoveryState): Block | If {
  if (state.word() === "if") return parseIf(state);
  if (state.looksAt("{")) return state.productions.block(state);
  const gap = state.gap();
  state.fail("else-without-block", { found: gap.text }, gap);
  return emptyBlock(state);
}
