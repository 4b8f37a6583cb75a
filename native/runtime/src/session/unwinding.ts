/** Which processes of a run `dw_ustack` works in, and their tables, kept up to date while they load more. */

import type { LoaderChannel } from "../loader/channel.ts";
import { filesOfCommand } from "../unwind/command-files.ts";
import { executableMappings, fileIdOf } from "../unwind/process-memory.ts";
import { UnwindTableSet } from "../unwind/unwind-tables.ts";
import type { TracedChild } from "./child.ts";
import type { RunOptions } from "./run-options.ts";
import { startFailure, type StartFailure } from "./start-failure.ts";

/** @returns what is wrong when a script unwinds and no process is named */
export function lackingProcess({ manifest, pid, command, unwindPids }: RunOptions): StartFailure | undefined {
  if (manifest.unwinds !== true || pid !== undefined || command !== undefined || unwindPids.length > 0)
    return undefined;
  return startFailure("options", "dw_ustack must know whose stacks it is to walk", [
    "name the process with -p PID or --dwarf-pid PID, or start it with -c COMMAND",
  ]);
}

export interface Unwinding {
  readonly tables: UnwindTableSet;
  /** Looks again and again at what the processes have mapped; returns what ends that. */
  readonly watch: (channel: Pick<LoaderChannel, "request">) => () => void;
}

/** Undefined for scripts that do not unwind. */
export function openUnwinding(
  { manifest, pid, unwindPids }: RunOptions,
  child: TracedChild | undefined,
): Unwinding | undefined {
  if (manifest.unwinds !== true) return undefined;
  const pids = [...new Set([pid, child?.pid, ...unwindPids])].filter((each) => each !== undefined);
  const tables = new UnwindTableSet(pids.length);
  for (const { path, elf } of child === undefined ? [] : filesOfCommand(child.program)) {
    const id = fileIdOf(path);
    if (id !== undefined) tables.takeFile(id, () => elf);
  }
  for (const each of pids) tables.take(each);
  return { tables, watch: (channel) => watch(tables, pids, channel) };
}

/** Milliseconds between looks: short ones first, for a command that has just begun. */
const FIRST_LOOK_MS = 1;
const LONGEST_LOOK_MS = 250;

function watch(
  tables: UnwindTableSet,
  pids: readonly number[],
  channel: Pick<LoaderChannel, "request">,
): () => void {
  const before = new Map<number, string>();
  let timer: NodeJS.Timeout;
  const look = (wait: number): void => {
    timer = setTimeout(() => {
      for (const pid of pids) {
        const mappings = executableMappings(pid);
        const key = mappings.map(({ start, end, path }) => `${start} ${end} ${path}`).join("\n");
        if (mappings.length === 0 || key === before.get(pid)) continue;
        tables.take(pid, mappings);
        before.set(pid, key);
      }
      void tables.flush(channel);
      look(Math.min(2 * wait, LONGEST_LOOK_MS));
    }, wait);
    timer.unref();
  };
  look(FIRST_LOOK_MS);
  return () => {
    clearTimeout(timer);
  };
}
