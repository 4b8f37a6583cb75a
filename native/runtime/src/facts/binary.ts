/** Facts of one ELF file: symbols, static probes, debug information from itself or a file beside it. */

import { basename, dirname, join, resolve } from "node:path";

import type { BinaryFacts, BinarySymbol, MissingFact } from "@probewright/compiler";
import { demangle, instructionStarts } from "@probewright/llvm-bindings";

import { debugFileCandidates, resolveLinks } from "./binary-paths.ts";
import { type DebugInfo, openDebugInfo } from "./dwarf/debug-info.ts";
import type { SplitFiles } from "./dwarf/split.ts";
import {
  buildId,
  type ByteSource,
  type ElfFile,
  elfSymbols,
  fileOffsetOf,
  fileSource,
  findSection,
  openElf,
  sectionBytes,
  stringIn,
} from "./elf.ts";
import { usdtProbes } from "./usdt.ts";
import { findStored, partOf, splitArchivePath } from "./zip.ts";

/** Debug information is large and seldom needed: it is opened through this, which may answer that it is not there yet. */
export type DebugInfoLoader = (
  path: string,
  open: () => DebugInfo | undefined,
) => DebugInfo | undefined | MissingFact;

const ET_EXEC = 2;
const ET_DYN = 3;

/**
 * @param debugFolders searched for separate debug information before the usual ones
 * @returns undefined when there is no such file
 */
export function readBinary(
  path: string,
  loadDebugInfo: DebugInfoLoader,
  debugFolders: readonly string[] = [],
): BinaryFacts | undefined | { readonly error: string } {
  const found = open(path);
  if (found === undefined || "error" in found) return found;
  const { file: elf, start } = found;
  const debugFile = findDebugFile(path, elf, debugFolders);
  const symbols = symbolsOf(elf, debugFile).map(withPlainName);
  const debugInfo = (): DebugInfo | undefined | MissingFact =>
    debugFile === undefined
      ? undefined
      : loadDebugInfo(path, () => openDebugInfo(debugFile, splitFilesOf(path)));
  /** For answers that have no "missing": types are asked for only after the parameters that name them. */
  const loaded = (): DebugInfo | undefined => {
    const info = debugInfo();
    return info === "missing" ? undefined : info;
  };
  return {
    path: found.path,
    executable: elf.type === ET_EXEC || elf.type === ET_DYN,
    positionIndependent: elf.type === ET_DYN,
    symbols,
    usdt: usdtProbes(elf),
    hasDebugInfo: debugFile !== undefined,
    fileOffset: (address) => {
      const offset = fileOffsetOf(elf, address);
      return offset === undefined ? undefined : offset + BigInt(start);
    },
    parameters: (name) => {
      const info = debugInfo();
      return info === "missing" ? info : info?.parameters(name);
    },
    findStruct: (name) => loaded()?.findStruct(name),
    findEnum: (name) => loaded()?.findEnum(name),
    startsInstruction: (symbol, offset) => startsInstruction(elf, symbol, offset),
    addressesOfLine: (file, line, column) => loaded()?.addressesOfLine(file, line, column),
  };
}

/** What tells a build of a file from others; undefined where it carries none or cannot be read. */
export function fileBuildId(path: string): string | undefined {
  const found = open(path);
  return found === undefined || "error" in found ? undefined : buildId(found.file);
}

/** Source: elf.h. */
const EM_X86_64 = 62;
const EM_AARCH64 = 183;
const ARM_INSTRUCTION_BYTES = 4n;
/** Code is decoded from the function's start; longer functions are taken on trust. */
const MOST_CODE_BYTES = 1 << 20;

function startsInstruction(
  elf: ElfFile,
  { address, size }: BinarySymbol,
  offset: bigint,
): boolean | undefined {
  if (offset === 0n) return true;
  if (elf.machine === EM_AARCH64) return offset % ARM_INSTRUCTION_BYTES === 0n;
  const start = fileOffsetOf(elf, address);
  if (elf.machine !== EM_X86_64 || start === undefined || size === 0 || size > MOST_CODE_BYTES)
    return undefined;
  const starts = instructionStarts(elf.source.read(Number(start), size));
  // Past what could be decoded nothing is known.
  if (starts === undefined || BigInt(starts.at(-1) ?? 0) < offset) return undefined;
  return starts.includes(Number(offset));
}

/** C++ and Rust names as their authors wrote them; made when first asked for, as libraries have thousands. */
function withPlainName(symbol: BinarySymbol): BinarySymbol {
  if (!/^_(Z|R)/.test(symbol.name)) return symbol;
  let plain: string | undefined;
  return {
    ...symbol,
    get demangled() {
      return (plain ??= demangle(symbol.name));
    },
  };
}

interface OpenedElf {
  readonly file: ElfFile;
  /** The file on disk: for a program in an archive, the archive. */
  readonly path: string;
  /** Where in that file the program starts. */
  readonly start: number;
}

function open(path: string): OpenedElf | undefined | { readonly error: string } {
  try {
    const archived = splitArchivePath(path);
    if (archived !== undefined) return openArchived(archived.archive, archived.inner);
    return opened(fileSource(path), path, 0, path);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code === "ENOENT" || code === "ENOTDIR") return undefined;
    return { error: `${path}: ${code === "EACCES" ? "not readable for this user" : String(error)}` };
  }
}

function openArchived(archive: string, inner: string): OpenedElf | { readonly error: string } {
  const source = fileSource(archive);
  const stored = findStored(source, inner);
  if (typeof stored === "string") return { error: `${archive}!/${inner}: ${stored}` };
  return opened(partOf(source, stored), archive, stored.offset, `${archive}!/${inner}`);
}

function opened(
  source: ByteSource,
  path: string,
  start: number,
  name: string,
): OpenedElf | { readonly error: string } {
  const elf = openElf(source);
  if (!elf.ok) return { error: `${name}: ${elf.error.message}` };
  return { file: elf.value, path: resolveLinks(path), start };
}

/** What was split off a binary lies where its compiler put it, or beside the binary. */
function splitFilesOf(path: string): SplitFiles {
  const first = (candidates: readonly string[]): ElfFile | undefined => {
    for (const candidate of candidates) {
      const found = open(candidate);
      if (found !== undefined && !("error" in found)) return found.file;
    }
    return undefined;
  };
  const real = resolveLinks(path);
  return {
    openPackage: () => first([`${path}.dwp`, `${real}.dwp`]),
    openUnit: (name, folder) =>
      first([resolve(folder, name), resolve(dirname(real), name), join(dirname(real), basename(name))]),
  };
}

/** The file with the debug information: this one, or one that distributions put aside. */
function findDebugFile(path: string, elf: ElfFile, folders: readonly string[]): ElfFile | undefined {
  if (findSection(elf, ".debug_info") !== undefined) return elf;
  const link = sectionBytes(elf, ".gnu_debuglink");
  const id = buildId(elf);
  const name = link === undefined ? undefined : stringIn(link, 0);
  const candidates = debugFileCandidates({ path, buildId: id, link: name, folders });
  for (const candidate of candidates) {
    const found = open(candidate);
    if (found === undefined || "error" in found) continue;
    const other = found.file;
    // A file of another build would tell wrong places.
    const same = id === undefined || buildId(other) === id;
    if (same && findSection(other, ".debug_info") !== undefined) return other;
  }
  return undefined;
}

function symbolsOf(elf: ElfFile, debugFile: ElfFile | undefined): BinaryFacts["symbols"] {
  const own = elfSymbols(elf);
  if (debugFile === undefined || debugFile === elf) return own;
  const known = new Set(own.map((symbol) => `${symbol.name}\0${symbol.address}`));
  const more = elfSymbols(debugFile).filter((symbol) => !known.has(`${symbol.name}\0${symbol.address}`));
  return [...own, ...more].sort((left, right) => Number(left.address - right.address));
}
