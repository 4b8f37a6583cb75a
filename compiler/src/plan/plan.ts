/** The stack plan: bytes for every object of every function. */

import type { IrFunction, IrModule, StackObject } from "../ir/ir.ts";
import type { FrameLayout } from "../ir/print.ts";
import { roundUp } from "../types/layout.ts";
import type { StackReport } from "./stack-report.ts";

export interface PlanOptions {
  readonly onStackLimit: number | undefined;
}

export interface PlannedModule {
  readonly module: IrModule;
  readonly frameOf: (fn: IrFunction) => FrameLayout;
  readonly report: StackReport;
}

export function planStack(module: IrModule, _options: PlanOptions): PlannedModule {
  const frames = new Map(module.functions.map((fn) => [fn, layOut(fn)]));
  return {
    module,
    frameOf: (fn) => frames.get(fn) ?? { bytes: 0, offsets: new Map() },
    report: { functions: [] },
  };
}

function layOut(fn: IrFunction): FrameLayout {
  const offsets = new Map<StackObject, number>();
  let end = 0;
  for (const block of fn.blocks) {
    for (const instruction of block.instructions) {
      if (instruction.kind !== "object-address" || offsets.has(instruction.object)) continue;
      const offset = roundUp(end, instruction.object.align);
      offsets.set(instruction.object, offset);
      end = offset + instruction.object.size;
    }
  }
  return { bytes: roundUp(end, 8), offsets };
}
