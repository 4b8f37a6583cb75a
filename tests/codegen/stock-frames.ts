/** The stack that the programs of a BPF object really take, whoever made it: read from the instructions. */

import { readObject, type BpfObject, type ObjectSection } from "@probewright/llvm-bindings";

const FRAME_POINTER = 10;
const INSTRUCTION = 8;
/** Kernel 6.1 rounds each frame up to this. */
const FRAME_STEP = 32;

const LOAD = 1;
const STORE = 2;
const STORE_REGISTER = 3;
const COPY_REGISTER = 0xbf;
const ADD_CONSTANT = 0x07;
const CALL = 0x85;
const LOAD_ADDRESS = 0x18;
const PSEUDO_CALL = 1;

interface Frame {
  readonly key: string;
  readonly isProgram: boolean;
  readonly bytes: number;
  readonly callees: readonly string[];
}

/** Bytes of the deepest chain of calls of any program. */
export function deepestStack(bytes: Uint8Array): number {
  const read = readObject(bytes);
  if (read.kind === "error") throw new Error(read.message);
  const frames = framesOf(read.object);
  const chain = (key: string): number => {
    const frame = frames.get(key);
    if (frame === undefined) return 0;
    const own = Math.ceil(Math.max(frame.bytes, 1) / FRAME_STEP) * FRAME_STEP;
    return own + Math.max(0, ...frame.callees.map(chain));
  };
  return Math.max(
    0,
    ...[...frames.values()].filter(({ isProgram }) => isProgram).map(({ key }) => chain(key)),
  );
}

function keyOf(section: number, offset: number): string {
  return `${section}:${offset}`;
}

function framesOf(object: BpfObject): ReadonlyMap<string, Frame> {
  const frames = object.symbols.flatMap((symbol): readonly Frame[] => {
    const section = object.sections.find(({ index }) => index === symbol.section);
    if (symbol.kind !== "function" || section === undefined) return [];
    const [from, to] = [symbol.offset, symbol.offset + symbol.size];
    return [
      {
        key: keyOf(section.index, from),
        isProgram: section.name !== ".text" && symbol.binding === "global",
        bytes: lowestOffset(section, from, to),
        callees: calleesOf(object, section, from, to),
      },
    ];
  });
  return new Map(frames.map((frame) => [frame.key, frame]));
}

function lowestOffset({ bytes }: ObjectSection, from: number, to: number): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let lowest = 0;
  const copies = new Set<number>();
  for (let at = from; at < to; at += INSTRUCTION) {
    const code = view.getUint8(at);
    const destination = view.getUint8(at + 1) & 15;
    const source = view.getUint8(at + 1) >> 4;
    const kind = code & 7;
    const touchesFrame =
      kind === LOAD
        ? source === FRAME_POINTER
        : (kind === STORE || kind === STORE_REGISTER) && destination === FRAME_POINTER;
    if (touchesFrame) lowest = Math.min(lowest, view.getInt16(at + 2, true));
    if (code === ADD_CONSTANT && copies.has(destination)) {
      lowest = Math.min(lowest, view.getInt32(at + 4, true));
    }
    // A copy of the frame pointer is moved to its object by the next instruction that changes it.
    if (code === COPY_REGISTER && source === FRAME_POINTER) copies.add(destination);
    else if (kind !== STORE && kind !== STORE_REGISTER) copies.delete(destination);
    if (code === LOAD_ADDRESS) at += INSTRUCTION;
  }
  return -lowest;
}

function calleesOf(object: BpfObject, section: ObjectSection, from: number, to: number): readonly string[] {
  const view = new DataView(section.bytes.buffer, section.bytes.byteOffset, section.bytes.byteLength);
  const related = object.relocations
    .filter((one) => one.section === section.index && one.offset >= from && one.offset < to)
    .flatMap(({ symbol, offset }) => {
      if (symbol.section === undefined) return [];
      if (symbol.kind === "function") return [keyOf(symbol.section, symbol.offset)];
      // By the section's symbol: the instruction says how far into it.
      const immediate = view.getInt32(offset + 4, true);
      const place = view.getUint8(offset) === CALL ? (immediate + 1) * INSTRUCTION : immediate;
      return [keyOf(symbol.section, place)];
    });
  const moved = new Set(
    object.relocations.filter((one) => one.section === section.index).map((one) => one.offset),
  );
  const near: string[] = [];
  for (let at = from; at < to; at += INSTRUCTION) {
    const isCall = view.getUint8(at) === CALL && view.getUint8(at + 1) >> 4 === PSEUDO_CALL;
    if (isCall && !moved.has(at)) {
      near.push(keyOf(section.index, at + INSTRUCTION + view.getInt32(at + 4, true) * INSTRUCTION));
    }
    if (view.getUint8(at) === LOAD_ADDRESS) at += INSTRUCTION;
  }
  return [...related, ...near];
}
