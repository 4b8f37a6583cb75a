/** The kernel's list of functions that may be traced: `name` or `name [module]` a line, a hundred thousand and more. */

import { inPieces, type Pieces } from "@probewright/compiler";

import { readText } from "./read.ts";

export interface TraceableFunction {
  readonly name: string;
  readonly module: string;
}

/** Sorted by name, then module; undefined when the list cannot be read. */
export type FunctionList = Pieces<readonly TraceableFunction[] | undefined>;

export function openFunctionList(file: string): FunctionList {
  return inPieces(read(file));
}

/** Lines between two pauses: a few milliseconds, also before V8 has made fast code of the loops. */
const PIECE = 1000;
/** The same, of lines that are sorted. */
const SORTED_PIECE = 250;

// The loops are functions of their own: V8 makes fast code of those, and not of what pauses.
function* read(file: string): Generator<undefined, readonly TraceableFunction[] | undefined> {
  const text = readText(file);
  if (!text.ok) return undefined;
  yield;
  const groups = new Map<number, string[]>();
  for (let from = 0; from < text.value.length; ) {
    from = groupByStart(text.value, from, groups);
    yield;
  }
  const functions: TraceableFunction[] = [];
  const modules = new Map<string, string>();
  let sinceLast = 0;
  for (const key of Float64Array.from(groups.keys()).sort()) {
    const group = groups.get(key) ?? [];
    groups.delete(key);
    addSorted(group, functions, modules);
    sinceLast += group.length;
    if (sinceLast < SORTED_PIECE) continue;
    sinceLast = 0;
    yield;
  }
  return functions;
}

/**
 * Sorts a piece of the lines by their first characters, under a number that sorts as these do; what comes behind a character
 * that is not ASCII does not count.
 *
 * @returns where the next piece begins
 */
function groupByStart(text: string, from: number, groups: Map<number, string[]>): number {
  let start = from;
  for (let count = 0; count < PIECE && start < text.length; count += 1) {
    const newline = text.indexOf("\n", start);
    const end = newline === -1 ? text.length : newline;
    const line = text.slice(start, end);
    start = end + 1;
    if (line === "") continue;
    const key = startOf(line);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [line]);
    else group.push(line);
  }
  return start;
}

/** Names of one beginning are sorted in one go: with fewer characters some of the kernel's groups take long. */
const START_CHARACTERS = 4;

function startOf(line: string): number {
  let key = 0;
  let isPlain = true;
  for (let at = 0; at < START_CHARACTERS; at += 1) {
    const code: number = isPlain && at < line.length ? line.charCodeAt(at) : 0;
    isPlain &&= code < ASCII - 1;
    key = key * ASCII + Math.min(code, ASCII - 1);
  }
  return key;
}

/** Each line once. @param modules names that were met, so that each is one string */
function addSorted(group: string[], functions: TraceableFunction[], modules: Map<string, string>): void {
  let last = "";
  for (const line of sortedLines(group, 0)) {
    if (line !== last) functions.push(parse(line, modules));
    last = line;
  }
}

/** Fewer lines are sorted as fast by the usual way. */
const FEW_LINES = 24;
/** Characters that go into one number, together with the place of the line: of what a number holds exactly. */
const KEY_CHARACTERS = 5;
const ASCII = 128;
const MOST_LINES = 2 ** 18;

/**
 * As `sort` has it, several times faster: numbers made of a few characters at a time are sorted, which the engine does without
 * calling anything.
 *
 * @param from as many characters are the same in all
 */
function sortedLines(lines: string[], from: number): string[] {
  const keys = lines.length < FEW_LINES || lines.length > MOST_LINES ? undefined : keysOf(lines, from);
  if (keys === undefined) return lines.sort();
  keys.sort();
  const sorted: string[] = [];
  for (let start = 0, end = 0; start < keys.length; start = end) {
    const key = Math.floor((keys[start] ?? 0) / MOST_LINES);
    const tied: string[] = [];
    for (end = start; end < keys.length && Math.floor((keys[end] ?? 0) / MOST_LINES) === key; end += 1)
      tied.push(lines[(keys[end] ?? 0) % MOST_LINES] ?? "");
    // Lines that ended are the same.
    const hasMore = tied.length > 1 && key % ASCII !== 0;
    for (const line of hasMore ? sortedLines(tied, from + KEY_CHARACTERS) : tied) sorted.push(line);
  }
  return sorted;
}

/** Undefined where there is more than ASCII. */
function keysOf(lines: readonly string[], from: number): Float64Array | undefined {
  const keys = new Float64Array(lines.length);
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index] ?? "";
    let key = 0;
    for (let at = from; at < from + KEY_CHARACTERS; at += 1) {
      const code = at < line.length ? line.charCodeAt(at) : 0;
      if (code >= ASCII || (code === 0 && at < line.length)) return undefined;
      key = key * ASCII + code;
    }
    keys[index] = key * MOST_LINES + index;
  }
  return keys;
}

function parse(line: string, modules: Map<string, string>): TraceableFunction {
  if (!line.includes(" ") && !line.includes("\t")) return { name: line, module: "vmlinux" };
  const found = /[ \t]+\[?([^ \t\]]*)/.exec(line);
  if (found === null) return { name: line, module: "vmlinux" };
  const [, written = ""] = found;
  const module = modules.get(written) ?? written;
  modules.set(module, module);
  return { name: line.slice(0, found.index), module };
}
