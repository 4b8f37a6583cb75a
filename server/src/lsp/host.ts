/** What the language server needs of the place it runs in: a Node process has all of it, a browser worker only part. */

import type { Result } from "@probewright/compiler";
import type { SyntaxParser } from "@probewright/grammar";
import type { HostFacts } from "@probewright/runtime";

import type { Builder } from "../host/builder.ts";
import type { Obstacle } from "../host/obstacle.ts";
import type { RunProcess, RunProcessHandlers } from "../host/run-process.ts";

export interface KernelChoice {
  /** `live`, `default`, `none`, or the path of a captured profile. */
  readonly choice: string;
  /** What relative paths are relative to; undefined without a folder. */
  readonly folder: string | undefined;
  readonly includeDirectories: readonly string[];
}

export interface OtherProgram {
  readonly path: string;
  /** Where it runs, when that is not where the server does. */
  readonly folder: string | undefined;
}

/** Runs scripts in child processes. */
export interface Runner {
  /** Why nothing can run here; undefined when it can. */
  readonly obstacle: () => Obstacle | undefined;
  /** Words after the executable's name that may work in a terminal that the user sees; undefined where nothing will. */
  readonly terminalCommand: (script: string) => readonly string[] | undefined;
  /** Captures the running kernel's profile; without a path, where this machine's own is looked for. @returns the path */
  readonly capture: (path: string | undefined) => Promise<Result<string, string>>;
  /** @param words a verb of this executable and its arguments, or those of another program */
  readonly start: (
    words: readonly string[],
    input: string,
    handlers: RunProcessHandlers,
    other?: OtherProgram,
  ) => RunProcess;
}

export interface Files {
  readonly read: (path: string) => string | undefined;
  /** Scripts below a folder, as paths. */
  readonly scripts: (folder: string) => readonly string[];
}

export interface ServerHost {
  readonly parser: SyntaxParser;
  readonly openKernel: (choice: KernelChoice) => Result<HostFacts, string>;
  /** Undefined where there is no native code. */
  readonly builder: Builder | undefined;
  readonly runner: Runner | undefined;
  readonly files: Files | undefined;
  /** What the command line says of the kernel; settings come before it. */
  readonly defaultKernels: readonly string[];
  /** A line of the log file, when there is one. */
  readonly log: ((line: string) => void) | undefined;
}
