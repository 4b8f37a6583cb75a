/** Probes that the tool itself runs: begin, end, self, test, bench. */

import { unsupportedSignal } from "../../diagnostics/catalog/probes.ts";
import type { Capability } from "../capability.ts";
import type { ProbeType, ReadResult } from "../probe-type.ts";
import { accept, colonTexts, missingPart, refuse, wrongParts } from "./reading.ts";

const common = {
  aliases: [],
  capabilities: new Set<Capability>(["stacks"]),
  space: "none",
  listing: "none",
  pidFilter: "none",
  attachOrder: "none",
  defaultReturn: 0n,
  requires: [],
  sinceKernel: "5.10",
} as const;

function readOnce(kind: "begin" | "end"): ProbeType["read"] {
  return (parts) => {
    const rest = colonTexts(parts);
    const tolerated = rest?.length === 0 || (rest?.length === 1 && rest[0] === "*");
    return tolerated ? accept({ kind }) : wrongParts(kind, [kind]);
  };
}

function readNamed(kind: "test" | "bench"): ProbeType["read"] {
  return (parts): ReadResult => {
    const rest = colonTexts(parts);
    if (rest?.length !== 1) return wrongParts(kind, [`${kind}:NAME`]);
    const title = rest[0] ?? "";
    return title === "" ? missingPart(kind, "a name", `${kind}:NAME`) : accept({ kind, title });
  };
}

export const specialRows: readonly ProbeType[] = [
  {
    ...common,
    name: "begin",
    internalName: "special",
    summary: "Runs once, before anything is attached.",
    docs: "Runs in the tool's own context before any other probe is attached; several run in the order they are written. Use it to set up maps and to print a heading.",
    forms: ["begin"],
    examples: ['begin { printf("tracing, stop with Ctrl-C\\n"); }'],
    read: readOnce("begin"),
  },
  {
    ...common,
    name: "end",
    internalName: "special",
    summary: "Runs once, after everything was detached.",
    docs: "Runs in the tool's own context after all probes were detached and before the maps are printed. Clear maps here that should not be printed.",
    forms: ["end"],
    examples: ["begin { @start = nsecs; } end { print(nsecs - @start); clear(@start); }"],
    read: readOnce("end"),
  },
  {
    ...common,
    name: "self",
    internalName: "special",
    summary: "Runs when the tool itself receives SIGUSR1.",
    docs: "Lets you ask a running script for output: `kill -USR1 PID`.",
    forms: ["self:signal:SIGUSR1"],
    examples: [
      "self:signal:SIGUSR1 { print(@opens); } tracepoint:syscalls:sys_enter_openat { @opens = count(); }",
    ],
    read: (parts) => {
      const rest = colonTexts(parts);
      if (rest?.length !== 2) return wrongParts("self", ["self:signal:SIGUSR1"]);
      if (rest[0] === "signal" && rest[1] === "SIGUSR1") return accept({ kind: "self" });
      return refuse((place) => unsupportedSignal(place, { text: rest.join(":") }));
    },
  },
  {
    ...common,
    name: "test",
    internalName: "test",
    summary: "A test case, run with --test.",
    docs: "Passes when it returns 0, does not call `exit` with another code, and meets no run-time error. Other probes are not attached while testing.",
    forms: ["test:NAME"],
    examples: ['test:addition { if (1 + 1 != 2) { errorf("arithmetic is broken"); return 1; } }'],
    read: readNamed("test"),
  },
  {
    ...common,
    name: "bench",
    internalName: "benchmark",
    summary: "A benchmark, run with --bench.",
    docs: "Repeated until one millisecond of run time has passed; the average is reported. A non-zero return value skips it.",
    forms: ["bench:NAME"],
    examples: ["bench:map_update { @x[pid] = nsecs; }"],
    read: readNamed("bench"),
  },
];
