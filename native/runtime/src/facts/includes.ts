/** C headers for `#include`: run through an installed C preprocessor, which keeps the `#define` lines. */

import { execFile, execFileSync, type ExecFileSyncOptions } from "node:child_process";
import { existsSync } from "node:fs";
import { release } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";

import type { SourceText } from "@probewright/compiler";

import type { FactReader } from "./cache.ts";

export interface IncludeOptions {
  /** `-I` folders, searched before the system's. */
  readonly includePaths?: readonly string[] | undefined;
  /** `--include` files, read before each header. */
  readonly includeFiles?: readonly string[] | undefined;
  /** For `PATH`, `BPFTRACE_KERNEL_SOURCE`, `BPFTRACE_KERNEL_BUILD`. */
  readonly environment: Readonly<Record<string, string | undefined>>;
}

type Included = SourceText | undefined | { readonly error: string };

const MAX_OUTPUT_BYTES = 64 << 20;
const LIMIT_MS = 20_000;
const run = promisify(execFile);

/** How the header is read: undefined for one that does not exist. */
export function includeReader(
  from: string,
  path: string,
  system: boolean,
  options: IncludeOptions,
): FactReader<Included> {
  const input = system ? `#include <${path}>\n` : `#include "${path}"\n`;
  const settings = {
    encoding: "latin1",
    input,
    maxBuffer: MAX_OUTPUT_BYTES,
    timeout: LIMIT_MS,
    cwd: existingFolder(from),
    stdio: ["pipe", "pipe", "pipe"],
  } satisfies ExecFileSyncOptions;
  return {
    now: () => {
      const compiler = findCompiler(options.environment);
      if (compiler === undefined) return withoutCompiler(path);
      let result: Included;
      for (const args of attempts(from, path, options)) {
        try {
          return { path, text: execFileSync(compiler, args, settings) };
        } catch (error) {
          result = failed(path, error);
        }
      }
      return result;
    },
    later: async () => {
      const compiler = findCompiler(options.environment);
      if (compiler === undefined) return withoutCompiler(path);
      let result: Included;
      for (const args of attempts(from, path, options)) {
        try {
          const started = run(compiler, args, settings);
          started.child.stdin?.end(input);
          return { path, text: (await started).stdout };
        } catch (error) {
          result = failed(path, error);
        }
      }
      return result;
    },
  };
}

/** The kernel's own headers where they are installed and meant, then those for programs. */
function attempts(from: string, path: string, options: IncludeOptions): readonly (readonly string[])[] {
  const kernel = KERNEL_HEADER.test(path) ? kernelHeaders(options.environment) : [];
  const own = argumentsFor(from, options);
  return kernel.length > 0 ? [[...kernel, ...own], own] : [own];
}

const KERNEL_HEADER =
  /^(?:linux|net|asm|asm-generic|uapi|trace|rdma|scsi|sound|video|generated|crypto|drm|media)\//;

function withoutCompiler(path: string): Included {
  return {
    error: `${path}: headers need a C compiler (clang or gcc), and none is installed; types of the kernel are known without`,
  };
}

function failed(path: string, error: unknown): Included {
  const stderr = error instanceof Error && "stderr" in error ? String(error.stderr) : String(error);
  if (/fatal error: .*(?:No such file|file not found)/.test(stderr)) {
    const missing = /'([^']+)' file not found|fatal error: (\S+): No such file/.exec(stderr);
    const name = missing?.[1] ?? missing?.[2];
    return name === undefined || name === path
      ? undefined
      : { error: `${path} needs ${name}, which is not there` };
  }
  const first = stderr.split("\n").find((line) => line.includes("error")) ?? stderr.split("\n")[0] ?? "";
  return { error: `${path}: ${first}` };
}

const compilers = ["clang", "gcc", "cc"];

/** The first C compiler in PATH; versioned names of clang count, newest first. */
export function findCompiler(environment: IncludeOptions["environment"]): string | undefined {
  const versions = Array.from({ length: 16 }, (_, i) => `clang-${30 - i}`);
  return findProgram([...compilers.slice(0, 1), ...versions, ...compilers.slice(1)], environment);
}

/** The first of these programs that is in PATH. */
export function findProgram(
  names: readonly string[],
  environment: IncludeOptions["environment"],
): string | undefined {
  const folders = (environment["PATH"] ?? "/usr/local/bin:/usr/bin:/bin").split(":").filter(Boolean);
  return names
    .flatMap((name) => folders.map((folder) => join(folder, name)))
    .find((candidate) => existsSync(candidate));
}

/** Preprocess only, keep `#define` lines, and let headers know what upstream lets them know. */
function argumentsFor(from: string, options: IncludeOptions): readonly string[] {
  return [
    "-E",
    "-dD",
    "-P",
    "-xc",
    "-D__BPF_TRACING__",
    "-DBPFTRACE_HAVE_BTF",
    ...(options.includePaths ?? []).map((folder) => `-I${folder}`),
    ...(from === "" ? [] : [`-I${dirname(from)}`]),
    ...(options.includeFiles ?? []).flatMap((file) => ["-include", file]),
    "-",
  ];
}

/** Headers of the kernel's build, when they are installed; headers for user programs come with the compiler's own paths. */
function kernelHeaders(environment: IncludeOptions["environment"]): readonly string[] {
  const modules = `/lib/modules/${release()}`;
  const source =
    environment["BPFTRACE_KERNEL_SOURCE"] ?? firstExisting([`${modules}/source`, `${modules}/build`]);
  const build = environment["BPFTRACE_KERNEL_BUILD"] ?? firstExisting([`${modules}/build`]) ?? source;
  if (source === undefined || build === undefined) return [];
  const architecture = process.arch === "arm64" ? "arm64" : "x86";
  return [
    "-D__KERNEL__",
    "-nostdinc",
    `-I${source}/arch/${architecture}/include`,
    `-I${build}/arch/${architecture}/include/generated`,
    `-I${source}/include`,
    `-I${build}/include`,
    `-I${source}/arch/${architecture}/include/uapi`,
    `-I${build}/arch/${architecture}/include/generated/uapi`,
    `-I${source}/include/uapi`,
    `-I${build}/include/generated/uapi`,
    "-include",
    `${source}/include/linux/kconfig.h`,
  ];
}

function firstExisting(paths: readonly string[]): string | undefined {
  return paths.find((path) => existsSync(path));
}

function existingFolder(from: string): string {
  const folder = dirname(from);
  return existsSync(folder) ? folder : "/";
}
