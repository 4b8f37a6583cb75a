/** The files that a command will have mapped when it runs: the program, the dynamic linker, and the libraries it names. */

import { findSection, sectionBytes, stringIn, type ElfFile } from "../facts/elf.ts";
import { findLibrary } from "../facts/library-cache.ts";
import { openProgram } from "./process-memory.ts";

export interface NamedFile {
  readonly path: string;
  readonly elf: ElfFile;
}

const MOST_FILES = 512;
const DT_NEEDED = 1;
const ENTRY_BYTES = 16;

/** What is not found is left out: the process's own mappings tell of it later. */
export function filesOfCommand(program: string): readonly NamedFile[] {
  const files: NamedFile[] = [];
  const seen = new Set<string>();
  const waiting = [program];
  for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
    if (seen.has(path) || files.length >= MOST_FILES) continue;
    seen.add(path);
    const elf = openProgram(path);
    if (elf === undefined) continue;
    files.push({ path, elf });
    waiting.push(...interpreterOf(elf), ...librariesOf(elf));
  }
  return files;
}

function interpreterOf(elf: ElfFile): readonly string[] {
  const bytes = sectionBytes(elf, ".interp");
  return bytes === undefined ? [] : [stringIn(bytes, 0)];
}

function librariesOf(elf: ElfFile): readonly string[] {
  const [table, strings] = [sectionBytes(elf, ".dynamic"), sectionBytes(elf, ".dynstr")];
  if (table === undefined || strings === undefined || findSection(elf, ".dynamic") === undefined) return [];
  const libraries: string[] = [];
  for (let at = 0; at + ENTRY_BYTES <= table.length; at += ENTRY_BYTES) {
    if (table.readUInt32LE(at) !== DT_NEEDED || table.readUInt32LE(at + 4) !== 0) continue;
    const found = findLibrary(stringIn(strings, table.readUInt32LE(at + 8)), "", process.arch);
    if (found !== undefined) libraries.push(found);
  }
  return libraries;
}
