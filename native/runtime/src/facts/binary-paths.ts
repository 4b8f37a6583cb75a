/** Which files a binary's name in a script means: PATH, the library cache, wildcards, a process's own root. */

import { readdirSync, readlinkSync, realpathSync, statSync } from "node:fs";
import { dirname, join, relative } from "node:path";

import { matcher } from "@probewright/compiler";

import { findLibrary } from "./library-cache.ts";
import { isElf, readText } from "./read.ts";
import { splitArchivePath } from "./zip.ts";

export interface BinaryPathOptions {
  /** For `PATH`. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Relative names with a slash start here. */
  readonly workingDirectory: string;
  /** With `-p`: files are those that this process sees. */
  readonly pid?: number | undefined;
  readonly architecture?: string | undefined;
  /** Searched for separate debug information before the usual folders. */
  readonly debugFolders?: readonly string[] | undefined;
}

/**
 * Files that a name or pattern means, best first: several for a wildcard or when PATH has several. Empty when there are none.
 * A relative name gives relative paths, so that probes are shown as the script has them.
 */
export function findBinaryPaths(pattern: string, options: BinaryPathOptions): readonly string[] {
  const root = options.pid === undefined ? "" : `/proc/${options.pid}/root`;
  if (pattern === "*") return mappedFiles(options.pid);
  const running = /^\/proc\/(\d+)\/exe$/.exec(pattern)?.[1];
  if (running !== undefined) return [processExecutable(Number(running))].filter((path) => path !== undefined);
  const archived = splitArchivePath(pattern);
  if (archived !== undefined) {
    return findBinaryPaths(archived.archive, options).map((path) => `${path}!/${archived.inner}`);
  }
  if (pattern.includes("*")) {
    const found = expandWildcards(pattern, root, options).filter(isElfFile);
    return isRelative(pattern) ? found.map((path) => asWritten(path, pattern, options)) : found;
  }
  if (pattern.includes("/")) return namedFile(pattern, root, options);
  if (/^lib./.test(pattern)) {
    const library = findLibrary(pattern, root, options.architecture ?? process.arch);
    if (library !== undefined) return [library];
  }
  const found = searchFolders(options)
    .map((folder) => join(folder.startsWith("/") ? `${root}${folder}` : folder, pattern))
    .filter(isFile);
  const here = [join(options.workingDirectory, pattern)].filter(isFile);
  return unique([...found, ...(found.length === 0 ? here : [])]);
}

function namedFile(path: string, root: string, options: BinaryPathOptions): readonly string[] {
  if (isRelative(path)) return isFile(join(options.workingDirectory, path)) ? [path] : [];
  return [path.startsWith("/proc/") ? path : `${root}${path}`].filter(isFile);
}

/** Whether the name starts at the working directory: it has a slash, and not in front. */
function isRelative(pattern: string): boolean {
  return pattern.includes("/") && !pattern.startsWith("/");
}

/** Found files keep the start that the pattern gave them. */
function asWritten(path: string, pattern: string, { workingDirectory }: BinaryPathOptions): string {
  const inside = relative(workingDirectory, path);
  return pattern.startsWith("./") ? `./${inside}` : inside;
}

function searchFolders({ environment, workingDirectory }: BinaryPathOptions): readonly string[] {
  const path = environment["PATH"] ?? "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
  return path.split(":").map((folder) => (folder === "" ? workingDirectory : folder));
}

/** Two names of one file, such as `/bin/sh` and `/usr/bin/sh`, count once. */
function unique(paths: readonly string[]): readonly string[] {
  const seen = new Set<string>();
  return paths.filter((path) => {
    const real = resolveLinks(path);
    if (seen.has(real)) return false;
    seen.add(real);
    return true;
  });
}

/** The path without links, except below `/proc/PID/root`, where links mean what they mean to that process. */
export function resolveLinks(path: string): string {
  if (/^\/proc\/\d+\/root\//.test(path)) return path;
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

function isElfFile(path: string): boolean {
  return isFile(path) && isElf(path);
}

function isFile(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** A name without a slash is looked for in PATH, one folder after the other. */
function expandWildcards(pattern: string, root: string, options: BinaryPathOptions): readonly string[] {
  if (!pattern.includes("/")) {
    const folders = searchFolders(options).map((folder) => `${root}${folder}`);
    return unique(folders.flatMap((folder) => matchIn([folder], pattern)));
  }
  const absolute = pattern.startsWith("/") ? `${root}${pattern}` : join(options.workingDirectory, pattern);
  let found: readonly string[] = [""];
  for (const part of absolute.split("/").slice(1)) {
    found = part.includes("*") ? matchIn(found, part) : found.map((folder) => `${folder}/${part}`);
  }
  return unique(found);
}

function matchIn(folders: readonly string[], part: string): readonly string[] {
  const matches = matcher(part);
  return folders.flatMap((folder) => {
    try {
      const names = readdirSync(folder === "" ? "/" : folder).filter(
        (name) => matches(name) && (part.startsWith(".") || !name.startsWith(".")),
      );
      return names.sort().map((name) => `${folder}/${name}`);
    } catch {
      return [];
    }
  });
}

const MAPPED_CODE = /^\S+ \S*x\S* \S+ \S+ [1-9]\d*\s+(\/.*)$/gm;

/** Files whose code a process runs; of all processes without a pid. */
export function mappedFiles(pid: number | undefined): readonly string[] {
  const pids = pid === undefined ? readdirSync("/proc").filter((name) => /^\d+$/.test(name)) : [`${pid}`];
  const files = new Set<string>();
  for (const process of pids) {
    const maps = readText(`/proc/${process}/maps`);
    if (!maps.ok) continue;
    for (const match of maps.value.matchAll(MAPPED_CODE)) {
      const path = match[1];
      if (path !== undefined && !path.endsWith(" (deleted)")) files.add(path);
    }
  }
  const root = pid === undefined ? "" : `/proc/${pid}/root`;
  return [...files]
    .sort()
    .map((path) => `${root}${path}`)
    .filter(isElfFile);
}

/** The program a process runs, as its mount namespace sees it; one that was deleted or replaced since has no path. */
function processExecutable(pid: number): string | undefined {
  const running = `/proc/${pid}/exe`;
  try {
    const path = `/proc/${pid}/root${readlinkSync(running)}`;
    return isSameFile(path, running) ? path : running;
  } catch {
    return undefined;
  }
}

/** @throws when the second is not there */
function isSameFile(path: string, running: string): boolean {
  const found = statSync(path, { bigint: true, throwIfNoEntry: false });
  const wanted = statSync(running, { bigint: true });
  return found?.dev === wanted.dev && found.ino === wanted.ino;
}

/** Why a file named outright cannot be looked at, where it is not that there is none. */
export function pathObstacle(path: string, { pid, workingDirectory }: BinaryPathOptions): string | undefined {
  if (!path.includes("/")) return undefined;
  const root = pid === undefined || path.startsWith("/proc/") ? "" : `/proc/${pid}/root`;
  try {
    statSync(isRelative(path) ? join(workingDirectory, path) : `${root}${path}`);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EACCES")) return undefined;
    return root === "" ? "permission denied" : `this user may not look into process ${pid}`;
  }
  return undefined;
}

/** Folders searched for separate debug information after those given; relative ones start at the binary's own folder. */
const debugFolders = [".debug", "/usr/lib/debug"];

export interface DebugFileQuery {
  readonly path: string;
  readonly buildId: string | undefined;
  /** The name that the binary gives, from its `.gnu_debuglink`. */
  readonly link: string | undefined;
  /** Searched first. */
  readonly folders: readonly string[];
}

/** Where separate debug information of a file may be, likeliest first: by build id, then by name. */
export function debugFileCandidates({ path, buildId, link, folders }: DebugFileQuery): readonly string[] {
  const own = dirname(path);
  const all = [...folders, ...debugFolders];
  const byId =
    buildId === undefined || buildId.length < 3
      ? []
      : all
          .filter((folder) => folder.startsWith("/"))
          .map((folder) => `${folder}/.build-id/${buildId.slice(0, 2)}/${buildId.slice(2)}.debug`);
  const byLink =
    link === undefined || link.includes("/")
      ? []
      : [own, ...all.map((folder) => (folder.startsWith("/") ? `${folder}${own}` : join(own, folder)))].map(
          (folder) => `${folder}/${link}`,
        );
  return [...byId, ...byLink.filter((candidate) => candidate !== path)];
}
