/**
 * The kernel's list of functions that may be traced: `name` or `name [module]` a line, a hundred thousand and more. It stays
 * bytes: strings and objects of all would be copied by each garbage collection while somebody types.
 */

import { closeSync, openSync, readSync } from "node:fs";

import { inPieces, type FunctionNames, type NamedInModule, type Pieces } from "@probewright/compiler";

import { sortingLines, type Lines } from "./sorting-lines.ts";

/** Undefined when the list cannot be read. */
export type FunctionList = Pieces<FunctionNames | undefined>;

export function openFunctionList(file: string): FunctionList {
  return inPieces(read(file));
}

/** Bytes between two pauses while reading: the kernel makes the text as it is read. */
const READ_PIECE = 128 * 1024;
/** Lines between two pauses: a millisecond or two, also before V8 has made fast code of the loops. */
const PIECE = 1000;

interface Text extends Lines {
  readonly bytes: Buffer;
}

// The loops are functions of their own: V8 makes fast code of those, and not of what pauses.
function* read(file: string): Generator<undefined, FunctionNames | undefined> {
  const bytes = yield* reading(file);
  if (bytes === undefined) return undefined;
  const lines: Text = { bytes, starts: [], ends: [] };
  for (let from = 0; from < bytes.length; ) {
    from = cutLines(lines, from);
    yield;
  }
  const order = yield* sortingLines(lines);
  const list = listOf(bytes.length + order.length, order.length);
  for (let from = 0; from < order.length; from += PIECE) {
    addNames(list, lines, order.subarray(from, from + PIECE));
    yield;
  }
  return namesOf(list);
}

function* reading(file: string): Generator<undefined, Buffer | undefined> {
  let opened: number | undefined;
  try {
    opened = openSync(file, "r");
    const chunks: Buffer[] = [];
    for (;;) {
      const chunk = Buffer.allocUnsafeSlow(READ_PIECE);
      const count = readFully(opened, chunk);
      chunks.push(chunk.subarray(0, count));
      if (count < READ_PIECE) return Buffer.concat(chunks);
      yield;
    }
  } catch {
    return undefined;
  } finally {
    if (opened !== undefined) closeSync(opened);
  }
}

/** The kernel hands out a page or less at a time. */
function readFully(file: number, into: Buffer): number {
  let filled = 0;
  while (filled < into.length) {
    const count = readSync(file, into, filled, into.length - filled, null);
    if (count === 0) break;
    filled += count;
  }
  return filled;
}

const NEWLINE = 0x0a;
const TAB = 0x09;
const SPACE = 0x20;
const [OPEN_BRACKET, CLOSE_BRACKET] = [0x5b, 0x5d] as const;

/** @returns where the next piece begins */
function cutLines({ bytes, starts, ends }: Text, from: number): number {
  let start = from;
  for (let count = 0; count < PIECE && start < bytes.length; count += 1) {
    const newline = bytes.indexOf(NEWLINE, start);
    const end = newline === -1 ? bytes.length : newline;
    if (end > start) {
      starts.push(start);
      ends.push(end);
    }
    start = end + 1;
  }
  return start;
}

/** Names in their order, a newline behind each. */
interface List {
  readonly names: Buffer;
  /** Where each name begins, and behind the last. */
  readonly starts: Uint32Array;
  readonly modules: Uint16Array;
  readonly moduleNames: string[];
  count: number;
}

function listOf(bytes: number, count: number): List {
  return {
    names: Buffer.allocUnsafeSlow(bytes),
    starts: new Uint32Array(count + 1),
    modules: new Uint16Array(count),
    moduleNames: ["vmlinux"],
    count: 0,
  };
}

/** Each function once. */
function addNames(list: List, { bytes, starts, ends }: Text, order: Uint32Array): void {
  for (const line of order) {
    const [start, end] = [starts[line] ?? 0, ends[line] ?? 0];
    const nameEnd = endOfName(bytes, start, end);
    addName(list, bytes, { start, end: nameEnd, module: moduleOf(list.moduleNames, bytes, nameEnd, end) });
  }
}

interface Found {
  readonly start: number;
  readonly end: number;
  readonly module: number;
}

function addName(list: List, bytes: Uint8Array, { start, end, module }: Found): void {
  const { names, starts, modules, count } = list;
  const at = starts[count] ?? 0;
  const length = end - start;
  for (let i = 0; i < length; i += 1) names[at + i] = bytes[start + i] ?? 0;
  names[at + length] = NEWLINE;
  if (count > 0 && modules[count - 1] === module && isAgain(names, starts[count - 1] ?? 0, at, length))
    return;
  modules[count] = module;
  starts[count + 1] = at + length + 1;
  list.count += 1;
}

/** Whether the name before is the same, to its newline. */
function isAgain(names: Uint8Array, before: number, at: number, length: number): boolean {
  for (let i = 0; i <= length; i += 1) if (names[before + i] !== names[at + i]) return false;
  return true;
}

function endOfName(bytes: Buffer, start: number, end: number): number {
  for (let at = start; at < end; at += 1) if (bytes[at] === SPACE || bytes[at] === TAB) return at;
  return end;
}

/** Number of the module that is written behind a name. */
function moduleOf(known: string[], bytes: Buffer, nameEnd: number, end: number): number {
  let start = nameEnd;
  while (start < end && (bytes[start] === SPACE || bytes[start] === TAB)) start += 1;
  if (start === nameEnd) return 0;
  if (bytes[start] === OPEN_BRACKET) start += 1;
  let stop = start;
  while (stop < end && bytes[stop] !== CLOSE_BRACKET && bytes[stop] !== SPACE && bytes[stop] !== TAB)
    stop += 1;
  const module = bytes.toString("latin1", start, stop);
  const found = known.indexOf(module);
  return found === -1 ? known.push(module) - 1 : found;
}

function namesOf({ names, starts, modules, moduleNames, count: length }: List): FunctionNames {
  const text = names.subarray(0, starts[length]);
  const nameAt = (index: number): string =>
    index < length ? text.toString("latin1", starts[index], (starts[index + 1] ?? 0) - 1) : "";
  const moduleAt = (index: number): string => moduleNames[modules[index] ?? 0] ?? "";
  return {
    length,
    nameAt,
    moduleAt,
    having: (wanted) => linesHaving(text, starts, wanted),
    *[Symbol.iterator](): Iterator<NamedInModule> {
      for (let index = 0; index < length; index += 1) yield { name: nameAt(index), module: moduleAt(index) };
    },
  };
}

/** The engine's own search passes over the text many times faster than a loop of ours. */
function linesHaving(text: Buffer, starts: Uint32Array, wanted: string): readonly number[] {
  const found: number[] = [];
  let line = 0;
  for (let at = text.indexOf(wanted, 0, "latin1"); at !== -1 && at < text.length; ) {
    while ((starts[line + 1] ?? text.length) <= at) line += 1;
    found.push(line);
    at = text.indexOf(wanted, starts[line + 1] ?? text.length, "latin1");
  }
  return found;
}
