/** Probes on perf events: timers, counters and watchpoints. */

import { nearest } from "../../base/nearest.ts";
import { invalidWatchpoint, patternNotAllowed, unknownPerfEvent } from "../../diagnostics/catalog/probes.ts";
import { readNumber } from "../../syntax/numbers.ts";
import { isPattern } from "../attach-spec.ts";
import type { Capability } from "../capability.ts";
import { perfEvents } from "../perf-events.ts";
import type { Part, ProbeType, ReadOptions, ReadResult } from "../probe-type.ts";
import { accept, badNumber, colonTexts, missingPart, readPeriod, refuse, wrongParts } from "./reading.ts";

const capabilities: ReadonlySet<Capability> = new Set<Capability>(["context", "registers", "stacks"]);

const common = {
  capabilities,
  space: "none",
  pidFilter: "attach",
  attachOrder: "forward",
  defaultReturn: 0n,
  requires: [],
  sinceKernel: "4.9",
} as const;

function periodRow(
  name: "profile" | "interval",
  alias: string,
): Pick<ProbeType, "name" | "aliases" | "internalName" | "forms" | "read"> {
  const forms = [`${name}:UNIT:COUNT`, `${name}:DURATION`];
  return {
    name,
    aliases: [alias],
    internalName: name,
    forms,
    read: (parts) => readPeriod(name, parts, forms),
  };
}

function readPerfEvent(kind: "software" | "hardware", parts: readonly Part[]): ReadResult {
  const forms = [`${kind}:EVENT`, `${kind}:EVENT:COUNT`];
  const texts = colonTexts(parts);
  if (texts === undefined || texts.length === 0 || texts.length > 2) return wrongParts(kind, forms);
  const [event = "", count = ""] = texts;
  if (event === "") return missingPart(kind, "an event", forms[0] ?? kind);
  if (isPattern(event))
    return refuse((place) => patternNotAllowed(place, { probeType: kind, what: "the event" }));
  const events = perfEvents(kind);
  if (!events.some((row) => row.name === event || row.alias === event)) {
    const known = events.flatMap((row) => (row.alias === undefined ? [row.name] : [row.name, row.alias]));
    return refuse((place) =>
      unknownPerfEvent(place, { probeType: kind, event, nearest: nearest(event, known) }),
    );
  }
  if (count === "" || count === "*") return accept({ kind, event, period: undefined });
  return readSamplePeriod(kind, event, count);
}

function readSamplePeriod(kind: "software" | "hardware", event: string, count: string): ReadResult {
  const period = readNumber(count);
  if (period === undefined || period < 0n || period > MOST_PERIOD) return badNumber(count, "sample period");
  return accept({ kind, event, period: period === 0n ? undefined : period });
}

/** The kernel takes a signed number for it. */
const MOST_PERIOD = 2n ** 63n - 1n;

/** Accepted sets of access modes, sorted. Source: the debug registers of each architecture. */
export const watchModes: Readonly<Record<ReadOptions["architecture"], readonly string[]>> = {
  x86_64: ["w", "rw", "x"],
  arm64: ["r", "w", "x", "rw"],
};

function readWatchpoint(parts: readonly Part[], options: ReadOptions): ReadResult {
  const form = "watchpoint:ADDRESS:LENGTH:MODE";
  const texts = colonTexts(parts);
  if (texts?.length !== 3) return wrongParts("watchpoint", [form]);
  const [addressText = "", lengthText = "", modeText = ""] = texts;
  const address = readNumber(addressText);
  const length = readNumber(lengthText);
  if (address === undefined || address < 0n) return badNumber(addressText, "address");
  if (length === undefined) return badNumber(lengthText, "length");
  const problem = (text: string, allowed: string): ReadResult =>
    refuse((place) => invalidWatchpoint(place, { problem: text, allowed }));
  if (address === 0n) return problem("a watchpoint at address 0 never fires", "the address of the data");
  if (![1n, 2n, 4n, 8n].includes(length))
    return problem(`${length.toString()} bytes cannot be watched`, "1, 2, 4 or 8");
  const mode = [...modeText].sort().join("");
  const allowed = watchModes[options.architecture];
  if (!allowed.includes(mode))
    return problem(`mode '${modeText}' cannot be watched here`, allowed.join(", "));
  return accept({ kind: "watchpoint", address, length: Number(length), mode });
}

export const perfRows: readonly ProbeType[] = [
  {
    ...common,
    ...periodRow("profile", "p"),
    capabilities: new Set<Capability>([...capabilities, "signal"]),
    listing: "none",
    summary: "Samples every CPU at a fixed rate.",
    docs: "Fires on every online CPU, on whatever runs there. 99 hertz rather than 100 avoids sampling in step with timers.",
    examples: ["profile:hz:99 { @[kstack] = count(); }", "profile:10ms { @[comm] = count(); }"],
  },
  {
    ...common,
    ...periodRow("interval", "i"),
    listing: "none",
    pidFilter: "none",
    summary: "Fires at a fixed interval on one CPU.",
    docs: "For periodic output: print a map, clear it, go on. `pid` and `comm` are those of whatever runs on that CPU.",
    examples: ["interval:s:1 { print(@); clear(@); } tracepoint:sched:sched_switch { @ = count(); }"],
  },
  {
    ...common,
    name: "software",
    aliases: ["s"],
    internalName: "software",
    listing: "kernel",
    summary: "Fires every so many software events, such as page faults.",
    docs: "Events counted by the kernel itself. COUNT is the sample period; each event has its own default.",
    forms: ["software:EVENT", "software:EVENT:COUNT"],
    examples: ["software:page-faults:100 { @[comm] = count(); }"],
    read: (parts) => readPerfEvent("software", parts),
  },
  {
    ...common,
    name: "hardware",
    aliases: ["h"],
    internalName: "hardware",
    listing: "kernel",
    summary: "Fires every so many hardware events, such as cache misses.",
    docs: "Events counted by the CPU's performance monitoring unit; virtual machines often have none. COUNT is the sample period.",
    forms: ["hardware:EVENT", "hardware:EVENT:COUNT"],
    examples: ["hardware:cache-misses:1000000 { @[pid] = count(); }"],
    read: (parts) => readPerfEvent("hardware", parts),
  },
  {
    ...common,
    name: "watchpoint",
    aliases: ["w"],
    internalName: "watchpoint",
    listing: "none",
    summary: "Fires when memory at an address is read, written or executed.",
    docs: "Uses the CPU's debug registers, of which there are few. With `-p` or `-c` the address is one of that process.",
    forms: ["watchpoint:ADDRESS:LENGTH:MODE"],
    examples: ["watchpoint:0x10000000:8:rw { print(kstack); }"],
    read: readWatchpoint,
  },
];
