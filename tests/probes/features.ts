/** What the compiler's table of probe types promises, as columns: each applies to the types that have it. */

import { findProbeType, probeTypes } from "@probewright/compiler";

type ProbeType = (typeof probeTypes)[number];

export interface Feature {
  readonly name: string;
  readonly applies: (row: ProbeType) => boolean;
}

const own: ReadonlySet<string> = new Set(["begin", "end", "self", "test", "bench"]);

/** A type whose attach point may hold a pattern: its own reader says so. */
function takesPatterns(row: ProbeType): boolean {
  const parts = (row.forms[0] ?? "").split(":").slice(1);
  if (parts.length === 0 || own.has(row.name)) return false;
  const pattern = parts.map(
    (_, index) => ({ text: "*", separator: index === 0 ? "" : ":", quoted: false }) as const,
  );
  return row.read(pattern, { unsafe: false, hasPid: false, architecture: "x86_64" }).ok;
}

/** What may be absent: a function, an event, a file. Timers, addresses and our own probes cannot. */
function hasTarget({ name, listing, attachOrder }: ProbeType): boolean {
  return (
    !own.has(name) &&
    (listing !== "none" || ["kretprobe", "fexit", "uretprobe"].includes(name)) &&
    attachOrder !== "none"
  );
}

export const features: readonly Feature[] = [
  { name: "fires", applies: () => true },
  { name: "several", applies: ({ name }) => !own.has(name) && name !== "iter" },
  { name: "wildcard", applies: takesPatterns },
  { name: "missing target", applies: hasTarget },
  {
    name: "arguments",
    applies: ({ capabilities }) =>
      capabilities.has("argument-registers") || capabilities.has("typed-arguments"),
  },
  { name: "result", applies: ({ capabilities }) => capabilities.has("return-value") },
  { name: "context", applies: ({ capabilities }) => capabilities.has("context") },
  { name: "function", applies: ({ capabilities }) => capabilities.has("function-name") },
  { name: "registers", applies: ({ capabilities }) => capabilities.has("registers") },
  {
    name: "stacks",
    applies: ({ name, capabilities }) =>
      capabilities.has("stacks") && !["test", "bench", "iter"].includes(name),
  },
  { name: "process filter", applies: ({ pidFilter }) => pidFilter !== "none" },
  { name: "symbols", applies: ({ capabilities }) => capabilities.has("user-addresses") },
  { name: "path", applies: ({ name, capabilities }) => capabilities.has("path-helper") && name !== "iter" },
  { name: "signal", applies: ({ capabilities }) => capabilities.has("signal") },
  { name: "override", applies: ({ capabilities }) => capabilities.has("override") },
];

/** Rows of the table. */
export const rows: readonly ProbeType[] = probeTypes.filter(({ name }) => findProbeType(name) !== undefined);
