/**
 * C that the grammar could not read, as far as the recovering parser goes: where a definition ends, its name, and what
 * is wrong around it. Its members stay unread.
 */

import type { Item } from "../ast.ts";
import type { CDeclaration, PreprocessorDirective } from "../c-syntax.ts";
import { checkDirective } from "../directives.ts";
import type { Name } from "../node.ts";
import { UNNUMBERED } from "../item-draft.ts";
import { skipLine } from "./items.ts";
import { skipToken } from "./skipping.ts";
import type { RecoveryState } from "./state.ts";

/** After `struct`, `union` or `enum`: only names and groups in parentheses or brackets up to a `{`. */
export function startsCDefinition(state: RecoveryState): boolean {
  return state.match(/(?:struct|union|enum)\b(?:\s|\w|\([^{}]*\)|\[[^{}]*\])*\{/y) !== undefined;
}

export function parseCDefinition(state: RecoveryState): Item {
  const start = state.at;
  const tag = state.advance(state.word().length).text;
  const name = parseTagName(state);
  while (!state.looksAt("{") && !state.atEnd()) state.advance(1);
  skipBody(state);
  while (state.match(/__attribute(?:__)?\b/y) !== undefined) parseAttribute(state);
  state.take(";");
  const declaration: CDeclaration = {
    kind: "c-declaration",
    id: UNNUMBERED,
    span: state.spanFrom(start),
    tag: tag === "struct" || tag === "union" ? tag : "enum",
    name,
    fields: [],
    enumerators: [],
    packed: false,
  };
  return { kind: "c-definition", ...state.finishItem(), declaration };
}

function parseTagName(state: RecoveryState): Name | undefined {
  const word = state.word();
  return word === "" || word.startsWith("__attribute") ? undefined : state.name(state.advance(word.length));
}

function skipBody(state: RecoveryState): void {
  const open = state.advance(1);
  let depth = 1;
  while (depth > 0 && !state.atEnd()) {
    const { text } = state.advance(1);
    if (text === "{") depth += 1;
    else if (text === "}") depth -= 1;
  }
  if (depth > 0) state.failUnclosed(open.start);
  else state.draft.report("unreadable-c", { text: "{" }, open.start, open.end);
}

/** `__attribute__((…))`, with or without the definition it belongs to. */
export function parseAttribute(state: RecoveryState): void {
  const rest = state.text.slice(state.at, state.end);
  const fault = malformedAttribute(rest);
  if (fault !== undefined) {
    state.fail("malformed-attribute", {}, { start: state.at + fault.from, end: state.at + fault.to });
  }
  state.advance(state.word().length);
  if (state.looksAt("(")) skipToken(state);
}

/**
 * The first `__attribute__` in a text that two parentheses on either side do not follow.
 * @returns where the first token stands that is not as it should be
 */
export function malformedAttribute(text: string): { readonly from: number; readonly to: number } | undefined {
  const good = /^\s*\(\((?:[^(){};]|\([^(){};]*\))*\)\s*\)/;
  for (const found of text.matchAll(/\b__attribute(?:__)?\b/g)) {
    const behind = found.index + found[0].length;
    const rest = text.slice(behind);
    if (good.test(rest)) continue;
    const blanks = /^\s*(?:\((?!\())?\s*/.exec(rest)?.[0].length ?? 0;
    const from = behind + blanks;
    return { from, to: from + (/^(?:\w+|.)/s.exec(text.slice(from))?.[0].length ?? 1) };
  }
  return undefined;
}

/** `typedef` and the like. */
export function parseOtherC(state: RecoveryState): Item {
  const found = state.found();
  state.fail("unreadable-c", { text: found.text }, found);
  skipLine(state);
  return { kind: "loose-text", ...state.finishItem() };
}

export function parsePreprocessorLine(state: RecoveryState): Item {
  const line = state.text.slice(state.at, state.lineEnd(state.at)).trimEnd();
  const { start } = state.advance(line.length);
  const directive = readDirective(state, line, start);
  return { kind: "preprocessor-line", ...state.finishItem(), directive };
}

function readDirective(state: RecoveryState, line: string, start: number): PreprocessorDirective {
  const include = /^(#[ \t]*include[ \t]*)(?:<([^>]*)>|"([^"]*)")/.exec(line);
  if (include !== null) {
    const [, head = "", system, own = ""] = include;
    const from = start + head.length + 1;
    const path = state.draft.name(from, from + (system ?? own).length);
    return { kind: "include", path, system: system !== undefined };
  }
  const define = /^(#[ \t]*define[ \t]+)(\w+)(\([^)]*\))?[ \t]*(.*)$/.exec(line);
  if (define === null) {
    checkDirective(state.draft, line, start);
    return { kind: "other", name: /^#[ \t]*(\w*)/.exec(line)?.[1] ?? "" };
  }
  const [, head = "", word = "", parameters, value = ""] = define;
  const from = start + head.length;
  const name = state.draft.name(from, from + word.length);
  const listStart = from + word.length;
  return {
    kind: "define",
    name,
    parameters: parameters === undefined ? undefined : readParameters(state, parameters, listStart),
    value,
  };
}

function readParameters(state: RecoveryState, list: string, start: number): readonly Name[] {
  return [...list.matchAll(/\w+|\.\.\./g)].map((found) => {
    const from = start + found.index;
    return state.draft.name(from, from + found[0].length);
  });
}
