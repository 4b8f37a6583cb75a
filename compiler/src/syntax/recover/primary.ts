/** Names, literals, calls and the other expressions without an operator, as the recovering parser reads them. */

import type { Expression, MapName } from "../ast.ts";
import { UNNUMBERED } from "../item-draft.ts";
import { readInteger, readPositionalParameter, readString } from "../literals.ts";
import { complain, complainOfOperator, takeSingleQuoted } from "./foreign.ts";
import { parseCall, parseComptime, parseIf, parseOffsetOf, parseTypeQuery } from "./keywords.ts";
import { parseParenthesized } from "./parentheses.ts";
import { close, stringLength } from "./skipping.ts";
import type { RecoveryState } from "./state.ts";
import { parseType } from "./types.ts";

const INTEGER = /0[xX][0-9a-fA-F_]*|[0-9][0-9A-Za-z_]*/y;
const MAP = /@(?:[A-Za-z_][A-Za-z0-9_]*)?/y;
const VARIABLE = /\$[A-Za-z_][A-Za-z0-9_]*/y;
const POSITIONAL = /\$[0-9]+/y;
/** What can only be a statement: an assignment has no value. Fields of records have bare names. */
const STATEMENT =
  /(?:(?:\$\w+|@\w*(?:\[[^\n;{}]*\])?)\s*(?:[-+*/%&|^]|<<|>>)?=(?!=)|_\s*=(?!=)|(?:let|return|while|for|unroll|break|continue)\b)/y;

export function parsePrimary(state: RecoveryState): Expression {
  const character = state.peek();
  if (stopsBeforeStatement(state)) return parseNothing(state);
  if (character === "(") return parseParenthesized(state);
  if (state.match(LISTED) !== undefined) return takeListed(state);
  if (character === "{" && !startsBody(state)) return parseBlockExpression(state);
  if (character === '"') return parseString(state);
  if (character === "$") return parseDollar(state);
  if (character === "@") return parseMap(state);
  if (/[0-9]/.test(character)) return parseInteger(state);
  const quoted = /['“”„‘’]/.test(character) ? takeSingleQuoted(state) : undefined;
  if (quoted !== undefined) return quoted;
  const word = state.word();
  return word === "" ? parseNothing(state) : parseWord(state, word);
}

/** Whether a line ends within an expression, and the next one is a statement: somebody is typing at that end. */
function stopsBeforeStatement(state: RecoveryState): boolean {
  return state.onNewLine() && state.at !== state.statementStart && state.match(STATEMENT) !== undefined;
}

/** `{1, 2}` or `[1, 2]`, of which no element is a statement. */
const LISTED = /\{[^{};()[\]]{0,200},[^{};()[\]]{0,200}\}|\[[^[\]{};]{0,200}\]/y;

function takeListed(state: RecoveryState): Expression {
  const { quiet } = state;
  const found = state.advance(1);
  complain(state, found, "several values in one are a tuple: '(1, 2)'");
  const elements: Expression[] = [];
  while (!state.looksAt("}") && !state.looksAt("]") && !state.atEnd()) {
    elements.push(state.productions.expression(state));
    if (!state.take(",")) break;
  }
  if (state.looksAt("}") || state.looksAt("]")) state.advance(1);
  state.quiet = quiet;
  if (elements.length === 0) return state.draft.missing(state.lastEnd, "a value");
  return { kind: "tuple", id: UNNUMBERED, span: state.spanFrom(found.start), elements };
}

/**
 * Whether a `{` is the probe's body: behind an operator of its predicate, which then lacks an operand. A single `=` is
 * none: a field of a record has it.
 */
function startsBody(state: RecoveryState): boolean {
  const last = state.text.slice(state.lastStart, state.lastEnd);
  return state.inPredicate && last !== "=" && /^[-+*/%&|^!~<>=]+$/.test(last);
}

function parseNothing(state: RecoveryState): Expression {
  const gap = state.gap();
  state.fail("expected-expression", { found: gap.text }, gap);
  return state.draft.missing(state.lastEnd, "an expression");
}

function parseWord(state: RecoveryState, word: string): Expression {
  const keyword = KEYWORDS.get(word);
  if (keyword !== undefined) return keyword(state);
  const found = state.advance(word.length);
  if (state.looksAt("(")) return parseCall(state, found);
  if (word === "not" && /[\w$@]/.test(state.peek())) {
    complainOfOperator(state, found, "!");
    const operand = state.productions.unary(state);
    const operatorSpan = state.draft.span(found.start, found.end);
    const span = state.spanFrom(found.start);
    return { kind: "unary", id: UNNUMBERED, span, operator: "!", operatorSpan, operand };
  }
  return { kind: "identifier", id: UNNUMBERED, span: state.spanFrom(found.start), name: word };
}

/** `struct file *args.file`, of which the parentheses were forgotten; without an operand the type alone. */
function parseBareCast(state: RecoveryState): Expression {
  state.skip();
  const start = state.at;
  const { quiet } = state;
  const type = parseType(state);
  const text = state.text.slice(start, state.lastEnd);
  const facts = { text, start, end: state.lastEnd };
  complain(state, facts, `a cast is '(${text.replace(/\s+/g, " ")})…'`);
  if (state.match(/[\w$@"(]/y) === undefined) return state.draft.missing(state.lastEnd, "a value");
  const operand = state.productions.unary(state);
  state.quiet = quiet;
  return { kind: "cast", id: UNNUMBERED, span: state.spanFrom(start), type, operand };
}

const KEYWORDS: ReadonlyMap<string, (state: RecoveryState) => Expression> = new Map([
  ["struct", parseBareCast],
  ["union", parseBareCast],
  ["enum", parseBareCast],
  ["if", parseIf],
  ["sizeof", (state: RecoveryState) => parseTypeQuery(state, "sizeof")],
  ["typeinfo", (state: RecoveryState) => parseTypeQuery(state, "typeinfo")],
  ["offsetof", parseOffsetOf],
  ["comptime", parseComptime],
  ["true", parseBoolean],
  ["false", parseBoolean],
]);

function parseBoolean(state: RecoveryState): Expression {
  const found = state.advance(state.word().length);
  return { kind: "boolean", id: UNNUMBERED, span: state.spanFrom(found.start), value: found.text === "true" };
}

function parseBlockExpression(state: RecoveryState): Expression {
  state.skip();
  const start = state.at;
  const block = state.productions.block(state);
  return { kind: "block-expression", id: UNNUMBERED, span: state.spanFrom(start), block };
}

function parseString(state: RecoveryState): Expression {
  const found = state.advance(stringLength(state));
  const { value, problems } = readString(found.text);
  const [unterminated] = problems.filter(({ problem }) => problem === "unterminated-string");
  state.draft.reportAll(
    problems.filter((problem) => problem !== unterminated),
    found.start,
  );
  if (unterminated !== undefined) {
    state.fail("unterminated-string", {}, found);
    state.hasOpenString = true;
    return state.draft.missing(state.lastEnd, "a string");
  }
  return { kind: "string", id: UNNUMBERED, span: state.spanFrom(found.start), value, text: found.text };
}

function parseInteger(state: RecoveryState): Expression {
  const text = state.match(INTEGER) ?? "0";
  const found = state.advance(text.length);
  const { value, problems } = readInteger(text);
  state.draft.reportAll(problems, found.start);
  return { kind: "integer", id: UNNUMBERED, span: state.spanFrom(found.start), value, text };
}

/** `$name`, `$1` or `$#`. */
function parseDollar(state: RecoveryState): Expression {
  state.skip();
  const start = state.at;
  const variable = state.match(VARIABLE);
  if (variable !== undefined) {
    state.advance(variable.length);
    return { kind: "variable", id: UNNUMBERED, span: state.spanFrom(start), name: variable.slice(1) };
  }
  const positional = state.match(POSITIONAL);
  if (positional !== undefined) {
    state.advance(positional.length);
    const { value, problems } = readPositionalParameter(positional);
    state.draft.reportAll(problems, start);
    return { kind: "positional-parameter", id: UNNUMBERED, span: state.spanFrom(start), index: value };
  }
  if (state.take("$#")) return { kind: "parameter-count", id: UNNUMBERED, span: state.spanFrom(start) };
  const found = state.advance(1);
  state.fail("name-after-sigil", { sigil: "$" }, found);
  return { kind: "variable", id: UNNUMBERED, span: state.spanFrom(start), name: "" };
}

export function parseMapName(state: RecoveryState): MapName {
  const found = state.advance(state.match(MAP)?.length ?? 1);
  return { kind: "map-name", id: UNNUMBERED, span: state.spanFrom(found.start), name: found.text.slice(1) };
}

/** `@m(…)` or `@{…}`, without a blank. */
const MISTAKEN_KEYS = /(?<=@\w*)\((?!\))|(?<=@)\{/y;

function takeMistakenKeys(state: RecoveryState, start: number, map: MapName): Expression {
  const { quiet } = state;
  complain(state, state.advance(1), "the keys of a map stand in brackets: '@m[1]'");
  const keys = [state.productions.expression(state)];
  while (state.take(",")) keys.push(state.productions.expression(state));
  if (state.looksAt(")") || state.looksAt("}")) state.advance(1);
  state.quiet = quiet;
  return { kind: "map", id: UNNUMBERED, span: state.spanFrom(start), map, keys };
}

function parseMap(state: RecoveryState): Expression {
  state.skip();
  const start = state.at;
  const map = parseMapName(state);
  if (state.match(MISTAKEN_KEYS) !== undefined) return takeMistakenKeys(state, start, map);
  if (!state.take("[")) {
    return { kind: "map", id: UNNUMBERED, span: state.spanFrom(start), map, keys: undefined };
  }
  const keys = [state.productions.expression(state)];
  while (state.take(",")) keys.push(state.productions.expression(state));
  close(state, "]");
  return { kind: "map", id: UNNUMBERED, span: state.spanFrom(start), map, keys };
}
