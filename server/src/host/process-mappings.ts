/**
 * Which file a process has at an address. The kernel tells of what is mapped while a run goes on, so that processes that are
 * gone before anybody could look are known too; what was mapped before stands in `/proc/PID/maps`.
 */

import { readFileSync } from "node:fs";

import type { MappingRecord } from "@probewright/runtime";

export interface Mapping {
  readonly start: bigint;
  readonly end: bigint;
  /** Of the file, where the mapping starts. */
  readonly offset: bigint;
  /** Undefined for memory that is of no file: heaps, and code made while a program runs. */
  readonly path: string | undefined;
  /** The file was deleted or replaced since: what is at its path now, if anything, is another. */
  readonly deleted: boolean;
  /** What tells the file from others of its name: device and inode. Undefined where only the build id is known. */
  readonly inode: string | undefined;
  readonly buildId: string | undefined;
}

export interface ProcessMappings {
  readonly note: (records: readonly MappingRecord[]) => void;
  readonly find: (pid: number, address: bigint) => Mapping | undefined;
  /** Nothing was ever known of the process. */
  readonly isUnknown: (pid: number) => boolean;
  /** Keeps looking at a process, for kernels that do not tell; returns what ends that. */
  readonly follow: (pid: number) => () => void;
}

interface ToldProcess {
  /** By ascending time. */
  readonly mappings: (Mapping & { readonly time: bigint })[];
  /** Undefined for a process that was there before. */
  readonly fork: { readonly parent: number; readonly time: bigint } | undefined;
}

/** Of more processes nothing is kept: those that came first are forgotten first. */
const MOST_PROCESSES = 8192;
/** A process whose fathers' fathers are needed has mapped nothing itself. */
const MOST_FORKS = 16;

/** @param changed what is known of a process is other than before; of all of them where none is named */
export function createProcessMappings(changed: (pid: number | undefined) => void): ProcessMappings {
  const told = new Map<number, ToldProcess>();
  const looked = new Map<number, readonly Mapping[]>();

  const note = (record: MappingRecord): void => {
    if (record.kind === "lost") {
      told.clear();
      looked.clear();
      changed(undefined);
      return;
    }
    changed(record.pid);
    if (record.kind === "map") {
      addMapping(told, record);
      return;
    }
    looked.delete(record.pid);
    // A process may start again under a number that was used before; and another cpu may have told already what it mapped since.
    const since = (told.get(record.pid)?.mappings ?? []).filter(({ time }) => time > record.time);
    told.delete(record.pid);
    told.set(record.pid, { mappings: since, fork: record });
    forgetOldest(told);
  };

  return {
    note: (records) => {
      for (const record of records) note(record);
    },
    find: (pid, address) => {
      const known = findTold(told, pid, address);
      // Without a build id only the process itself can tell whether the file is still the one that it mapped.
      if (known?.buildId !== undefined) return known;
      return findLooked(looked, pid, address) ?? known ?? findParents({ told, looked }, pid, address);
    },
    isUnknown: (pid) => !looked.has(pid) && !told.has(pid),
    follow: (pid) =>
      followMappings(pid, (text) => {
        looked.set(pid, parseMappings(text));
      }),
  };
}

function addMapping(told: Map<number, ToldProcess>, record: MappingRecord & { readonly kind: "map" }): void {
  const { pid, time, start, length, offset, buildId } = record;
  const process = told.get(pid) ?? { mappings: [], fork: undefined };
  told.set(pid, process);
  forgetOldest(told);
  const { path, deleted } = fileOf(record.path);
  const mapping = {
    time,
    start,
    end: start + length,
    offset,
    path,
    deleted,
    inode: undefined,
    buildId: buildId === "" ? undefined : buildId,
  };
  // Two cpus may tell of one process out of order.
  const later = process.mappings.findIndex((each) => each.time > time);
  process.mappings.splice(later < 0 ? process.mappings.length : later, 0, mapping);
}

function forgetOldest(told: Map<number, ToldProcess>): void {
  if (told.size <= MOST_PROCESSES) return;
  const [oldest] = told.keys();
  if (oldest !== undefined) told.delete(oldest);
}

/** The last that was mapped there counts; a process that mapped nothing there may have it from where it comes from. */
function findTold(told: ReadonlyMap<number, ToldProcess>, pid: number, address: bigint): Mapping | undefined {
  let before: bigint | undefined;
  let process = told.get(pid);
  for (let forks = 0; process !== undefined && forks < MOST_FORKS; forks += 1) {
    const limit = before;
    const found = process.mappings.findLast(
      (each) => each.start <= address && address < each.end && (limit === undefined || each.time <= limit),
    );
    if (found !== undefined) return found;
    const { fork } = process;
    before = fork?.time;
    process = fork === undefined ? undefined : told.get(fork.parent);
  }
  return undefined;
}

/** Mappings are read again when an address is in none: programs load libraries while they run. */
function findLooked(
  looked: Map<number, readonly Mapping[]>,
  pid: number,
  address: bigint,
): Mapping | undefined {
  const inside = ({ start, end }: Mapping): boolean => start <= address && address < end;
  const known = looked.get(pid)?.find(inside);
  if (known !== undefined) return known;
  const fresh = parseMappings(readMappingText(pid));
  if (fresh.length > 0) looked.set(pid, fresh);
  return fresh.find(inside);
}

/** A process that is gone and never ran a program of its own had what is still in the one that made it. */
function findParents(
  {
    told,
    looked,
  }: { readonly told: Map<number, ToldProcess>; readonly looked: Map<number, readonly Mapping[]> },
  pid: number,
  address: bigint,
): Mapping | undefined {
  let fork = told.get(pid)?.fork;
  for (let forks = 0; fork !== undefined && forks < MOST_FORKS; forks += 1) {
    const found = findLooked(looked, fork.parent, address);
    if (found !== undefined) return found;
    fork = told.get(fork.parent)?.fork;
  }
  return undefined;
}

/** Milliseconds between looks: short ones first, for commands that are over soon. */
const FIRST_LOOK_MS = 1;
const LONGEST_LOOK_MS = 500;

/**
 * Notes where a process has its files, as that is gone with it, and a map is printed after its end. The process is told from
 * the shell it was by where that had its files.
 *
 * @returns what ends the watch
 */
function followMappings(pid: number, note: (text: string) => void): () => void {
  const before = readMappingText(pid);
  let last = before;
  let timer: NodeJS.Timeout;
  const look = (wait: number): void => {
    timer = setTimeout(() => {
      const text = readMappingText(pid);
      if (text !== "" && text !== last && firstLine(text) !== firstLine(before)) note(text);
      last = text;
      look(Math.min(wait * 2, LONGEST_LOOK_MS));
    }, wait);
    timer.unref();
  };
  look(FIRST_LOOK_MS);
  return () => {
    clearTimeout(timer);
  };
}

function firstLine(text: string): string {
  return text.slice(0, text.indexOf("\n"));
}

/** Empty when the process is gone. */
function readMappingText(pid: number): string {
  try {
    return readFileSync(`/proc/${pid.toString()}/maps`, "utf8");
  } catch {
    return "";
  }
}

function parseMappings(text: string): readonly Mapping[] {
  return text.split("\n").flatMap((line) => {
    const [, start, end, offset, inode, name] =
      /^([0-9a-f]+)-([0-9a-f]+) \S+ ([0-9a-f]+) (\S+ \d+)(?:\s+(.*))?$/.exec(line) ?? [];
    if (start === undefined || end === undefined || offset === undefined) return [];
    return [
      {
        start: BigInt(`0x${start}`),
        end: BigInt(`0x${end}`),
        offset: BigInt(`0x${offset}`),
        ...fileOf(name ?? ""),
        inode,
        buildId: undefined,
      },
    ];
  });
}

/** By what the kernel calls a mapping: `[heap]` and `//anon` are no files. */
function fileOf(name: string): Pick<Mapping, "path" | "deleted"> {
  const deleted = name.endsWith(" (deleted)");
  const isFile = name.startsWith("/") && !name.startsWith("//");
  return { path: !isFile ? undefined : deleted ? name.slice(0, -" (deleted)".length) : name, deleted };
}
