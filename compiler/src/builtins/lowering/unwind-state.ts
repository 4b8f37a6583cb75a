/** What a walk of `dw_ustack` knows between two frames: u64 fields of one object on the program's stack. */

import type { FunctionBuilder } from "../../ir/builder.ts";
import type { IrOperand } from "../../ir/ir.ts";

export const walkState = {
  /** Address of the value that is made, and of the process's mappings. */
  stack: 0,
  process: 8,
  /** The registers of the frame at hand. */
  instruction: 16,
  stackPointer: 24,
  framePointer: 32,
  /** 1 when no rule told where the frame pointer is. */
  pointerLost: 40,
  /** 1 when the instruction is the one after a call or system call, which may be another function's. */
  back: 48,
  /** The mapping found last. */
  start: 56,
  end: 64,
  base: 72,
  firstRow: 80,
  rows: 88,
  outcome: 96,
  /** Of a search. */
  wanted: 104,
  low: 112,
  high: 120,
  /** For helpers: a key, and what was read. */
  key: 128,
  word: 144,
  bytes: 152,
} as const;

/** How a walk ended, when not by its limit. */
export const outcome = { outermost: 1, cut: 2 } as const;

/** The ends of a walk; each returns from the function. */
export interface WalkEnds {
  /** There is no telling where the caller is. */
  readonly cut: () => void;
  readonly outermost: () => void;
}

export function loadState(
  build: FunctionBuilder,
  frame: IrOperand,
  field: keyof typeof walkState,
): IrOperand {
  return build.load("i64", build.offset(frame, walkState[field]), 8);
}

export function storeState(
  build: FunctionBuilder,
  frame: IrOperand,
  field: keyof typeof walkState,
  value: IrOperand,
): void {
  build.store(build.offset(frame, walkState[field]), value, 8);
}
