/** Top-level items, as the recovering parser reads them. */

import type {
  AttachPoint,
  ConfigSetting,
  Expression,
  Item,
  MacroParameter,
  MapDeclaration,
  MapName,
  SubprogramParameter,
} from "../ast.ts";
import { attachPointEnd, cutAttachPoint } from "../attach-points.ts";
import { isBuiltinName } from "../builtin-names.ts";
import { UNNUMBERED } from "../item-draft.ts";
import { parseExpression } from "./expressions.ts";
import {
  complain,
  isForeignCondition,
  isSecondCondition,
  takeProbeWord,
  takeResultArrow,
} from "./foreign.ts";
import { parseBody } from "./keywords.ts";
import { parseMapName, parsePrimary } from "./primary.ts";
import { close, skipToken } from "./skipping.ts";
import type { RecoveryState } from "./state.ts";
import { parsePath, parseVariable } from "./statements.ts";
import { parseType } from "./types.ts";

/** An item that starts with a word; the word is still to be taken. */
export const itemKeywords: ReadonlyMap<string, (state: RecoveryState) => Item> = new Map([
  ["config", parseConfig],
  ["import", parseImport],
  ["macro", parseMacro],
  ["fn", parseSubprogram],
]);

export function parseProbe(state: RecoveryState): Item {
  if (takeProbeWord(state)) return { kind: "loose-text", ...state.finishItem() };
  let attachPoints = parseAttachPoints(state);
  const predicate = state.looksAt("/") ? parsePredicate(state) : undefined;
  if (!state.looksAt("{")) {
    if (hasBlank(state, attachPoints, predicate)) {
      const before = state.text.slice(state.lastStart, state.lastEnd);
      state.fail("blank-in-attach-point", { before }, state.found());
      attachPoints = [];
    } else if (predicate === undefined ? !isForeignCondition(state) : !isSecondCondition(state))
      state.failMissing(predicate === undefined && attachPoints.length === 0 ? "an attach point" : "{");
    skipToBody(state);
  }
  const body = parseBody(state);
  return { kind: "probe", ...state.finishItem(), attachPoints, predicate, body };
}

/** `kprobe vfs_read {`: one word, and behind it what could be the rest of an attach point. */
function hasBlank(
  state: RecoveryState,
  [first, ...others]: readonly AttachPoint[],
  predicate: Expression | undefined,
): boolean {
  if (first === undefined || others.length > 0 || predicate !== undefined || state.onNewLine()) return false;
  const isWord = /^[A-Za-z]+:?$/.test(first.text) && !/^(begin|end)$/i.test(first.text);
  return (
    isWord &&
    state.match(/:?[\w/.:*+-]+\s*[{/]/y) !== undefined &&
    state.match(/(if|when|where)\b/y) === undefined
  );
}

function parseAttachPoints(state: RecoveryState): readonly AttachPoint[] {
  const points: AttachPoint[] = [];
  do {
    state.skip();
    const end = attachPointEnd(state.text, state.at, state.end);
    if (end === state.at) {
      const isTrailingComma = points.length > 0 && (state.looksAt("{") || state.looksAt("/"));
      if (!isTrailingComma) state.fail("missing-attach-point", {}, state.found());
      continue;
    }
    const { text, start } = state.advance(end - state.at);
    points.push(cutAttachPoint(text, start - state.draft.start));
  } while (state.take(","));
  return points;
}

function parsePredicate(state: RecoveryState): Expression {
  state.advance(1);
  state.inPredicate = true;
  const condition = parseExpression(state);
  state.inPredicate = false;
  if (state.match(/=(?!=)/y) !== undefined) {
    state.fail("assignment-in-expression", {}, state.found());
    state.advance(1);
    parseExpression(state);
    state.take("/");
    return state.draft.missing(state.lastEnd, "a condition");
  }
  if (!state.expect("/")) {
    // Whatever else is in the way, the body starts at the `{`.
    const line = state.text.slice(state.at, state.lineEnd(state.at));
    while (/\/\s*\{?\s*$/.test(line) && !state.looksAt("{") && !state.atEnd() && !state.startsLine()) {
      skipToken(state);
    }
  }
  return condition;
}

/** After something odd behind the attach points: on to a `{` on the same line, if there is one. */
function skipToBody(state: RecoveryState): void {
  if (state.startsLine()) return;
  const line = state.text.slice(state.at, state.lineEnd(state.at));
  const brace = line.indexOf("{");
  if (brace !== -1) state.advance(brace);
  // Code without braces is no attach point.
  else if (/[;=(]/.test(line)) state.advance(line.length);
}

function parseConfig(state: RecoveryState): Item {
  state.advance("config".length);
  if (!state.takeEquals()) state.failMissing("=");
  const settings: ConfigSetting[] = [];
  if (state.looksAt("[") || state.looksAt("(")) {
    complain(state, state.found(), "settings stand in braces: 'config = { max_map_keys = 9; }'");
    skipToken(state);
    return { kind: "config", ...state.finishItem(), settings };
  }
  const open = state.at;
  if (state.expect("{")) {
    while (state.peek() !== "}" && !state.atEnd()) {
      state.settle();
      settings.push(parseSetting(state));
    }
    if (!state.take("}")) state.failUnclosed(state.text.indexOf("{", open));
  }
  return { kind: "config", ...state.finishItem(), settings };
}

function parseSetting(state: RecoveryState): ConfigSetting {
  state.skip();
  const start = state.at;
  const word = state.word();
  if (word === "") {
    const gap = state.gap();
    state.fail("expected-name", { what: "a setting's name", found: gap.text }, gap);
  }
  const key = state.name(state.advance(word.length));
  if (!state.takeEquals()) state.failMissing("=");
  const value = parseSettingValue(state);
  const span = state.spanFrom(start);
  endSetting(state);
  return { kind: "config-setting", id: UNNUMBERED, span, key, value };
}

function parseSettingValue(state: RecoveryState): ConfigSetting["value"] {
  if (/["0-9A-Za-z_]/.test(state.peek())) {
    const value = parsePrimary(state);
    switch (value.kind) {
      case "integer":
      case "string":
      case "boolean":
      case "identifier":
        return value;
      default:
        break;
    }
  }
  const gap = state.gap();
  state.fail("invalid-config-value", { text: gap.text }, gap);
  return state.draft.missing(state.lastEnd, "a value");
}

function endSetting(state: RecoveryState): void {
  if (!state.looksAt("}") && !state.looksAt(";") && !state.quiet) {
    state.failMissing(";");
    if (state.word() !== "") return;
  }
  while (!state.looksAt("}") && !state.atEnd()) {
    if (state.take(";")) {
      state.separated();
      return;
    }
    skipToken(state);
  }
}

function parseImport(state: RecoveryState): Item {
  state.advance("import".length);
  const path = parsePath(state);
  if (state.expect(";")) state.separated();
  return { kind: "import", ...state.finishItem(), path };
}

/** `let`; only maps are declared at the top level, so anything else is loose text. */
export function parseMapDeclaration(state: RecoveryState): Item {
  const found = state.advance("let".length);
  if (!state.looksAt("@")) {
    state.fail("not-a-map-declaration", { found: state.found().text }, found);
    skipLine(state);
    return { kind: "loose-text", ...state.finishItem() };
  }
  const map: MapName = parseMapName(state);
  if (!state.takeEquals()) state.failMissing("=");
  const word = state.word();
  if (word === "") state.failMissing("a type of map");
  const mapType = state.name(state.advance(word.length));
  state.expect("(");
  const maxEntries = parseMaxEntries(state);
  close(state, ")");
  if (state.quiet) skipLine(state);
  else state.take(";");
  return { kind: "map-declaration", ...state.finishItem(), map, mapType, maxEntries };
}

function parseMaxEntries(state: RecoveryState): MapDeclaration["maxEntries"] {
  if (/[0-9]/.test(state.peek())) {
    const value = parsePrimary(state);
    if (value.kind === "integer") return value;
  }
  const gap = state.gap();
  state.fail("map-size-expected", { found: gap.text }, gap);
  return state.draft.missing(state.lastEnd, "a number");
}

/** To the end of the line, or behind a `;` on it. */
export function skipLine(state: RecoveryState): void {
  const end = state.lineEnd(state.at);
  while (state.peek() !== "" && state.at < end) {
    if (state.take(";")) return;
    skipToken(state);
  }
}

function parseMacro(state: RecoveryState): Item {
  state.advance("macro".length);
  const name = parseName(state, "the macro's name");
  const parameters = parseParameters(state, parseMacroParameter);
  const body = parseBody(state);
  return { kind: "macro", ...state.finishItem(), name, parameters, body };
}

function parseSubprogram(state: RecoveryState): Item {
  state.advance("fn".length);
  const name = parseName(state, "the function's name");
  const parameters = parseParameters(state, parseParameter);
  if (state.looksAt("{")) state.failMissing(": void");
  else if (!takeResultArrow(state)) state.expect(":");
  const returns = parseType(state);
  const body = parseBody(state);
  return { kind: "subprogram", ...state.finishItem(), name, parameters, returns, body };
}

function parseName(state: RecoveryState, what: string) {
  const word = state.word();
  if (word === "") {
    const gap = state.gap();
    state.fail("expected-name", { what, found: gap.text }, gap);
  }
  return state.name(state.advance(word.length));
}

function parseParameters<Parameter>(
  state: RecoveryState,
  parse: (state: RecoveryState) => Parameter | undefined,
): readonly Parameter[] {
  const parameters: Parameter[] = [];
  if (!state.expect("(") || state.take(")")) return parameters;
  do {
    const parameter = parse(state);
    if (parameter === undefined) break;
    parameters.push(parameter);
  } while (state.take(","));
  close(state, ")");
  return parameters;
}

function parseMacroParameter(state: RecoveryState): MacroParameter | undefined {
  const text = state.match(/[$@]?[A-Za-z_][A-Za-z0-9_]*/y);
  if (text === undefined) {
    const gap = state.gap();
    state.fail("expected-name", { what: "a parameter", found: gap.text }, gap);
    return undefined;
  }
  const found = state.advance(text.length);
  if (isBuiltinName(text)) state.fail("builtin-as-parameter", { name: text }, found);
  const form = text.startsWith("$") ? "variable" : text.startsWith("@") ? "map" : "expression";
  const name = form === "expression" ? text : text.slice(1);
  return { kind: "macro-parameter", id: UNNUMBERED, span: state.spanFrom(found.start), form, name };
}

function parseParameter(state: RecoveryState): SubprogramParameter {
  state.skip();
  const start = state.at;
  if (state.match(TYPE_FIRST) !== undefined) return parseTypeFirst(state, start);
  const variable = parseVariable(state, (found) => {
    state.fail("expected-name", { what: "a parameter that starts with `$`", found: found.text }, found);
  });
  if (state.looksAt(")") || state.looksAt(",")) state.failMissing(": int64");
  else state.expect(":");
  const type = parseType(state);
  return { kind: "subprogram-parameter", id: UNNUMBERED, span: state.spanFrom(start), variable, type };
}

/** `int64 $n`, as in C. */
const TYPE_FIRST = /(?:(?:struct|union|enum)\s+)?[A-Za-z_]\w*[\s*]+(?=\$)/y;

function parseTypeFirst(state: RecoveryState, start: number): SubprogramParameter {
  const { quiet } = state;
  complain(state, state.found(), "the type stands behind the name: '$n : int64'");
  const type = parseType(state);
  const variable = parseVariable(state, () => undefined);
  state.quiet = quiet;
  return { kind: "subprogram-parameter", id: UNNUMBERED, span: state.spanFrom(start), variable, type };
}
