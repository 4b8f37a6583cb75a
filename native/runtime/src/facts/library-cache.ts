/** The dynamic linker's cache: library names to files. */

import { existsSync } from "node:fs";

import { stringIn } from "./elf.ts";
import { readBytes } from "./read.ts";

export interface CachedLibrary {
  readonly name: string;
  readonly path: string;
}

const MAGIC = "glibc-ld.so.cache1.1";
const HEADER_BYTES = 48;
const ENTRY_BYTES = 24;
/** Low bits say libc6, the high byte the architecture. */
const architectureFlags: Readonly<Record<string, number>> = { x64: 0x0303, arm64: 0x0a03 };

/** Reads `/etc/ld.so.cache` of glibc 2.2 and newer; a file of another shape gives no libraries. */
export function parseLibraryCache(bytes: Buffer, architecture: string): readonly CachedLibrary[] {
  // Caches that old programs can read too have the new one behind the old.
  const start = bytes.indexOf(MAGIC, 0, "latin1");
  if (start === -1 || start + HEADER_BYTES > bytes.length) return [];
  const cache = bytes.subarray(start);
  const count = cache.readUInt32LE(20);
  const wanted = architectureFlags[architecture];
  const libraries: CachedLibrary[] = [];
  for (let i = 0; i < count; i += 1) {
    const at = HEADER_BYTES + i * ENTRY_BYTES;
    if (at + ENTRY_BYTES > cache.length) break;
    if (wanted !== undefined && cache.readUInt32LE(at) !== wanted) continue;
    libraries.push({
      name: stringIn(cache, cache.readUInt32LE(at + 4)),
      path: stringIn(cache, cache.readUInt32LE(at + 8)),
    });
  }
  return libraries;
}

/** Where libraries are when there is no cache, as with musl. */
const folders = ["/lib", "/usr/lib", "/usr/local/lib"];

/**
 * The file of `libc` or `libssl.so.3`: the name itself, or with `.so` and a version behind it, as the cache orders them.
 */
export function findLibrary(name: string, root: string, architecture: string): string | undefined {
  const cache = readBytes(`${root}/etc/ld.so.cache`);
  const libraries = cache.ok ? parseLibraryCache(cache.value, architecture) : [];
  const found =
    libraries.find((library) => library.name === name) ??
    libraries.find((library) => library.name === `${name}.so` || library.name.startsWith(`${name}.so.`)) ??
    libraries.find((library) => library.name.startsWith(`${name}.`));
  if (found !== undefined) return `${root}${found.path}`;
  const candidates = folders.flatMap((folder) => [`${root}${folder}/${name}`, `${root}${folder}/${name}.so`]);
  return libraries.length > 0 ? undefined : candidates.find((path) => existsSync(path));
}
