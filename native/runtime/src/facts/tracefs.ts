/** The kernel's tracing file system: categories, events and their formats, traceable functions. */

import { spawnSync } from "node:child_process";

import { parseTracepointFormat, type TracepointFormat } from "@probewright/compiler";

import { openFunctionList, type FunctionList } from "./function-list.ts";
import type { KernelFileReader } from "../loader/kernel-files.ts";
import { canRead, folderNames, type ReadFailure, readText } from "./read.ts";

export interface Tracefs {
  /** Undefined when it can be used; else what hinders, in words, with the way to mend it. */
  readonly gap: string | undefined;
  readonly categories: () => readonly string[];
  readonly events: (category: string) => readonly string[];
  readonly format: (category: string, event: string) => TracepointFormat | undefined;
  /** The functions that may be traced. */
  readonly functions: FunctionList;
  /** Whether `functions` can answer, without reading them all. */
  readonly hasFunctions: () => boolean;
}

const places = ["/sys/kernel/tracing", "/sys/kernel/debug/tracing"];

export interface TracefsOptions {
  /** Put before `/sys`; empty for the running system. */
  readonly systemRoot: string;
  /** Mount it at its usual place when it is nowhere and this is root, as other tracing tools do. */
  readonly mayMount?: boolean | undefined;
  /** Reads for us what this user may not. */
  readonly reader?: KernelFileReader | undefined;
  /** A file to read instead of the kernel's own list of traceable functions. */
  readonly functionsFile?: string | undefined;
}

/** What the tracers themselves write; no probe can be attached there, and the kernel's list of events leaves it out. */
const OWN_RECORDS = "ftrace";

interface Place {
  readonly place: string;
  readonly categories: ReturnType<typeof folderNames>;
}

function findPlaces(systemRoot: string): readonly Place[] {
  return places.map((place) => ({
    place: `${systemRoot}${place}`,
    categories: folderNames(`${systemRoot}${place}/events`),
  }));
}

function isRoot(): boolean {
  return process.platform === "linux" && process.getuid?.() === 0;
}

function mount(): boolean {
  const target = places[0] ?? "";
  return spawnSync("mount", ["-t", "tracefs", "nodev", target], { stdio: "ignore" }).status === 0;
}

interface Tried {
  readonly tried: readonly Place[];
  /** It is not mounted, and cannot be. */
  readonly refusesToMount: boolean;
}

function findOrMount(systemRoot: string, mayMount: boolean): Tried {
  const tried = findPlaces(systemRoot);
  const isAbsent = tried.every(({ categories }) => !categories.ok && categories.error === "absent");
  if (!isAbsent || !mayMount || !isRoot()) return { tried, refusesToMount: false };
  return mount() ? { tried: findPlaces(systemRoot), refusesToMount: false } : { tried, refusesToMount: true };
}

export function openTracefs(options: TracefsOptions): Tracefs {
  const { systemRoot, functionsFile, mayMount, reader } = options;
  const { tried, refusesToMount } = findOrMount(systemRoot, mayMount === true && systemRoot === "");
  const usable = tried.find(({ categories }) => categories.ok);
  const through =
    usable === undefined && reader !== undefined ? openThrough(reader, functionsFile) : undefined;
  if (through !== undefined) return through;
  const events = usable === undefined ? undefined : `${usable.place}/events`;
  const listFile = functionsFile ?? `${usable?.place ?? ""}/available_filter_functions`;
  const eventsOf = remember((category) => valueOr(folderNames(`${events ?? ""}/${category}`), []));
  const formatOf = remember((key) => {
    const [category = "", event = ""] = key.split("/");
    const text = readText(`${events ?? ""}/${key}/format`);
    return text.ok ? parseTracepointFormat(category, event, text.value) : undefined;
  });
  return {
    gap: events === undefined ? gapOf(tried[0]?.categories, refusesToMount) : undefined,
    categories: () => (usable?.categories.ok === true ? usable.categories.value.filter(isCategory) : []),
    events: (category) => (isCategory(category) && events !== undefined ? eventsOf(category) : []),
    format: (category, event) =>
      events !== undefined && isCategory(category) && isPlain(event)
        ? formatOf(`${category}/${event}`)
        : undefined,
    functions: openFunctionList(listFile),
    hasFunctions: () => canRead(listFile),
  };
}

/** The same through somebody who may read it; undefined when that one may not either. */
function openThrough(reader: KernelFileReader, functionsFile: string | undefined): Tracefs | undefined {
  const listed = reader.availableEvents();
  if (listed === undefined) return undefined;
  const events = new Map<string, string[]>();
  for (const line of listed
    .split("\n")
    .filter((each) => each.includes(":"))
    .sort()) {
    const [category = "", event = ""] = line.split(":");
    const known = events.get(category);
    if (known === undefined) events.set(category, [event]);
    else known.push(event);
  }
  const formatOf = remember((key) => {
    const [category = "", event = ""] = key.split("/");
    const text = reader.eventFormat(category, event);
    return text === undefined ? undefined : parseTracepointFormat(category, event, text);
  });
  const listFile = functionsFile ?? "";
  return {
    gap: undefined,
    categories: () => [...events.keys()],
    events: (category) => events.get(category) ?? [],
    format: (category, event) =>
      events.get(category)?.includes(event) === true ? formatOf(`${category}/${event}`) : undefined,
    functions: openFunctionList(listFile),
    hasFunctions: () => canRead(listFile),
  };
}

function isCategory(name: string): boolean {
  return isPlain(name) && name !== OWN_RECORDS;
}

/** Names come from scripts: none may lead out of its folder. */
function isPlain(name: string): boolean {
  return /^[^/]+$/.test(name) && name !== "." && name !== "..";
}

function gapOf(failed: ReturnType<typeof folderNames> | undefined, refusesToMount: boolean): string {
  if (refusesToMount)
    return "tracepoints: tracefs cannot be mounted; the kernel may be locked down, or this be a container";
  const reason: ReadFailure = failed?.ok === false ? failed.error : "absent";
  return reason === "forbidden"
    ? "tracepoints: /sys/kernel/tracing is readable by root only"
    : "tracepoints: tracefs is not mounted; as root: mount -t tracefs tracefs /sys/kernel/tracing";
}

function valueOr<T>(
  result: { readonly ok: true; readonly value: T } | { readonly ok: false },
  otherwise: T,
): T {
  return result.ok ? result.value : otherwise;
}

function remember<T>(make: (key: string) => T): (key: string) => T {
  const known = new Map<string, { readonly value: T }>();
  return (key) => {
    const found = known.get(key) ?? { value: make(key) };
    known.set(key, found);
    return found.value;
  };
}
