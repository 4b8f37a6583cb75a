/** Types, as the recovering parser reads them. */

import type { TypeofSyntax, TypeSubject, TypeSyntax } from "../ast.ts";
import { isBuiltinName } from "../builtin-names.ts";
import { UNNUMBERED } from "../item-draft.ts";
import { readInteger } from "../literals.ts";
import { takeSizedType } from "./foreign.ts";
import { close } from "./skipping.ts";
import type { RecoveryState } from "./state.ts";

const TAGS: ReadonlySet<string> = new Set(["struct", "union", "enum"]);

/** A type where only a type can stand. */
export function parseType(state: RecoveryState): TypeSyntax {
  const type = tryType(state);
  if (type !== undefined) return type;
  const gap = state.gap();
  state.fail("expected-type", { found: gap.text }, gap);
  const at = state.lastEnd;
  return { kind: "missing-type", id: UNNUMBERED, span: state.draft.span(at, at) };
}

/**
 * A type, if one starts here: no builtin's name does.
 * @returns undefined when nothing was taken
 */
export function tryType(state: RecoveryState): TypeSyntax | undefined {
  const word = state.word();
  if (word === "typeof") return parseTypeof(state);
  const start = state.at;
  let type = tryBaseType(state, word);
  while (type !== undefined) {
    if (state.take("*")) {
      type = { kind: "pointer-type", id: UNNUMBERED, span: state.spanFrom(start), to: type };
    } else if (state.looksAt("[") && isArraySuffix(state)) {
      type = parseArraySuffix(state, start, type);
    } else return type;
  }
  return undefined;
}

function tryBaseType(state: RecoveryState, word: string): TypeSyntax | undefined {
  const start = state.at;
  if (TAGS.has(word)) {
    state.advance(word.length);
    const name = state.word();
    if (name === "") {
      const gap = state.gap();
      state.fail("expected-name", { what: `the name of the ${word}`, found: gap.text }, gap);
    }
    state.advance(name.length);
    const tag = word === "struct" || word === "union" ? word : "enum";
    return { kind: "named-type", id: UNNUMBERED, span: state.spanFrom(start), tag, name };
  }
  const sized = takeSizedType(state);
  if (sized !== undefined)
    return { kind: "named-type", id: UNNUMBERED, span: state.spanFrom(start), tag: undefined, name: sized };
  if (word === "" || word === "true" || word === "false" || isBuiltinName(word)) return undefined;
  state.advance(word.length);
  return { kind: "named-type", id: UNNUMBERED, span: state.spanFrom(start), tag: undefined, name: word };
}

/** `[]` and `[10]` belong to a type; `[` and anything else to an expression. */
function isArraySuffix(state: RecoveryState): boolean {
  return state.comesNext("[", "]") || state.comesNext("[", /[0-9]\w*/y, "]");
}

function parseArraySuffix(state: RecoveryState, start: number, element: TypeSyntax): TypeSyntax {
  state.advance(1);
  let count: number | undefined;
  const digits = state.match(/[0-9]\w*/y);
  if (digits !== undefined) {
    const found = state.advance(digits.length);
    const { value, problems } = readInteger(digits);
    state.draft.reportAll(problems, found.start);
    count = Number(value);
  }
  close(state, "]");
  return { kind: "array-type", id: UNNUMBERED, span: state.spanFrom(start), element, count };
}

export function parseTypeof(state: RecoveryState): TypeofSyntax {
  state.skip();
  const start = state.at;
  state.advance("typeof".length);
  state.expect("(");
  const subject = parseTypeSubject(state);
  close(state, ")");
  return { kind: "typeof", id: UNNUMBERED, span: state.spanFrom(start), subject };
}

/** A type or an expression up to `)` or `,`; a lone name is an expression until names are resolved. */
export function parseTypeSubject(state: RecoveryState): TypeSubject {
  const mark = state.mark();
  const word = state.word();
  const { quiet } = state;
  state.quiet = true;
  const type = tryType(state);
  state.quiet = quiet;
  const isLoneName = type?.kind === "named-type" && type.tag === undefined && type.name === word;
  const isType = type !== undefined && !isLoneName && (state.looksAt(")") || state.looksAt(","));
  state.rewind(mark);
  if (isType) return { kind: "type", type: parseType(state) };
  return { kind: "expression", expression: state.productions.expression(state) };
}
