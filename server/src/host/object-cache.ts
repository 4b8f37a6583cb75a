/**
 * Objects that LLVM made before, by the IR they were made of. One build of LLVM makes the same of the same IR, so nothing kept
 * here can be out of date: a script that is run again starts without waiting for LLVM.
 *
 * An object runs with the privilege of whoever loads it; `kept-files.ts` sees to it that nobody else can have written it.
 */

import { binaryStamp } from "@probewright/llvm-bindings";

import { openKeptFiles } from "./kept-files.ts";

export interface ObjectCache {
  /** Undefined when there is none, or none that may be believed. */
  readonly find: (ir: string) => Uint8Array | undefined;
  /** Comes to nothing where it cannot be written: the next run waits again. */
  readonly keep: (ir: string, object: Uint8Array) => void;
}

/** Scripts of this size take so long elsewhere that they need not fill the disk. */
const MOST_KEY_BYTES = 4 << 20;

/** Undefined when objects are not to be kept. */
export function openObjectCache(
  environment: Readonly<Record<string, string | undefined>>,
): ObjectCache | undefined {
  const files = openKeptFiles(environment);
  const stamp = binaryStamp();
  if (files === undefined || stamp === undefined) return undefined;
  return {
    find: (ir) => {
      const key = Buffer.from(`${stamp}\n${ir}`);
      return files.find(nameOf(key), key);
    },
    keep: (ir, object) => {
      const key = Buffer.from(`${stamp}\n${ir}`);
      if (key.length < MOST_KEY_BYTES) files.keep(nameOf(key), key, object);
    },
  };
}

function nameOf(key: Buffer): string {
  // Imported, it would take 2 ms of every start.
  const { createHash } = process.getBuiltinModule("node:crypto");
  return createHash("sha256").update(key).digest("hex");
}
