/** The stack plan for a display: a bar for each function, and in it each expression with its bytes. */

import type { Span } from "@probewright/compiler";
import { absolute, type Snapshot } from "./snapshot.ts";
import { measuredChain, stackReport, type MeasureOf } from "./stack.ts";

export interface StackRow {
  readonly name: string;
  /** With all that it calls: the figure of its lens. */
  readonly stackBytes: number;
  /** The same as planned, when LLVM made something else of it. */
  readonly plannedBytes: number | undefined;
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
export function stackRows(snapshot: Snapshot, measureOf: MeasureOf): readonly StackRow[] | undefined {
  return stackReport(snapshot)?.functions.map((row) => {
    const stackBytes = measuredChain(snapshot, row, measureOf) ?? row.chainBytes;
    return {
      name: row.name,
      stackBytes,
      plannedBytes: stackBytes === row.chainBytes ? undefined : row.chainBytes,
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
    };
  });
}
