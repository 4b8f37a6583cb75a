/** How many instructions each source line of a compiled function became. */

import type { CompiledFunction } from "@probewright/llvm-bindings";

export interface InstructionLines {
  readonly instructions: number;
  /** Lines from 0, ascending. */
  readonly lines: readonly { readonly line: number; readonly instructions: number }[];
}

export function instructionLines({ instructionCount, lines }: CompiledFunction): InstructionLines {
  const counts = new Map<number, number>();
  lines.forEach(({ instructionIndex, line }, i) => {
    const end = lines[i + 1]?.instructionIndex ?? instructionCount;
    counts.set(line - 1, (counts.get(line - 1) ?? 0) + end - instructionIndex);
  });
  const ascending = [...counts].sort(([left], [right]) => left - right);
  return {
    instructions: instructionCount,
    lines: ascending.map(([line, instructions]) => ({ line, instructions })),
  };
}
