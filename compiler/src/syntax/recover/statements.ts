/** Blocks and statements, as the recovering parser reads them. */

import type {
  Block,
  Expression,
  For,
  Identifier,
  Range,
  Statement,
  StringLiteral,
  Variable,
} from "../ast.ts";
import type { Name } from "../node.ts";
import { MAX_NESTING, UNNUMBERED } from "../item-draft.ts";
import { readString } from "../literals.ts";
import { isArithmeticOperator } from "../operators.ts";
import { assignmentTarget, checkRangeBound, type Written } from "../targets.ts";
import { parseExpression, parseWritten } from "./expressions.ts";
import { complain, takeForeignStatement } from "./foreign.ts";
import { parseBody, parseCondition } from "./keywords.ts";
import { close, skipStatement, skipToken, startsItem, stringLength } from "./skipping.ts";
import type { RecoveryState } from "./state.ts";
import { parseType } from "./types.ts";

const ASSIGNMENT = /(?:[-+*/%&|^]|<<|>>)?=(?!=)/y;

/** The cursor stands at the `{`. */
export function parseBlock(state: RecoveryState): Block {
  if (state.depth >= MAX_NESTING) return skipBlock(state);
  const open = state.advance(1);
  const statements: Statement[] = [];
  let value: Expression | undefined;
  state.depth += 1;
  while (!state.unwinding && state.peek() !== "}" && !state.atEnd()) {
    state.settle();
    if (startsItem(state)) break;
    const before = state.at;
    const parsed = parseStatement(state);
    if (parsed.isValue) value = parsed.expression;
    else if (parsed.statement !== undefined) statements.push(parsed.statement);
    if (state.at === before) skipToken(state);
  }
  state.depth -= 1;
  closeBlock(state, open.start);
  return { kind: "block", id: UNNUMBERED, span: state.spanFrom(open.start), statements, value };
}

function skipBlock(state: RecoveryState): Block {
  const found = state.found();
  state.fail("nesting-too-deep", { limit: MAX_NESTING.toString() }, found);
  skipToken(state);
  return {
    kind: "block",
    id: UNNUMBERED,
    span: state.spanFrom(found.start),
    statements: [],
    value: undefined,
  };
}

function closeBlock(state: RecoveryState, open: number): void {
  if (state.unwinding) return;
  if (state.looksAt("}")) {
    if (state.startsLine() && indentation(state, state.at) < indentation(state, open)) state.suspect ??= open;
    state.advance(1);
    return;
  }
  state.failUnclosed(state.suspect ?? open);
  state.unwinding = true;
}

/** How far the line of an offset is indented. */
function indentation(state: RecoveryState, offset: number): number {
  const line = state.text.lastIndexOf("\n", offset - 1) + 1;
  return /^[ \t]*/.exec(state.text.slice(line, offset))?.[0].length ?? 0;
}

type Parsed =
  | { readonly isValue: false; readonly statement: Statement | undefined }
  /** The last expression of a block, without `;`. */
  | { readonly isValue: true; readonly expression: Expression };

function parseStatement(state: RecoveryState): Parsed {
  state.skip();
  const start = state.at;
  if (state.looksAt(";")) {
    state.fail("stray-semicolon", {}, state.advance(1));
    state.separated();
    return { isValue: false, statement: undefined };
  }
  if (state.word() === "else") state.fail("unexpected-text", { found: "else" }, state.advance("else".length));
  if (takeForeignStatement(state)) return { isValue: false, statement: undefined };
  const keyword = KEYWORDS.get(state.word());
  if (keyword !== undefined) return { isValue: false, statement: keyword(state, start) };
  if (state.word() === "_" && state.comesNext("_", /=(?!=)/y))
    return { isValue: false, statement: parseDiscard(state, start) };
  return parseExpressionStatement(state, start);
}

type StatementParser = (state: RecoveryState, start: number) => Statement;

const KEYWORDS: ReadonlyMap<string, StatementParser> = new Map<string, StatementParser>([
  ["import", parseImport],
  ["while", parseWhile],
  ["unroll", parseUnroll],
  ["for", parseFor],
  ["break", (state, start) => parseJump(state, start, "break")],
  ["continue", (state, start) => parseJump(state, start, "continue")],
  ["return", parseReturn],
  ["let", parseLet],
]);

/** `;`, or nothing before `}`. After a problem, goes on where a statement may begin. */
function endStatement(state: RecoveryState): void {
  if (state.take(";")) {
    state.separated();
    return;
  }
  if (state.looksAt("}") || state.atEnd()) return;
  if (state.quiet) {
    skipStatement(state);
    return;
  }
  state.failMissing(";");
  if (!/[\w$@"({]/.test(state.peek())) skipStatement(state);
}

function parseExpressionStatement(state: RecoveryState, start: number): Parsed {
  const written = parseWritten(state);
  const operator = state.match(ASSIGNMENT);
  if (operator !== undefined) {
    return { isValue: false, statement: parseAssignment(state, start, written, operator) };
  }
  if (state.looksAt(":=")) {
    complain(state, { text: ":=", start: state.at, end: state.at + 2 }, "assign with '='");
    return { isValue: false, statement: parseAssignment(state, start, written, ":=") };
  }
  const { expression } = written;
  if (expression.kind === "identifier" && !written.parenthesized && looksLikeArgument(state)) {
    return { isValue: false, statement: parseBareCall(state, start, expression) };
  }
  const selfTerminated = expression.kind === "if" || expression.kind === "block-expression";
  if (state.looksAt("}") || state.atEnd()) return { isValue: true, expression };
  if (selfTerminated && !written.parenthesized && !state.quiet) {
    if (state.take(";")) state.separated();
  } else endStatement(state);
  const span = state.spanFrom(start);
  return { isValue: false, statement: { kind: "expression-statement", id: UNNUMBERED, span, expression } };
}

/** On the same line, something that cannot go on an expression. */
function looksLikeArgument(state: RecoveryState): boolean {
  return !state.quiet && /[\w$@"']/.test(state.peek()) && !state.onNewLine();
}

/** `print "text";`, read as the call that is meant. */
function parseBareCall(state: RecoveryState, start: number, name: Identifier): Statement {
  state.fail("call-without-parentheses", { name: name.name }, state.found());
  const parsed = [parseExpression(state)];
  while (state.take(",")) parsed.push(parseExpression(state));
  if (name.name === "delete") separateKey(parsed);
  const span = state.spanFrom(start);
  endStatement(state);
  const callee: Name = { kind: "name", id: UNNUMBERED, span: name.span, text: name.name };
  const expression: Expression = { kind: "call", id: UNNUMBERED, span, callee, arguments: parsed };
  // Whether it was there is not what one who writes it so asks for.
  if (name.name === "delete") return { kind: "discard", id: UNNUMBERED, span, value: expression };
  return { kind: "expression-statement", id: UNNUMBERED, span, expression };
}

/** `delete @m[1]`, as in awk: the key becomes an argument. */
function separateKey(parsed: Expression[]): void {
  const [map] = parsed;
  if (parsed.length !== 1 || map?.kind !== "map" || map.keys === undefined) return;
  const [first, ...others] = map.keys;
  if (first === undefined) return;
  const { span } = map;
  const key: Expression =
    others.length === 0 ? first : { kind: "tuple", id: UNNUMBERED, span, elements: map.keys };
  parsed.splice(0, 1, { ...map, span: map.map.span, keys: undefined }, key);
}

function parseAssignment(state: RecoveryState, start: number, written: Written, operator: string): Statement {
  const { end } = state.advance(operator.length);
  const target = assignmentTarget(state.draft, written, end);
  const arithmetic = operator.slice(0, -1);
  const value = parseAssigned(state);
  endStatement(state);
  return {
    kind: "assignment",
    id: UNNUMBERED,
    span: state.spanFrom(start),
    target,
    operator: isArithmeticOperator(arithmetic) ? arithmetic : undefined,
    value,
  };
}

/** The right side of `=`; of `$a = $b = 1` there is none. */
function parseAssigned(state: RecoveryState): Expression {
  const value = parseExpression(state);
  if (state.match(/=(?!=)/y) === undefined) return value;
  state.fail("assignment-in-expression", {}, state.found());
  return state.draft.missing(state.lastEnd, "a value");
}

function parseDiscard(state: RecoveryState, start: number): Statement {
  state.advance(1);
  state.take("=");
  const value = parseExpression(state);
  endStatement(state);
  return { kind: "discard", id: UNNUMBERED, span: state.spanFrom(start), value };
}

function parseJump(state: RecoveryState, start: number, kind: "break" | "continue"): Statement {
  state.advance(kind.length);
  endStatement(state);
  return { kind, id: UNNUMBERED, span: state.spanFrom(start) };
}

function parseReturn(state: RecoveryState, start: number): Statement {
  state.advance("return".length);
  const value = state.looksAt(";") || state.looksAt("}") ? undefined : parseExpression(state);
  endStatement(state);
  return { kind: "return", id: UNNUMBERED, span: state.spanFrom(start), value };
}

function parseImport(state: RecoveryState, start: number): Statement {
  state.advance("import".length);
  const path = parsePath(state);
  endStatement(state);
  return { kind: "import-statement", id: UNNUMBERED, span: state.spanFrom(start), path };
}

/** The string behind `import`. */
export function parsePath(
  state: RecoveryState,
): StringLiteral | ReturnType<RecoveryState["draft"]["missing"]> {
  if (!state.looksAt('"')) {
    state.failMissing("a path in quotes");
    state.advance(state.match(/[\w./-]+/y)?.length ?? 0);
    return state.draft.missing(state.lastEnd, "a path in quotes");
  }
  const found = state.advance(stringLength(state));
  const { value, problems } = readString(found.text);
  state.draft.reportAll(problems, found.start);
  return { kind: "string", id: UNNUMBERED, span: state.spanFrom(found.start), value, text: found.text };
}

function parseWhile(state: RecoveryState, start: number): Statement {
  state.advance("while".length);
  const condition = parseCondition(state, "while");
  const body = parseBody(state);
  return { kind: "while", id: UNNUMBERED, span: state.spanFrom(start), condition, body };
}

function parseUnroll(state: RecoveryState, start: number): Statement {
  state.advance("unroll".length);
  const count = parseCondition(state, "unroll");
  const body = parseBody(state);
  return { kind: "unroll", id: UNNUMBERED, span: state.spanFrom(start), count, body };
}

function parseFor(state: RecoveryState, start: number): Statement {
  state.advance("for".length);
  const parenthesis = state.take("(");
  // The type of C's loops; what they lack is said at the `=`.
  if (state.match(/int\s+\w+\s*=/y) !== undefined) state.advance("int".length);
  const variable = parseVariable(state, (found) => {
    if (state.comesNext(/\w+/y, /=|in\b/y)) return;
    state.fail("expected-loop-variable", { found: found.text }, found);
  });
  const over = parseHead(state, parenthesis);
  const body = parseBody(state);
  return { kind: "for", id: UNNUMBERED, span: state.spanFrom(start), variable, over, body };
}

/** `: over`, and the closing parenthesis. Something else, such as the three parts of C, is skipped. */
function parseHead(state: RecoveryState, parenthesis: boolean): For["over"] {
  if (!state.take(":")) {
    const gap = state.gap();
    state.fail("malformed-for", { found: gap.text }, gap);
    while (!state.looksAt("{") && !state.atEnd() && !state.onNewLine()) skipToken(state);
    return state.draft.missing(state.lastEnd, "a map or a range");
  }
  const over = parseIterable(state);
  if (parenthesis) close(state, ")");
  return over;
}

/** A variable; a word without sigil is taken for one, after a complaint. */
export function parseVariable(
  state: RecoveryState,
  complain: (found: ReturnType<RecoveryState["gap"]>) => void,
): Variable {
  const variable = state.match(/\$[A-Za-z_][A-Za-z0-9_]*/y);
  if (variable === undefined) {
    complain(state.gap());
    const word = state.word();
    const found = state.advance(word.length);
    return { kind: "variable", id: UNNUMBERED, span: state.draft.span(found.start, found.end), name: word };
  }
  const found = state.advance(variable.length);
  return { kind: "variable", id: UNNUMBERED, span: state.spanFrom(found.start), name: variable.slice(1) };
}

function parseIterable(state: RecoveryState): For["over"] {
  const start = parseWritten(state);
  if (state.looksAt("..")) return parseRange(state, start);
  const { expression } = start;
  if (expression.kind === "map" && expression.keys === undefined && !start.parenthesized)
    return expression.map;
  const found = state.text.slice(start.start, start.end);
  state.fail("expected-map-or-range", { found }, start);
  return state.draft.missing(start.end, "a map or a range");
}

function parseRange(state: RecoveryState, first: Written): Range {
  state.advance(2);
  const last = parseWritten(state);
  checkRangeBound(state.draft, first);
  checkRangeBound(state.draft, last);
  const span = state.spanFrom(first.start);
  return { kind: "range", id: UNNUMBERED, span, start: first.expression, end: last.expression };
}

function parseLet(state: RecoveryState, start: number): Statement {
  state.advance("let".length);
  const variable = parseVariable(state, (found) => {
    state.fail("expected-name", { what: "a variable behind `let`", found: found.text }, found);
  });
  const type = state.take(":") ? parseType(state) : undefined;
  const value = state.takeEquals() ? parseExpression(state) : undefined;
  endStatement(state);
  return { kind: "variable-declaration", id: UNNUMBERED, span: state.spanFrom(start), variable, type, value };
}
