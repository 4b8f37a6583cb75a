/** Facts of the running host: its kernel's types, tracepoints, functions and symbols, and the files on it. */

import { readdirSync } from "node:fs";
import { arch, release } from "node:os";

import {
  createKernelTypes,
  featureFromRelease,
  featureFromTypes,
  inPieces,
  type FactRequest,
  type FactsSession,
  type KernelFacts,
  type KernelFeature,
  type KernelTypes,
  type Pieces,
} from "@probewright/compiler";

import { createFactCache, type FactCache } from "./cache.ts";
import { createHostFiles, type HostFilesOptions } from "./host-files.ts";
import { openHostProfile } from "./host-profile.ts";
import { readKernelSymbols } from "./kallsyms.ts";
import { type HostTypes, openHostTypes } from "./kernel-btf.ts";
import type { KernelFileReader } from "../loader/kernel-files.ts";
import { canRead, readText } from "./read.ts";
import { openTracefs, type Tracefs } from "./tracefs.ts";

export interface LiveFactsOptions extends HostFilesOptions {
  /** True reads what is asked for at once (command line); false answers `"missing"` until `fulfil` (language server). */
  readonly eager: boolean;
  /** A profile captured on this host and kernel, for what this user may not read; by default the one kept for it. */
  readonly captured?: KernelFacts | undefined;
  /**
   * Another kernel whose tracepoints stand in when neither this one's nor a captured profile can be read: good for an
   * editor, wrong for running, as records may be laid out differently.
   */
  readonly standIn?: (() => KernelFacts | undefined) | undefined;
  /** Replaces the kernel's list of functions that may be traced. */
  readonly traceableFunctionsFile?: string | undefined;
  /** Loaded BPF programs; asking the kernel takes privilege, so it is the loader that can. */
  readonly listBpfPrograms?: (() => readonly { readonly id: number; readonly name: string }[]) | undefined;
  /** Reads what this user may not and the loader may. */
  readonly kernelFiles?: KernelFileReader | undefined;
  /** Mount tracefs when it is nowhere and this is root. */
  readonly mayMount?: boolean | undefined;
  /** Folder that holds `sys` and `proc`; empty for the running system. */
  readonly systemRoot?: string;
}

/** Facts that can be filled in. */
export interface HostFacts extends FactsSession {
  /** Grows whenever something is asked for that is not there, or out of date: what asked then is to be done again once it is. */
  readonly lacked: () => number;
  /** Fetches what was missing. */
  readonly fulfil: (requests: readonly FactRequest[]) => Promise<void>;
  /** Drops what was read from files that may have changed since, so that it is read again when asked for. */
  readonly forget: (matches: (request: FactRequest) => boolean) => void;
  /** Reading what is long and likely to be asked for, where there is such. */
  readonly ahead?: Pieces<unknown>;
}

export function createLiveFacts(given: LiveFactsOptions): HostFacts {
  const systemRoot = given.systemRoot ?? "";
  const cache = createFactCache({ eager: given.eager });
  const types: HostTypes = openHostTypes({ systemRoot, file: given.environment["BPFTRACE_BTF"] }, (module) =>
    types.isLoaded(module)
      ? types.load(module)
      : cache.ask({ kind: "module-types", module }, { now: () => types.load(module) }),
  );
  const lookups = createKernelTypes(types.source);
  const tracefs = openTracefs({
    systemRoot,
    functionsFile: given.traceableFunctionsFile,
    mayMount: given.mayMount,
    reader: given.kernelFiles,
  });
  const isHidden = tracefs.gap !== undefined || !tracefs.hasFunctions();
  const kept = isHidden && systemRoot === "" ? openHostProfile(given.environment) : undefined;
  const captured = given.captured ?? kept;
  const standIn = captured === undefined && tracefs.gap !== undefined ? given.standIn?.() : undefined;
  const options: HostOptions = { ...given, captured, standIn };
  const host: Host = { options, systemRoot, cache, types, lookups, tracefs };
  return {
    name: release(),
    source: "live",
    architecture: arch() === "arm64" ? "arm64" : "x86_64",
    cpuCount: possibleCpus(systemRoot),
    get gaps() {
      return gapsOf(host);
    },
    ...lookups,
    ...functionFacts(host),
    ...tracepointFacts(host),
    ...symbolFacts(host),
    hasFeature: featureFacts(host),
    findMembers: types.findMembers,
    ...createHostFiles(options, cache),
    missing: cache.missing,
    lacked: cache.lacked,
    fulfil: cache.fulfil,
    forget: cache.forget,
    ahead: inPieces(readingAhead(host)),
  };
}

function* readingAhead({ tracefs, lookups }: Host): Generator<undefined, void> {
  while (!tracefs.functions.goOn()) yield;
  yield* lookups.indexing();
}

/** Options with what stands in for the unreadable, opened. */
interface HostOptions extends Omit<LiveFactsOptions, "standIn"> {
  readonly standIn: KernelFacts | undefined;
}

/** What the parts below share. */
interface Host {
  readonly options: HostOptions;
  readonly systemRoot: string;
  readonly cache: FactCache;
  readonly types: HostTypes;
  readonly lookups: KernelTypes;
  readonly tracefs: Tracefs;
}

/** `/sys/devices/system/cpu/possible` is a list of ranges, e.g. `0-3` or `0,2-5`. */
function possibleCpus(systemRoot: string): number {
  const text = readText(`${systemRoot}/sys/devices/system/cpu/possible`);
  const last = text.ok ? /(\d+)\s*$/.exec(text.value)?.[1] : undefined;
  return last === undefined ? 1 : Number(last) + 1;
}

function gapsOf({ systemRoot, types, tracefs, options }: Host): readonly string[] {
  const gaps = [types.gap];
  if (options.captured === undefined) {
    const { standIn } = options;
    const instead = standIn === undefined ? "" : `; those of the ${standIn.name} stand in`;
    gaps.push(tracefs.gap === undefined ? undefined : `${tracefs.gap}${instead}`);
    if (!tracefs.hasFunctions()) {
      const instead = types.source.vmlinux === undefined ? "" : "; they are guessed from its types";
      gaps.push(`traceable functions: the kernel's list cannot be read${instead}`);
    }
  }
  if (!canRead(`${systemRoot}/proc/kallsyms`)) gaps.push("kernel symbols: /proc/kallsyms cannot be read");
  return gaps.filter((gap) => gap !== undefined);
}

function functionFacts({
  options,
  tracefs,
  lookups,
  types,
  systemRoot,
}: Host): Pick<KernelFacts, "traceableFunctions" | "traceableFunctionsExact" | "modules"> {
  const { captured } = options;
  let modules: readonly string[] | undefined;
  return {
    traceableFunctions: () => {
      const exact = tracefs.functions.finish() ?? captured?.traceableFunctions();
      if (exact !== undefined) return exact;
      return types.source.vmlinux === undefined ? undefined : lookups.functions();
    },
    traceableFunctionsExact: () =>
      tracefs.functions.finish() !== undefined || captured?.traceableFunctionsExact() === true,
    modules: () => (modules ??= loadedModules(systemRoot)),
  };
}

/** The kernel itself first, then loaded modules in order; a kernel without modules has no such file. */
function loadedModules(systemRoot: string): readonly string[] {
  const text = readText(`${systemRoot}/proc/modules`);
  const names = text.ok ? text.value.split("\n").map((line) => line.split(" ")[0] ?? "") : [];
  return ["vmlinux", ...names.filter((name) => name !== "").sort()];
}

function tracepointFacts({
  tracefs,
  options,
  types,
  systemRoot,
  cache,
  lookups,
}: Host): Pick<
  KernelFacts,
  "tracepointCategories" | "tracepointEvents" | "tracepointFormat" | "rawTracepoints"
> {
  const other = tracefs.gap === undefined ? undefined : (options.captured ?? options.standIn);
  const tracefsFacts = {
    tracepointCategories: tracefs.categories,
    tracepointEvents: tracefs.events,
    tracepointFormat: tracefs.format,
  };
  const openAll = (): void => {
    for (const module of modulesWithTypes(systemRoot)) {
      cache.ask({ kind: "module-types", module }, { now: () => types.load(module) });
    }
  };
  return {
    tracepointCategories: () => (other ?? tracefsFacts).tracepointCategories(),
    tracepointEvents: (category) => (other ?? tracefsFacts).tracepointEvents(category),
    tracepointFormat: (category, event) => (other ?? tracefsFacts).tracepointFormat(category, event),
    rawTracepoints: () => {
      openAll();
      return lookups.rawTracepoints();
    },
  };
}

function modulesWithTypes(systemRoot: string): readonly string[] {
  try {
    return readdirSync(`${systemRoot}/sys/kernel/btf`).filter((name) => name !== "vmlinux");
  } catch {
    return [];
  }
}

function symbolFacts({
  cache,
  systemRoot,
  options,
}: Host): Pick<KernelFacts, "kernelSymbol" | "bpfPrograms"> {
  const { listBpfPrograms } = options;
  return {
    kernelSymbol: (name) => {
      const symbols = cache.ask({ kind: "kernel-symbols" }, { now: () => readKernelSymbols(systemRoot) });
      return symbols === "missing" ? symbols : symbols.addressOf(name);
    },
    bpfPrograms: () => cache.ask({ kind: "bpf-programs" }, { now: listBpfPrograms ?? (() => []) }),
  };
}

function featureFacts({ types, lookups, systemRoot }: Host): (feature: KernelFeature) => boolean | undefined {
  const known = new Map<KernelFeature, boolean | undefined>();
  const judge = (feature: KernelFeature): boolean | undefined => {
    if (types.source.vmlinux === undefined) return featureFromRelease(feature, release());
    // The event source is there whenever kprobes are configured, also where BTF lacks the function.
    if (feature === "kprobe" && canRead(`${systemRoot}/sys/bus/event_source/devices/kprobe/type`)) {
      return true;
    }
    return featureFromTypes(feature, lookups);
  };
  return (feature) => {
    if (!known.has(feature)) known.set(feature, judge(feature));
    return known.get(feature);
  };
}
