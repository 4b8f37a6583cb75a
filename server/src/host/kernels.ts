/** The kernels a script is checked against: the live one, a captured profile, the built-in one, or none. */

import { existsSync } from "node:fs";
import { release } from "node:os";

import { err, noKernelFacts, ok, type KernelFacts, type Result } from "@probewright/compiler";
import {
  bpfProgramsThrough,
  createLiveFacts,
  kernelFilesThrough,
  openDefaultProfile,
  openProfileFile,
  withHostFiles,
  type HostFacts,
  type LiveFactsOptions,
} from "@probewright/runtime";

import { openKeptTypes } from "./kept-types.ts";

export interface KernelOptions {
  readonly includeDirectories: readonly string[];
  readonly traceableFunctions: string | undefined;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Folder of the script, where imports are looked for first. */
  readonly scriptFolder: string;
  /** Process chosen with `-p`; binaries are then those it sees. */
  readonly pid: number | undefined;
  readonly debugDirectories: readonly string[];
  /** Records are then laid out by this kernel or not at all: no other kernel stands in for what cannot be read. */
  readonly forRunning?: boolean;
  /** A loader that may read what this user may not. */
  readonly loader?: readonly [string, ...string[]] | undefined;
  /** What takes long is fetched when asked to, and is missing until then: for who may not be kept waiting. */
  readonly waits?: boolean;
}

/**
 * @param choice `live`, `default`, `none`, or the path of a captured profile; `live` is the default profile where nothing
 *   of the running kernel can be seen, unless it is for running
 */
export function openKernel(choice: string, options: KernelOptions): Result<HostFacts, string> {
  const eager = options.waits !== true;
  switch (
    choice === "live" && options.forRunning !== true && !showsKernel(options.environment) ? "default" : choice
  ) {
    case "none":
      return ok(withHostFiles(noKernelFacts(), { eager, ...liveOptions(options) }));
    case "live":
      return ok(
        createLiveFacts({
          eager,
          mayMount: eager,
          kernelFiles: options.loader === undefined ? undefined : kernelFilesThrough(options.loader),
          listBpfPrograms: options.loader === undefined ? undefined : bpfProgramsThrough(options.loader),
          standIn: options.forRunning === true ? undefined : () => defaultKernel(options),
          ...liveOptions(options),
        }),
      );
    default: {
      const kept = openKeptTypes(options.environment);
      const opened =
        choice === "default" || choice === "live"
          ? openDefaultProfile(kept)
          : openProfileFile(choice, "profile", kept);
      if (!opened.ok) return err(`kernel profile '${choice}': ${opened.error.message}`);
      return ok(withHostFiles(opened.value, { eager, ...liveOptions(options) }));
    }
  }
}

/** Where a running kernel tells of itself. In a container, or on another system than Linux, there may be none of it. */
const kernelFiles = [
  "/sys/kernel/btf/vmlinux",
  "/sys/kernel/tracing/events",
  "/sys/kernel/debug/tracing/events",
  `/boot/vmlinux-${release()}`,
];

function showsKernel(environment: KernelOptions["environment"]): boolean {
  return environment["BPFTRACE_BTF"] !== undefined || kernelFiles.some((file) => existsSync(file));
}

function defaultKernel({ environment }: KernelOptions): KernelFacts | undefined {
  const opened = openDefaultProfile(openKeptTypes(environment));
  return opened.ok ? opened.value : undefined;
}

function liveOptions(options: KernelOptions): Omit<LiveFactsOptions, "eager"> {
  return {
    environment: options.environment,
    workingDirectory: process.cwd(),
    pid: options.pid,
    traceableFunctionsFile: options.traceableFunctions,
    includePaths: options.includeDirectories,
    debugFolders: options.debugDirectories,
  };
}
