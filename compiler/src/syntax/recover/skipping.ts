/** Getting past text that could not be read, without running into what can be. */

import { attachPointEnd } from "../attach-points.ts";
import type { RecoveryState } from "./state.ts";

const CLOSERS: Readonly<Record<string, string>> = { "(": ")", "[": "]", "{": "}" };

/** Goes past one token; one that opens a bracket takes all up to the closing one, if that is in sight. */
export function skipToken(state: RecoveryState): void {
  const character = state.peek();
  if (character === '"') {
    state.advance(stringLength(state));
    return;
  }
  const close = CLOSERS[character];
  const isClosed = close !== undefined && !state.unclosed.has(state.at);
  const end = isClosed ? closingOffset(state, state.at + 1, close) : undefined;
  state.advance(end === undefined ? Math.max(1, state.found().text.length) : end + 1 - state.at);
}

/** The length of the string literal here, which ends with its line at the latest. */
export function stringLength(state: RecoveryState): number {
  state.skip();
  return Math.min(stringLengthAt(state.text, state.at), state.end - state.at);
}

function stringLengthAt(text: string, at: number): number {
  const string = /"(?:[^"\\\n]|\\[^\n])*(?:"|\\?)/y;
  string.lastIndex = at;
  return string.exec(text)?.[0].length ?? 1;
}

/**
 * Where `close` closes what was opened before `from`, counting brackets in between; one of those that is never closed
 * does not count. For `)` and `]` it must come before a `;`, a brace and the end of the line.
 */
function closingOffset(state: RecoveryState, from: number, close: string): number | undefined {
  const stop = close === "}" ? /^$/ : /[;{}\n]/;
  const awaited = [{ close, at: from - 1 }];
  for (let at = from; at < state.end; at += 1) {
    const character = state.text[at] ?? "";
    if (stop.test(character)) break;
    if (character === '"') at += stringLengthAt(state.text, at) - 1;
    const inner = CLOSERS[character];
    if (inner !== undefined) awaited.push({ close: inner, at });
    const isCloser = character === ")" || character === "]" || character === "}";
    const closed = isCloser ? awaited.findLastIndex((open) => open.close === character) : -1;
    if (closed === 0) return at;
    if (closed > 0) awaited.length = closed;
  }
  for (const open of awaited) state.unclosed.add(open.at);
  return undefined;
}

/** Takes `close`. When something else stands there: complains, and goes on behind `close` if it is in sight. */
export function close(state: RecoveryState, token: ")" | "]"): void {
  if (state.take(token)) return;
  if (state.match(/=(?!=)/y) === undefined) state.failMissing(token);
  else state.fail("assignment-in-expression", {}, state.found());
  const isClosed = !state.unclosed.has(state.at - 1);
  const end = isClosed ? closingOffset(state, state.at, token) : undefined;
  if (end !== undefined) state.advance(end + 1 - state.at);
}

/**
 * Goes to where a statement may begin: behind the next `;` or block, before the `}` of the block around, or to a new
 * line that starts with a name.
 */
export function skipStatement(state: RecoveryState): void {
  for (let character = state.peek(); character !== "" && character !== "}"; character = state.peek()) {
    if (character === ";") {
      state.advance(1);
      state.separated();
      return;
    }
    if (state.onNewLine() && /[\w$@]/.test(character)) return;
    skipToken(state);
    if (character === "{") return;
  }
}

/** Whether what stands here, at the start of a statement, can only be the start of a top-level item. */
export function startsItem(state: RecoveryState): boolean {
  const word = state.word();
  if (word === "") return false;
  const behind = state.at + word.length;
  const rest = state.text.slice(behind, state.lineEnd(behind));
  if (/^(begin|end)$/i.test(word)) return /^\s*([{,]|$|\/[^/*])/.test(rest);
  // One that is indented is meant to stand in the body.
  const isFlush = state.text[state.at - 1] === "\n";
  if (word === "macro" || word === "fn") return isFlush && /^\s+\w+\s*\(/.test(rest);
  if (word === "config") return /^\s*=\s*\{/.test(rest);
  return rest.startsWith(":") && attachPointEnd(state.text, state.at, state.end) > behind + 1;
}
