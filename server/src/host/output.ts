/** Where a script's output goes: written in one piece where it can be, waited for where the reader is slow. */

import { closeSync, openSync, writeSync } from "node:fs";

import { err, ok, type Result } from "@probewright/compiler";

export interface BufferedOutput {
  readonly write: (bytes: Uint8Array | string) => void;
  readonly flush: () => void;
  readonly close: () => void;
}

export interface OutputOptions {
  /** A descriptor that takes the bytes. */
  readonly descriptor: number;
  /** `line`, `full` or `none`: `line` writes what a tick of events brought at its end. */
  readonly buffering: "line" | "full" | "none";
  /** Called once, when a write failed; what follows is thrown away. */
  readonly onFailure: (failure: OutputFailure) => void;
}

export interface OutputFailure {
  /** The reader closed its end: nobody wants to see more. */
  readonly closed: boolean;
  readonly reason: string;
}

const BUFFER_BYTES = 256 * 1024;

/**
 * Writes are synchronous: while the reader is slow nothing is read from the loader, the ring buffer fills and programs
 * count what finds no room, so that memory stays bounded and every loss is known.
 */
export function createOutput({ descriptor, buffering, onFailure }: OutputOptions): BufferedOutput {
  const buffer = Buffer.allocUnsafe(BUFFER_BYTES);
  let used = 0;
  let scheduled = false;
  let failed = false;
  const writeOut = (bytes: Uint8Array): void => {
    if (failed) return;
    const failure = writeAll(descriptor, bytes);
    if (failure === undefined) return;
    failed = true;
    onFailure(failure);
  };
  const flush = (): void => {
    scheduled = false;
    if (used === 0) return;
    const bytes = buffer.subarray(0, used);
    used = 0;
    writeOut(bytes);
  };
  return {
    flush,
    write: (data) => {
      const bytes = typeof data === "string" ? Buffer.from(data) : data;
      if (used + bytes.length > BUFFER_BYTES) flush();
      if (bytes.length > BUFFER_BYTES) writeOut(bytes);
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
    close: flush,
  };
}

/** How long to wait for a descriptor that somebody else made non-blocking. */
const RETRY_MS = 1;

function writeAll(descriptor: number, bytes: Uint8Array): OutputFailure | undefined {
  for (let at = 0; at < bytes.length; ) {
    try {
      at += writeSync(descriptor, bytes, at, bytes.length - at);
    } catch (error) {
      const code = error instanceof Error && "code" in error ? String(error.code) : "";
      if (code !== "EAGAIN" && code !== "EINTR")
        return { closed: code === "EPIPE", reason: reasons.get(code) ?? code };
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, RETRY_MS);
    }
  }
  return undefined;
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
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    return err(`cannot write '${path}': ${reasons.get(code) ?? code}`);
  }
}

/** @returns a sentence when the system has bad news about what was written before */
export function closeOutputFile(path: string, descriptor: number): string | undefined {
  try {
    closeSync(descriptor);
    return undefined;
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    return `cannot write '${path}': ${reasons.get(code) ?? code}`;
  }
}
