/** `run`: compiles a script and runs it, with bpftrace's options. */

import { existsSync } from "node:fs";

import { isProgramPackage, spawnLoader, unpackProgram } from "@probewright/runtime";
import { createLocator, type Diagnostic, err, misfits, ok, type Result } from "@probewright/compiler";
import { namedParameterHelp, readNamedParameters } from "../named-parameters.ts";
import { buildProgram, checkProgram, type CheckedProgram } from "../../host/build.ts";
import { selectProbes } from "../../host/select-probes.ts";
import { openKernel } from "../../host/kernels.ts";
import { openObjectCache } from "../../host/object-cache.ts";
import { loaderCommand } from "../../host/loader.ts";
import { withOpenText } from "../../open-text.ts";
import {
  type CompileSettings,
  readCompileSettings,
  readProgram,
  type ProgramSource,
} from "../compile-options.ts";
import { showCode, showTrees, stageIsPast } from "../debug-stages.ts";
import { has, valueOf, type ParsedOptions } from "../options.ts";
import { reportDiagnostics } from "../report.ts";
import { runMode, runObject, type LoadableProgram } from "../run-object.ts";
import { runIo, type RunIo } from "../run-reports.ts";
import { runOptions } from "../run-options.ts";
import { wrongUse } from "../run-rules.ts";
import { writeIntermediates } from "../intermediates.ts";
import { runProgress, type RunProgress } from "../run-progress.ts";
import type { Verb } from "../verb.ts";
import { examineMachine, missingFeatures } from "../../host/doctor.ts";
import { formattedText } from "./fmt.ts";
import { folderOf, listPatterns } from "./list.ts";
import { VERSION } from "../../version.ts";

/** Exit status of wrong use, errors in the script and missing privilege; as bpftrace has it. */
const REFUSED = 1;
/** Exit status when the environment, the C of a script or its headers cannot be read; as bpftrace has it. */
const SURROUNDINGS_REFUSED = 2;
/** Exit status when nothing could be started. */
const START_FAILED = 255;

export const run: Verb = {
  name: "run",
  usage: ["[options] FILE [parameters]", "[options] -e PROGRAM [parameters]"],
  summary: "Compiles a script and runs it on this machine.",
  details:
    "Takes bpftrace's options. Ctrl-C detaches everything, runs the `end` probes, prints the maps and exits with 0.",
  options: runOptions,
  rules: { scriptOperands: (values) => (values.has("expression") ? 0 : 1) },
  wrongUse: REFUSED,
  run: (options, io) => dispatch(options, runIo(io, valueOf(options, "format") === "events")),
};

async function dispatch(options: ParsedOptions, io: RunIo): Promise<number> {
  if (has(options, "version")) {
    io.out(`probewright ${VERSION}\n`);
    return 0;
  }
  if (has(options, "info")) {
    for (const { topic, detail } of examineMachine()) io.out(`${topic}: ${detail}\n`);
    return 0;
  }
  if (has(options, "list")) {
    if (options.operands.length > 1)
      return refuse(io, `-l takes one pattern or file, not also '${options.operands[1] ?? ""}'`);
    return listPatterns(options.operands, options, io);
  }
  return runProgram(options, io);
}

/** `--fmt`: nothing is run, so no privilege is needed. */
async function format({ name, text }: ProgramSource, io: RunIo): Promise<number> {
  const formatted = await formattedText(name, text, io);
  if (formatted !== undefined) io.out(formatted);
  return formatted === undefined ? REFUSED : 0;
}

async function runProgram(options: ParsedOptions, io: RunIo): Promise<number> {
  const source = readProgram(options);
  const problem = source.ok ? wrongUse(options) : source.error;
  if (!source.ok || problem !== undefined) return refuse(io, problem ?? "");
  return has(options, "fmt") || valueOf(options, "mode") === "format"
    ? format(source.value, io)
    : runSource(source.value, options, io);
}

async function runSource(source: ProgramSource, options: ParsedOptions, io: RunIo): Promise<number> {
  const { bytes, name } = source;
  const isPackage = bytes !== undefined && isProgramPackage(bytes);
  const run = { options, io, progress: progressFor(options, io) };
  const loader = loaderCommand();
  // It comes up while the script is compiled.
  const pending = loader.ok && valueOf(options, "mode") !== "codegen" ? spawnLoader(loader.value) : undefined;
  const prepared = isPackage
    ? unpack(bytes, source, run)
    : await compile({ ...source, name: valueOf(options, "script-name") ?? name }, run);
  run.progress.clear();
  if (prepared.ok && pending !== undefined)
    return runObject(prepared.value, options, { loader: pending, ...run });
  pending?.abandon();
  if (!prepared.ok) return prepared.error;
  return loader.ok ? 0 : refuse(io, loader.error.message, loader.error.advice);
}

interface RunContext {
  readonly options: ParsedOptions;
  readonly io: RunIo;
  readonly progress: RunProgress;
}

/** What is wrong, what helps, and the exit status. */
function refuse(io: RunIo, message: string, advice: readonly string[] = []): number {
  io.refuse(message, advice);
  return REFUSED;
}

function progressFor(options: ParsedOptions, io: RunIo): RunProgress {
  return runProgress({
    err: io.err,
    verbose: has(options, "verbose"),
    terminal: process.stderr.isTTY && !has(options, "quiet"),
    elapsed: () => performance.now(),
  });
}

/** @returns what to run, or the exit status after having said why there is nothing */
async function compile(
  source: ProgramSource,
  { options, io, progress }: RunContext,
): Promise<Result<LoadableProgram, number>> {
  const settings = readCompileSettings(options);
  if (!settings.ok) return err(refuse(io, settings.error));
  progress.step(`reading what this kernel has`);
  const kernel = openRunningKernel(source, settings.value, options, io);
  if (!kernel.ok) return err(refuse(io, kernel.error));
  progress.step(`checking ${source.name}`);
  const { openFiles } = source;
  const checked = await checkProgram(
    source,
    { ...settings.value, command: has(options, "cmd") },
    openFiles === undefined ? kernel.value : withOpenText(kernel.value, (path) => openFiles.get(path)),
    io.env,
  );
  progress.clear();
  showTrees(checked, options, io);
  if (reportDiagnostics(checked, checked.analysis.diagnostics, !has(options, "no-warnings"), io.diagnose))
    return err(isSurroundings(checked.analysis.diagnostics) ? SURROUNDINGS_REFUSED : REFUSED);
  const parameters = checked.analysis.core?.namedParameters ?? [];
  if (source.namedParameters.has("help")) {
    io.out(namedParameterHelp(source.name, parameters));
    return err(0);
  }
  const namedParameters = readNamedParameters(parameters, source.namedParameters);
  if (!namedParameters.ok) return err(refuse(io, namedParameters.error));
  const selected = select(checked, options, io);
  if (!selected.ok) return err(selected.error);
  progress.step(`compiling ${source.name}`);
  const built = buildProgram(selected.value, warningLevel(options), openObjectCache(io.env));
  if (!built.ok) {
    refuse(io, built.error);
    return err(START_FAILED);
  }
  const unwritten = writeIntermediates(built.value, options) ?? showCode(built.value, options, io);
  if (unwritten !== undefined) return err(refuse(io, unwritten));
  const { object, manifest } = built.value;
  return ok({
    script: source.name,
    locator: checked.locator,
    object,
    manifest,
    namedParameters: namedParameters.value,
  });
}

/** C that a compiler does not take, settings of the environment, headers that are missing or refused. The script is read before, so its mistakes come first. */
const surroundings: ReadonlySet<string> = new Set(["PW1070", "PW7206", "PW7404", "PW7405", "PW7408"]);

function isSurroundings(diagnostics: readonly Diagnostic[]): boolean {
  const codes = diagnostics.filter(({ severity }) => severity === "error").map(({ code }) => code);
  return (
    codes.some((code) => surroundings.has(code)) &&
    !codes.some((code) => code.startsWith("PW1") && !surroundings.has(code))
  );
}

function warningLevel(options: ParsedOptions): Parameters<typeof buildProgram>[1] {
  if (has(options, "no-warnings")) return "none";
  return has(options, "warnings") ? "all" : "default";
}

function openRunningKernel(
  source: ProgramSource,
  { includeDirectories, traceableFunctions, pid }: CompileSettings,
  options: ParsedOptions,
  io: RunIo,
): ReturnType<typeof openKernel> {
  const loader = loaderCommand();
  const types = io.env["BPFTRACE_BTF"];
  if (types !== undefined && !has(options, "no-warnings") && !existsSync(types))
    io.err(`warning: BPFTRACE_BTF: there is no file '${types}', so no types of the kernel are known\n`);
  return openKernel("live", {
    includeDirectories,
    traceableFunctions,
    environment: io.env,
    scriptFolder: folderOf(source.name),
    pid,
    debugDirectories: (options.values.get("debuginfo") ?? []).flatMap((folders) => folders.split(":")),
    forRunning: true,
    loader: loader.ok ? loader.value : undefined,
  });
}

/** The program with only the probes that this run takes. */
function select(checked: CheckedProgram, options: ParsedOptions, io: RunIo): Result<CheckedProgram, number> {
  const { core } = checked.analysis;
  if (core === undefined) return ok(checked);
  const only = valueOf(options, "only-probe");
  const selected = selectProbes(core, checked.script, {
    mode: runMode(options),
    filter: valueOf(options, "probe-filter"),
    only: only === undefined ? undefined : Number(only),
  });
  if (selected.ok) return ok({ ...checked, analysis: { ...checked.analysis, core: selected.value } });
  refuse(io, selected.error.message);
  return err(selected.error.isPattern ? START_FAILED : REFUSED);
}

/** So many differences are told. */
const MOST_MISFITS = 5;

/** A program that `emit --object` made: no compiler is needed, and the kernel must be as the program takes it to be. */
function unpack(bytes: Buffer, source: ProgramSource, run: RunContext): Result<LoadableProgram, number> {
  const { io, options } = run;
  const past = stageIsPast(options, source.name);
  if (past !== undefined) return err(refuse(io, past));
  const program = unpackProgram(bytes);
  if (!program.ok) return err(refuse(io, program.error));
  const { manifest } = program.value;
  const settings = readCompileSettings(options);
  if (!settings.ok) return err(refuse(io, settings.error));
  const kernel = openRunningKernel(source, settings.value, options, io);
  if (!kernel.ok) return err(refuse(io, kernel.error));
  const lacking = missingFeatures(manifest.requiredFeatures).map((feature) => `it lacks ${feature}`);
  const differing = [...lacking, ...misfits(manifest, kernel.value)];
  if (differing.length > 0) {
    const advice = [
      ...differing.slice(0, MOST_MISFITS),
      "compile the script for this kernel: emit --object here, or with --kernel and a profile captured here",
    ];
    return err(
      refuse(io, `'${source.name}' was compiled for another kernel and does not fit this one`, advice),
    );
  }
  const namedParameters = readNamedParameters(manifest.namedParameters, source.namedParameters);
  if (!namedParameters.ok) return err(refuse(io, namedParameters.error));
  return ok({ ...program.value, locator: createLocator([]), namedParameters: namedParameters.value });
}
