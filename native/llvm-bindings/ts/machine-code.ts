/**
 * What LLVM knows of programs of this machine: the functions and lines at an address, C++ names in clear, and where
 * instructions start. Without the addon nothing is known, which callers must bear anyway: most programs are stripped.
 */

import { loadBinary, type SourceFrame } from "./binary.ts";

/**
 * The functions at an address of a file, innermost first: several where code was inlined. Empty without debug information.
 *
 * @param address as in the file's symbol table, not as in a process
 */
export function symbolize(path: string, address: bigint): readonly SourceFrame[] {
  const loaded = loadBinary();
  return (loaded.ok ? loaded.binary.symbolize?.(path, address) : undefined) ?? [];
}

/** A C++, Rust or D name as its author wrote it; other names as they are. */
export function demangle(name: string): string {
  const loaded = loadBinary();
  return (loaded.ok ? loaded.binary.demangle?.(name) : undefined) ?? name;
}

/**
 * Offsets at which instructions of x86-64 start, from the start of a function's code.
 *
 * @returns undefined when it cannot be told
 */
export function instructionStarts(code: Uint8Array): readonly number[] | undefined {
  const loaded = loadBinary();
  return loaded.ok ? loaded.binary.instructionStarts?.(code) : undefined;
}
