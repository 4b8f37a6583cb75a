/** Facts of files: binaries, imported scripts and headers, control groups. They do not depend on which kernel is asked for. */

import { statfsSync, statSync } from "node:fs";
import { resolve } from "node:path";

import type { BinaryFacts, KernelFacts, MissingFact } from "@probewright/compiler";

import { type DebugInfoLoader, readBinary } from "./binary.ts";
import { type BinaryPathOptions, findBinaryPaths, pathObstacle } from "./binary-paths.ts";
import { cModuleReader } from "./c-modules.ts";
import type { FactCache } from "./cache.ts";
import { type IncludeOptions, includeReader } from "./includes.ts";
import { type ImportOptions, readImport } from "./imports.ts";

export interface HostFilesOptions extends BinaryPathOptions, ImportOptions, IncludeOptions {}

export type HostFiles = Pick<
  KernelFacts,
  "binary" | "binaryPaths" | "importFile" | "includeFile" | "cModule" | "cgroupId"
>;

export function createHostFiles(options: HostFilesOptions, cache: FactCache): HostFiles {
  return {
    binary: (path) => cache.ask({ kind: "binary", path }, { now: () => readNamed(path, options, cache) }),
    binaryPaths: (pattern) =>
      cache.ask({ kind: "binary-paths", pattern }, { now: () => findBinaryPaths(pattern, options) }),
    importFile: (from, path) =>
      cache.ask({ kind: "import", from, path }, { now: () => readImport(from, path, options) }),
    includeFile: (from, path, system) =>
      cache.ask({ kind: "include", from, path, system }, includeReader(from, path, system, options)),
    cModule: (request) => cache.ask({ kind: "c-module", ...request }, cModuleReader(request, options)),
    cgroupId: (path) => cache.ask({ kind: "cgroup", path }, { now: () => readCgroupId(path) }),
  };
}

type NamedBinary = BinaryFacts | undefined | { readonly error: string };

function readNamed(name: string, options: HostFilesOptions, cache: FactCache): NamedBinary {
  const found = findBinaryPaths(name, options)[0];
  if (found === undefined) {
    const error = pathObstacle(name, options);
    return error === undefined ? undefined : { error };
  }
  const path = resolve(options.workingDirectory, found);
  const load: DebugInfoLoader = (file, open) =>
    cache.ask({ kind: "binary-parameters", path: file }, { now: open });
  return readBinary(path, load, options.debugFolders);
}

/** Of statfs(2). Source: include/uapi/linux/magic.h. */
const CGROUP2_SUPER_MAGIC = 0x63677270;

/**
 * A control group's id is the inode number of its folder, in the hierarchy of version 2: programs are told no other, and folders
 * elsewhere have numbers that would never be met, or be another group's.
 */
function readCgroupId(path: string): bigint | undefined | MissingFact {
  try {
    const stat = statSync(path, { bigint: true });
    return stat.isDirectory() && statfsSync(path).type === CGROUP2_SUPER_MAGIC ? stat.ino : undefined;
  } catch {
    return undefined;
  }
}
