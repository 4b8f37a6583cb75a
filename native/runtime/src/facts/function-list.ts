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

/** Lines between two pauses. */
const PIECE = 8000;

// The loops are functions of their own: V8 makes fast code of those, and not of what pauses.
function* read(file: string): Generator<undefined, readonly TraceableFunction[] | undefined> {
  const text = readText(file);
  if (!text.ok) return undefined;
  yield;
  const lines = text.value.split("\n");
  yield;
  const groups = new Map<number, string[]>();
  for (let from = 0; from < lines.length; from += PIECE) {
    groupByStart(lines, from, groups);
    yield;
  }
  const functions: TraceableFunction[] = [];
  const modules = new Map<string, string>();
  let sinceLast = 0;
  for (const key of [...groups.keys()].sort((left, right) => left - right)) {
    const group = groups.get(key) ?? [];
    groups.delete(key);
    addSorted(group, functions, modules);
    sinceLast += group.length;
    if (sinceLast < PIECE) continue;
    sinceLast = 0;
    yield;
  }
  return functions;
}

/** Sorts a piece of the lines by their first three characters, under a number that sorts as these do. */
function groupByStart(lines: readonly string[], from: number, groups: Map<number, string[]>): void {
  const end = Math.min(lines.length, from + PIECE);
  for (let index = from; index < end; index += 1) {
    const line = lines[index] ?? "";
    let key = 0;
    for (let at = 0; at < 3; at += 1) key = key * 0x10000 + (at < line.length ? line.charCodeAt(at) : 0);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [line]);
    else group.push(line);
  }
}

/** Each line once. @param modules names that were met, so that each is one string */
function addSorted(group: string[], functions: TraceableFunction[], modules: Map<string, string>): void {
  let last = "";
  for (const line of group.sort()) {
    if (line !== last) functions.push(parse(line, modules));
    last = line;
  }
}

function parse(line: string, modules: Map<string, string>): TraceableFunction {
  const found = /[ \t]+\[?([^ \t\]]*)/.exec(line);
  if (found === null) return { name: line, module: "vmlinux" };
  const [, written = ""] = found;
  const module = modules.get(written) ?? written;
  modules.set(module, module);
  return { name: line.slice(0, found.index), module };
}
