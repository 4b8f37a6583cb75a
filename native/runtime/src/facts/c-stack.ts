/** How much stack the functions of a BPF object take, read off their instructions. */

import type { BpfObject } from "@probewright/llvm-bindings";

import { calleesOf, codeOfFunctions, INSTRUCTION_BYTES } from "./c-code.ts";

const FRAME_POINTER = 10;
/** Each frame counts rounded up to this. Source: check_max_stack_depth, kernel/bpf/verifier.c of 6.1. */
const FRAME_STEP = 32;
/** Longest chain of calls that the verifier takes. */
const MOST_FRAMES = 8;

/** Opcodes, by Documentation/bpf/standardization/instruction-set.rst of the kernel. */
const MOVE_64 = 0xbf;
const ADD_64 = 0x07;
const LOADS_AND_STORES: ReadonlySet<number> = new Set([1, 2, 3]);

/** By name: its own frame and those of what it calls, as the verifier counts them. */
export function stackOfFunctions(object: BpfObject): ReadonlyMap<string, number> {
  const codes = codeOfFunctions(object);
  const deepest = (name: string, frames: number): number => {
    const code = codes.get(name);
    if (code === undefined || frames > MOST_FRAMES) return 0;
    const inner = calleesOf(code, object, codes).map((callee) => deepest(callee, frames + 1));
    return Math.ceil(Math.max(frameOf(code.bytes), 1) / FRAME_STEP) * FRAME_STEP + Math.max(0, ...inner);
  };
  return new Map([...codes.keys()].map((name) => [name, deepest(name, 1)]));
}

/** The lowest address below the frame pointer that is read, written, or computed to be passed on. */
function frameOf(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let lowest = 0;
  let copied: number | undefined;
  for (let at = 0; at + INSTRUCTION_BYTES <= bytes.length; at += INSTRUCTION_BYTES) {
    const opcode = view.getUint8(at);
    const registers = view.getUint8(at + 1);
    const [target, source] = [registers & 15, registers >> 4];
    if (LOADS_AND_STORES.has(opcode & 7)) {
      const base = (opcode & 7) === 1 ? source : target;
      if (base === FRAME_POINTER) lowest = Math.min(lowest, view.getInt16(at + 2, true));
    }
    if (opcode === ADD_64 && target === copied) lowest = Math.min(lowest, view.getInt32(at + 4, true));
    copied = opcode === MOVE_64 && source === FRAME_POINTER ? target : undefined;
  }
  return -lowest;
}
