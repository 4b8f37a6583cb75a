/** Where a script's output goes: written in one piece where it can be, waited for where the reader is slow. */

import { closeSync, constants, fstatSync, openSync, writeSync } from "node:fs";
import { isatty } from "node:tty";

import { err, ok, type Result } from "@probewright/compiler";

export interface BufferedOutput {
  readonly write: (bytes: Uint8Array | string) => void;
  readonly flush: () => void;
  /** Does it as soon as everything that was flushed before is written: what it says comes after that. */
  readonly afterwards: (action: () => void) => void;
  /** Resolves when everything is written, or cannot be. */
  readonly close: () => Promise<void>;
}

export interface OutputOptions {
  /** A descriptor that takes the bytes. */
  readonly descriptor: number;
  /** `line`, `full` or `none`: `line` writes what a tick of events brought at its end. */
  readonly buffering: "line" | "full" | "none";
  /** Called once, when a write failed; what follows is thrown away. */
  readonly onFailure: (failure: OutputFailure) => void;
  /** The reader takes no more for now; and takes more again. */
  readonly onWait: (waiting: boolean) => void;
}

export interface OutputFailure {
  /** The reader closed its end: nobody wants to see more. */
  readonly closed: boolean;
  readonly reason: string;
}

const BUFFER_BYTES = 256 * 1024;

/**
 * A write is tried at once. While the reader takes nothing (a full pipe, a stopped terminal) whoever makes output is told to
 * wait: nothing is read from the loader, the ring buffer fills and programs count what finds no room, so that memory stays
 * bounded and every loss is known; and signals are heeded meanwhile.
 */
export function createOutput({ descriptor, buffering, onFailure, onWait }: OutputOptions): BufferedOutput {
  const buffer = Buffer.allocUnsafe(BUFFER_BYTES);
  let used = 0;
  let scheduled = false;
  const queue = createQueue(descriptor, { onFailure, onWait });
  const flush = (): void => {
    scheduled = false;
    if (used === 0) return;
    const bytes = buffer.subarray(0, used);
    used = 0;
    queue.write(bytes);
  };
  return {
    flush,
    write: (data) => {
      const bytes = typeof data === "string" ? Buffer.from(data) : data;
      if (used + bytes.length > BUFFER_BYTES) flush();
      if (bytes.length > BUFFER_BYTES) queue.write(bytes);
      else {
        buffer.set(bytes, used);
        used += bytes.length;
      }
      if (buffering === "none") flush();
      else if (buffering === "line" && !scheduled) {
        scheduled = true;
        setImmediate(flush);
      }
    },
    afterwards: queue.afterwards,
    close: () =>
      new Promise((resolve) => {
        flush();
        queue.afterwards(resolve);
      }),
  };
}

export interface SpokenOutput {
  /** Stands after what was written before. */
  readonly write: BufferedOutput["write"];
  readonly close: BufferedOutput["close"];
}

interface SpokenOptions extends Pick<OutputOptions, "descriptor" | "onWait"> {
  /** The descriptor of the output. */
  readonly outputTo: number;
}

/**
 * What is said beside the output, on standard error: in the place among the script's lines where it happened. Where one reader
 * takes both, both go one way: half a line of each would be neither.
 */
export function createSpokenOutput(
  output: BufferedOutput,
  { outputTo, descriptor, onWait }: SpokenOptions,
): SpokenOutput {
  if (isSameFile(outputTo, descriptor)) {
    const write: BufferedOutput["write"] = (text) => {
      output.write(text);
      output.flush();
    };
    return { write, close: output.close };
  }
  // Who does not read what is said misses it; the work goes on.
  const onFailure = (): void => undefined;
  const spoken = createOutput({ descriptor, buffering: "none", onFailure, onWait });
  return {
    write: (text) => {
      output.flush();
      output.afterwards(() => {
        spoken.write(text);
      });
    },
    close: spoken.close,
  };
}

function isSameFile(one: number, other: number): boolean {
  try {
    const [first, second] = [fstatSync(one), fstatSync(other)];
    return first.dev === second.dev && first.ino === second.ino;
  } catch {
    return false;
  }
}

interface WriteQueue {
  /** The bytes are only valid during the call. */
  readonly write: (bytes: Uint8Array) => void;
  readonly afterwards: (action: () => void) => void;
}

/** Time between two tries at a reader that takes nothing: short at first, as most are only a little behind. */
const FIRST_RETRY_MS = 1;
const LAST_RETRY_MS = 20;

function createQueue(
  given: number,
  { onFailure, onWait }: Pick<OutputOptions, "onFailure" | "onWait">,
): WriteQueue {
  const waiting: (Uint8Array | (() => void))[] = [];
  const terminal = isatty(given);
  let descriptor = given;
  let opened = false;
  let failed = false;
  let retryMs = FIRST_RETRY_MS;
  /** @returns how much was written */
  const tryToWrite = (bytes: Uint8Array): number => {
    if (!opened) descriptor = openWithoutWaiting(given);
    opened = true;
    const { written, code } = writeSome(descriptor, bytes);
    if (code === undefined) return written;
    failed = true;
    // Writing to a terminal that was closed is an input/output error.
    const closed = code === "EPIPE" || (terminal && code === "EIO");
    onFailure({ closed, reason: reasons.get(code) ?? code });
    return bytes.length;
  };
  const proceed = (): void => {
    for (let next = waiting[0]; next !== undefined; next = waiting[0]) {
      if (typeof next === "function") next();
      else {
        const written = failed ? next.length : tryToWrite(next);
        if (written < next.length) {
          if (written > 0) retryMs = FIRST_RETRY_MS;
          waiting[0] = next.subarray(written);
          wait();
          return;
        }
      }
      waiting.shift();
    }
    onWait(false);
  };
  const wait = (): void => {
    setTimeout(proceed, retryMs);
    retryMs = Math.min(2 * retryMs, LAST_RETRY_MS);
  };
  return {
    write: (bytes) => {
      if (failed) return;
      if (waiting.length > 0) {
        waiting.push(Buffer.from(bytes));
        return;
      }
      const written = tryToWrite(bytes);
      if (written === bytes.length) return;
      waiting.push(Buffer.from(bytes.subarray(written)));
      retryMs = FIRST_RETRY_MS;
      onWait(true);
      wait();
    },
    afterwards: (action) => {
      if (waiting.length === 0) action();
      else waiting.push(action);
    },
  };
}

/** Our own way to the same pipe or terminal: those who share the descriptor with us expect it to wait. */
function openWithoutWaiting(descriptor: number): number {
  try {
    if (!isatty(descriptor) && !fstatSync(descriptor).isFIFO()) return descriptor;
    const { O_WRONLY, O_NONBLOCK, O_NOCTTY } = constants;
    return openSync(`/proc/self/fd/${descriptor.toString()}`, O_WRONLY | O_NONBLOCK | O_NOCTTY);
  } catch {
    return descriptor;
  }
}

/** Writes what is taken at once; what is not is no error. */
function writeSome(
  descriptor: number,
  bytes: Uint8Array,
): { readonly written: number; readonly code?: string } {
  let written = 0;
  try {
    while (written < bytes.length) written += writeSync(descriptor, bytes, written, bytes.length - written);
  } catch (error) {
    const code = codeOf(error);
    if (code !== "EAGAIN" && code !== "EINTR") return { written, code };
  }
  return { written };
}

/** For last words: said where they are taken at once. */
export function writeWithoutWaiting(descriptor: number, text: string): void {
  writeSome(openWithoutWaiting(descriptor), Buffer.from(text));
}

/** In words what the system has against a file. */
export function reasonOf(error: unknown): string {
  const code = codeOf(error);
  return reasons.get(code) ?? (code === "" ? String(error) : code);
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}

const reasons: ReadonlyMap<string, string> = new Map([
  ["ENOSPC", "the disk is full"],
  ["EDQUOT", "the disk quota is used up"],
  ["EFBIG", "the file is larger than it may be"],
  ["EIO", "the disk reports an error"],
  ["EPIPE", "the reader closed the pipe"],
  ["EACCES", "permission denied"],
  ["ENOENT", "there is no such folder"],
  ["EISDIR", "it is a folder"],
  ["EROFS", "the file system is read-only"],
]);

/** Empties the file, or makes it. @returns its descriptor, or a sentence */
export function openOutputFile(path: string): Result<number, string> {
  try {
    return ok(openSync(path, "w"));
  } catch (error) {
    return err(`cannot write '${path}': ${reasonOf(error)}`);
  }
}

/** @returns a sentence when the system has bad news about what was written before */
export function closeOutputFile(path: string, descriptor: number): string | undefined {
  try {
    closeSync(descriptor);
    return undefined;
  } catch (error) {
    return `cannot write '${path}': ${reasonOf(error)}`;
  }
}
