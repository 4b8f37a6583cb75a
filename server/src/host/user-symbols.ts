/** User addresses to names: the mapped files of the process, their symbol tables and their debug information. */

import type { BinaryFacts, BinarySymbol, Manifest } from "@probewright/compiler";
import { symbolize } from "@probewright/llvm-bindings";
import { fileBuildId, readBinary, type RunOptions, type StackFrame } from "@probewright/runtime";

import { createProcessMappings, type Mapping, type ProcessMappings } from "./process-mappings.ts";

interface SymbolTable {
  /** The path that it was read by: in the process's own root where that could be opened. */
  readonly opened: string;
  readonly facts: BinaryFacts;
  readonly buildId: string | undefined;
  /** Functions by ascending address. */
  readonly functions: readonly BinarySymbol[];
}

/** An address in a file; in no function of it, or of a file that cannot be read, without the rest. */
interface Located {
  readonly module: string | undefined;
  readonly found?: { readonly table: SymbolTable; readonly symbol: BinarySymbol; readonly offset: bigint };
}

export function createUserSymbols({ config, programs }: Manifest): RunOptions["userSymbols"] {
  const answers = rememberedAnswers();
  const processes = createProcessMappings(answers.forget);
  const locate = answers.remembering(locator(processes, tracedBinaries(programs)));
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
    note: processes.note,
    follow: processes.follow,
  };
}

/** More answers than this are not kept. */
const MOST_REMEMBERED = 200_000;

interface RememberedAnswers {
  readonly remembering: (locate: Locate) => Locate;
  /** All of them where no process is named. */
  readonly forget: (pid: number | undefined) => void;
}

/** Stacks share most of their frames, and an address in no mapping would have the mappings read again each time. */
function rememberedAnswers(): RememberedAnswers {
  const answers = new Map<number, Map<bigint, Located>>();
  let count = 0;
  const forgetAll = (): void => {
    answers.clear();
    count = 0;
  };
  return {
    remembering: (locate) => (address, pid) => {
      const known = answers.get(pid)?.get(address);
      if (known !== undefined) return known;
      if (count >= MOST_REMEMBERED) forgetAll();
      const ofProcess = answers.get(pid) ?? new Map<bigint, Located>();
      answers.set(pid, ofProcess);
      const answer = locate(address, pid);
      ofProcess.set(address, answer);
      count += 1;
      return answer;
    },
    forget: (pid) => {
      if (pid === undefined) forgetAll();
      else answers.delete(pid);
    },
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

/** Files that user probes are on. */
function tracedBinaries(programs: Manifest["programs"]): readonly string[] {
  const paths = programs.flatMap(({ targets }) =>
    targets.flatMap((target) => (target.kind === "uprobe" ? [target.path] : [])),
  );
  return [...new Set(paths)];
}

type Locate = (address: bigint, pid: number) => Located;

function locator(processes: ProcessMappings, traced: readonly string[]): Locate {
  const tableOf = openTables();
  return (address, pid) => {
    const mapping = processes.find(pid, address);
    if (mapping === undefined) {
      const unmoved = processes.isUnknown(pid)
        ? locateUnmoved(address, traced, (path) => tableOf.path(path, pid))
        : undefined;
      return unmoved ?? { module: undefined };
    }
    if (mapping.path === undefined) return { module: undefined };
    return located(mapping.path, tableOf.mapping(mapping, pid), address - mapping.start + mapping.offset);
  };
}

interface Tables {
  readonly path: (path: string, pid: number) => SymbolTable | undefined;
  readonly mapping: (mapping: Mapping, pid: number) => SymbolTable | undefined;
}

/** Containers have other files at the same paths, and a file may be replaced while it is in use. */
function openTables(): Tables {
  const tables = new Map<string, SymbolTable | undefined>();
  const once = (key: string, read: () => SymbolTable | undefined): SymbolTable | undefined => {
    if (!tables.has(key)) tables.set(key, read());
    return tables.get(key);
  };
  const atPath = (path: string, pid: number): SymbolTable | undefined =>
    readTable(`/proc/${pid.toString()}/root${path}`) ?? readTable(path);
  const throughProcess = ({ start, end }: Mapping, pid: number): SymbolTable | undefined =>
    readTable(`/proc/${pid.toString()}/map_files/${start.toString(16)}-${end.toString(16)}`);
  return {
    path: (path, pid) => once(path, () => atPath(path, pid)),
    mapping: (mapping, pid) => {
      const { path = "", buildId, inode } = mapping;
      const key = `${path} ${buildId ?? inode ?? ""} ${mapping.deleted ? pid.toString() : ""}`;
      return once(key, () => {
        const table = mapping.deleted ? undefined : atPath(path, pid);
        const isOther = buildId !== undefined && table?.buildId !== buildId;
        return mapping.deleted || isOther ? throughProcess(mapping, pid) : table;
      });
    },
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

function readTable(path: string): SymbolTable | undefined {
  const facts = readWhileThere(path);
  if (facts === undefined || "error" in facts) return undefined;
  const functions = facts.symbols
    .filter((symbol) => symbol.kind === "function")
    .sort((left, right) => (left.address < right.address ? -1 : left.address > right.address ? 1 : 0));
  return { opened: path, facts, buildId: fileBuildId(path), functions };
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
