/** Remembering what was asked for and not there: how a facts source answers `"missing"` and fills in later. */

import { setImmediate } from "node:timers/promises";

import type { FactRequest, MissingFact } from "@probewright/compiler";

/** How an answer is got. `undefined` is an answer: what is known not to exist. */
export interface FactReader<T> {
  /** Blocks; absent for what can only be had by waiting. */
  readonly now?: () => T;
  /** Used by `fulfil` where it is cheaper for the process than `now`. */
  readonly later?: () => Promise<T>;
}

export interface FactCache {
  /** What is held under the request, or else `"missing"` with the request noted. */
  readonly ask: <T>(request: FactRequest, reader: FactReader<T>) => T | MissingFact;
  readonly missing: () => readonly FactRequest[];
  /** Grows whenever something is asked for that is not there, or out of date. */
  readonly lacked: () => number;
  /** Reads what was asked for, one after the other; a request nobody made is ignored. */
  readonly fulfil: (requests: readonly FactRequest[]) => Promise<void>;
  /**
   * What is held for the requests that match may be out of date: it answers until it has been read again, which `fulfil` does
   * once it is asked for.
   */
  readonly forget: (matches: (request: FactRequest) => boolean) => void;
}

interface Entry {
  readonly request: FactRequest;
  readonly reader: FactReader<unknown>;
  held: { readonly value: unknown } | undefined;
  /** Out of date; `asked` is whether somebody has wanted it since. */
  stale: { asked: boolean } | undefined;
}

/** @param eager reads at once instead of answering `"missing"`: for the command line, where nobody types meanwhile */
export function createFactCache({ eager }: { readonly eager: boolean }): FactCache {
  const entries = new Map<string, Entry>();
  let lacked = 0;
  return {
    ask: <T>(request: FactRequest, reader: FactReader<T>): T | MissingFact => {
      const key = JSON.stringify(request);
      const entry = entries.get(key) ?? { request, reader, held: undefined, stale: undefined };
      entries.set(key, entry);
      if (eager && reader.now !== undefined && (entry.held === undefined || entry.stale !== undefined))
        keep(entry, reader.now());
      if (entry.stale !== undefined) entry.stale.asked = true;
      if (entry.stale !== undefined || entry.held === undefined) lacked += 1;
      // Requests of one kind are always asked with readers of one type.
      return entry.held === undefined ? "missing" : (entry.held.value as T);
    },
    missing: () =>
      [...entries.values()]
        .filter((entry) => entry.held === undefined || entry.stale?.asked === true)
        .map((entry) => entry.request),
    lacked: () => lacked,
    fulfil: async (requests) => {
      for (const request of requests) {
        const entry = entries.get(JSON.stringify(request));
        if (entry === undefined) continue;
        // The process has other work between two files.
        await setImmediate();
        const { now, later } = entry.reader;
        keep(entry, later !== undefined ? await later() : now?.());
      }
    },
    forget: (matches) => {
      for (const [key, entry] of entries) {
        if (!matches(entry.request)) continue;
        if (entry.held === undefined) entries.delete(key);
        else entry.stale = { asked: false };
      }
    },
  };
}

function keep(entry: Entry, value: unknown): void {
  entry.held = { value };
  entry.stale = undefined;
}
