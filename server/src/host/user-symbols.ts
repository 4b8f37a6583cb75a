/** User addresses to names: the mapped files of the process and their symbol tables. */

import { readFileSync } from "node:fs";

import type { RunOptions } from "@probewright/runtime";
import { readBinary } from "@probewright/runtime";
import type { BinaryFacts, BinarySymbol } from "@probewright/compiler";

interface Mapping {
  readonly start: bigint;
  readonly end: bigint;
  readonly offset: bigint;
  readonly path: string;
}

interface SymbolTable {
  readonly facts: BinaryFacts;
  /** Functions by ascending address. */
  readonly functions: readonly BinarySymbol[];
}

export function createUserSymbols(): RunOptions["userSymbol"] {
  const processes = new Map<number, readonly Mapping[]>();
  const tables = new Map<string, SymbolTable | undefined>();
  return (address, pid) => {
    const unknown = { address, symbol: undefined, offset: 0n, module: undefined };
    const mapping = findMapping(processes, pid, address);
    if (mapping === undefined) return unknown;
    const path = `/proc/${pid.toString()}/root${mapping.path}`;
    if (!tables.has(mapping.path)) tables.set(mapping.path, readTable(path) ?? readTable(mapping.path));
    const table = tables.get(mapping.path);
    const inFile = address - mapping.start + mapping.offset;
    const symbol = table === undefined ? undefined : findSymbol(table, inFile);
    if (symbol === undefined) return { ...unknown, module: mapping.path };
    return { address, symbol: symbol.name, offset: symbol.offset, module: mapping.path };
  };
}

/** Mappings are read again when an address is in none: programs load libraries while they run. */
function findMapping(
  processes: Map<number, readonly Mapping[]>,
  pid: number,
  address: bigint,
): Mapping | undefined {
  const inside = ({ start, end }: Mapping): boolean => start <= address && address < end;
  const known = processes.get(pid)?.find(inside);
  if (known !== undefined) return known;
  const fresh = readMappings(pid);
  if (fresh.length > 0) processes.set(pid, fresh);
  return fresh.find(inside);
}

function readMappings(pid: number): readonly Mapping[] {
  let text: string;
  try {
    text = readFileSync(`/proc/${pid.toString()}/maps`, "utf8");
  } catch {
    // The process is gone.
    return [];
  }
  return text.split("\n").flatMap((line) => {
    const match = /^([0-9a-f]+)-([0-9a-f]+) \S+ ([0-9a-f]+) \S+ \d+\s+(\/.*?)(?: \(deleted\))?$/.exec(line);
    const [, start, end, offset, path] = match ?? [];
    if (start === undefined || end === undefined || offset === undefined || path === undefined) return [];
    return [{ start: BigInt(`0x${start}`), end: BigInt(`0x${end}`), offset: BigInt(`0x${offset}`), path }];
  });
}

function readTable(path: string): SymbolTable | undefined {
  const facts = readBinary(path, (_path, open) => open());
  if (facts === undefined || "error" in facts) return undefined;
  const functions = facts.symbols
    .filter((symbol) => symbol.kind === "function")
    .sort((left, right) => (left.address < right.address ? -1 : left.address > right.address ? 1 : 0));
  return { facts, functions };
}

function findSymbol(
  { facts, functions }: SymbolTable,
  fileOffset: bigint,
): { readonly name: string; readonly offset: bigint } | undefined {
  let low = 0;
  let high = functions.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const at = facts.fileOffset(functions[middle]?.address ?? 0n) ?? 0n;
    if (at <= fileOffset) low = middle + 1;
    else high = middle;
  }
  const symbol = functions[low - 1];
  if (symbol === undefined) return undefined;
  const offset = fileOffset - (facts.fileOffset(symbol.address) ?? 0n);
  if (symbol.size > 0 && offset >= BigInt(symbol.size)) return undefined;
  return { name: symbol.name, offset };
}
