/** `profile`: captures, imports and shows kernel profiles. */

import { readFileSync, writeFileSync } from "node:fs";

import { captureHostProfile, importProfile, keepHostProfile, openProfileFile } from "@probewright/runtime";
import type { CommandIo, Verb } from "../verb.ts";
import { WRONG_USE } from "../verb.ts";

export const profile: Verb = {
  name: "profile",
  usage: ["capture [OUT]", "import JSON OUT", "show FILE"],
  summary: "Captures what a kernel offers in one file, to check scripts for it elsewhere.",
  details:
    "A profile holds types, tracepoints and names of functions, never addresses. Use it with --kernel FILE. Captured without " +
    "OUT, it is kept for this machine: whoever may not read the kernel's lists is answered from it.",
  options: [],
  run: ({ operands }, io) => {
    const [action, first, second] = operands;
    if (action === "capture" && first === undefined) return captureForHost(io);
    if (action === "capture" && first !== undefined && second === undefined) return capture(first, io);
    if (action === "import" && first !== undefined && second !== undefined)
      return importFile(first, second, io);
    if (action === "show" && first !== undefined && second === undefined) return show(first, io);
    io.err(
      "usage: probewright profile capture [OUT]\n       probewright profile import JSON OUT\n       probewright profile show FILE\n",
    );
    return WRONG_USE;
  },
};

function capture(out: string, io: CommandIo): number {
  const written = write(out, captureHostProfile({ environment: io.env }), io);
  return written === 0 ? show(out, io) : written;
}

function captureForHost(io: CommandIo): number {
  const kept = keepHostProfile(captureHostProfile({ environment: io.env }), io.env);
  if (!kept.ok) {
    io.err(`probewright profile: cannot write ${kept.error}\n`);
    return 1;
  }
  io.out(`file                  ${kept.value}\n`);
  return show(kept.value, io);
}

function importFile(json: string, out: string, io: CommandIo): number {
  let text: string;
  try {
    text = readFileSync(json, "utf8");
  } catch (error) {
    io.err(`probewright profile: cannot read '${json}': ${reason(error)}\n`);
    return 1;
  }
  const made = importProfile(text);
  if (!made.ok) {
    io.err(`probewright profile: '${json}' is no description of a kernel: ${made.error}\n`);
    return 1;
  }
  return write(out, made.value, io);
}

function write(out: string, bytes: Uint8Array, io: CommandIo): number {
  try {
    writeFileSync(out, bytes);
    return 0;
  } catch (error) {
    io.err(`probewright profile: cannot write '${out}': ${reason(error)}\n`);
    return 1;
  }
}

function show(file: string, io: CommandIo): number {
  const opened = openProfileFile(file);
  if (!opened.ok) {
    io.err(`probewright profile: '${file}': ${opened.error.message}\n`);
    return 1;
  }
  const facts = opened.value;
  const tracepoints = facts
    .tracepointCategories()
    .reduce((sum, category) => sum + facts.tracepointEvents(category).length, 0);
  io.out(`kernel                ${facts.name}\n`);
  io.out(`architecture          ${facts.architecture}\n`);
  io.out(`tracepoints           ${tracepoints.toString()}\n`);
  io.out(`raw tracepoints       ${facts.rawTracepoints().length.toString()}\n`);
  io.out(`traceable functions   ${(facts.traceableFunctions()?.length ?? 0).toString()}\n`);
  io.out(`types                 ${facts.typeNames().length.toString()}\n`);
  io.out(`iterators             ${facts.iterators().length.toString()}\n`);
  for (const gap of facts.gaps) io.out(`lacks                 ${gap}\n`);
  return 0;
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : "unknown reason";
}
