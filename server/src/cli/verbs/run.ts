/** `run`: compiles a script and runs it, with bpftrace's options. */

import { createWriteStream } from "node:fs";

import {
  eventsView,
  isProgramPackage,
  jsonView,
  startRun,
  textView,
  unpackProgram,
  type View,
  type ViewOptions,
} from "@probewright/runtime";
import {
  createLocator,
  ok,
  type Constant,
  type Locator,
  type Manifest,
  type Result,
} from "@probewright/compiler";
import { namedParameterHelp, readNamedParameters } from "../named-parameters.ts";
import { buildProgram, checkProgram, type CheckedProgram } from "../../host/build.ts";
import { selectProbes, type ProbeSelection } from "../../host/select-probes.ts";
import { openKernel } from "../../host/kernels.ts";
import { loaderCommand } from "../../host/loader.ts";
import { createOutput } from "../../host/output.ts";
import { createUserSymbols } from "../../host/user-symbols.ts";
import {
  type CompileSettings,
  readCompileSettings,
  readProgram,
  type ProgramSource,
} from "../compile-options.ts";
import { has, valueOf, type ParsedOptions } from "../options.ts";
import { reportDiagnostics } from "../report.ts";
import { runMessage } from "../run-message.ts";
import { runOptions } from "../run-options.ts";
import type { CommandIo, Verb } from "../verb.ts";
import { examineMachine, missingFeatures } from "../../host/doctor.ts";
import { folderOf, listPatterns } from "./list.ts";
import { VERSION } from "../../version.ts";

/** Exit status of wrong use, errors in the script and missing privilege; as bpftrace has it. */
const REFUSED = 1;
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
  run: (options, io) => dispatch(options, io),
};

async function dispatch(options: ParsedOptions, io: CommandIo): Promise<number> {
  if (has(options, "version")) {
    io.out(`probewright ${VERSION}\n`);
    return 0;
  }
  if (has(options, "info")) {
    for (const { topic, detail } of examineMachine()) io.out(`${topic}: ${detail}\n`);
    return 0;
  }
  if (has(options, "list")) return listPatterns(options.operands, options, io);
  const source = readProgram(options);
  const problem = source.ok ? conflicts(options) : source.error;
  if (!source.ok || problem !== undefined) {
    io.err(`probewright run: ${problem ?? ""}\n`);
    return REFUSED;
  }
  if (source.value.bytes !== undefined && isProgramPackage(source.value.bytes)) {
    return runPackage(source.value.bytes, source.value, options, io);
  }
  return compileAndRun(
    { ...source.value, name: valueOf(options, "script-name") ?? source.value.name },
    options,
    io,
  );
}

function conflicts(options: ParsedOptions): string | undefined {
  if (has(options, "pid") && has(options, "cmd")) return "-p and -c cannot be used together";
  if (has(options, "warnings") && has(options, "no-warnings"))
    return "-k and --no-warnings cannot be used together";
  const format = valueOf(options, "format") ?? "text";
  return ["text", "json", "events"].includes(format)
    ? undefined
    : `unknown output format '${format}': text or json`;
}

async function compileAndRun(source: ProgramSource, options: ParsedOptions, io: CommandIo): Promise<number> {
  const settings = readCompileSettings(options);
  if (!settings.ok) {
    io.err(`probewright run: ${settings.error}\n`);
    return REFUSED;
  }
  const loader = loaderCommand();
  const kernel = openRunningKernel(source, settings.value, io);
  if (!kernel.ok) {
    io.err(`probewright run: ${kernel.error}\n`);
    return REFUSED;
  }
  const command = valueOf(options, "cmd");
  const checked = await checkProgram(source, { ...settings.value, command }, kernel.value, io.env);
  if (reportDiagnostics(checked, checked.analysis.diagnostics, !has(options, "no-warnings"), io))
    return REFUSED;
  if (!loader.ok) {
    io.err(
      `probewright run: ${loader.error.message}\n${loader.error.advice.map((advice) => `  ${advice}\n`).join("")}`,
    );
    return REFUSED;
  }
  const parameters = checked.analysis.core?.namedParameters ?? [];
  if (source.namedParameters.has("help")) {
    io.out(namedParameterHelp(source.name, parameters));
    return 0;
  }
  const namedParameters = readNamedParameters(parameters, source.namedParameters);
  if (!namedParameters.ok) {
    io.err(`probewright run: ${namedParameters.error}\n`);
    return REFUSED;
  }
  const warnings = has(options, "no-warnings") ? "none" : has(options, "warnings") ? "all" : "default";
  const selected = select(checked, options);
  if (!selected.ok) {
    io.err(`probewright run: ${selected.error}\n`);
    return REFUSED;
  }
  const built = buildProgram(selected.value, warnings);
  if (!built.ok) {
    io.err(`probewright run: ${built.error}\n`);
    return START_FAILED;
  }
  if (valueOf(options, "mode") === "codegen") return 0;
  return runObject(
    {
      script: checked.source.name,
      locator: checked.locator,
      object: built.value.object,
      manifest: built.value.manifest,
    },
    loader.value,
    namedParameters.value,
    options,
    io,
  );
}

function openRunningKernel(
  source: ProgramSource,
  { includeDirectories, traceableFunctions, pid }: CompileSettings,
  io: CommandIo,
): ReturnType<typeof openKernel> {
  return openKernel("live", {
    includeDirectories,
    traceableFunctions,
    environment: io.env,
    scriptFolder: folderOf(source.name),
    pid,
    debugDirectories: [],
    forRunning: true,
  });
}

function runMode(options: ParsedOptions): ProbeSelection["mode"] {
  const mode = valueOf(options, "mode");
  if (has(options, "test") || mode === "test") return "test";
  return has(options, "bench") || mode === "bench" ? "bench" : "run";
}

/** The program with only the probes that this run takes. */
function select(checked: CheckedProgram, options: ParsedOptions): Result<CheckedProgram, string> {
  const { core } = checked.analysis;
  if (core === undefined) return ok(checked);
  const only = valueOf(options, "only-probe");
  const selected = selectProbes(core, checked.script, {
    mode: runMode(options),
    filter: valueOf(options, "probe-filter"),
    only: only === undefined ? undefined : Number(only),
  });
  return selected.ok ? ok({ ...checked, analysis: { ...checked.analysis, core: selected.value } }) : selected;
}

/** A program that `emit --object` made: no compiler is needed, and the kernel must be able to load it. */
async function runPackage(
  bytes: Buffer,
  source: ProgramSource,
  options: ParsedOptions,
  io: CommandIo,
): Promise<number> {
  const program = unpackProgram(bytes);
  const loader = loaderCommand();
  const refuse = (message: string, advice: readonly string[] = []): number => {
    io.err(`probewright run: ${message}\n${advice.map((each) => `  ${each}\n`).join("")}`);
    return REFUSED;
  };
  if (!program.ok) return refuse(program.error);
  if (!loader.ok) return refuse(loader.error.message, loader.error.advice);
  const lacking = missingFeatures(program.value.manifest.requiredFeatures);
  if (lacking.length > 0)
    return refuse(`this kernel cannot run '${source.name}': it lacks ${lacking.join(", ")}`, [
      "compile it for this kernel, or run it on a newer one",
    ]);
  const namedParameters = readNamedParameters(program.value.manifest.namedParameters, source.namedParameters);
  if (!namedParameters.ok) return refuse(namedParameters.error);
  return runObject(
    { ...program.value, locator: createLocator([]) },
    loader.value,
    namedParameters.value,
    options,
    io,
  );
}

interface LoadableProgram {
  readonly script: string;
  readonly locator: Locator;
  readonly object: Uint8Array;
  readonly manifest: Manifest;
}

async function runObject(
  program: LoadableProgram,
  loader: readonly string[],
  namedParameters: ReadonlyMap<string, Constant>,
  options: ParsedOptions,
  io: CommandIo,
): Promise<number> {
  const outputFile = valueOf(options, "output");
  const output = createOutput(
    outputFile === undefined ? process.stdout : createWriteStream(outputFile),
    valueOf(options, "buffering") ?? "line",
  );
  const viewOptions: ViewOptions = {
    out: output,
    err: { write: (bytes) => process.stderr.write(bytes) },
    quiet: has(options, "quiet"),
    warnings: !has(options, "no-warnings"),
    truncationTrailer: program.manifest.config.stringTruncationTrailer,
    renderMessage: (severity, text, event) => runMessage(severity, text, event, program.locator),
  };
  const view = viewFor(valueOf(options, "format") ?? "text", viewOptions);
  const pid = valueOf(options, "pid");
  const session = startRun({
    script: program.script,
    object: program.object,
    manifest: program.manifest,
    loader,
    pid: pid === undefined ? undefined : Number(pid),
    command: valueOf(options, "cmd"),
    namedParameters,
    verboseErrors: has(options, "warnings"),
    dryRun: has(options, "dry-run"),
    mode: runMode(options),
    verifierLog: has(options, "verbose"),
    mapIntervalMs: mapInterval(options),
    emit: (event) => {
      view.show(event);
      if (event.kind === "attached") notifyAttached(io, output);
    },
    userSymbol: createUserSymbols(),
  });
  const stop = (): void => {
    session.interrupt();
  };
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
  process.on("SIGUSR1", () => {
    session.triggerSelf();
  });
  const code = await session.done;
  view.flush();
  await output.close();
  return code;
}

/** Only the event stream has a place for them. */
function mapInterval(options: ParsedOptions): number | undefined {
  const given = Number(valueOf(options, "map-interval") ?? "");
  return valueOf(options, "format") === "events" && given > 0 ? given : undefined;
}

function viewFor(format: string, options: ViewOptions): View {
  switch (format) {
    case "json":
      return jsonView(options);
    case "events":
      return eventsView(options);
    default:
      return textView(options);
  }
}

/** A hook for programs that drive us: the line tells that events are being taken. */
function notifyAttached(
  io: CommandIo,
  output: { readonly write: (text: string) => void; readonly flush: () => void },
): void {
  if (io.env["__BPFTRACE_NOTIFY_PROBES_ATTACHED"] === undefined) return;
  output.write("__BPFTRACE_NOTIFY_PROBES_ATTACHED\n");
  output.flush();
}
