/** Which processes of a run `dw_ustack` works in, and their tables, kept up to date while they load more. */

import type { LoaderChannel } from "../loader/channel.ts";
import type { MappingRecord } from "../loader/mappings.ts";
import { filesOfCommand } from "../unwind/command-files.ts";
import { executableMappings, fileIdOf, openProgram } from "../unwind/process-memory.ts";
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
  /** What the loader tells of processes: those that the followed ones start are followed too. */
  readonly note: (records: readonly MappingRecord[]) => void;
  /** Looks again and again at what the processes have mapped; returns what ends that. */
  readonly watch: (channel: Channel) => () => void;
}

type Channel = Pick<LoaderChannel, "request">;

/** Undefined for scripts that do not unwind. */
export function openUnwinding(
  { manifest, pid, unwindPids }: RunOptions,
  child: TracedChild | undefined,
): Unwinding | undefined {
  if (manifest.unwinds !== true) return undefined;
  const pids = [...new Set([pid, child?.pid, ...unwindPids])].filter((each) => each !== undefined);
  const tables = new UnwindTableSet(pids.length);
  for (const { path, elf } of child === undefined ? [] : filesOfCommand(child.program))
    tables.takeFile(fileIdOf(path), () => elf);
  for (const each of pids) tables.take(each);
  const watcher = new Watcher(tables, pids);
  return {
    tables,
    note: (records) => {
      watcher.note(records);
    },
    watch: (channel) => watcher.start(channel),
  };
}

/** Milliseconds between looks: short ones first, for a command that has just begun. */
const FIRST_LOOK_MS = 1;
const LONGEST_LOOK_MS = 250;
const MOST_FOLLOWED = 4096;

class Watcher {
  private readonly tables: UnwindTableSet;
  private readonly pids: readonly number[];
  private readonly followed: Set<number>;
  /** What was mapped when it was looked at last. */
  private readonly before = new Map<number, string>();
  /** That have mapped something since. */
  private readonly changed = new Set<number>();
  private channel: Channel | undefined;
  private timer: NodeJS.Timeout | undefined;

  constructor(tables: UnwindTableSet, pids: readonly number[]) {
    this.tables = tables;
    this.pids = pids;
    this.followed = new Set(pids);
  }

  start(channel: Channel): () => void {
    this.channel = channel;
    this.lookIn(FIRST_LOOK_MS);
    return () => {
      this.channel = undefined;
      clearTimeout(this.timer);
    };
  }

  note(records: readonly MappingRecord[]): void {
    const { followed, changed, tables } = this;
    for (const record of records) {
      if (record.kind === "fork" && followed.has(record.parent) && followed.size < MOST_FOLLOWED)
        followed.add(record.pid);
      if (record.kind !== "map" || !followed.has(record.pid)) continue;
      changed.add(record.pid);
      // The process may be over before anybody looks, and the file is needed by the next one.
      takeNamed(tables, record);
    }
    if (changed.size > 0) this.lookIn(FIRST_LOOK_MS);
  }

  private lookIn(wait: number): void {
    clearTimeout(this.timer);
    if (this.channel === undefined) return;
    this.timer = setTimeout(() => {
      for (const pid of new Set([...this.pids, ...this.changed])) this.look(pid);
      this.changed.clear();
      if (this.channel !== undefined) void this.tables.flush(this.channel);
      this.lookIn(Math.min(2 * wait, LONGEST_LOOK_MS));
    }, wait);
    this.timer.unref();
  }

  private look(pid: number): void {
    const mappings = executableMappings(pid);
    const key = mappings.map(({ start, end, path }) => `${start} ${end} ${path}`).join("\n");
    if (mappings.length === 0 || key === this.before.get(pid)) return;
    this.before.set(pid, key);
    this.tables.take(pid, mappings);
  }
}

function takeNamed(tables: UnwindTableSet, { pid, path }: MappingRecord & { readonly kind: "map" }): void {
  for (const each of [`/proc/${pid.toString()}/root${path}`, path]) {
    const id = fileIdOf(each);
    if (id === undefined) continue;
    tables.takeFile(id, () => openProgram(each));
    return;
  }
}
