/** Words and signs of other languages that people bring along: what is said of them, and how they are read on. */

import type { BinaryOperator, Expression } from "../ast.ts";
import { UNNUMBERED } from "../item-draft.ts";
import { NO_PATTERNS } from "../targets.ts";
import { skipStatement, skipToken } from "./skipping.ts";
import type { Found, RecoveryState } from "./state.ts";

const ELSE_IF = "write 'else if (…) { … }'";
const CHOICE = "choose with 'if (…) { … } else if (…) { … }'";
const LOOP = "a loop is 'for ($i : 0..10) { … }' or 'for ($kv : @map) { … }'";
const VARIABLE = "a variable starts with '$' and needs no declaration: '$x = 1', or 'let $x : int64 = 1'";
const FUNCTION = "a function is 'fn name($a : int64) : int64 { … }'";

/** Words that start a statement elsewhere. */
const statements: ReadonlyMap<string, string> = new Map([
  ...["elif", "elsif", "elseif"].map((word) => [word, ELSE_IF] as const),
  ...["switch", "case", "match"].map((word) => [word, CHOICE] as const),
  ...["do", "foreach", "until", "loop"].map((word) => [word, LOOP] as const),
  ...["var", "int", "long", "short", "char", "unsigned", "auto", "const", "local", "my"].map(
    (word) => [word, VARIABLE] as const,
  ),
  ["goto", "leave a loop with 'break' and a probe with 'return'"],
]);

/** Words that start an item elsewhere. */
const items: ReadonlyMap<string, string> = new Map([
  ...[
    "function",
    "func",
    "def",
    "sub",
    "void",
    "static",
    "int",
    "long",
    "char",
    "bool",
    "int64",
    "uint64",
  ].map((word) => [word, FUNCTION] as const),
]);

/** Between attach points and body. */
const CONDITION = /if\b|when\b|where\b|\[|\(/y;

/** Behind a condition, where the body should be. */
const SECOND_CONDITION = /if\b|when\b|where\b|\//y;

const SIZED_TYPE =
  /(?:unsigned|signed|long|short)\b(?:\s+(?:int|char|long|short|unsigned|signed)\b)*|(?:int|char|short|long)(?:\s+(?:unsigned|signed|long|short|int)\b)+/y;

const WIDTHS: Readonly<Record<string, string>> = { char: "8", short: "16", int: "32", long: "64" };

/** Takes a statement that starts as in another language. @returns whether it did */
export function takeForeignStatement(state: RecoveryState): boolean {
  if (state.looksAt("#")) {
    const line = state.advance(state.lineEnd(state.at) - state.at);
    complain(state, { ...line, text: "#", end: line.start + 1 }, "comments begin with '//'");
    return true;
  }
  if (state.looksAt("/")) {
    complain(state, state.advance(1), "a condition inside a body is 'if (…) { … }'");
    skipStatement(state);
    return true;
  }
  if (takeNestedFunction(state)) return true;
  const word = state.word();
  const advice = statements.get(word);
  if (advice === undefined || state.comesNext(word, /=|;|\}/y)) return false;
  complain(state, state.advance(word.length), advice);
  skipStatement(state);
  if (word === "do" && state.word() === "while") skipStatement(state);
  return true;
}

/** A function inside a body; one behind a body that lacks its `}` stands at the start of its line. */
function takeNestedFunction(state: RecoveryState): boolean {
  const word = state.word();
  if (word !== "fn" || !state.comesNext(word, /[A-Za-z_]\w*/y, "(")) return false;
  complain(state, state.advance(word.length), "functions stand outside of probes");
  skipStatement(state);
  return true;
}

/** Takes the whole of a function that is written as in another language. @returns whether there is one */
export function takeForeignItem(state: RecoveryState): boolean {
  const word = state.word();
  const advice = items.get(word);
  if (advice === undefined || !state.comesNext(word, /[A-Za-z_]\w*/y, "(")) return false;
  complain(state, state.advance(word.length), advice);
  while (!state.atEnd() && !state.looksAt("{") && !state.onNewLine()) skipToken(state);
  if (state.looksAt("{")) skipToken(state);
  return true;
}

/** `probe` before an attach point. @returns whether there is nothing else to read */
export function takeProbeWord(state: RecoveryState): boolean {
  const word = state.word();
  if (word !== "probe" || state.comesNext(word, /[:,/{]/y)) return false;
  complain(state, state.advance(word.length), "a probe begins with its attach point");
  return state.atEnd();
}

/** Complains about a condition that is not between slashes. @returns whether there is one */
export function isForeignCondition(state: RecoveryState): boolean {
  if (state.match(CONDITION) === undefined) return false;
  complain(state, state.found(), "the condition of a probe stands between slashes: '/pid == 1/'");
  return true;
}

/** Complains about a second condition behind the first. @returns whether there is one */
export function isSecondCondition(state: RecoveryState): boolean {
  if (state.match(SECOND_CONDITION) === undefined) return false;
  complain(state, state.found(), "a probe has one condition: '/pid == 1 && tid == 1/'");
  return true;
}

/** Complains about a condition before the attach points and takes it. @returns whether there is one */
export function takeLeadingCondition(state: RecoveryState): boolean {
  const condition = state.match(/\/[^/\n{}]+\/(?=\s+[A-Za-z])/y);
  if (condition === undefined) return false;
  const found = state.advance(condition.length);
  complain(
    state,
    found,
    "the condition of a probe stands behind its attach points: 'kprobe:f /pid == 1/ { … }'",
  );
  return true;
}

/** Complains about a path and a function where the attach point should be, and takes them. @returns whether they are there */
export function takeBareFunction(state: RecoveryState): boolean {
  const text = state.match(/\/[\w.+/-]+:\w+(?=\s*[{/,])/y);
  if (text === undefined) return false;
  complain(state, state.advance(text.length), `write 'uprobe:${text}'`);
  return true;
}

/** The type that C's words for integers stand for; undefined where there are none, or only one that is a type. */
export function takeSizedType(state: RecoveryState): string | undefined {
  const text = state.match(SIZED_TYPE);
  if (text === undefined) return undefined;
  const words = text.split(/\s+/);
  const unsigned = words.includes("unsigned") ? "u" : "";
  const width = ["char", "short", "long"].find((word) => words.includes(word)) ?? "int";
  const type = `${unsigned}int${WIDTHS[width] ?? ""}`;
  complainOfOperator(state, state.advance(text.length), type);
  return type;
}

/** `'text'` or `“text”` as the string it is meant to be; undefined where no quote ends it. */
export function takeSingleQuoted(state: RecoveryState): Expression | undefined {
  const text = state.match(/'(?:[^'\\\n]|\\[^\n])*'|[“”„‘’][^“”„‘’"\n]*[“”„‘’]/y);
  if (text === undefined) return undefined;
  const found = state.advance(text.length);
  state.draft.report("single-quotes", { text: text.slice(1, -1) }, found.start, found.end);
  const value = text.slice(1, -1);
  return { kind: "string", id: UNNUMBERED, span: state.spanFrom(found.start), value, text };
}

/** A path or a format as an argument: nothing else starts so. Or a sentence, as the whole of what is printed or run. */
const UNQUOTED =
  /[/%][^"(){};,\n]*(?=[,)])|(?<=\b(?:printf|system|cat)\s*\(\s*)[A-Za-z]\w*(?: +[\w./:-]+)+(?=\))/y;

/** Text without quotes as the string it is meant to be. */
export function takeUnquoted(state: RecoveryState): Expression | undefined {
  const text = state.match(UNQUOTED)?.trimEnd();
  if (text === undefined) return undefined;
  const found = state.advance(text.length);
  state.draft.report("single-quotes", { text }, found.start, found.end);
  return { kind: "string", id: UNNUMBERED, span: state.spanFrom(found.start), value: text, text };
}

const operators: ReadonlyMap<string, BinaryOperator> = new Map([
  ["and", "&&"],
  ["or", "||"],
]);

/** A comparison of strings with a pattern, as in awk and Perl. */
const MATCHES = /[=!]~|~(?=\s*["'/])|like\b/y;

/** Complains about an operator that there is no like of, and takes it. @returns whether there is one */
export function takeUnknownOperator(state: RecoveryState): boolean {
  const text = state.match(MATCHES) ?? state.match(/in\b/y);
  if (text === undefined) return false;
  const advice = text === "in" ? "whether a map has a key is 'has_key(@m, key)'" : NO_PATTERNS;
  complain(state, state.advance(text.length), advice);
  return true;
}

/** `x.name(…)`. @returns whether it is one, and taken */
export function takeMethod(state: RecoveryState, name: string): boolean {
  if (state.match(/(?<=\w)\(/y) === undefined) return false;
  const start = state.at - name.length;
  complain(
    state,
    { text: `.${name}()`, start, end: state.at },
    "there are no methods, only functions: 'strlen(comm)'",
  );
  skipToken(state);
  return true;
}

/** `-> type` behind the parameters of a function, as in Rust and Python. @returns whether it was there */
export function takeResultArrow(state: RecoveryState): boolean {
  if (!state.looksAt("->")) return false;
  complainOfOperator(state, state.advance(2), ":");
  return true;
}

/** `and` and `or` between operands. */
export function peekWordOperator(state: RecoveryState): BinaryOperator | undefined {
  const word = state.word();
  const operator = operators.get(word);
  return operator !== undefined && state.comesNext(word, /[\w$@"(!~-]/y) ? operator : undefined;
}

export function complainOfOperator(state: RecoveryState, found: Found, operator: string): void {
  const { quiet } = state;
  complain(state, found, `write '${operator}'`);
  // What follows is read as if it had been right.
  state.quiet = quiet;
}

export function complain(state: RecoveryState, found: Found, advice: string): void {
  state.fail("foreign-syntax", { text: found.text, advice }, found);
}
