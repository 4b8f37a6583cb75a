/** The kernels that scripts are checked for: opened once each, chosen by the settings of a script's folder. */

import { noKernelFacts, type FactRequest } from "@probewright/compiler";
import type { HostFacts } from "@probewright/runtime";

import type { KernelStatus } from "../protocol.ts";
import type { Settings } from "../settings/read.ts";
import type { ServerHost } from "./host.ts";

export interface OpenedKernel {
  readonly choice: string;
  readonly facts: HostFacts;
  /** Why it could not be opened; the facts are then those of no kernel. */
  readonly problem: string | undefined;
}

export interface Kernels {
  /** All that the settings name, the one that answers completion and hover first; never empty. */
  readonly choose: (
    settings: Settings,
    folder: string | undefined,
  ) => readonly [OpenedKernel, ...OpenedKernel[]];
  /** Whatever the settings say, from now on. */
  readonly select: (choices: readonly string[]) => void;
  /** What was opened of these is read anew when it is next asked for. */
  readonly reopen: (which: (choice: string) => boolean) => void;
  /** Fetches what analyses asked for and was not there, C only of scripts just saved. @returns whether there was anything */
  readonly fetch: () => Promise<boolean>;
  /** Grows whenever something is asked for that is not there. */
  readonly lacked: () => number;
  /** A script was saved: its headers and C files may be read, which takes a compiler. */
  readonly saved: (path: string) => void;
  /** Forgets what was read for these requests. */
  readonly forget: (matches: (request: FactRequest) => boolean) => void;
}

/** @param over what else than files answers for them */
export function createKernels(
  host: ServerHost,
  over: (facts: HostFacts) => HostFacts = (facts) => facts,
): Kernels {
  const opened = new Map<string, OpenedKernel>();
  const saved = new Set<string>();
  let selected: readonly string[] | undefined;
  const open = (
    choice: string,
    folder: string | undefined,
    { includeDirectories }: Settings,
  ): OpenedKernel => {
    // Only relative paths depend on the folder.
    const isRelative = isProfile(choice) && !choice.startsWith("/");
    const base = isRelative || includeDirectories.length > 0 ? folder : undefined;
    const key = JSON.stringify([choice, base, includeDirectories]);
    let kernel = opened.get(key);
    if (kernel === undefined) {
      const result = host.openKernel({ choice, folder: base, includeDirectories });
      kernel = result.ok
        ? { choice, facts: over(result.value), problem: undefined }
        : { choice, facts: over(nothingKnown()), problem: result.error };
      opened.set(key, kernel);
    }
    return kernel;
  };
  return {
    choose: (settings, folder) => {
      const [first = "live", ...others] = new Set(selected ?? settings.kernels);
      return [open(first, folder, settings), ...others.map((choice) => open(choice, folder, settings))];
    },
    select: (choices) => {
      selected = choices;
    },
    reopen: (which) => {
      for (const [key, { choice }] of opened) if (which(choice)) opened.delete(key);
    },
    fetch: async () => {
      const asked = [...opened.values()].flatMap(({ facts }) => {
        const requests = facts.missing().filter((each) => !takesCompiler(each) || saved.has(each.from));
        return requests.length === 0 ? [] : [{ facts, requests }];
      });
      saved.clear();
      for (const { facts, requests } of asked) await facts.fulfil(requests);
      return asked.length > 0;
    },
    lacked: () => [...opened.values()].reduce((sum, { facts }) => sum + facts.lacked(), 0),
    saved: (path) => {
      saved.add(path);
    },
    forget: (matches) => {
      for (const { facts } of opened.values()) facts.forget(matches);
    },
  };
}

/** A file, as opposed to what the server knows by itself. */
export function isProfile(choice: string): boolean {
  return !/^(live|default|none)$/.test(choice);
}

/** Not to be fetched while somebody types. */
export function takesCompiler(
  request: FactRequest,
): request is FactRequest & { readonly kind: "include" | "c-module" } {
  if (request.kind === "c-module") return !request.path.endsWith(".o");
  return request.kind === "include";
}

function nothingKnown(): HostFacts {
  return {
    ...noKernelFacts(),
    missing: () => [],
    lacked: () => 0,
    fulfil: () => Promise.resolve(),
    forget: () => undefined,
  };
}

export function kernelStatus({ choice, facts, problem }: OpenedKernel): KernelStatus {
  const { name, source, architecture, gaps } = facts;
  return { choice, name, source, architecture, gaps, problem };
}
