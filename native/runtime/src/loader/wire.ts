/** Writing and reading the fields of a frame: little-endian, no padding, lengths before strings. */

import { FRAME_HEADER_BYTES } from "./frames.ts";

/** Collects the payload of one frame. */
export interface FrameWriter {
  readonly u16: (value: number) => FrameWriter;
  readonly u32: (value: number) => FrameWriter;
  readonly i32: (value: number) => FrameWriter;
  readonly u64: (value: bigint) => FrameWriter;
  readonly string: (value: string) => FrameWriter;
  readonly bytes: (value: Uint8Array) => FrameWriter;
  /** The whole frame, header included. */
  readonly finish: (type: number) => Buffer;
}

export function frameWriter(): FrameWriter {
  const parts: Buffer[] = [];
  const number = (size: number, write: (buffer: Buffer) => void): FrameWriter => {
    const buffer = Buffer.alloc(size);
    write(buffer);
    parts.push(buffer);
    return writer;
  };
  const withLength = (value: Buffer): FrameWriter => {
    writer.u32(value.length);
    parts.push(value);
    return writer;
  };
  const writer: FrameWriter = {
    u16: (value) => number(2, (buffer) => buffer.writeUInt16LE(value)),
    u32: (value) => number(4, (buffer) => buffer.writeUInt32LE(value)),
    i32: (value) => number(4, (buffer) => buffer.writeInt32LE(value)),
    u64: (value) => number(8, (buffer) => buffer.writeBigUInt64LE(BigInt.asUintN(64, value))),
    string: (value) => withLength(Buffer.from(value, "utf8")),
    bytes: (value) => withLength(Buffer.from(value.buffer, value.byteOffset, value.byteLength)),
    finish: (type) => {
      const payload = Buffer.concat(parts);
      const header = Buffer.alloc(FRAME_HEADER_BYTES);
      header.writeUInt32LE(payload.length, 0);
      header.writeUInt16LE(type, 4);
      return Buffer.concat([header, payload]);
    },
  };
  return writer;
}

/** Thrown when a frame ends before its fields do: the loader and we disagree, which is a mistake of ours. */
export class FrameFormatError extends Error {
  override readonly name = "FrameFormatError";
}

/** Reads the fields of one payload in order. @throws FrameFormatError past its end */
export class FrameReader {
  private offset = 0;
  private readonly payload: Buffer;

  constructor(payload: Buffer) {
    this.payload = payload;
  }

  private take(size: number): number {
    const at = this.offset;
    if (at + size > this.payload.length) throw new FrameFormatError("a frame from the loader is too short");
    this.offset = at + size;
    return at;
  }

  u16(): number {
    return this.payload.readUInt16LE(this.take(2));
  }

  u32(): number {
    return this.payload.readUInt32LE(this.take(4));
  }

  u64(): bigint {
    return this.payload.readBigUInt64LE(this.take(8));
  }

  i64(): bigint {
    return this.payload.readBigInt64LE(this.take(8));
  }

  string(): string {
    return this.bytes().toString("utf8");
  }

  /** A view, not a copy: valid as long as the chunk it came in is kept. */
  bytes(): Buffer {
    const length = this.u32();
    const at = this.take(length);
    return this.payload.subarray(at, at + length);
  }

  raw(length: number): Buffer {
    const at = this.take(length);
    return this.payload.subarray(at, at + length);
  }

  remaining(): number {
    return this.payload.length - this.offset;
  }
}

/** Cuts a byte stream into frames. Bytes are copied only where a frame spans chunks. */
export class FrameSplitter {
  private pending: Buffer[] = [];
  private pendingBytes = 0;
  private readonly onFrame: (type: number, payload: Buffer) => void;

  constructor(onFrame: (type: number, payload: Buffer) => void) {
    this.onFrame = onFrame;
  }

  push(chunk: Buffer): void {
    this.pending.push(chunk);
    this.pendingBytes += chunk.length;
    if (this.pendingBytes < this.needed()) return;
    let data = this.pending.length === 1 ? chunk : Buffer.concat(this.pending);
    while (data.length >= FRAME_HEADER_BYTES) {
      const end = FRAME_HEADER_BYTES + data.readUInt32LE(0);
      if (data.length < end) break;
      this.onFrame(data.readUInt16LE(4), data.subarray(FRAME_HEADER_BYTES, end));
      data = data.subarray(end);
    }
    this.pending = data.length > 0 ? [data] : [];
    this.pendingBytes = data.length;
  }

  /** Bytes that must be there before another frame can be cut off. */
  private needed(): number {
    const [first] = this.pending;
    if (first === undefined || first.length < FRAME_HEADER_BYTES) return FRAME_HEADER_BYTES;
    return FRAME_HEADER_BYTES + first.readUInt32LE(0);
  }
}
