/** One run, from an object to its end. Owned by the `run` verb or by the server; the loader is its child. */

import type { EventSite, Manifest, MapSpec, Result, StructTable } from "@probewright/compiler";
import type { LoaderChannel } from "../loader/channel.ts";
import { requestType } from "../loader/frames.ts";
import { send, stopEvents } from "../loader/requests.ts";
import { createResolvers } from "../symbols/resolvers.ts";
import { clockOffsets, strftime, type ClockOffsets } from "../symbols/time.ts";
import { openAccounts, type Accounts } from "./accounting.ts";
import { performAction, type ActionContext } from "./actions.ts";
import { attachPrograms, readIterators, type AttachContext, type Attached } from "./attaching.ts";
import { openCaptures, type CaptureFiles } from "./capture-files.ts";
import { startChild, type TracedChild } from "./child.ts";
import { EVENT_STREAM_VERSION, type EndReason, type RunSummary } from "./events.ts";
import { isAlive, readFile } from "./machine.ts";
import { watchMaps } from "./live-maps.ts";
import { loadPrograms } from "./load-programs.ts";
import { runOwnPrograms, type OwnProbe } from "./own-probes.ts";
import { printFinalMaps } from "./map-actions.ts";
import { joinRepeats, type Repeats } from "./repeats.ts";
import { createPump, type EventPump } from "./pump.ts";
import type { RunOptions } from "./run-options.ts";
import type { RunSession } from "./run-session.ts";
import { runBenches, runTests } from "./tests.ts";
import { siteHandler, siteWriter } from "./site-handler.ts";
import { startEvents } from "./start-events.ts";
import { loaderDeath, startFailure, type StartFailure } from "./start-failure.ts";
import { structTableOf } from "./structs.ts";
import { lackingProcess, openUnwinding, type Unwinding } from "./unwinding.ts";
import { isAboutLoading } from "./verifier.ts";

const NO_SUMMARY: RunSummary = { produced: 0n, delivered: 0n, lost: 0n, missedRuns: [], losses: [] };
const LOSS_REPORT_MS = 1000;
const PROCESS_CHECK_MS = 100;
/** Exit status of a run that could not start, as bpftrace has it. */
const START_FAILED = 255;
const TESTS_FAILED = 1;

export function startRun(options: RunOptions): RunSession {
  const run = new Run(options);
  const done = run.perform();
  return {
    done,
    interrupt: () => {
      run.stop("interrupted");
    },
    closeOutput: () => {
      run.stop("output-closed");
    },
    holdEvents: (held) => {
      run.holdEvents(held);
    },
    triggerSelf: () => {
      void run.runPrograms("self");
    },
  };
}

class Run {
  private readonly options: RunOptions;
  private readonly manifest: Manifest;
  private readonly structs: StructTable;
  private readonly resolvers: ReturnType<typeof createResolvers>;
  private readonly pump: EventPump;
  private readonly repeats: Repeats;
  private captures: CaptureFiles | undefined;
  private channel: LoaderChannel | undefined;
  private child: TracedChild | undefined;
  private unwinding: Unwinding | undefined;
  private exitCode = 0;
  /** Of several calls of `exit()` the first decides; those of `end` probes come anew. */
  private exitOpen = true;
  /** How the loader ended before it was asked to. */
  private loaderEnd: string | undefined;
  private stopReason: EndReason | undefined;
  private resolveStop: () => void = () => undefined;
  private readonly stopped: Promise<void>;
  private accounts: Accounts | undefined;
  private programOfLink: ReadonlyMap<number, string> = new Map();
  private readonly zeroed = new Set<MapSpec>();
  private clocks: () => ClockOffsets = () => ({ boot: 0n, tai: 0n });
  /** Errors and warnings of the script since a test last asked. */
  private problems = 0;

  constructor(options: RunOptions) {
    this.options = options;
    this.manifest = options.manifest;
    this.structs = structTableOf(options.manifest);
    this.resolvers = createResolvers({
      manifest: options.manifest,
      userSymbols: options.userSymbols,
      clocks: () => this.clocks(),
    });
    this.stopped = new Promise((resolve) => {
      this.resolveStop = resolve;
    });
    const context = {
      structs: this.structs,
      resolvers: this.resolvers,
      text: { truncationTrailer: options.manifest.config.stringTruncationTrailer },
      maps: options.manifest.maps,
      maxCatBytes: options.manifest.config.maxCatBytes,
      verboseErrors: options.verboseErrors,
      readFile,
      localTime: (format: string) => strftime(format, BigInt(Date.now()) * 1_000_000n),
      capture: (site: EventSite, records: Buffer, at: number) => this.captures?.take(site, records, at),
    };
    this.repeats = joinRepeats(options.emit);
    this.pump = createPump({
      handlers: options.manifest.sites.map((site) => siteHandler(site, context)),
      emit: (event) => {
        if (event.kind === "message" || event.kind === "runtime-error") this.problems += 1;
        if (event.kind === "runtime-error") this.repeats.take(event);
        else options.emit(event);
      },
      perform: async (action) => {
        if (this.channel !== undefined) await performAction(action, this.actionContext(this.channel));
      },
      writers: options.joinOutput ? options.manifest.sites.map((site) => siteWriter(site, context)) : [],
    });
  }

  /** @returns the exit code; every way out reports `ended` once */
  async perform(): Promise<number> {
    this.options.emit({
      kind: "started",
      version: EVENT_STREAM_VERSION,
      script: this.options.script,
      pid: process.pid,
    });
    const failure = await this.start();
    if (failure !== undefined) return this.fail(failure);
    if (this.options.dryRun) return this.finish("exit", NO_SUMMARY);
    await this.wait();
    return this.shutDown();
  }

  stop(reason: EndReason): void {
    this.stopReason ??= reason;
    this.resolveStop();
  }

  holdEvents(held: boolean): void {
    this.channel?.pause(held);
  }

  private async start(): Promise<StartFailure | undefined> {
    const opened = await this.options.loader.connect({
      events: (_ring, records) => {
        this.pump.push(records);
        this.captures?.flush();
      },
      mappings: (records) => {
        this.options.userSymbols.note(records);
        this.unwinding?.note(records);
      },
      log: (_level, text) => {
        if (isAboutLoading(text) && !this.options.verifierLog) return;
        this.options.emit({ kind: "notice", severity: "info", message: text });
      },
      oversized: (_ring, bytes) => {
        const message = `an event of ${bytes.toString()} bytes was too large and is lost`;
        this.options.emit({ kind: "notice", severity: "warning", message });
      },
      ended: (reason, expected) => {
        if (expected) return;
        this.loaderEnd = reason;
        this.stop("loader-died");
      },
    });
    if (!opened.ok)
      return startFailure("loader", opened.error.text, ["run `probewright doctor` to see what is missing"]);
    this.open(opened.value);
    const lacking = lackingProcess(this.options);
    if (lacking !== undefined) return lacking;
    const child = await this.startChild();
    if (child !== undefined) return child;
    return (await this.load(opened.value)) ?? (await this.begin(opened.value));
  }

  private open(channel: LoaderChannel): void {
    this.channel = channel;
    this.clocks = clockOffsets(channel.ready);
    this.accounts = openAccounts({
      channel,
      manifest: this.manifest,
      emit: this.options.emit,
      repeats: this.repeats,
      onLostExit: (code) => {
        this.exit(code);
      },
    });
  }

  private async startChild(): Promise<StartFailure | undefined> {
    if (this.options.command === undefined) return undefined;
    const child = await startChild(this.options.command);
    if (!child.ok) return startFailure("child", child.error, ["check the command given with -c"]);
    this.child = child.value;
    const unfollow = this.options.userSymbols.follow(child.value.pid);
    void child.value.ended.then(() => {
      unfollow();
      this.stop("child-exited");
    });
    return undefined;
  }

  private load(channel: LoaderChannel): Promise<StartFailure | undefined> {
    const { structs, child } = this;
    this.unwinding = openUnwinding(this.options, child);
    const unwindTables = this.unwinding?.tables;
    return loadPrograms(channel, this.options, { structs, childPid: child?.pid, unwindTables });
  }

  /** Asks for everything at once: the loader takes it in order, so `begin` has run before anything is attached. */
  private async begin(channel: LoaderChannel): Promise<StartFailure | undefined> {
    if (this.options.dryRun) return undefined;
    const wallAhead = (): bigint => this.clocks().boot;
    const captures = openCaptures(this.manifest.sites, { wallAhead, emit: this.options.emit });
    if (!captures.ok) return captures.error;
    this.captures = captures.value;
    const starting = startEvents(channel, this.manifest);
    const beginning = this.runPrograms("begin");
    const attaching = this.options.mode === "run" ? attachPrograms(this.attachContext(channel)) : undefined;
    const started = await starting;
    if (!started.ok) return startFailure("events", started.error.text, []);
    const began = await beginning;
    if (began !== undefined) return began;
    if (attaching === undefined) {
      this.pump.release();
      return this.runOwnProbes(channel);
    }
    const failure = await this.attached(channel, await attaching);
    if (failure !== undefined) return failure;
    this.child?.release();
    return undefined;
  }

  private attachContext(channel: LoaderChannel): AttachContext {
    const { emit, pid, unsafe } = this.options;
    return { channel, manifest: this.manifest, pid: pid ?? this.child?.pid, unsafe, emit };
  }

  private async attached(
    channel: LoaderChannel,
    attached: Result<Attached, StartFailure>,
  ): Promise<StartFailure | undefined> {
    if (!attached.ok) return attached.error;
    this.programOfLink = attached.value.programOfLink;
    if (this.stopReason === undefined) {
      const { length } = this.manifest.programs;
      this.options.emit({ kind: "attached", probes: attached.value.probes, programs: length });
    }
    this.pump.release();
    await readIterators(attached.value, this.attachContext(channel));
    // From here on the loader has no privilege left to lose.
    await send(channel, requestType.SEAL, () => undefined);
    if (!attached.value.waiting) this.stop("nothing-left");
    return undefined;
  }

  private async runOwnProbes(channel: LoaderChannel): Promise<undefined> {
    const run = {
      channel,
      manifest: this.manifest,
      emit: this.options.emit,
      idle: () => this.pump.idle(),
      takeProblems: () => {
        const { problems } = this;
        this.problems = 0;
        return problems;
      },
    };
    if (this.options.mode === "bench") await runBenches(run);
    else if (!(await runTests(run))) this.exitCode = TESTS_FAILED;
    this.stop("nothing-left");
    return undefined;
  }

  /** Runs the programs of the tool's own probes, in order, and waits for their output. */
  async runPrograms(kind: OwnProbe): Promise<StartFailure | undefined> {
    if (this.channel === undefined) return undefined;
    const failure = await runOwnPrograms(this.channel, this.manifest, kind);
    await this.pump.idle();
    return failure;
  }

  private async wait(): Promise<void> {
    const { pid, mapIntervalMs } = this.options;
    const reports = setInterval(() => void this.accounts?.report(), LOSS_REPORT_MS);
    const checks = setInterval(() => {
      if (pid !== undefined && !isAlive(pid)) this.stop("process-gone");
    }, PROCESS_CHECK_MS);
    const { channel } = this;
    const unwatch =
      channel === undefined || mapIntervalMs === undefined
        ? undefined
        : watchMaps(this.actionContext(channel), mapIntervalMs);
    const unfollow = channel === undefined ? undefined : this.unwinding?.watch(channel);
    await this.stopped;
    clearInterval(reports);
    clearInterval(checks);
    unfollow?.();
    await unwatch?.();
  }

  private async shutDown(): Promise<number> {
    const summary = this.loaderEnd === undefined ? await this.closeRun() : NO_SUMMARY;
    await this.child?.stop();
    if (this.loaderEnd !== undefined) return this.loaderDied(this.loaderEnd);
    await this.channel?.shutdown();
    return this.finish(this.stopReason ?? "exit", summary);
  }

  /** Everything the run says at its end. A loader that dies meanwhile leaves it unfinished. */
  private async closeRun(): Promise<RunSummary> {
    const { channel, accounts } = this;
    if (channel === undefined || accounts === undefined) return NO_SUMMARY;
    await accounts.noteMisses(this.programOfLink);
    await send(channel, requestType.DETACH_ALL, () => undefined);
    this.pump.release();
    await this.pump.idle();
    this.exitOpen = true;
    await this.runPrograms("end");
    await stopEvents(channel);
    await this.pump.idle();
    await accounts.report();
    if (this.manifest.config.printMapsOnExit && this.options.mode === "run")
      await printFinalMaps(this.actionContext(channel));
    return accounts.close(this.pump.delivered());
  }

  private exit(code: number): void {
    if (this.options.mode === "test") {
      if (code !== 0) this.problems += 1;
      return;
    }
    if (this.exitOpen) this.exitCode = code;
    this.exitOpen = false;
    this.stop("exit");
  }

  private actionContext(channel: LoaderChannel): ActionContext {
    const { structs, resolvers, manifest, zeroed } = this;
    return {
      channel,
      manifest,
      zeroed,
      emit: this.options.emit,
      decode: { structs, resolvers },
      pauseEvents: (paused) => {
        channel.pause(paused);
      },
      exit: (code) => {
        this.exit(code);
      },
    };
  }

  private loaderDied(reason: string): number {
    this.options.emit({ kind: "failed", ...loaderDeath(reason, this.stopReason !== "loader-died") });
    this.exitCode = START_FAILED;
    return this.finish("loader-died", NO_SUMMARY);
  }

  private async fail(failure: StartFailure): Promise<number> {
    this.options.emit({ kind: "failed", ...failure });
    this.exitCode = START_FAILED;
    await this.child?.stop();
    if (this.loaderEnd === undefined) await this.channel?.shutdown();
    return this.finish("failed", NO_SUMMARY);
  }

  private finish(reason: EndReason, summary: RunSummary): number {
    this.captures?.close();
    this.options.emit({ kind: "ended", exitCode: this.exitCode, reason, summary });
    if (this.options.dryRun) void this.channel?.shutdown();
    return this.exitCode;
  }
}
