/** Files that scripts import: beside the importing file, then in the configured folders. */

import { readdirSync, readFileSync, statSync } from "node:fs";
import { basename, dirname, isAbsolute, join } from "node:path";

import type { SourceText } from "@probewright/compiler";

export interface ImportOptions {
  /** Searched in this order, after the importing file's own folder. */
  readonly importPaths?: readonly string[] | undefined;
}

const supported = [".bt", ".bpf.c", ".bpf.o", ".h"];
const WRITABLE_BY_EVERYONE = 0o002;
const STICKY = 0o1000;

/**
 * The files that `import "path"` in the file `from` means; a folder means all supported files in it. Contents of `.bpf.o`
 * files are one character a byte. Undefined when there is no such file.
 */
export function readImport(
  from: string,
  path: string,
  options: ImportOptions,
): readonly SourceText[] | undefined | { readonly error: string } {
  const folders = [dirname(from), ...(options.importPaths ?? [])];
  const candidates = isAbsolute(path) ? [path] : folders.map((folder) => join(folder, path));
  for (const candidate of candidates) {
    const found = readCandidate(candidate);
    if (found !== undefined) return found;
  }
  return undefined;
}

function readCandidate(path: string): readonly SourceText[] | undefined | { readonly error: string } {
  try {
    const stat = statSync(path);
    if ((stat.mode & WRITABLE_BY_EVERYONE) !== 0 && (stat.mode & STICKY) === 0) {
      return { error: `${path} is not imported, because everyone may change it` };
    }
    if (!stat.isDirectory()) return [readSource(path)];
    const names = readdirSync(path).filter((name) => supported.some((ending) => name.endsWith(ending)));
    return names.sort().map((name) => readSource(join(path, name)));
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code === "ENOENT" || code === "ENOTDIR") return undefined;
    return { error: `${basename(path)} cannot be read: ${String(error)}` };
  }
}

function readSource(path: string): SourceText {
  return { path, text: readFileSync(path, path.endsWith(".o") ? "latin1" : "utf8") };
}
