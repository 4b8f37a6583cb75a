/** What the stack plan says: bytes per function and per call chain, each byte with the place it serves. */

import type { Place } from "../diagnostics/diagnostic.ts";

/** The most a call chain may use, in bytes. Source: MAX_BPF_STACK, include/linux/filter.h. */
export const MAX_BPF_STACK = 512;

export interface StackReport {
  readonly functions: readonly FunctionStack[];
}

export interface FunctionStack {
  /** Probe name, `fn` name, or `PROBE loop at LINE` for a loop callback. */
  readonly name: string;
  /** Name of the function in the object. */
  readonly function: string;
  readonly place: Place;
  /** Bytes of this frame as planned, arena and spill allowance together; never below LLVM's real frame. */
  readonly predictedBytes: number;
  /** Bytes of per-CPU scratch memory used by this function's objects. */
  readonly scratchBytes: number;
  /**
   * Deepest chain that starts here. Frames that are added up are rounded as kernel 6.1 does, max(depth, 1) up to a multiple
   * of 32; a frame alone is not.
   */
  readonly chainBytes: number;
  readonly objects: readonly StackObjectReport[];
  /** Names of the functions this one calls, callbacks included. */
  readonly calls: readonly string[];
}

export interface StackObjectReport {
  /** What it is, in the user's words: `key of @opens`, `str()`, `printf arguments`. */
  readonly label: string;
  readonly size: number;
  readonly align: number;
  /** Offset in the arena; undefined when in scratch memory. Objects with disjoint lifetimes may share bytes. */
  readonly offset: number | undefined;
  readonly placement: "stack" | "scratch";
  readonly place: Place;
}
