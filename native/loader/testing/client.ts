/** A host for tests: starts the loader, sends requests, and keeps every frame in the order it came. */

import { spawn, type ChildProcessByStdio } from "node:child_process";
import type { Readable, Writable } from "node:stream";

import { abiVersion, frame, numberOf, Payload, u32, type Field } from "./frames.ts";

/** sanitize.sh sets the variable to a loader that watches itself. */
export const loaderPath =
  process.env["PROBEWRIGHT_SANITIZED_LOADER"] ??
  new URL("../build/probewright-loader", import.meta.url).pathname;

/** Whether the loader runs under AddressSanitizer, which takes more memory. */
export const isSanitized = process.env["PROBEWRIGHT_SANITIZED_LOADER"] !== undefined;

export interface ReceivedFrame {
  readonly type: number;
  readonly payload: Buffer;
  /** Position among all frames of the session. */
  readonly index: number;
}

export interface LoaderExit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** ERROR, as an exception: most requests of a test are meant to succeed. */
export class RequestError extends Error {
  readonly errno: number;
  readonly stage: string;

  constructor(errno: number, stage: string, message: string) {
    super(`${stage}: ${message} (errno ${errno})`);
    this.errno = errno;
    this.stage = stage;
  }
}

export interface StartOptions {
  /** What to run instead of the loader itself, such as `setpriv … loader`. */
  readonly command?: readonly [string, ...string[]];
  /** Without HELLO. Default: greet. */
  readonly greet?: boolean;
}

export class TestHost {
  readonly child: ChildProcessByStdio<Writable, Readable, null>;
  readonly frames: ReceivedFrame[] = [];
  private readonly repliesById = new Map<number, ReceivedFrame[]>();
  readonly exit: Promise<LoaderExit>;
  private input = Buffer.alloc(0);
  private nextRequestId = 1;
  private readonly waiting: (() => void)[] = [];

  constructor(command: readonly [string, ...string[]]) {
    const [program, ...rest] = command;
    this.child = spawn(program, rest, { stdio: ["pipe", "pipe", "inherit"] });
    this.child.stdin.on("error", () => undefined); // the loader may be gone: its exit says so
    this.child.stdout.on("data", (chunk: Buffer) => {
      this.receive(chunk);
    });
    this.exit = new Promise((resolve) => {
      this.child.on("close", (code, signal) => {
        resolve({ code, signal });
        this.wake();
      });
      this.child.on("error", () => {
        resolve({ code: 127, signal: null });
        this.wake();
      });
    });
  }

  private receive(chunk: Buffer): void {
    this.input = Buffer.concat([this.input, chunk]);
    while (this.input.length >= 8) {
      const end = 8 + this.input.readUInt32LE(0);
      if (this.input.length < end) break;
      const payload = this.input.subarray(8, end);
      const received = { type: this.input.readUInt16LE(4), payload, index: this.frames.length };
      this.frames.push(received);
      if (replyNames.has(received.type)) this.addReply(payload.readUInt32LE(0), received);
      this.input = this.input.subarray(end);
    }
    this.wake();
  }

  private wake(): void {
    for (const resume of this.waiting.splice(0)) resume();
  }

  /** Waits until `find` gives something. @throws when the loader ends before, or after `limitMs` */
  async until<T>(find: () => T | undefined, what: string, limitMs = 180_000): Promise<T> {
    const deadline = Date.now() + limitMs;
    for (;;) {
      const found = find();
      if (found !== undefined) return found;
      if (this.child.exitCode !== null || this.child.signalCode !== null) {
        await this.exit;
        const last = find();
        if (last !== undefined) return last;
        throw new Error(
          `the loader ended (${this.child.exitCode ?? this.child.signalCode ?? "?"}) before ${what}`,
        );
      }
      const left = deadline - Date.now();
      if (left <= 0) throw new Error(`no ${what} within ${limitMs} ms`);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, Math.min(left, 200));
        this.waiting.push(() => {
          clearTimeout(timer);
          resolve();
        });
      });
    }
  }

  /** The first frame of this type from position `from` on. */
  async notice(name: string, from = 0): Promise<ReceivedFrame> {
    const type = numberOf(`NOTICE_${name}`);
    return this.until(() => this.frames.slice(from).find((received) => received.type === type), name);
  }

  write(data: Buffer): void {
    this.child.stdin.write(data);
  }

  /** Sends a request without waiting. @returns its id */
  send(name: string, ...fields: readonly Field[]): number {
    const id = this.nextRequestId++;
    this.write(frame(numberOf(`REQUEST_${name}`), Buffer.concat([u32(id), ...fields])));
    return id;
  }

  /** All frames of the reply to request `id`; their payloads stand after the request id. @throws RequestError */
  async reply(
    id: number,
  ): Promise<readonly { readonly name: string; readonly index: number; readonly payload: Payload }[]> {
    const parts = await this.until(() => this.completeReply(id), `reply to request ${id}`);
    return parts.map(({ type, payload, index }) => {
      const name = replyNames.get(type) ?? String(type);
      const fields = new Payload(payload);
      fields.u32();
      if (name === "ERROR") throw new RequestError(fields.u32(), fields.text(), fields.text());
      return { name, index, payload: fields };
    });
  }

  private addReply(id: number, received: ReceivedFrame): void {
    const parts = this.repliesById.get(id);
    if (parts === undefined) this.repliesById.set(id, [received]);
    else parts.push(received);
  }

  private completeReply(id: number): readonly ReceivedFrame[] | undefined {
    const parts = this.repliesById.get(id) ?? [];
    const last = parts.at(-1);
    if (last === undefined) return undefined;
    const name = replyNames.get(last.type) ?? "";
    if (name === "PROGRAM_LOG") return undefined;
    return streamed.has(name) && (last.payload.readUInt32LE(4) & 1) === 0 ? undefined : parts;
  }

  async request(name: string, ...fields: readonly Field[]): ReturnType<TestHost["reply"]> {
    return this.reply(this.send(name, ...fields));
  }

  /** Events so far, as the test objects write them: u64 site, u64 sequence. */
  events(): readonly { readonly site: bigint; readonly sequence: bigint; readonly index: number }[] {
    const type = numberOf("NOTICE_EVENTS");
    return this.frames.flatMap((received) => {
      if (received.type !== type) return [];
      const payload = new Payload(received.payload);
      payload.u32();
      const found = [];
      while (payload.left() > 0) {
        const record = new Payload(payload.bytes());
        found.push({ site: record.u64(), sequence: record.u64(), index: received.index });
      }
      return found;
    });
  }

  /** Ends the session by SHUTDOWN and waits for the loader. */
  async shutdown(): Promise<LoaderExit> {
    this.send("SHUTDOWN");
    return this.exit;
  }

  kill(): void {
    this.child.kill("SIGKILL");
  }
}

const replyNames: ReadonlyMap<number, string> = new Map(
  ["OK", "ERROR", "LOADED", "LOAD_FAILED", "PROGRAM_LOG", "RAN", "ATTACHED", "ITER_DATA"]
    .concat(["EVENTS_STOPPED", "MAP_DATA", "PROGRAM_STATS", "LINK_STATS", "FILE_DATA"])
    .map((name) => [numberOf(`REPLY_${name}`), name]),
);

const streamed: ReadonlySet<string> = new Set([
  "LOADED",
  "ITER_DATA",
  "MAP_DATA",
  "PROGRAM_STATS",
  "LINK_STATS",
  "FILE_DATA",
]);

const started = new Set<TestHost>();

/** For `afterEach`: ends what a failed test left running, since that would keep the process of the tests. */
export async function endLoaders(): Promise<void> {
  for (const host of started) {
    host.kill();
    await host.exit;
  }
  started.clear();
}

/** Starts a session. The test ends it by `shutdown`; `endLoaders` ends it if the test failed before. */
export async function startLoader(options: StartOptions = {}): Promise<TestHost> {
  const host = new TestHost(options.command ?? [loaderPath]);
  started.add(host);
  if (options.greet ?? true) await host.request("HELLO", u32(abiVersion), u32(0));
  return host;
}
