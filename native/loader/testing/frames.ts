/** Frames as tests write and read them: numbers from `native/abi/frames.h` itself, fields one by one. */

import { readFileSync } from "node:fs";

/** Every enumerator of frames.h by its C name. */
export const numbers: ReadonlyMap<string, number> = readNumbers();

export const abiVersion = Number(/PROBEWRIGHT_ABI_VERSION (\d+)u/.exec(readHeader())?.[1]);

function readHeader(): string {
  return readFileSync(new URL("../../abi/frames.h", import.meta.url), "utf8");
}

function readNumbers(): ReadonlyMap<string, number> {
  const header = readHeader();
  const found = new Map<string, number>();
  for (const [, name = "", value = "", , shift] of header.matchAll(
    /\b([A-Z][A-Z_]+) = (0x[0-9a-f]+|\d+)u?(( << (\d+))?)/g,
  )) {
    found.set(name, Number(value) << Number(/\d+/.exec(shift ?? "")?.[0] ?? 0));
  }
  return found;
}

/** @throws for a name that frames.h does not have */
export function numberOf(name: string): number {
  const value = numbers.get(name);
  if (value === undefined) throw new Error(`frames.h has no ${name}`);
  return value;
}

export type Field = Buffer;

export function u16(value: number): Field {
  const field = Buffer.alloc(2);
  field.writeUInt16LE(value);
  return field;
}

export function u32(value: number): Field {
  const field = Buffer.alloc(4);
  field.writeUInt32LE(value);
  return field;
}

export function i32(value: number): Field {
  const field = Buffer.alloc(4);
  field.writeInt32LE(value);
  return field;
}

export function u64(value: bigint): Field {
  const field = Buffer.alloc(8);
  field.writeBigUInt64LE(value);
  return field;
}

export function bytes(value: Uint8Array): Field {
  return Buffer.concat([u32(value.length), value]);
}

export function text(value: string): Field {
  return bytes(Buffer.from(value));
}

export function frame(type: number, payload: Buffer): Buffer {
  return Buffer.concat([u32(payload.length), u16(type), u16(0), payload]);
}

/** Reads fields of a payload in order. @throws RangeError past the end */
export class Payload {
  readonly buffer: Buffer;
  private at = 0;

  constructor(buffer: Buffer) {
    this.buffer = buffer;
  }

  u16(): number {
    this.at += 2;
    return this.buffer.readUInt16LE(this.at - 2);
  }

  u32(): number {
    this.at += 4;
    return this.buffer.readUInt32LE(this.at - 4);
  }

  u64(): bigint {
    this.at += 8;
    return this.buffer.readBigUInt64LE(this.at - 8);
  }

  raw(length: number): Buffer {
    if (this.at + length > this.buffer.length) throw new RangeError("past the end of the payload");
    this.at += length;
    return this.buffer.subarray(this.at - length, this.at);
  }

  bytes(): Buffer {
    return this.raw(this.u32());
  }

  text(): string {
    return this.bytes().toString("utf8");
  }

  left(): number {
    return this.buffer.length - this.at;
  }
}
