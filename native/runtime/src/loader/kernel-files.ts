/** Files of the kernel that this user may not read and the loader may: asked for at once, in a conversation of its own. */

import { spawnSync } from "node:child_process";

import { ABI_VERSION, kernelFile, replyType, requestType } from "./frames.ts";
import { FrameReader, FrameSplitter, frameWriter } from "./wire.ts";

export interface KernelFileReader {
  /** `category:event` lines; undefined when they cannot be had. */
  readonly availableEvents: () => string | undefined;
  /** Text of an event's format; undefined when there is no such event. */
  readonly eventFormat: (category: string, event: string) => string | undefined;
}

const MOST_BYTES = 64 << 20;
const HELLO_ID = 1;
const FILE_ID = 2;

/** @param command starts the loader */
export function kernelFilesThrough(command: readonly [string, ...string[]]): KernelFileReader {
  const [program, ...args] = command;
  const read = (kind: number, category: string, event: string): string | undefined => {
    const hello = frameWriter().u32(HELLO_ID).u32(ABI_VERSION).u32(0).finish(requestType.HELLO);
    const ask = frameWriter().u32(FILE_ID).u32(kind).string(category).string(event);
    const input = Buffer.concat([hello, ask.finish(requestType.KERNEL_FILE)]);
    const ran = spawnSync(program, args, { input, maxBuffer: MOST_BYTES, stdio: ["pipe", "pipe", "ignore"] });
    return ran.status === 0 ? fileIn(ran.stdout) : undefined;
  };
  return {
    availableEvents: () => read(kernelFile.AVAILABLE_EVENTS, "", ""),
    eventFormat: (category, event) => read(kernelFile.EVENT_FORMAT, category, event),
  };
}

/** The parts of the file among the loader's frames; undefined when it refused. */
function fileIn(frames: Buffer): string | undefined {
  const parts: Buffer[] = [];
  const splitter = new FrameSplitter((type, payload) => {
    if (type !== replyType.FILE_DATA) return;
    const reader = new FrameReader(payload);
    // Request id and flags.
    reader.raw(8);
    parts.push(reader.bytes());
  });
  splitter.push(frames);
  return parts.length === 0 ? undefined : Buffer.concat(parts).toString("utf8");
}
