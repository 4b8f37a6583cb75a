/** The stack plan for a display: a bar for each function, and in it each expression with its bytes. */

import type { Span } from "@probewright/compiler";
import { absolute, type Snapshot } from "./snapshot.ts";
import { stackReport } from "./stack.ts";

export interface StackRow {
  readonly name: string;
  /** Bytes of its own frame, and with all that it calls. */
  readonly bytes: number;
  readonly chainBytes: number;
  /** Kept in per-CPU memory, so not on the stack. */
  readonly scratchBytes: number;
  readonly span: Span | undefined;
  readonly objects: readonly StackObjectRow[];
}

export interface StackObjectRow {
  readonly label: string;
  readonly bytes: number;
  readonly placement: "stack" | "scratch";
  readonly span: Span | undefined;
}

/** Undefined for a script with errors. */
export function stackRows(snapshot: Snapshot): readonly StackRow[] | undefined {
  return stackReport(snapshot)?.functions.map((row) => ({
    name: row.name,
    bytes: row.predictedBytes,
    chainBytes: row.chainBytes,
    scratchBytes: row.scratchBytes,
    span: absolute(snapshot, row.place),
    objects: [...row.objects]
      .sort((left, right) => right.size - left.size)
      .map(({ label, size, placement, place }) => ({
        label,
        bytes: size,
        placement,
        span: absolute(snapshot, place),
      })),
  }));
}
