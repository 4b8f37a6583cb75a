/** `list`: which probes, and which kernel types, there are. */

import { existsSync, statSync } from "node:fs";
import { dirname } from "node:path";

import {
  findProbeType,
  listProbes,
  listTypes,
  parseScript,
  type KernelFacts,
  type ListEntry,
} from "@probewright/compiler";
import { openKernel } from "../../host/kernels.ts";
import { loaderCommand } from "../../host/loader.ts";
import { openParser } from "../../host/parser.ts";
import { programOption, readCompileSettings, readProgram } from "../compile-options.ts";
import { has, valueOf, type ParsedOptions } from "../options.ts";
import { WRONG_USE, type CommandIo, type Verb } from "../verb.ts";

export const list: Verb = {
  name: "list",
  usage: ["[-v] [-p PID] [PATTERN[,PATTERN…]]", "[-v] 'struct NAME'", "[-v] FILE", "[-v] -e PROGRAM"],
  summary: "Lists the probes that match a pattern, with -v their parameters.",
  details:
    "A pattern is an attach point in which * stands for any text; without a colon it is looked for in every probe type.\n" +
    "'struct NAME', 'union NAME' and 'enum NAME' list kernel types, with -v their definition.\n" +
    "For a script, what each of its attach points matches.",
  options: [
    programOption,
    { name: "verbose", short: "v", help: "also the parameters, or the definition" },
    { name: "pid", short: "p", argument: "PID", help: "probes in the binaries of this process" },
    {
      name: "kernel",
      argument: "KERNEL",
      help: "live, default, none, or a captured profile (default: live)",
    },
    { name: "traceable-functions", argument: "FILE", help: "list of kernel functions that may be traced" },
    {
      name: "debuginfo",
      argument: "DIR[:DIR]",
      repeatable: true,
      help: "look here for separate debug information",
    },
  ],
  run: (options, io) => listPatterns(options.operands, options, io),
};

/** @returns the exit status */
export async function listPatterns(
  operands: readonly string[],
  options: ParsedOptions,
  io: CommandIo,
): Promise<number> {
  const settings = readCompileSettings(options);
  if (!settings.ok) {
    io.err(`probewright list: ${settings.error}\n`);
    return WRONG_USE;
  }
  const loader = loaderCommand();
  const kernel = openKernel(valueOf(options, "kernel") ?? "live", {
    loader: loader.ok ? loader.value : undefined,
    includeDirectories: [],
    traceableFunctions: settings.value.traceableFunctions,
    environment: io.env,
    scriptFolder: process.cwd(),
    pid: settings.value.pid,
    debugDirectories: (options.values.get("debuginfo") ?? []).flatMap((folders) => folders.split(":")),
  });
  if (!kernel.ok) {
    io.err(`probewright list: ${kernel.error}\n`);
    return 1;
  }
  const script = await patternsOfScript(operands, options);
  const patterns = script ?? (operands.length === 0 ? [""] : operands.flatMap(splitPatterns));
  for (const pattern of patterns) {
    if (/^[^:*]+\.bt$/.test(pattern) && !existsSync(pattern)) {
      io.err(`warning: '${pattern}' looks like a file but does not exist; it is taken as a pattern\n`);
    }
    const found = entriesFor(pattern, kernel.value, settings.value.pid);
    const lacking = lackingTypes(found, kernel.value);
    const entries = found.filter(({ probeType }) => !lacking.includes(probeType));
    print(entries, has(options, "verbose"), io);
    for (const note of notesOn(entries, lacking, kernel.value)) io.err(`${note}\n`);
    if (found.length === 0) io.err(`warning: ${nothingMatches(pattern)}\n`);
  }
  return 0;
}

const ELF_START = 0x7f;

/** The attach points of a program to list the matches of; undefined when none is named. */
async function patternsOfScript(
  operands: readonly string[],
  options: ParsedOptions,
): Promise<readonly string[] | undefined> {
  const isScript =
    has(options, "expression") || (statSync(operands[0] ?? "", { throwIfNoEntry: false })?.isFile() ?? false);
  const program = isScript ? readProgram(options) : undefined;
  const isBinary = program?.ok === true && program.value.bytes?.[0] === ELF_START;
  if (program?.ok !== true || isBinary) return undefined;
  const { items } = parseScript(program.value.text, await openParser());
  const points = items.flatMap(({ item }) => (item.kind === "probe" ? item.attachPoints : []));
  return points.map(({ text }) =>
    text.replace(/\$(\d+)/g, (_, digits: string) => program.value.parameters[Number(digits) - 1] ?? ""),
  );
}

/** Commas part patterns, but not inside quotes or parentheses. */
function splitPatterns(text: string): readonly string[] {
  return text.match(/(?:"[^"]*"|\([^)]*\)|[^,"(])+/g) ?? [];
}

function entriesFor(pattern: string, facts: KernelFacts, pid: number | undefined): readonly ListEntry[] {
  return listTypes(pattern, facts) ?? listProbes(pattern, facts, { pid, isFile: existsSync });
}

/** Of what is found the probe types that the kernel is known to lack: a list of them would promise what cannot be attached. */
function lackingTypes(entries: readonly ListEntry[], facts: KernelFacts): readonly string[] {
  const types = [...new Set(entries.map(({ probeType }) => probeType))];
  return types.filter((type) => {
    const requires = findProbeType(type)?.requires ?? [];
    return requires.some((feature) => facts.hasFeature(feature) === false);
  });
}

const ofFunctions: ReadonlySet<string> = new Set(["kprobe", "kretprobe", "fentry", "fexit"]);

function notesOn(
  entries: readonly ListEntry[],
  lacking: readonly string[],
  facts: KernelFacts,
): readonly string[] {
  const left = lacking.map(
    (type) => `warning: ${type} probes are left out: ${facts.name} was built without support for them`,
  );
  const guessed =
    !facts.traceableFunctionsExact() && entries.some(({ probeType }) => ofFunctions.has(probeType));
  if (!guessed) return left;
  const note = `note: ${facts.name} does not let its list of traceable functions be read: some of these may not be traceable`;
  return [...left, note];
}

/** Nothing on the screen may be an answer or a slip: what is known to be one is said. */
function nothingMatches(pattern: string): string {
  const [type = "", target = ""] = pattern.split(":");
  const plain = (text: string): boolean => text !== "" && !/[*?[\]"]/.test(text);
  const nothing = `nothing matches '${pattern}'`;
  if (pattern.includes(":") && plain(type) && findProbeType(type) === undefined)
    return `${nothing}: there is no probe type '${type}'`;
  if (target.includes("/") && plain(target) && !existsSync(target))
    return `${nothing}: there is no file '${target}'`;
  return nothing;
}

/** One write: a line at a time, the hundred thousand names of a kernel take seconds. */
function print(entries: readonly ListEntry[], verbose: boolean, io: CommandIo): void {
  const lines: string[] = [];
  for (const { probeType, text, details } of entries) {
    const more = verbose ? details() : [];
    if (probeType === "type" && more.length > 0) lines.push(...more);
    else lines.push(text, ...more.map((line) => `    ${line}`));
  }
  if (lines.length > 0) io.out(`${lines.join("\n")}\n`);
}

export function folderOf(script: string): string {
  return script === "stdin" ? process.cwd() : dirname(script);
}
