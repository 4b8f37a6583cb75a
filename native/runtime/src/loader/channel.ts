/** One running loader: its process, its requests and replies in order, its notices. */

import { spawn, type ChildProcess, type ChildProcessWithoutNullStreams } from "node:child_process";
import type { Writable } from "node:stream";

import { err, ok, type Result } from "@probewright/compiler";
import { ABI_VERSION, noticeType, readyFlag, replyType, requestType, STREAM_LAST } from "./frames.ts";
import { readMappings, type MappingRecord } from "./mappings.ts";
import { FrameReader, FrameSplitter, frameWriter, type FrameWriter } from "./wire.ts";

/** What the loader says of itself when it starts. */
export interface LoaderReady {
  readonly pid: number;
  readonly uid: number;
  readonly effectiveUid: number;
  readonly capabilities: bigint;
  readonly possibleCpus: number;
  readonly onlineCpus: number;
  readonly pageSize: number;
  readonly mayPin: boolean;
  readonly mayInterfere: boolean;
  readonly kernelRelease: string;
  /** Nanoseconds that the wall clock, and the TAI clock, were ahead of the boot clock when the loader started. */
  readonly wallAhead: bigint;
  readonly taiAhead: bigint;
}

/** A refusal: by the kernel (errno), or by the loader's own rules. */
export interface LoaderError {
  readonly errno: number;
  /** One of the stages of PROTOCOL.md, or `died` when the loader is gone. */
  readonly stage: string;
  readonly text: string;
}

export interface Reply {
  readonly type: number;
  readonly reader: FrameReader;
}

export interface LoaderHandlers {
  /** Records of one ring: repeated u32 length and that many bytes. The buffer is only valid during the call. */
  readonly events: (ring: number, records: Buffer) => void;
  /** What processes mapped, before the events that they made afterwards. */
  readonly mappings: (records: readonly MappingRecord[]) => void;
  readonly log: (level: number, text: string) => void;
  readonly oversized: (ring: number, bytes: number) => void;
  /** The loader ended; `expected` when it was asked to. */
  readonly ended: (reason: string, expected: boolean) => void;
}

export interface LoaderChannel {
  readonly ready: LoaderReady;
  /** Resolves with the replies to one request: one, or all frames of a stream. */
  readonly request: (
    type: number,
    fields: (writer: FrameWriter) => void,
  ) => Promise<Result<readonly Reply[], LoaderError>>;
  /** Resolves when the loader is gone, whether by SHUTDOWN or not. */
  readonly shutdown: () => Promise<void>;
  readonly kill: () => void;
  /** Leaves what the loader says unread: its rings fill, and programs count what they lose. No request is answered meanwhile. Each
   * `true` wants its `false`. */
  readonly pause: (paused: boolean) => void;
}

interface Pending {
  readonly resolve: (result: Result<readonly Reply[], LoaderError>) => void;
  readonly replies: Reply[];
}

/** Replies that come in several frames, the last flagged; the flags stand right after the request id. */
const streamed: ReadonlySet<number> = new Set([
  replyType.LOADED,
  replyType.ITER_DATA,
  replyType.MAP_DATA,
  replyType.PROGRAM_STATS,
  replyType.LINK_STATS,
  replyType.FILE_DATA,
]);

/** A loader that was started and has not been spoken to yet. */
export interface PendingLoader {
  /** Waits for its greeting and answers it. */
  readonly connect: (handlers: LoaderHandlers) => Promise<Result<LoaderChannel, LoaderError>>;
  /** For a run that comes to nothing. */
  readonly abandon: () => void;
}

/** A loader greets in milliseconds, also on a machine that is busy with other things. */
const GREETING_MS = 10_000;

/** What LOG notices are wanted: warnings. */
const LOG_WARNINGS = 1;

/**
 * Starts the loader, which takes a while to come up: best before there is anything for it to do.
 * @param command program and arguments, e.g. `["sudo", "--", "/path/probewright-loader"]`
 */
export function spawnLoader(command: readonly [string, ...string[]]): PendingLoader {
  const [program, ...args] = command;
  const child: ChildProcess = spawn(program, args, { stdio: ["pipe", "pipe", "pipe"] });
  if (!hasPipes(child)) return failedLoader(child);
  const state = new ChannelState(child);
  let pauses = 0;
  return {
    connect: async (handlers) => {
      state.handlers = handlers;
      const patience = setTimeout(() => {
        state.end(`the loader did not answer for ${(GREETING_MS / 1000).toString()} seconds`);
        child.kill("SIGKILL");
      }, GREETING_MS);
      const ready = await state.greeting;
      clearTimeout(patience);
      // Nobody would end it, and the caller would wait for it.
      if (!ready.ok) child.kill("SIGKILL");
      if (!ready.ok) return ready;
      const hello = await state.request(requestType.HELLO, (writer) =>
        writer.u32(ABI_VERSION).u32(LOG_WARNINGS),
      );
      if (!hello.ok) child.kill("SIGKILL");
      if (!hello.ok) return hello;
      return ok({
        ready: ready.value,
        request: (type, fields) => state.request(type, fields),
        shutdown: () => state.shutdown(),
        kill: () => child.kill("SIGKILL"),
        pause: (paused) => {
          pauses += paused ? 1 : -1;
          if (pauses > 0) child.stdout.pause();
          else child.stdout.resume();
        },
      });
    },
    abandon: () => {
      child.kill("SIGKILL");
    },
  };
}

/** Where descriptors ran out Node leaves a child without pipes. */
function hasPipes(child: ChildProcess): child is ChildProcessWithoutNullStreams {
  return [child.stdin, child.stdout, child.stderr].every((pipe) => (pipe ?? undefined) !== undefined);
}

function failedLoader(child: ChildProcess): PendingLoader {
  const failed = new Promise<Result<LoaderChannel, LoaderError>>((resolve) => {
    child.on("error", (error) => {
      resolve(err({ errno: 0, stage: "died", text: `the loader could not be started: ${error.message}` }));
    });
  });
  return { connect: () => failed, abandon: () => undefined };
}

/** The mutable side of a channel: what was asked and not answered, and whether the process still lives. */
class ChannelState {
  readonly greeting: Promise<Result<LoaderReady, LoaderError>>;
  private settleGreeting: (result: Result<LoaderReady, LoaderError>) => void = () => undefined;
  private readonly pending = new Map<number, Pending>();
  private nextRequest = 1;
  private expectEnd = false;
  private lastWords = "";
  private gone: string | undefined;
  private readonly finished: Promise<void>;
  private readonly stdin: Writable;
  handlers: LoaderHandlers | undefined;

  constructor(child: ChildProcessWithoutNullStreams) {
    this.stdin = child.stdin;
    this.greeting = new Promise((resolve) => {
      this.settleGreeting = resolve;
    });
    const splitter = new FrameSplitter((type, payload) => {
      this.receive(type, payload);
    });
    child.stdout.on("data", (chunk: Buffer) => {
      splitter.push(chunk);
    });
    child.stderr.on("data", (chunk: Buffer) => {
      this.lastWords = (this.lastWords + chunk.toString("utf8")).slice(-4000);
    });
    // A write to a loader that just died fails; the end of the process tells more.
    this.stdin.on("error", () => undefined);
    this.finished = new Promise((resolve) => {
      child.on("error", (error) => {
        this.end(`the loader could not be started: ${error.message}`);
        resolve();
      });
      child.on("close", (code, signal) => {
        this.end(describeEnd(code, signal, this.lastWords));
        resolve();
      });
    });
  }

  request(
    type: number,
    fields: (writer: FrameWriter) => void,
  ): Promise<Result<readonly Reply[], LoaderError>> {
    if (this.gone !== undefined) return Promise.resolve(err({ errno: 0, stage: "died", text: this.gone }));
    const id = this.nextRequest;
    this.nextRequest += 1;
    const writer = frameWriter();
    writer.u32(id);
    fields(writer);
    return new Promise((resolve) => {
      this.pending.set(id, { resolve, replies: [] });
      this.write(writer.finish(type));
    });
  }

  /** Requests made together go out as one: the loader then reads them all when it wakes up. */
  private write(frame: Buffer): void {
    if (this.stdin.writableCorked === 0) {
      this.stdin.cork();
      process.nextTick(() => {
        this.stdin.uncork();
      });
    }
    this.stdin.write(frame);
  }

  async shutdown(): Promise<void> {
    this.expectEnd = true;
    await this.request(requestType.SHUTDOWN, () => undefined);
    this.stdin.end();
    await this.finished;
  }

  private receive(type: number, payload: Buffer): void {
    const reader = new FrameReader(payload);
    if (type < noticeType.READY) {
      this.receiveReply(type, reader);
      return;
    }
    switch (type) {
      case noticeType.READY:
        this.settleGreeting(readReady(reader));
        break;
      case noticeType.EVENTS:
        this.handlers?.events(reader.u32(), reader.raw(reader.remaining()));
        break;
      case noticeType.MAPPINGS:
        this.handlers?.mappings(readMappings(reader));
        break;
      case noticeType.LOG:
        this.handlers?.log(reader.u32(), reader.string());
        break;
      case noticeType.EVENT_OVERSIZED:
        this.handlers?.oversized(reader.u32(), reader.u32());
        break;
      default:
        break;
    }
  }

  private receiveReply(type: number, reader: FrameReader): void {
    const id = reader.u32();
    const pending = this.pending.get(id);
    if (pending === undefined) {
      if (type === replyType.ERROR) this.lastWords += readError(reader).text;
      return;
    }
    if (type === replyType.ERROR) {
      this.pending.delete(id);
      pending.resolve(err(readError(reader)));
      return;
    }
    const last = !streamed.has(type) || (reader.u32() & STREAM_LAST) !== 0;
    pending.replies.push({ type, reader });
    if (!last || type === replyType.PROGRAM_LOG) return;
    this.pending.delete(id);
    pending.resolve(ok(pending.replies));
  }

  end(reason: string): void {
    if (this.gone !== undefined) return;
    this.gone = reason;
    const error: LoaderError = { errno: 0, stage: "died", text: reason };
    this.settleGreeting(err(error));
    for (const { resolve } of this.pending.values()) resolve(err(error));
    this.pending.clear();
    this.handlers?.ended(reason, this.expectEnd);
  }
}

/** Source: READY in `native/abi/PROTOCOL.md`. */
export function readReady(reader: FrameReader): Result<LoaderReady, LoaderError> {
  const abiVersion = reader.u32();
  if (abiVersion !== ABI_VERSION) {
    const text = `the loader speaks version ${abiVersion.toString()} and this program version ${ABI_VERSION.toString()}: build both again`;
    return err({ errno: 0, stage: "state", text });
  }
  const pid = reader.u32();
  const uid = reader.u32();
  const effectiveUid = reader.u32();
  const capabilities = reader.u64();
  const possibleCpus = reader.u32();
  const onlineCpus = reader.u32();
  const pageSize = reader.u32();
  const flags = reader.u32();
  return ok({
    pid,
    uid,
    effectiveUid,
    capabilities,
    possibleCpus,
    onlineCpus,
    pageSize,
    mayPin: (flags & readyFlag.MAY_PIN) !== 0,
    mayInterfere: (flags & readyFlag.MAY_INTERFERE) !== 0,
    kernelRelease: reader.string(),
    wallAhead: reader.i64(),
    taiAhead: reader.i64(),
  });
}

function readError(reader: FrameReader): LoaderError {
  return { errno: reader.u32(), stage: reader.string(), text: reader.string() };
}

function describeEnd(code: number | null, signal: NodeJS.Signals | null, lastWords: string): string {
  const words = lastWords.trim();
  const how = signal === null ? `ended with status ${String(code)}` : `was ended by ${signal}`;
  return words === "" ? `the loader ${how}` : `the loader ${how}: ${words}`;
}
