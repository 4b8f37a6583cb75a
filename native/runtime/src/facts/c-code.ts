/** The functions of a BPF object, and which of them call which. */

import type { BpfObject } from "@probewright/llvm-bindings";

export const INSTRUCTION_BYTES = 8;
/** Opcode, by Documentation/bpf/standardization/instruction-set.rst of the kernel. */
const CALL = 0x85;
/** The source register of a call that is none of a helper. */
const CALLS_FUNCTION = 1;

export interface Code {
  readonly section: number;
  readonly start: number;
  readonly bytes: Uint8Array;
}

export function codeOfFunctions(object: BpfObject): ReadonlyMap<string, Code> {
  const codes = new Map<string, Code>();
  for (const { name, kind, section, offset, size } of object.symbols) {
    const holder = object.sections.find(({ index }) => index === section);
    if (kind !== "function" || holder === undefined) continue;
    codes.set(name, {
      section: holder.index,
      start: offset,
      bytes: holder.bytes.subarray(offset, offset + size),
    });
  }
  return codes;
}

export function calleesOf(
  code: Code,
  object: BpfObject,
  codes: ReadonlyMap<string, Code>,
): readonly string[] {
  const view = new DataView(code.bytes.buffer, code.bytes.byteOffset, code.bytes.byteLength);
  const names: string[] = [];
  for (let at = 0; at + INSTRUCTION_BYTES <= code.bytes.length; at += INSTRUCTION_BYTES) {
    if (view.getUint8(at) !== CALL || view.getUint8(at + 1) >> 4 !== CALLS_FUNCTION) continue;
    const offset = code.start + at;
    const symbol = object.relocations.find(
      (each) => each.section === code.section && each.offset === offset,
    )?.symbol;
    if (symbol !== undefined && symbol.kind !== "section") {
      names.push(symbol.name);
      continue;
    }
    // Counted in instructions: from the next one, or from the start of the section that a relocation names.
    const steps = (view.getInt32(at + 4, true) + 1) * INSTRUCTION_BYTES;
    const section = symbol?.section ?? code.section;
    const start = symbol === undefined ? offset + steps : steps;
    const found = [...codes].find(([, each]) => each.section === section && each.start === start);
    if (found !== undefined) names.push(found[0]);
  }
  return names;
}
