/** One run, from an object to its end. Owned by the `run` verb or by the server; the loader is its child. */

import { readFileSync } from "node:fs";

import type { Constant, Manifest, ProgramSpec, StructTable } from "@probewright/compiler";
import { startLoader, type LoaderChannel, type LoaderError } from "../loader/channel.ts";
import { requestType } from "../loader/frames.ts";
import {
  attach,
  programStats,
  readIterator,
  readMap,
  run as runProgram,
  send,
  stopEvents,
} from "../loader/requests.ts";
import { createResolvers } from "../symbols/resolvers.ts";
import { strftime } from "../symbols/time.ts";
import { snapshotMap } from "../values/map-snapshot.ts";
import { newLosses, readCounters, summarise } from "./accounting.ts";
import { attachRequests, type AttachRequest } from "./attach-target.ts";
import { startChild, type TracedChild } from "./child.ts";
import { explainAttach, errnoText } from "./errno.ts";
import { EVENT_STREAM_VERSION, type EndReason, type RunSummary, type SessionEvent } from "./events.ts";
import { zeroMap } from "./map-actions.ts";
import { prepareObject } from "./prepare.ts";
import { createPump, type EventPump } from "./pump.ts";
import { runCommand } from "./shell.ts";
import { runBenches, runTests } from "./tests.ts";
import { siteHandler, type DeferredAction } from "./site-handler.ts";
import { structTableOf } from "./structs.ts";
import { explainLoadFailure } from "./verifier.ts";

export interface RunOptions {
  readonly script: string;
  readonly object: Uint8Array;
  readonly manifest: Manifest;
  /** Program and arguments that start the loader. */
  readonly loader: readonly string[];
  readonly pid: number | undefined;
  readonly command: string | undefined;
  readonly namedParameters: ReadonlyMap<string, Constant>;
  /** Report failed look-ups and reads too (`-k`). */
  readonly verboseErrors: boolean;
  /** Load and verify, attach nothing. */
  readonly dryRun: boolean;
  /** `test` and `bench` run only those probes and attach nothing. */
  readonly mode: "run" | "test" | "bench";
  readonly verifierLog: boolean;
  readonly emit: (event: SessionEvent) => void;
  readonly userSymbol: Parameters<typeof createResolvers>[0]["userSymbol"];
}

export interface RunSession {
  /** Resolves with the exit code when everything is detached and reported. */
  readonly done: Promise<number>;
  /** Ends the run as Ctrl-C does: `end` probes run, maps are printed. */
  readonly interrupt: () => void;
  /** Runs the `self:signal:SIGUSR1` probes. */
  readonly triggerSelf: () => void;
}

const NO_SUMMARY: RunSummary = { produced: 0n, delivered: 0n, lost: 0n, missedRuns: [], losses: [] };
const RING = 1;
const POLL_MICROSECONDS = 2000;
const LOSS_REPORT_MS = 1000;
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
    triggerSelf: () => {
      void run.runPrograms("self");
    },
  };
}

/** A reason to stop before the run was under way. */
class StartFailure {
  readonly stage: string;
  readonly message: string;
  readonly advice: readonly string[];

  constructor(stage: string, message: string, advice: readonly string[]) {
    this.stage = stage;
    this.message = message;
    this.advice = advice;
  }
}

class Run {
  private readonly options: RunOptions;
  private readonly manifest: Manifest;
  private readonly structs: StructTable;
  private readonly resolvers: ReturnType<typeof createResolvers>;
  private readonly pump: EventPump;
  private channel: LoaderChannel | undefined;
  private child: TracedChild | undefined;
  private exitCode = 0;
  private stopReason: EndReason | undefined;
  private resolveStop: () => void = () => undefined;
  private readonly stopped: Promise<void>;
  private counts: ReturnType<typeof readCounters> = [];
  /** Errors and warnings of the script since a test last asked. */
  private problems = 0;

  constructor(options: RunOptions) {
    this.options = options;
    this.manifest = options.manifest;
    this.structs = structTableOf(options.manifest);
    this.resolvers = createResolvers({ manifest: options.manifest, userSymbol: options.userSymbol });
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
    };
    this.pump = createPump({
      handlers: options.manifest.sites.map((site) => siteHandler(site, context)),
      emit: (event) => {
        if (event.kind === "message" || event.kind === "runtime-error") this.problems += 1;
        options.emit(event);
      },
      perform: (action) => this.performAction(action),
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

  private async start(): Promise<StartFailure | undefined> {
    const opened = await startLoader(
      this.options.loader,
      {
        events: (_ring, records) => {
          this.pump.push(records);
        },
        log: (_level, text) => {
          this.options.emit({ kind: "notice", severity: "info", message: text });
        },
        oversized: (_ring, bytes) => {
          this.options.emit({
            kind: "notice",
            severity: "warning",
            message: `an event of ${bytes.toString()} bytes was too large and is lost`,
          });
        },
        ended: (reason, expected) => {
          if (!expected) this.loaderDied(reason);
        },
      },
      1,
    );
    if (!opened.ok)
      return new StartFailure("loader", opened.error.text, [
        "run `probewright doctor` to see what is missing",
      ]);
    this.channel = opened.value;
    const child = await this.startChild();
    if (child !== undefined) return child;
    return (await this.load(opened.value)) ?? (await this.begin(opened.value));
  }

  private async startChild(): Promise<StartFailure | undefined> {
    if (this.options.command === undefined) return undefined;
    const child = await startChild(this.options.command);
    if (!child.ok) return new StartFailure("child", child.error, ["check the command given with -c"]);
    this.child = child.value;
    void child.value.ended.then(() => {
      this.stop("child-exited");
    });
    return undefined;
  }

  private async load(channel: LoaderChannel): Promise<StartFailure | undefined> {
    const loaded = await prepareObject(channel, {
      object: this.options.object,
      manifest: this.manifest,
      globals: {
        possibleCpus: channel.ready.possibleCpus,
        childPid: this.child?.pid,
        targetPid: this.options.pid,
        namedParameters: this.options.namedParameters,
        manifest: this.manifest,
        structs: this.structs,
      },
      pageSize: channel.ready.pageSize,
      verifierLogLevel: this.options.verifierLog ? 1 : 0,
    });
    if (loaded.ok) return undefined;
    const program = this.manifest.programs.find((each) => each.function === loaded.error.program);
    const { message, advice, log } = explainLoadFailure(loaded.error, program, channel.ready);
    if (log !== "") this.options.emit({ kind: "verifier", program: loaded.error.program, log, message });
    return new StartFailure("load", message, advice);
  }

  private async begin(channel: LoaderChannel): Promise<StartFailure | undefined> {
    if (this.options.dryRun) return undefined;
    const started = await send(channel, requestType.START_EVENTS, (writer) =>
      writer.u32(RING).string(this.manifest.ringBuffer).u32(POLL_MICROSECONDS),
    );
    if (!started.ok) return new StartFailure("events", started.error.text, []);
    const began = await this.runPrograms("begin");
    if (began !== undefined) return began;
    if (this.options.mode !== "run") {
      this.pump.release();
      return this.runOwnProbes(channel);
    }
    const requests = this.attachOrder();
    const attached = await this.attachAll(channel, requests);
    if (attached !== undefined) return attached;
    this.child?.release();
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

  /** Declaration order for hooks that call the first attached first, then the others backwards: firing order is source order. */
  private attachOrder(): readonly AttachRequest[] {
    const pid = this.options.pid ?? this.child?.pid;
    const byProgram = this.manifest.programs.map((program) => ({
      program,
      requests: attachRequests(program, pid),
    }));
    const forward = byProgram.filter(({ program }) => forwardProbeTypes.has(program.probeType));
    const backward = byProgram.filter(({ program }) => !forwardProbeTypes.has(program.probeType)).reverse();
    return [...forward, ...backward].flatMap(({ requests }) => requests);
  }

  private async attachAll(
    channel: LoaderChannel,
    requests: readonly AttachRequest[],
  ): Promise<StartFailure | undefined> {
    const results = await Promise.all(
      requests.map(({ program, cookie, fields }, index) =>
        attach(channel, index + 1, program, cookie, fields),
      ),
    );
    let probes = this.manifest.programs.flatMap((program) =>
      program.targets.filter((target) => runOnce.has(target.kind)),
    ).length;
    for (const [index, result] of results.entries()) {
      const request = requests[index];
      if (request === undefined) continue;
      if (result.ok) {
        probes += request.probes;
        continue;
      }
      const failure = this.attachFailure(request, result.error);
      if (failure !== undefined) return failure;
    }
    if (this.stopReason === undefined)
      this.options.emit({ kind: "attached", probes, programs: this.manifest.programs.length });
    this.pump.release();
    await this.readIterators(channel, requests, results);
    const waiting =
      requests.some(({ target }) => target.kind !== "iter") ||
      this.manifest.programs.some(({ probeType }) => probeType === "self");
    if (!waiting) this.stop("nothing-left");
    return undefined;
  }

  private attachFailure({ target }: AttachRequest, error: LoaderError): StartFailure | undefined {
    const { message, advice } = explainAttach(target, error);
    switch (this.manifest.config.missingProbes) {
      case "error":
        return new StartFailure("attach", message, advice);
      case "warn":
        this.options.emit({ kind: "notice", severity: "warning", message: `${message}; skipped` });
        return undefined;
      case "ignore":
        return undefined;
    }
  }

  private async readIterators(
    channel: LoaderChannel,
    requests: readonly AttachRequest[],
    results: readonly { readonly ok: boolean }[],
  ): Promise<void> {
    for (const [index, { target }] of requests.entries()) {
      if (target.kind !== "iter" || target.pin !== undefined || results[index]?.ok !== true) continue;
      const text = await readIterator(channel, index + 1);
      if (text.ok && text.value.length > 0)
        this.options.emit({ kind: "output", type: "printf", bytes: text.value, site: -1 });
      else if (!text.ok)
        this.options.emit({
          kind: "notice",
          severity: "warning",
          message: `cannot read ${target.name}: ${errnoText(text.error.errno)}`,
        });
    }
  }

  /** Runs the programs of the tool's own probes, in order, and waits for their output. */
  async runPrograms(kind: "begin" | "end" | "self"): Promise<StartFailure | undefined> {
    const { channel } = this;
    if (channel === undefined) return undefined;
    for (const program of programsOf(this.manifest, kind)) {
      const ran = await runProgram(channel, program.function, new Uint8Array(0), 0);
      if (!ran.ok) return new StartFailure("run", `cannot run ${kind}: ${errnoText(ran.error.errno)}`, []);
      await this.pump.idle();
    }
    return undefined;
  }

  private async wait(): Promise<void> {
    const timer = setInterval(() => {
      void this.reportLosses();
      if (this.options.pid !== undefined && !isAlive(this.options.pid)) this.stop("process-gone");
    }, LOSS_REPORT_MS);
    await this.stopped;
    clearInterval(timer);
  }

  private async reportLosses(): Promise<void> {
    const { channel } = this;
    if (channel === undefined) return;
    const raw = await readMap(channel, this.manifest.counters.object);
    if (!raw.ok) return;
    const counts = readCounters(this.manifest.counters, raw.value);
    const losses = newLosses(this.manifest.counters, counts, this.counts);
    this.counts = counts;
    if (losses.length > 0) this.options.emit({ kind: "loss", losses });
  }

  private async shutDown(): Promise<number> {
    const { channel } = this;
    if (channel === undefined || this.stopReason === "loader-died") {
      await this.child?.stop();
      return this.finish("loader-died", NO_SUMMARY);
    }
    await send(channel, requestType.DETACH_ALL, () => undefined);
    this.pump.release();
    await this.pump.idle();
    await this.runPrograms("end");
    await stopEvents(channel);
    await this.pump.idle();
    await this.reportLosses();
    if (this.manifest.config.printMapsOnExit && this.options.mode === "run") await this.printFinalMaps();
    const summary = summarise(
      this.manifest.counters,
      this.counts,
      this.pump.delivered(),
      await this.missedRuns(channel),
    );
    await this.child?.stop();
    await channel.shutdown();
    return this.finish(this.stopReason ?? "exit", summary);
  }

  /** Runs that the kernel skipped because a program would have interrupted itself. */
  private async missedRuns(channel: LoaderChannel): Promise<RunSummary["missedRuns"]> {
    const stats = await programStats(channel);
    if (!stats.ok) return [];
    return stats.value.flatMap(({ name, recursionMisses }) => {
      const program = this.manifest.programs.find((each) => each.function === name);
      return recursionMisses === 0n
        ? []
        : [{ probe: program?.targets[0]?.name ?? name, count: recursionMisses }];
    });
  }

  private async printFinalMaps(): Promise<void> {
    const byName = [...this.manifest.maps].sort((left, right) =>
      Buffer.compare(Buffer.from(left.name), Buffer.from(right.name)),
    );
    for (const spec of byName) {
      const snapshot = await this.readSnapshot(spec, 0);
      if (snapshot !== undefined && !snapshot.empty)
        this.options.emit({ kind: "map", map: snapshot, spec, divisor: 1, final: true });
    }
  }

  private async readSnapshot(
    spec: Manifest["maps"][number],
    top: number,
  ): Promise<ReturnType<typeof snapshotMap> | undefined> {
    if (this.channel === undefined) return undefined;
    const raw = await readMap(this.channel, spec.object);
    return raw.ok
      ? snapshotMap(spec, raw.value, { structs: this.structs, resolvers: this.resolvers }, top)
      : undefined;
  }

  private async performAction(action: DeferredAction): Promise<void> {
    const { channel } = this;
    if (channel === undefined) return;
    switch (action.kind) {
      case "print-map": {
        const { map: spec, top, divisor } = action;
        const snapshot = await this.readSnapshot(spec, top);
        if (snapshot !== undefined)
          this.options.emit({ kind: "map", map: snapshot, spec, divisor, final: false });
        break;
      }
      case "clear-map":
        await send(channel, requestType.MAP_CLEAR, (writer) => writer.string(action.map.object));
        break;
      case "zero-map":
        await zeroMap(channel, action.map);
        break;
      case "system": {
        const bytes = await runCommand(action.command);
        this.options.emit({ kind: "output", type: "syscall", bytes, site: action.site });
        break;
      }
      case "exit":
        if (this.options.mode === "test") {
          if (action.code !== 0) this.problems += 1;
          break;
        }
        if (this.stopReason === undefined) this.exitCode = action.code;
        this.stop("exit");
        break;
    }
  }

  private loaderDied(reason: string): void {
    if (this.stopReason === undefined) {
      const message = `${reason}; everything it attached is detached`;
      this.options.emit({
        kind: "failed",
        stage: "loader",
        message,
        advice: ["output up to this point is complete; run the script again"],
      });
      this.exitCode = START_FAILED;
    }
    this.stop("loader-died");
  }

  private async fail(failure: StartFailure): Promise<number> {
    const { stage, message, advice } = failure;
    this.options.emit({ kind: "failed", stage, message, advice });
    this.exitCode = START_FAILED;
    await this.child?.stop();
    if (this.stopReason !== "loader-died") await this.channel?.shutdown();
    return this.finish("failed", NO_SUMMARY);
  }

  private finish(reason: EndReason, summary: RunSummary): number {
    this.options.emit({ kind: "ended", exitCode: this.exitCode, reason, summary });
    if (this.options.dryRun) void this.channel?.shutdown();
    return this.exitCode;
  }
}

/** Probe types whose hook calls programs in the order they were attached. */
const forwardProbeTypes: ReadonlySet<string> = new Set([
  "kretprobe",
  "tracepoint",
  "rawtracepoint",
  "profile",
  "interval",
  "software",
  "hardware",
  "watchpoint",
]);

/** Targets that are never attached: the tool runs their programs itself. */
const runOnce: ReadonlySet<string> = new Set(["begin", "end", "self", "test", "bench"]);

function programsOf(manifest: Manifest, kind: "begin" | "end" | "self"): readonly ProgramSpec[] {
  return manifest.programs.filter((program) => program.targets.some((target) => target.kind === kind));
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it is there and not ours.
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

function readFile(path: string, limit: number): { readonly bytes: Buffer } | { readonly error: string } {
  try {
    return { bytes: readFileSync(path).subarray(0, limit) };
  } catch (error) {
    return { error: error instanceof Error ? error.message : "unreadable" };
  }
}
