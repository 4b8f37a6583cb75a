/** Operators, as the recovering parser reads them: precedence climbing over prefix, postfix and primary expressions. */

import type { BinaryOperator, Expression, UnaryOperator } from "../ast.ts";
import { MAX_NESTING, UNNUMBERED } from "../item-draft.ts";
import { readInteger } from "../literals.ts";
import { binaryOperators, precedenceOf } from "../operators.ts";
import { checkAddressOf, incrementTarget, type Written } from "../targets.ts";
import { complainOfOperator, peekWordOperator, takeMethod, takeUnknownOperator } from "./foreign.ts";
import { parsePrimary } from "./primary.ts";
import { close } from "./skipping.ts";
import type { RecoveryState } from "./state.ts";

const INTEGER = /0[xX][0-9a-fA-F_]*|[0-9][0-9A-Za-z_]*/y;

/** Always gives an expression; a missing one has been complained about. */
export function parseExpression(state: RecoveryState): Expression {
  state.skip();
  const start = state.at;
  if (state.depth >= MAX_NESTING) return tooDeep(state);
  state.depth += 1;
  const condition = parseBinary(state, 0);
  const expression = state.take("?") ? parseConditional(state, start, condition) : condition;
  state.depth -= 1;
  return expression;
}

/** An expression together with how it was written. */
export function parseWritten(state: RecoveryState, parse = parseExpression): Written {
  state.skip();
  const start = state.at;
  const expression = parse(state);
  const end = Math.max(start, state.lastEnd);
  const parenthesized = state.group.start === start && state.group.end === end;
  return { expression, parenthesized, start, end };
}

function tooDeep(state: RecoveryState): Expression {
  const found = state.found();
  state.fail("nesting-too-deep", { limit: MAX_NESTING.toString() }, found);
  return state.draft.missing(found.start, "an expression");
}

function parseConditional(state: RecoveryState, start: number, condition: Expression): Expression {
  const then = state.looksAt(":") ? undefined : parseExpression(state);
  state.expect(":");
  const otherwise = parseExpression(state);
  const span = state.spanFrom(start);
  return { kind: "conditional", id: UNNUMBERED, span, condition, then, otherwise };
}

function parseBinary(state: RecoveryState, loosest: number): Expression {
  state.skip();
  const start = state.at;
  let left = parseUnary(state);
  // Each operator nests what came before it one deeper.
  const { depth } = state;
  for (;;) {
    if (takeUnknownOperator(state)) return state.draft.missing(state.lastEnd, "a comparison");
    const word = peekWordOperator(state);
    const operator = word ?? peekBinaryOperator(state);
    if (operator === undefined || precedenceOf(operator) <= loosest) break;
    if (state.depth >= MAX_NESTING) {
      left = tooDeep(state);
      break;
    }
    state.depth += 1;
    const found = state.advance(word === undefined ? operator.length : state.word().length);
    if (word !== undefined) complainOfOperator(state, found, word);
    const operatorSpan = state.draft.span(found.start, found.end);
    const right = parseBinary(state, precedenceOf(operator));
    left = {
      kind: "binary",
      id: UNNUMBERED,
      span: state.spanFrom(start),
      operator,
      operatorSpan,
      left,
      right,
    };
  }
  state.depth = depth;
  return left;
}

/**
 * The longest operator here. Those of compound assignments (`+=`) and increments (`++`) are none, nor is the `/` that
 * closes a predicate, which a `{` follows.
 */
function peekBinaryOperator(state: RecoveryState): BinaryOperator | undefined {
  const operator = binaryOperators.find((candidate) => state.looksAt(candidate));
  if (operator === undefined) return undefined;
  if (operator === "/" && state.inPredicate && state.comesNext("/", /(?:if|when|where)\b|\//y))
    return undefined;
  const next = state.text[state.at + operator.length];
  const comparison = /[=<>]$/.test(operator) && operator !== "<<" && operator !== ">>";
  if (next === "=" && !comparison) return undefined;
  if ((operator === "+" || operator === "-") && next === operator) return undefined;
  return operator === "/" && state.comesNext("/", "{") ? undefined : operator;
}

export function parseUnary(state: RecoveryState): Expression {
  state.skip();
  const start = state.at;
  const update = peekIncrement(state);
  if (state.depth >= MAX_NESTING) return tooDeep(state);
  state.depth += 1;
  let expression: Expression;
  if (update !== undefined) expression = parsePrefixIncrement(state, start, update);
  else if (state.looksAt("&")) expression = parseAddressOf(state, start);
  else {
    const operator = PREFIXES.find((prefix) => state.looksAt(prefix));
    expression = operator === undefined ? parsePostfix(state) : parsePrefix(state, start, operator);
  }
  state.depth -= 1;
  return expression;
}

const PREFIXES: readonly UnaryOperator[] = ["*", "!", "~", "-"];

function peekIncrement(state: RecoveryState): "++" | "--" | undefined {
  if (state.looksAt("++")) return "++";
  return state.looksAt("--") ? "--" : undefined;
}

function parsePrefixIncrement(state: RecoveryState, start: number, operator: "++" | "--"): Expression {
  state.advance(2);
  const written = parseWritten(state, parseUnary);
  const target = incrementTarget(state.draft, operator, written, { start, end: written.end });
  return { kind: "increment", id: UNNUMBERED, span: state.spanFrom(start), operator, prefix: true, target };
}

function parsePrefix(state: RecoveryState, start: number, operator: UnaryOperator): Expression {
  const found = state.advance(operator.length);
  const operatorSpan = state.draft.span(found.start, found.end);
  const operand = parseUnary(state);
  return { kind: "unary", id: UNNUMBERED, span: state.spanFrom(start), operator, operatorSpan, operand };
}

function parseAddressOf(state: RecoveryState, start: number): Expression {
  const found = state.advance(1);
  const operatorSpan = state.draft.span(found.start, found.end);
  const written = parseWritten(state, parseUnary);
  checkAddressOf(state.draft, written);
  const operand = written.expression;
  return { kind: "unary", id: UNNUMBERED, span: state.spanFrom(start), operator: "&", operatorSpan, operand };
}

function parsePostfix(state: RecoveryState): Expression {
  state.skip();
  const start = state.at;
  let expression = parsePrimary(state);
  const { depth } = state;
  for (;;) {
    const next = parseSuffix(state, start, expression);
    if (next === undefined) break;
    expression = next;
    state.depth += 1;
    if (state.depth < MAX_NESTING) continue;
    expression = tooDeep(state);
    break;
  }
  state.depth = depth;
  return expression;
}

/** @returns undefined when no postfix operator stands here */
function parseSuffix(state: RecoveryState, start: number, object: Expression): Expression | undefined {
  if (state.looksAt("..")) return undefined;
  if (state.take("->")) return parseField(state, start, object, true);
  if (state.take(".")) return parseMember(state, start, object);
  if (state.take("[")) {
    const index = parseExpression(state);
    close(state, "]");
    return { kind: "index", id: UNNUMBERED, span: state.spanFrom(start), object, index };
  }
  const operator = peekIncrement(state);
  if (operator === undefined) return undefined;
  const written = { expression: object, parenthesized: false, start, end: state.lastEnd };
  const { end } = state.advance(2);
  // The statement that starts with the operator is part of this mistake.
  if (object.kind === "if" || object.kind === "block-expression") {
    state.fail("glued-to-block", { operator }, { start: end - 2, end });
  }
  const target = incrementTarget(state.draft, operator, written, { start, end });
  return { kind: "increment", id: UNNUMBERED, span: state.spanFrom(start), operator, prefix: false, target };
}

/** `.0` or `.name`, behind the dot. */
function parseMember(state: RecoveryState, start: number, object: Expression): Expression {
  const digits = state.match(INTEGER);
  if (digits === undefined) return parseField(state, start, object, false);
  const found = state.advance(digits.length);
  const { value, problems } = readInteger(digits);
  state.draft.reportAll(problems, found.start);
  const indexSpan = state.draft.span(found.start, found.end);
  const index = Number(value);
  return { kind: "tuple-access", id: UNNUMBERED, span: state.spanFrom(start), object, index, indexSpan };
}

/** What follows the first word of a statement on the next line, and never a field. */
const STATEMENT_GOES_ON = /\(|\+\+|--|(?:[-+*/%&|^]|<<|>>)?=(?!=)/y;

function parseField(state: RecoveryState, start: number, object: Expression, arrow: boolean): Expression {
  const word = state.word();
  if (word === "" || (state.onNewLine() && state.comesNext(word, STATEMENT_GOES_ON))) {
    const { text, start: at, end } = state.gap();
    const operator = arrow ? "->" : ".";
    state.fail("expected-name", { what: `a field behind \`${operator}\``, found: text }, { start: at, end });
    const field = state.draft.name(state.lastEnd, state.lastEnd);
    return { kind: "field-access", id: UNNUMBERED, span: state.spanFrom(start), object, field, arrow };
  }
  const field = state.name(state.advance(word.length));
  if (takeMethod(state, word)) return state.draft.missing(state.lastEnd, "a value");
  return { kind: "field-access", id: UNNUMBERED, span: state.spanFrom(start), object, field, arrow };
}
