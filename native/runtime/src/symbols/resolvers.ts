/** The resolvers of one run: symbols, users, times and cgroups of this machine, each read when first needed. */

import { readFileSync } from "node:fs";

import type { Manifest } from "@probewright/compiler";
import type { MappingRecord } from "../loader/mappings.ts";
import type { Resolvers } from "../values/decode.ts";
import { cgroupPathFinder } from "./cgroups.ts";
import { findKernelSymbol, indexKernelSymbols, type KernelSymbolTable } from "./kernel.ts";
import { formatTime, type ClockOffsets } from "./time.ts";
import { userNames } from "./users.ts";

export interface ResolverOptions {
  readonly manifest: Manifest;
  readonly userSymbols: UserSymbols;
  readonly clocks: () => ClockOffsets;
}

/** Names of what is at addresses of processes. */
export type UserSymbols = Pick<Resolvers, "userSymbol" | "userFrames"> & {
  /** Takes what the kernel tells of processes. */
  readonly note: (records: readonly MappingRecord[]) => void;
  /** Keeps what there is to know of a process that may be gone when its addresses are printed; returns what ends it. */
  readonly follow: (pid: number) => () => void;
};

export function createResolvers({ manifest, userSymbols, clocks }: ResolverOptions): Resolvers {
  let table: KernelSymbolTable | undefined | "unread" = "unread";
  let users: ReadonlyMap<number, string> | undefined;
  const cgroupPath = cgroupPathFinder();
  return {
    kernelSymbol: (address) => {
      if (table === "unread") table = readKernelTable();
      return table === undefined
        ? { address, symbol: undefined, offset: 0n, module: undefined }
        : findKernelSymbol(table, address);
    },
    ...userSymbols,
    userName: (uid) => {
      users ??= userNames();
      return users.get(uid) ?? "";
    },
    time: (format, mode, nanoseconds) => {
      return formatTime(manifest.timeFormats[format] ?? "", mode, nanoseconds, clocks());
    },
    cgroupPath: (filter, id) => cgroupPath(manifest.cgroupFilters[Number(filter)] ?? "", id),
  };
}

function readKernelTable(): KernelSymbolTable | undefined {
  try {
    return indexKernelSymbols(readFileSync("/proc/kallsyms"));
  } catch {
    // Unreadable: addresses are printed as numbers.
    return undefined;
  }
}
