/** Which processes of a run `dw_ustack` works in, and their tables. */

import { UnwindTableSet } from "../unwind/unwind-tables.ts";
import type { RunOptions } from "./run-options.ts";
import { startFailure, type StartFailure } from "./start-failure.ts";

/** @returns what is wrong when a script unwinds and no process is named */
export function lackingProcess({ manifest, pid, command, unwindPids }: RunOptions): StartFailure | undefined {
  if (!manifest.unwinds || pid !== undefined || command !== undefined || unwindPids.length > 0)
    return undefined;
  return startFailure("options", "dw_ustack must know whose stacks it is to walk", [
    "name the process with -p PID or --dwarf-pid PID, or start it with -c COMMAND",
  ]);
}

/** Undefined for scripts that do not unwind. */
export function tablesFor(
  { manifest, pid, unwindPids }: RunOptions,
  childPid: number | undefined,
): UnwindTableSet | undefined {
  if (!manifest.unwinds) return undefined;
  const tables = new UnwindTableSet();
  for (const each of new Set([pid, childPid, ...unwindPids])) if (each !== undefined) tables.read(each);
  return tables;
}
