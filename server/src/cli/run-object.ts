/** Runs an object: where its output goes, what shows it, what signals do. */

import {
  eventsView,
  jsonView,
  startRun,
  textView,
  type PendingLoader,
  type RunSession,
  type SessionEvent,
  type View,
  type ViewOptions,
} from "@probewright/runtime";
import type { Constant, Locator, Manifest } from "@probewright/compiler";
import {
  closeOutputFile,
  createOutput,
  createSpokenOutput,
  openOutputFile,
  type BufferedOutput,
  type SpokenOutput,
} from "../host/output.ts";
import type { ProbeSelection } from "../host/select-probes.ts";
import { createUserSymbols } from "../host/user-symbols.ts";
import { debugStagesIn } from "./debug-stages.ts";
import { has, valueOf, valuesOf, type ParsedOptions } from "./options.ts";
import { runMessage } from "./run-message.ts";
import type { RunProgress } from "./run-progress.ts";
import { heedSignals } from "./run-signals.ts";
import type { CommandIo } from "./verb.ts";

/** Exit status of a run that went wrong in a way that its exit code does not tell. */
const REFUSED = 1;

const STANDARD_OUTPUT = 1;
const STANDARD_ERROR = 2;

export interface LoadableProgram {
  readonly script: string;
  readonly locator: Locator;
  readonly object: Uint8Array;
  readonly manifest: Manifest;
  readonly namedParameters: ReadonlyMap<string, Constant>;
}

export interface RunSurroundings {
  readonly loader: PendingLoader;
  readonly progress: RunProgress;
  readonly io: CommandIo;
}

/** @returns the exit status */
export async function runObject(
  program: LoadableProgram,
  options: ParsedOptions,
  { loader, progress, io }: RunSurroundings,
): Promise<number> {
  const outputFile = valueOf(options, "output");
  const descriptor = outputFile === undefined ? undefined : openOutputFile(outputFile);
  const refuse = (message: string): number => {
    io.err(`probewright run: ${message}\n`);
    return REFUSED;
  };
  if (descriptor?.ok === false) {
    loader.abandon();
    return refuse(descriptor.error);
  }
  let status: number | undefined;
  const run: { session?: RunSession; outputGone: boolean } = { outputGone: false };
  const onWait = anyWaits((waiting) => run.session?.holdEvents(waiting));
  const takes = descriptor?.value ?? STANDARD_OUTPUT;
  const output = createOutput({
    descriptor: takes,
    buffering: bufferingOf(options),
    onWait: onWait("output"),
    onFailure: ({ closed, reason }) => {
      if (!closed)
        status = refuse(`cannot write ${outputFile ?? "the output"}: ${reason}; what follows is lost`);
      run.outputGone = true;
      run.session?.closeOutput();
    },
  });
  const beside = { outputTo: takes, descriptor: STANDARD_ERROR, onWait: onWait("spoken") };
  const spoken = createSpokenOutput(output, beside);
  const show = presenter(program, options, { output, spoken, progress, io });
  const maxLoss = readMaxLoss(options);
  const session = startRun({
    ...runOptionsOf(program, options),
    loader,
    emit: (event) => {
      show(event);
      if (event.kind !== "ended" || maxLoss === undefined) return;
      // Of every kind: what a full map did not take is as wrong in the result as an event that never came.
      const lost = event.summary.losses.reduce((sum, loss) => sum + loss.lost, 0n);
      if (lost > maxLoss)
        status ??= refuse(`${lost} events and updates were lost, more than --max-loss ${maxLoss}`);
    },
  });
  run.session = session;
  if (run.outputGone) session.closeOutput();
  heedSignals(session);
  const code = await session.done;
  await output.close();
  await spoken.close();
  const late =
    outputFile === undefined || descriptor === undefined
      ? undefined
      : closeOutputFile(outputFile, descriptor.value);
  if (late !== undefined) status ??= refuse(late);
  return status ?? code;
}

/** Of several streams: events are held as long as the reader of one takes nothing. */
function anyWaits(hold: (waiting: boolean) => void): (stream: string) => (waiting: boolean) => void {
  const slow = new Set<string>();
  return (stream) => (waiting) => {
    if (waiting) slow.add(stream);
    else slow.delete(stream);
    hold(slow.size > 0);
  };
}

/** `-B`'s values; anything else was refused before. */
function bufferingOf(options: ParsedOptions): "line" | "full" | "none" {
  const mode = valueOf(options, "buffering");
  return mode === "full" || mode === "none" ? mode : "line";
}

function readMaxLoss(options: ParsedOptions): bigint | undefined {
  const given = valueOf(options, "max-loss");
  return given === undefined ? undefined : BigInt(given);
}

function runOptionsOf(
  { script, object, manifest, namedParameters }: LoadableProgram,
  options: ParsedOptions,
): Omit<Parameters<typeof startRun>[0], "loader" | "emit"> {
  const pid = valueOf(options, "pid");
  const stages = debugStagesIn(options);
  return {
    script,
    object,
    manifest,
    namedParameters,
    pid: pid === undefined ? undefined : Number(pid),
    command: valueOf(options, "cmd"),
    unwindPids: valuesOf(options, "dwarf-pid").map(Number),
    unsafe: has(options, "unsafe"),
    verboseErrors: has(options, "warnings"),
    dryRun: has(options, "dry-run"),
    mode: runMode(options),
    verifierLog: has(options, "verbose") || stages.has("libbpf"),
    acceptedLogs: stages.has("verifier"),
    joinOutput: (valueOf(options, "format") ?? "text") === "text",
    mapIntervalMs: mapInterval(options),
    userSymbols: createUserSymbols(manifest),
  };
}

export function runMode(options: ParsedOptions): ProbeSelection["mode"] {
  const mode = valueOf(options, "mode");
  if (has(options, "test") || mode === "test") return "test";
  return has(options, "bench") || mode === "bench" ? "bench" : "run";
}

/** Only the event stream has a place for them. */
function mapInterval(options: ParsedOptions): number | undefined {
  const given = Number(valueOf(options, "map-interval") ?? "");
  return valueOf(options, "format") === "events" && given > 0 ? given : undefined;
}

interface Presenting extends Pick<RunSurroundings, "progress" | "io"> {
  readonly output: BufferedOutput;
  readonly spoken: SpokenOutput;
}

function presenter(
  program: LoadableProgram,
  options: ParsedOptions,
  { output, spoken, progress, io }: Presenting,
): (event: SessionEvent) => void {
  const view = viewFor(valueOf(options, "format") ?? "text", {
    out: output,
    err: spoken,
    quiet: has(options, "quiet"),
    warnings: !has(options, "no-warnings"),
    verbose: has(options, "verbose"),
    truncationTrailer: program.manifest.config.stringTruncationTrailer,
    renderMessage: (severity, text, event) => runMessage(severity, text, event, program.locator),
  });
  return (event) => {
    progress.show(event);
    view.show(event);
    if (event.kind === "attached") notifyAttached(io, output);
  };
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
function notifyAttached(io: CommandIo, output: BufferedOutput): void {
  if (io.env["__BPFTRACE_NOTIFY_PROBES_ATTACHED"] === undefined) return;
  output.write("__BPFTRACE_NOTIFY_PROBES_ATTACHED\n");
  output.flush();
}
