/** What an object says about each of its functions: where it is, how long, how much stack, which source lines. */

import { type LineRecord } from "./btf-ext.ts";
import { functionSymbols, INSTRUCTION_BYTES, type BpfObject } from "./object.ts";

/** From this instruction up to the next entry's, code came from this place of the source. */
export interface InstructionLine {
  /** Instructions from the start of the function, as the kernel counts: a 64-bit immediate load is two. */
  readonly instructionIndex: number;
  /** The file's name as the debug information has it. */
  readonly file: string;
  /** From 1; 0 for code that belongs to no line. */
  readonly line: number;
  /** From 1, at most 1023; 0 when not known. */
  readonly column: number;
}

export interface CompiledFunction {
  readonly name: string;
  /** The section it is in: what libbpf takes the program type from; `.text` for subprograms. */
  readonly section: string;
  /** Bytes of its own frame as LLVM laid it out, spills included; 0 for none. Frames of callees are not in it. */
  readonly stackBytes: number;
  /** As the kernel counts: a 64-bit immediate load is two. */
  readonly instructionCount: number;
  /** Ascending; empty without debug information. */
  readonly lines: readonly InstructionLine[];
}

/**
 * @param frames frame size of each function, by name
 * @returns the functions by section, then by place in it
 */
export function listFunctions(
  object: BpfObject,
  records: readonly LineRecord[],
  frames: ReadonlyMap<string, number>,
): readonly CompiledFunction[] {
  const recordsBySection = groupBySection(records);
  return functionSymbols(object).map((symbol) => {
    const section = object.sections[symbol.section]?.name ?? "";
    const start = symbol.offset / INSTRUCTION_BYTES;
    const instructionCount = symbol.size / INSTRUCTION_BYTES;
    const lines = (recordsBySection.get(section) ?? [])
      .map((record) => ({ ...record, instructionIndex: record.instructionIndex - start }))
      .filter((record) => record.instructionIndex >= 0 && record.instructionIndex < instructionCount)
      .map(({ instructionIndex, file, line, column }) => ({ instructionIndex, file, line, column }));
    return {
      name: symbol.name,
      section,
      stackBytes: frames.get(symbol.name) ?? 0,
      instructionCount,
      lines,
    };
  });
}

/** The entry of an ascending line table that covers an instruction; `undefined` before the first. */
export function lineOfInstruction(
  lines: readonly InstructionLine[],
  instructionIndex: number,
): InstructionLine | undefined {
  return lines.findLast((line) => line.instructionIndex <= instructionIndex);
}

function groupBySection(records: readonly LineRecord[]): ReadonlyMap<string, readonly LineRecord[]> {
  const groups = new Map<string, LineRecord[]>();
  for (const record of records) {
    const group = groups.get(record.section);
    if (group === undefined) groups.set(record.section, [record]);
    else group.push(record);
  }
  return groups;
}
