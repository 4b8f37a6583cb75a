/** Where a script's output goes: buffered as asked for, nothing lost at the end. */

import type { Writable } from "node:stream";

export interface BufferedOutput {
  readonly write: (bytes: Buffer | string) => void;
  readonly flush: () => void;
  /** Writes out everything and waits until it is taken. */
  readonly close: () => Promise<void>;
}

const FULL_BYTES = 64 * 1024;

/** @param mode `line`, `full` or `none`. A tick of events is written at once in any mode but `none`. */
export function createOutput(stream: Writable, mode: string): BufferedOutput {
  let pending: Buffer[] = [];
  let bytes = 0;
  let scheduled = false;
  let failure: string | undefined;
  stream.on("error", (error) => {
    // A closed pipe ends the output, not the accounting; the run goes on until it is stopped.
    failure ??= error.message;
  });
  const flush = (): void => {
    scheduled = false;
    if (pending.length === 0) return;
    const all = Buffer.concat(pending);
    pending = [];
    bytes = 0;
    if (failure === undefined) stream.write(all);
  };
  return {
    flush,
    write: (data) => {
      const buffer = typeof data === "string" ? Buffer.from(data) : data;
      pending.push(buffer);
      bytes += buffer.length;
      if (mode === "none" || bytes >= FULL_BYTES) flush();
      else if (!scheduled && mode !== "full") {
        scheduled = true;
        setImmediate(flush);
      }
    },
    close: () =>
      new Promise((resolve) => {
        flush();
        if (failure !== undefined) resolve();
        else
          stream.write("", () => {
            resolve();
          });
      }),
  };
}
