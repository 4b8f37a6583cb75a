/** User addresses to names: the mapped files of the process, their symbol tables and their debug information. */

import { readFileSync } from "node:fs";

import type { BinaryFacts, BinarySymbol, Manifest } from "@probewright/compiler";
import { symbolize } from "@probewright/llvm-bindings";
import { readBinary, type RunOptions, type StackFrame } from "@probewright/runtime";

interface Mapping {
  readonly start: bigint;
  readonly end: bigint;
  /** Of the file, where the mapping starts. */
  readonly offset: bigint;
  /** Undefined for memory that is of no file: heaps, and code made while a program runs. */
  readonly path: string | undefined;
  /** The file was deleted or replaced since: what is at its path now, if anything, is another. */
  readonly deleted: boolean;
}

interface SymbolTable {
  /** The path that it was read by: in the process's own root where that could be opened. */
  readonly opened: string;
  readonly facts: BinaryFacts;
  /** Functions by ascending address. */
  readonly functions: readonly BinarySymbol[];
}

/** An address in a file; in no function of it, or of a file that cannot be read, without the rest. */
interface Located {
  readonly module: string | undefined;
  readonly found?: { readonly table: SymbolTable; readonly symbol: BinarySymbol; readonly offset: bigint };
}

export function createUserSymbols({ config, programs }: Manifest): RunOptions["userSymbols"] {
  const processes = new Map<number, readonly Mapping[]>();
  const locate = remembering(locator(processes, tracedBinaries(programs)));
  const sourcesOf = rememberedSources();
  const frameOf = (address: bigint, { module, found }: Located): StackFrame => {
    if (found === undefined) return { address, symbol: undefined, offset: 0n, module };
    const { symbol, offset } = found;
    const name = config.cppDemangle ? (symbol.demangled ?? symbol.name) : symbol.name;
    return { address, symbol: name, offset, module };
  };
  return {
    userSymbol: (address, pid) => frameOf(address, locate(address, pid)),
    userFrames: (address, pid, isCaller) => {
      const located = locate(address, pid);
      const frame = frameOf(address, located);
      return config.showDebugInfo ? withSource(frame, located, isCaller, sourcesOf) : [frame];
    },
    follow: (pid) =>
      followMappings(pid, (text) => {
        processes.set(pid, parseMappings(text));
      }),
  };
}

/** More answers than this are not kept. */
const MOST_REMEMBERED = 200_000;

/** Stacks share most of their frames, and an address in no mapping would have the mappings read again each time. */
function remembering(locate: Locate): Locate {
  let answers = new Map<number, Map<bigint, Located>>();
  let count = 0;
  return (address, pid) => {
    const known = answers.get(pid)?.get(address);
    if (known !== undefined) return known;
    if (count >= MOST_REMEMBERED) {
      answers = new Map();
      count = 0;
    }
    const ofProcess = answers.get(pid) ?? new Map<bigint, Located>();
    answers.set(pid, ofProcess);
    const answer = locate(address, pid);
    ofProcess.set(address, answer);
    count += 1;
    return answer;
  };
}

type Sources = (path: string, address: bigint) => ReturnType<typeof symbolize>;

function rememberedSources(): Sources {
  const answers = new Map<string, ReturnType<typeof symbolize>>();
  return (path, address) => {
    const key = `${path} ${address.toString()}`;
    const known = answers.get(key);
    if (known !== undefined) return known;
    if (answers.size >= MOST_REMEMBERED) answers.clear();
    const answer = symbolize(path, address);
    answers.set(key, answer);
    return answer;
  };
}

/** Milliseconds between looks: short ones first, for commands that are over soon. */
const FIRST_LOOK_MS = 1;
const LONGEST_LOOK_MS = 500;

/**
 * Notes where a process has its files, as that is gone with it, and a map is printed after its end. The process is told from
 * the shell it was by where that had its files.
 *
 * @returns what ends the watch
 */
function followMappings(pid: number, note: (text: string) => void): () => void {
  const before = readMappingText(pid);
  let last = before;
  let timer: NodeJS.Timeout;
  const look = (wait: number): void => {
    timer = setTimeout(() => {
      const text = readMappingText(pid);
      if (text !== "" && text !== last && firstLine(text) !== firstLine(before)) note(text);
      last = text;
      look(Math.min(wait * 2, LONGEST_LOOK_MS));
    }, wait);
    timer.unref();
  };
  look(FIRST_LOOK_MS);
  return () => {
    clearTimeout(timer);
  };
}

function firstLine(text: string): string {
  return text.slice(0, text.indexOf("\n"));
}

/** Files that user probes are on. */
function tracedBinaries(programs: Manifest["programs"]): readonly string[] {
  const paths = programs.flatMap(({ targets }) =>
    targets.flatMap((target) => (target.kind === "uprobe" ? [target.path] : [])),
  );
  return [...new Set(paths)];
}

type Locate = (address: bigint, pid: number) => Located;

function locator(processes: Map<number, readonly Mapping[]>, traced: readonly string[]): Locate {
  const tables = new Map<string, SymbolTable | undefined>();
  const tableOf = (path: string, pid: number): SymbolTable | undefined => {
    if (!tables.has(path))
      tables.set(path, readTable(`/proc/${pid.toString()}/root${path}`) ?? readTable(path));
    return tables.get(path);
  };
  const tableOfDeleted = ({ start, end, path = "" }: Mapping, pid: number): SymbolTable | undefined => {
    const key = `${pid.toString()} ${path}`;
    const mapped = `/proc/${pid.toString()}/map_files/${start.toString(16)}-${end.toString(16)}`;
    if (!tables.has(key)) tables.set(key, readTable(mapped));
    return tables.get(key);
  };
  return (address, pid) => {
    const mapping = findMapping(processes, pid, address);
    if (mapping === undefined) {
      const isGone = !processes.has(pid);
      return (
        (isGone ? locateUnmoved(address, traced, (path) => tableOf(path, pid)) : undefined) ?? {
          module: undefined,
        }
      );
    }
    if (mapping.path === undefined) return { module: undefined };
    const table = mapping.deleted ? tableOfDeleted(mapping, pid) : tableOf(mapping.path, pid);
    return located(mapping.path, table, address - mapping.start + mapping.offset);
  };
}

function located(path: string, table: SymbolTable | undefined, fileOffset: bigint): Located {
  const found = table === undefined ? undefined : findSymbol(table, fileOffset);
  return table === undefined || found === undefined
    ? { module: path }
    : { module: path, found: { table, ...found } };
}

/** The line of a call is that of the instruction before the one it goes on at. */
function withSource(
  frame: StackFrame,
  { found }: Located,
  isCaller: boolean,
  sourcesOf: Sources,
): readonly StackFrame[] {
  if (found === undefined) return [frame];
  const { table, symbol, offset } = found;
  const places = sourcesOf(table.opened, symbol.address + offset - (isCaller ? 1n : 0n));
  const frames = places.map(({ function: name, file, line }, index): StackFrame => {
    const source = file === "" ? {} : { source: { file, line } };
    if (index === places.length - 1) return { ...frame, ...source };
    return { ...frame, symbol: name, offset: 0n, inlined: true, ...source };
  });
  return frames.length === 0 ? [frame] : frames;
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

/** Where x86-64 puts position-independent programs when addresses are not randomized. Source: ELF_ET_DYN_BASE, arch/x86. */
const UNMOVED_BASE = 0x5555_5555_4000n;

/** For a process that is gone: a traced program that was linked to its place, or stood where it stands unless moved. */
function locateUnmoved(
  address: bigint,
  paths: readonly string[],
  tableOf: (path: string) => SymbolTable | undefined,
): Located | undefined {
  for (const path of paths) {
    const table = tableOf(path);
    const base = table?.facts.positionIndependent === true ? UNMOVED_BASE : 0n;
    const inFile = address < base ? undefined : table?.facts.fileOffset(address - base);
    const found = inFile === undefined ? undefined : located(path, table, inFile);
    if (found?.found !== undefined) return found;
  }
  return undefined;
}

function readMappings(pid: number): readonly Mapping[] {
  return parseMappings(readMappingText(pid));
}

/** Empty when the process is gone. */
function readMappingText(pid: number): string {
  try {
    return readFileSync(`/proc/${pid.toString()}/maps`, "utf8");
  } catch {
    return "";
  }
}

function parseMappings(text: string): readonly Mapping[] {
  return text.split("\n").flatMap((line) => {
    const match = /^([0-9a-f]+)-([0-9a-f]+) \S+ ([0-9a-f]+) \S+ \d+(?:\s+(\/.*?)( \(deleted\))?|\s.*)?$/.exec(
      line,
    );
    const [, start, end, offset, path, deleted] = match ?? [];
    if (start === undefined || end === undefined || offset === undefined) return [];
    return [
      {
        start: BigInt(`0x${start}`),
        end: BigInt(`0x${end}`),
        offset: BigInt(`0x${offset}`),
        path,
        deleted: deleted !== undefined,
      },
    ];
  });
}

function readTable(path: string): SymbolTable | undefined {
  const facts = readWhileThere(path);
  if (facts === undefined || "error" in facts) return undefined;
  const functions = facts.symbols
    .filter((symbol) => symbol.kind === "function")
    .sort((left, right) => (left.address < right.address ? -1 : left.address > right.address ? 1 : 0));
  return { opened: path, facts, functions };
}

/** Seen through its process, a file may vanish between two reads, as that one ends. */
function readWhileThere(path: string): ReturnType<typeof readBinary> {
  try {
    return readBinary(path, (_path, open) => open());
  } catch (error) {
    if (error instanceof Error && "syscall" in error) return undefined;
    throw error;
  }
}

function findSymbol(
  { facts, functions }: SymbolTable,
  fileOffset: bigint,
): { readonly symbol: BinarySymbol; readonly offset: bigint } | undefined {
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
  return symbol.size > 0 && offset >= BigInt(symbol.size) ? undefined : { symbol, offset };
}
