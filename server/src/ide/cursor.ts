/** What surrounds the cursor, read from the text before it: half-typed code has no tree to ask. */

import type { Item } from "@probewright/compiler";
import { itemAt, type Snapshot } from "./snapshot.ts";

/** A bracket before the cursor that is still open there. */
export interface OpenBracket {
  readonly character: "{" | "(" | "[";
  readonly at: number;
  /** Commas between it and the cursor, at its own depth. */
  readonly commas: number;
}

export type Region =
  /** Between items, or in the attach points of a probe. */
  | "top"
  | "code"
  | "config"
  /** Inside a C definition. */
  | "c"
  | "comment"
  | "string";

export interface Cursor {
  readonly offset: number;
  readonly region: Region;
  /** Outermost first. */
  readonly open: readonly OpenBracket[];
  /** Where the string around the cursor starts, at its quote. */
  readonly stringStart: number | undefined;
  /** The item the cursor is in or at the end of. */
  readonly item: Item | undefined;
  readonly itemStart: number;
  /** Text from the item's start, or that of the line outside items, to the cursor. */
  readonly before: string;
}

export function cursorAt(snapshot: Snapshot, offset: number): Cursor {
  const found = itemAt(snapshot, offset) ?? openItemBefore(snapshot, offset);
  const lineStart = snapshot.text.lastIndexOf("\n", offset - 1) + 1;
  const itemStart = found === undefined ? lineStart : Math.min(offset - found.offset, offset);
  const before = snapshot.text.slice(itemStart, offset);
  const state = scan(before);
  const open = state.open.map((bracket) => ({ ...bracket, at: bracket.at + itemStart }));
  const item = found?.item;
  return {
    offset,
    region: regionOf(state, before, item, offset - itemStart),
    open,
    stringStart: state.stringStart === undefined ? undefined : itemStart + state.stringStart,
    item,
    itemStart,
    before,
  };
}

/** Blanks at the end of a text belong to no item, but to whoever goes on typing the last one. */
function openItemBefore({ script, text }: Snapshot, offset: number): ReturnType<typeof itemAt> {
  const last = script.items.findLast(({ start }) => start < offset);
  if (last === undefined || text.slice(last.start + last.item.text.length, offset).trim() !== "")
    return undefined;
  const { item } = last;
  const state = scan(item.text);
  const isOpen = state.open.length > 0 || inPredicate(text.slice(last.start, offset), item, item.text.length);
  return isOpen && !state.comment ? { item, offset: offset - last.start } : undefined;
}

interface Scan {
  readonly open: OpenBracket[];
  stringStart: number | undefined;
  comment: boolean;
}

const closing: Readonly<Record<string, string>> = { "}": "{", ")": "(", "]": "[" };

function scan(text: string): Scan {
  const state: Scan = { open: [], stringStart: undefined, comment: false };
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (character === '"') {
      const end = endOfString(text, at);
      if (end === undefined) state.stringStart = at;
      at = end ?? text.length;
    } else if (character === "/" && startsComment(text, at, state.open.length)) {
      const block = text.charAt(at + 1) === "*";
      const end = text.indexOf(block ? "*/" : "\n", at + 2);
      state.comment = end === -1;
      at = end === -1 ? text.length : end + (block ? 1 : 0);
    } else step(state, character, at);
  }
  return state;
}

function step(state: Scan, character: string, at: number): void {
  const { open } = state;
  const last = open.at(-1);
  if (character === "{" || character === "(" || character === "[") open.push({ character, at, commas: 0 });
  else if (character === "," && last !== undefined)
    open[open.length - 1] = { ...last, commas: last.commas + 1 };
  else if (closing[character] !== undefined) {
    // A bracket that was forgotten ends with the block around it.
    const opened = open.findLastIndex((bracket) => bracket.character === closing[character]);
    if (opened !== -1) open.length = opened;
  }
}

/** The closing quote; undefined when the string is still open at the end of its line or of the text. */
function endOfString(text: string, start: number): number | undefined {
  for (let at = start + 1; at < text.length; at += 1) {
    if (text.charAt(at) === "\\") at += 1;
    else if (text.charAt(at) === '"') return at;
  }
  return undefined;
}

/** In attach points `/*` may belong to a path. */
function startsComment(text: string, at: number, depth: number): boolean {
  const next = text.charAt(at + 1);
  if (next !== "/" && next !== "*") return false;
  return depth > 0 || at === 0 || /[\s,}]/.test(text.charAt(at - 1));
}

function regionOf(
  { open, stringStart, comment }: Scan,
  before: string,
  item: Item | undefined,
  at: number,
): Region {
  if (comment) return "comment";
  if (stringStart !== undefined) return "string";
  const [outer] = open;
  if (outer?.character === "{") {
    const head = before.slice(0, outer.at);
    if (/\bconfig\s*=?\s*$/.test(head)) return "config";
    return item?.kind === "c-definition" || /^\s*(?:typedef\s+)?(?:struct|union|enum)\b/.test(head)
      ? "c"
      : "code";
  }
  if (outer !== undefined) return "code";
  return inPredicate(before, item, at) ? "code" : "top";
}

function inPredicate(before: string, item: Item | undefined, at: number): boolean {
  if (item?.kind === "probe" && item.predicate !== undefined) {
    const { start, end } = item.predicate.span;
    if (start <= at && at <= end) return true;
  }
  // `kprobe:f /pid`: a slash after space that nothing has closed; paths start behind a colon.
  const slash = /^[^{\s][^{]*?\s\/(?![/*])([^{]*)$/.exec(before);
  return slash !== null && !/\/\s*$/.test(slash[1] ?? "");
}
