/**
 * Carries out the directives of C text that is not preprocessed yet: object-like macros, conditions. Function-like macros are
 * noted by name only; `#include` is the host's business and has been carried out before.
 */

import { evaluate } from "./constant.ts";
import { type CToken, tokenize } from "./tokens.ts";

/** Object-like macros: name to the text that stands for it. Shared between the texts of one program. */
export type Macros = Map<string, string>;

/** Expansions within each other; a longer chain than any header's. */
const MAX_EXPANSION_DEPTH = 64;
/** Tokens that one name may grow to. */
const MAX_EXPANSION = 20_000;

/** Tokens without directives, macros expanded; expanded tokens stand where the macro's name stood. */
export function preprocess(text: string, macros: Macros): readonly CToken[] {
  const tokens: CToken[] = [];
  const conditions: Condition[] = [];
  for (const token of tokenize(text)) {
    if (token.kind === "directive") {
      carryOut(token.text, macros, conditions);
    } else if (token.kind === "end") {
      tokens.push(token);
    } else if (isActive(conditions)) {
      expandInto(token, macros, [], tokens, tokens.length + MAX_EXPANSION);
    }
  }
  return tokens;
}

/** One `#if` and what follows it: looking for a true branch, in it, or past it. */
export interface Condition {
  state: "waiting" | "taken" | "done";
}

/** The innermost one tells: it is taken only within such as are, and those stay so while it is open. */
export function isActive(conditions: readonly Condition[]): boolean {
  return (conditions.at(-1)?.state ?? "taken") === "taken";
}

const DIRECTIVE = /^#\s*(\w*)\s*([^]*)$/;

/** The name of a directive and what follows it, without comments. */
export function readDirective(text: string): { readonly name: string; readonly rest: string } {
  const spliced = text
    .replace(/\\\n/g, " ")
    .replace(/\/\*[^]*?\*\//g, " ")
    .replace(/\/\/.*$/, "");
  const [, name = "", rest = ""] = DIRECTIVE.exec(spliced) ?? [];
  return { name, rest: rest.trim() };
}

export function carryOut(text: string, macros: Macros, conditions: Condition[]): void {
  const { name, rest } = readDirective(text);
  const active = isActive(conditions);
  const last = conditions.at(-1);
  switch (name) {
    case "if":
    case "ifdef":
    case "ifndef":
      conditions.push({ state: active ? (holds(name, rest, macros) ? "taken" : "waiting") : "done" });
      break;
    case "elif":
      if (last !== undefined) last.state = nextState(last.state, () => holds("if", rest, macros));
      break;
    case "else":
      if (last !== undefined) last.state = nextState(last.state, () => true);
      break;
    case "endif":
      conditions.pop();
      break;
    case "define":
      if (active) define(rest, macros);
      break;
    case "undef":
      if (active) macros.delete(rest);
      break;
    default:
  }
}

function nextState(state: Condition["state"], test: () => boolean): Condition["state"] {
  if (state !== "waiting") return "done";
  return test() ? "taken" : "waiting";
}

function define(rest: string, macros: Macros): void {
  const match = /^([A-Za-z_$][\w$]*)(\()?([^]*)$/.exec(rest);
  const name = match?.[1];
  if (name === undefined) return;
  // A parenthesis right behind the name makes it function-like.
  if (match?.[2] === undefined) macros.set(name, (match?.[3] ?? "").trim());
  else macros.delete(name);
}

function holds(name: string, rest: string, macros: Macros): boolean {
  const subject = rest.split(/\s/)[0] ?? "";
  if (name === "ifdef") return macros.has(subject);
  if (name === "ifndef") return !macros.has(subject);
  const value = conditionValue(rest, macros);
  return value !== undefined && value !== 0n;
}

/** The value of what follows `#if`; undefined when it is no constant. */
export function conditionValue(rest: string, macros: Macros): bigint | undefined {
  const condition = rest.replace(/\bdefined\s*(?:\(\s*([\w$]+)\s*\)|([\w$]+))/g, (_, inner, bare) =>
    macros.has(String(inner ?? bare)) ? "1" : "0",
  );
  const tokens: CToken[] = [];
  for (const token of tokenize(condition)) expandInto(token, macros, [], tokens, MAX_EXPANSION);
  return evaluate(tokens, { value: () => 0n, sizeOf: () => undefined });
}

/** @param limit length of `into` at which to stop */
function expandInto(
  token: CToken,
  macros: Macros,
  within: readonly string[],
  into: CToken[],
  limit: number,
): void {
  const body = token.kind === "name" ? macros.get(token.text) : undefined;
  if (body === undefined || within.includes(token.text) || within.length >= MAX_EXPANSION_DEPTH) {
    into.push(token);
    return;
  }
  for (const inner of tokenize(body)) {
    if (inner.kind === "end" || inner.kind === "directive" || into.length >= limit) return;
    expandInto({ ...inner, start: token.start }, macros, [...within, token.text], into, limit);
  }
}
